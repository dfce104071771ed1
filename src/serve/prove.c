/* SPDX-License-Identifier: ISC */
/*
 * Proves a package for the server: by the keys that the operator gave, or by
 * what a catalogue lists whose key the operator gave.  Nothing in a file is
 * believed before that.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "package/index.h"
#include "package/lists.h"
#include "package/members.h"
#include "package/reader.h"
#include "serve/open.h"
#include "serve/prove.h"

void
seen_note(const struct stat *st, struct seen *s)
{
	memset(s, 0, sizeof(*s));
	s->dev = st->st_dev;
	s->ino = st->st_ino;
	s->size = st->st_size;
	s->mtime = st->st_mtim;
	s->ctime = st->st_ctim;
}

int
seen_is(const struct seen *a, const struct seen *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	    a->mtime.tv_sec == b->mtime.tv_sec &&
	    a->mtime.tv_nsec == b->mtime.tv_nsec &&
	    a->ctime.tv_sec == b->ctime.tv_sec &&
	    a->ctime.tv_nsec == b->ctime.tv_nsec;
}

void
seen_blobs(const char *path, struct seen *out)
{
	struct stat	 st;
	char		*dir = storeix_dir(path);

	memset(out, 0, sizeof(*out));
	if (dir != NULL && stat(dir, &st) == 0)
		seen_note(&st, out);
	free(dir);
}

void
prove_say(const struct packages_conf *conf, const char *fmt, ...)
{
	char	 line[ERR_MAX];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	conf->say(conf->arg, line);
}

struct pkg *
prove_pkg(const struct packages_conf *conf, int fd, const char *path,
    int is_mine, struct err *e)
{
	struct pkg	*(*prove)(int, const char *, const struct anchor *,
			    size_t, struct proof *, struct err *) =
			    is_mine ? pkg_prove_mine : pkg_prove_kept;
	struct pkg	*pkg;
	struct err	 why;

	if (conf->lists == NULL || conf->nanchor == 0)
		return prove(fd, path, conf->anchor, conf->nanchor, NULL, e);
	if ((pkg = prove(fd, path, NULL, 0, NULL, e)) == NULL ||
	    lists_judge(conf->lists, pkg, conf->anchor, conf->nanchor,
	    &why) == TRUST_PROVEN)
		return pkg;
	err_set(e, "%s: %s", path, why.msg);
	pkg_close(pkg);
	return NULL;
}

int
prove_list(const struct packages_conf *conf, const char *key,
    struct site *s)
{
	struct pkg_entry en;
	struct err	 e;
	int		 rv;

	/* Without keys one catalogue is as good as another, for groups. */
	if (conf->lists == NULL || conf->nanchor == 0) {
		if (s != NULL)
			s->lists = pkg_find(s->pkg, MEMBERS_PATH,
			    strlen(MEMBERS_PATH), &en);
		return 0;
	}
	if (s == NULL)
		return lists_drop(conf->lists, key);
	rv = lists_set(conf->lists, key, s->pkg, conf->anchor, conf->nanchor,
	    &e);
	s->lists = lists_has(conf->lists, key);
	if (rv == -1)
		prove_say(conf, "%s: %s; none of its members is taken for its "
		    "sake", key, e.msg);
	return rv == 1;
}

int
prove_again(const struct packages_conf *conf, const struct pkg *p,
    struct err *e)
{
	return lists_judge(conf->lists, p, conf->anchor, conf->nanchor, e) ==
	    TRUST_PROVEN;
}
