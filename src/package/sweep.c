/* SPDX-License-Identifier: ISC */
/*
 * Removes files from the store of a package after a new edition is in place.
 * What the indexes of this edition and of the one before it name stays, and
 * so does a file whose name has none of the store's forms.  Temporary files
 * that a crashed writer left are removed.  Without a valid index of this
 * edition nothing is removed.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/nofollow.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/reader.h"
#include "package/sweep.h"

static int
has_file(const struct index *x, const uint8_t sha[SHA_LEN])
{
	size_t	 i;

	if (memcmp(x->full.sha, sha, SHA_LEN) == 0)
		return 1;
	for (i = 0; i < x->n; i++)
		if (memcmp(x->from[i].full.sha, sha, SHA_LEN) == 0 ||
		    memcmp(x->from[i].delta.sha, sha, SHA_LEN) == 0)
			return 1;
	return 0;
}

static int
is_edition(const struct index *x, const char *name, size_t len)
{
	struct edition	 ed;

	return edition_parse(name, len, &ed) == 0 &&
	    ed.serial == x->ed.serial &&
	    memcmp(ed.core, x->ed.core, SHORT_LEN) == 0;
}

/* 1: a file of a store that none of the n indexes needs. */
static int
ours(const char *name, const struct index *x, size_t n)
{
	struct edition	 ed;
	uint8_t		 sha[SHA_LEN];
	size_t		 i, len = strlen(name);

	if (strncmp(name, "new.", 4) == 0 || strstr(name, ".tmp.") != NULL)
		return 1;		/* a crashed writer left it */
	if (len == SHA_HEX && hex_parse(name, SHA_LEN, sha) == 0) {
		for (i = 0; i < n; i++)
			if (has_file(&x[i], sha))
				return 0;
		return 1;
	}
	if (len > 1 && edition_parse(name, len, &ed) == 0) {
		for (i = 0; i < n; i++)
			if (is_edition(&x[i], name, len))
				return 0;
		return 1;
	}
	return 0;			/* apeng did not make it */
}

/* Remove a file: 0 when it is gone.  A folder is no blob and stays. */
static int
throw_away(const char *path, struct err *e)
{
	struct stat	 st;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	if (unlink(path) == 0 || errno == ENOENT)
		return 0;
	err_sys(e, "%s", path);
	return -1;
}

int
store_sweep(const char *gpub, const struct pkg *p, struct err *e)
{
	struct edition	 ed;
	struct dirent	*d;
	struct index	*x = NULL;
	DIR		*dp = NULL;
	char		*dir, *path;
	size_t		 n = 0;
	int		 rv = -1;

	dir = storeix_dir(gpub);
	if (dir == NULL || (x = calloc(2, sizeof(*x))) == NULL)
		goto nomem;
	storeix_edition(pkg_head(p), &ed);
	if ((rv = storeix_load(dir, &ed, &x[0], e)) != 1)
		goto out;		/* not the store of p: leave it */
	n = 1;
	if (x[0].n > 0)
		n += storeix_load(dir, &x[0].from[0].ed, &x[1], e) == 1;
	if ((dp = file_list_ours(dir, e)) == NULL) {
		rv = -1;
		goto out;
	}
	while ((d = readdir(dp)) != NULL) {
		if (!ours(d->d_name, x, n))
			continue;
		if (asprintf(&path, "%s/%s", dir, d->d_name) == -1)
			goto nomem;
		rv = throw_away(path, e);
		free(path);
		if (rv == -1)
			goto out;
	}
	rv = 0;
	goto out;
 nomem:
	err_nomem(e);
	rv = -1;
 out:
	if (dp != NULL)
		closedir(dp);
	free(x);
	free(dir);
	return rv;
}
