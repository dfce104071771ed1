/* SPDX-License-Identifier: ISC */
/*
 * apeng mirror --parts and --listen: see parts.h.  The parts may come from
 * anybody.  Here they are only put together into letters; mirror/ proves each
 * letter before it uses it.
 */
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/parts.h"
#include "mirror/gather.h"
#include "mirror/mirror.h"
#include "mirror/parts.h"
#include "mirror/source.h"
#include "net/addr.h"
#include "net/udp.h"
#include "package/hash.h"
#include "package/part.h"
#include "proto/kiss.h"

#define FILE_MAX	(64u << 20)	/* bytes of a file of parts */
#define ROOM		(64u << 20)	/* bytes kept of all letters */
#define MISSING_MAX	12		/* gaps that are named */

struct parts_making {
	const struct mirror_conf *conf;
	struct source	*source;
	size_t		 n;
	struct err	*e;
	/* Of parts_listen() only. */
	int		(*job)(void *, struct source *);
	void		*arg;
	int		 ended;		/* 1: job() returned 1 */
};

static void
say_part(void *arg, const char *line)
{
	const struct parts_making *k = arg;

	k->conf->say(k->conf->arg, MIRROR_WARN, line);
}

/* Write a complete letter to a file and add that as a source.  -1: see k->e. */
static int
keep(void *arg, const struct parts_letter *l)
{
	struct parts_making	*k = arg;
	struct source	*bigger, *s;
	char		 tag[2 * PART_TAG + 1];

	bigger = realloc(k->source, (k->n + 1) * sizeof(*bigger));
	if (bigger == NULL) {
		err_nomem(k->e);
		return -1;
	}
	k->source = bigger;
	s = &bigger[k->n++];
	memset(s, 0, sizeof(*s));
	s->kind = SOURCE_FILE;
	hex_format(l->tag, PART_TAG, tag);
	if (asprintf(&s->path, "%s.mirror/letter-%llu-%s", k->conf->file,
	    (unsigned long long)l->serial, tag) == -1 ||
	    asprintf(&s->url, "%s, edition %llu, by parts", l->id,
	    (unsigned long long)l->serial) == -1) {
		err_nomem(k->e);
		return -1;
	}
	return file_replace(s->path, 0600, l->bytes, l->size, k->e);
}

static void
say_missing(const struct mirror_conf *c, const struct parts *p)
{
	struct parts_letter l;
	struct buf	 b = BUF_INIT;
	struct err	 line;
	size_t		 i;

	for (i = 0; parts_look(p, i, &l); i++) {
		if (l.want == 0)
			continue;
		buf_reset(&b);
		parts_missing(p, i, MISSING_MAX, &b);
		err_set(&line, "%s, edition %llu: %zu parts of %zu are here; "
		    "missing are %s, or any others", l.id,
		    (unsigned long long)l.serial, l.have, l.want,
		    buf_ok(&b) && b.len > 0 ? b.data : "some");
		c->say(c->arg, MIRROR_WARN, line.msg);
	}
	buf_free(&b);
}

/* The serial in the path of a source that keep() has made. */
static uint64_t
serial_of(const struct source *s)
{
	return strtoull(strrchr(s->path, '/') + strlen("/letter-"), NULL, 10);
}

/* Order the sources, with the highest serial first. */
static int
newest(const void *a, const void *b)
{
	const struct source *s = a, *t = b;
	const uint64_t	 x = serial_of(s), y = serial_of(t);

	return x != y ? (x > y ? -1 : 1) : strcmp(s->path, t->path);
}

int
parts_sources(const struct mirror_conf *c, char **files, size_t n,
    struct source **out, size_t *nout, struct err *e)
{
	struct parts_making	 k = { .conf = c, .e = e };
	struct gather	 g = { .say = say_part, .letter = keep, .arg = &k };
	char		*dir = NULL, *data;
	size_t		 i, len;
	int		 rv = -1;

	if ((g.parts = parts_new(ROOM)) == NULL ||
	    asprintf(&dir, "%s.mirror", c->file) == -1) {
		err_nomem(e);
		goto out;
	}
	if (file_dir_ours(dir, 0755, e) == -1)
		goto out;
	for (rv = i = 0; i < n && rv == 0; i++) {
		if ((data = file_read(files[i], FILE_MAX, &len, e)) == NULL)
			rv = -1;
		else
			rv = gather_file(&g, files[i], (uint8_t *)data, len);
		free(data);
	}
	if (rv == -1)
		goto out;
	say_missing(c, g.parts);
	if (k.n == 0) {
		err_set(e, "no letter is complete: %zu parts taken, %zu "
		    "doubled, %zu of no use", g.taken, g.known, g.bad);
		rv = -1;
	} else if (k.n > 1)
		qsort(k.source, k.n, sizeof(*k.source), newest);
 out:
	parts_free(g.parts);
	free(dir);
	if (rv == -1) {
		parts_sources_free(k.source, k.n);
		return -1;
	}
	*out = k.source;
	*nout = k.n;
	return 0;
}

