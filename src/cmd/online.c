/* SPDX-License-Identifier: ISC */
/*
 * Fetch the last edition for an office that has no copy of it: `build
 * --replaces URL'.  The code of `apeng mirror' fetches it into a new folder,
 * which is removed again before the caller reads the edition.  The source is
 * not trusted; the key that will sign the new edition must prove what it sent.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "cmd/online.h"
#include "mirror/mirror.h"
#include "mirror/source.h"
#include "package/trust.h"

int
online_is_url(const char *s)
{
	return strstr(s, "://") != NULL;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	remove(path);
	return 0;
}

static void
say(void *arg, enum mirror_say how, const char *line)
{
	(void)arg;
	if (how == MIRROR_WARN)
		fprintf(stderr, "apeng build: %s\n", line);
}

static void
show_nothing(void *arg, const struct mirror_progress *p)
{
	(void)arg;
	(void)p;
}

/* Fetch the edition into file; returns a descriptor of it.  -1: see e. */
static int
fetch_to(const char *file, const char *url, const struct pub_key *key,
    struct err *e)
{
	struct anchor		 anchor = { .key = *key };
	struct source		 source;
	struct mirror_result	 r;
	struct mirror_conf	 c = {
		.file = file, .anchor = &anchor, .nanchor = 1, .once = 1,
		.source = &source, .nsource = 1, .scale = 1,
		.max_size = MIRROR_MAX_SIZE, .say = say,
		.progress = show_nothing
	};
	int			 fd = -1;

	if (source_parse(&source, url, e) == -1)
		return -1;
	if (mirror_run(&c, &r, e) == 0 &&
	    (fd = open(file, O_RDONLY | O_CLOEXEC)) == -1)
		err_sys(e, "%s", file);
	source_free(&source);
	return fd;
}

int
online_fetch(const char *url, const struct pub_key *key, struct err *e)
{
	const char	*tmp = getenv("TMPDIR");
	char		*dir = NULL, *file = NULL;
	int		 fd = -1;

	if (tmp == NULL || *tmp == '\0')
		tmp = "/tmp";
	if (asprintf(&dir, "%s/apeng-last-XXXXXX", tmp) == -1) {
		err_nomem(e);
		return -1;
	}
	if (mkdtemp(dir) == NULL)
		err_sys(e, "%s", dir);
	else {
		if (asprintf(&file, "%s/last.gpub", dir) == -1) {
			file = NULL;
			err_nomem(e);
		} else
			fd = fetch_to(file, url, key, e);
		nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	}
	free(file);
	free(dir);
	return fd;
}