void
parts_sources_free(struct source *s, size_t n)
{
	size_t		 i;

	for (i = 0; i < n; i++) {
		if (s[i].path != NULL)
			unlink(s[i].path);
		source_free(&s[i]);
	}
	free(s);
}

/*
 * A letter is complete: write it, give it to job(), remove it.  -1: listen no
 * more; k->ended, or see k->e.
 */
static int
pass(void *arg, const struct parts_letter *l)
{
	struct parts_making	*k = arg;
	int		 rv;

	if ((rv = keep(k, l)) == 0 && k->job(k->arg, k->source)) {
		k->ended = 1;
		rv = -1;
	}
	parts_sources_free(k->source, k->n);
	k->source = NULL;
	k->n = 0;
	return rv;
}

/*
 * Receive datagrams, each of which is a part, until pass() returns -1 or
 * receiving fails.
 */
static int
hear_datagrams(struct gather *g, int fd, const char *where, struct err *e)
{
	uint8_t		 data[PART_MAX + 1];
	ssize_t		 n;

	for (;;) {
		if ((n = recv(fd, data, sizeof(data), 0)) == -1) {
			if (errno == EINTR)
				continue;
			err_sys(e, "%s", where);
			return -1;
		}
		if (gather_part(g, where, data, (size_t)n) == -1)
			return -1;
	}
}

/* Read KISS frames.  0: the stream has ended; -1: pass() said so, or see e. */
static int
hear_stream(struct gather *g, int fd, const char *where, struct err *e)
{
	struct kiss	*k;
	uint8_t		 data[4096];
	ssize_t		 n;
	int		 rv = 0;

	if ((k = calloc(1, sizeof(*k))) == NULL) {
		err_nomem(e);
		return -1;
	}
	while (rv == 0 && (n = read(fd, data, sizeof(data))) != 0) {
		if (n == -1 && errno != EINTR) {
			err_sys(e, "%s", where);
			rv = -1;
		} else if (n > 0)
			rv = gather_stream(g, where, k, data, (size_t)n);
	}
	free(k);
	return rv;
}

/*
 * Open what --listen names.  *is_stream: 1 for standard input, a device, pipe
 * or file, 0 for a UDP socket.  -1: see e.
 */
static int
open_ear(const char *where, int *is_stream, struct err *e)
{
	struct net_addr	 at;
	char		 text[ADDR_TEXT];
	int		 fd;

	*is_stream = where[0] == '/' || strcmp(where, "-") == 0;
	if (strcmp(where, "-") == 0) {
		if ((fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) == -1)
			err_sys(e, "standard input");
		return fd;
	}
	if (*is_stream) {
		if ((fd = open(where, O_RDONLY | O_CLOEXEC | O_NOCTTY)) == -1)
			err_sys(e, "%s", where);
		return fd;
	}
	if (addr_parse(where, 0, &at, e) == -1 ||
	    (fd = udp_receiver(&at, e)) == -1)
		return -1;
	addr_text(&at, text);
	printf("ready udp://%s\n", text);
	fflush(stdout);
	return fd;
}

int
parts_listen(const struct mirror_conf *c, const char *where,
    int (*job)(void *, struct source *), void *arg, struct err *e)
{
	struct parts_making	 k = { .conf = c, .e = e, .job = job,
			     .arg = arg };
	struct gather	 g = { .say = say_part, .letter = pass, .arg = &k };
	char		*dir = NULL;
	int		 fd = -1, is_stream, rv = -1;

	if ((g.parts = parts_new(ROOM)) == NULL ||
	    asprintf(&dir, "%s.mirror", c->file) == -1)
		err_nomem(e);
	else if (file_dir_ours(dir, 0755, e) == 0 &&
	    (fd = open_ear(where, &is_stream, e)) != -1)
		rv = is_stream ? hear_stream(&g, fd, where, e) :
		    hear_datagrams(&g, fd, where, e);
	if (k.ended)
		rv = 0;
	else if (g.parts != NULL)
		say_missing(c, g.parts);
	if (fd != -1)
		close(fd);
	parts_free(g.parts);
	free(dir);
	return rv;
}
