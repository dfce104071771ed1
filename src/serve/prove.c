/* SPDX-License-Identifier: ISC */
/*
 * Opens a file as a site.  The package is copied to where nobody else can
 * change it, and the copy is proven; its blobs are copied, too, or a full one
 * is made.  What is wrong with dates and blobs is told and hinders nothing.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/lists.h"
#include "serve/prove.h"
#include "serve/site.h"

#define DAY	86400

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
prove_say(const struct packages_conf *conf, const char *fmt, ...)
{
	char	 line[ERR_MAX];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	conf->say(conf->arg, line);
}

/* A machine whose clock is wrong still serves: dates only warn. */
static void
check_dates(const struct packages_conf *conf, const char *path,
    const struct head *h)
{
	int64_t	 now = clock_wall();
	char	 when[21];

	if (h->expires != 0 && now > h->expires) {
		clock_format(h->expires, when);
		prove_say(conf, "%s: expired on %.10s by this machine's "
		    "clock; ask the publisher for a new edition", path, when);
	} else if (h->published > now + DAY) {
		clock_format(h->published, when);
		prove_say(conf, "%s: published on %.10s, which lies ahead; is "
		    "this machine's clock right?", path, when);
	}
}

static struct store *
open_store(const struct packages_conf *conf, const char *path,
    struct pkg *pkg)
{
	struct store	*store;
	struct err	 e;

	if (!pkg_head(pkg)->is_signed)
		return NULL;
	if ((store = store_open_kept(path, pkg, &e)) == NULL)
		prove_say(conf, "%s; mirrors cannot update from here", e.msg);
	else if (store_made(store))
		prove_say(conf, "%s: no blobs beside it; made a full one for "
		    "mirrors", path);
	return store;
}

/* By a key that was given, or by what a catalogue lists. */
static struct pkg *
prove(const struct packages_conf *conf, int fd, const char *path,
    struct err *e)
{
	struct pkg	*pkg;
	struct err	 why;

	if (conf->lists == NULL || conf->nanchor == 0)
		return pkg_prove_kept(fd, path, conf->anchor, conf->nanchor,
		    NULL, e);
	if ((pkg = pkg_prove_kept(fd, path, NULL, 0, NULL, e)) == NULL ||
	    lists_judge(conf->lists, pkg, conf->anchor, conf->nanchor,
	    &why) == TRUST_PROVEN)
		return pkg;
	err_set(e, "%s: %s", path, why.msg);
	pkg_close(pkg);
	return NULL;
}

struct site *
prove_site(const struct packages_conf *conf, const char *path,
    struct seen *seen, struct err *e)
{
	struct stat	 st;
	struct site	*site;
	struct pkg	*pkg;
	char		 id[17];
	int		 fd;

	memset(seen, 0, sizeof(*seen));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1 ||
	    fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		if (fd != -1)
			close(fd);
		return NULL;
	}
	seen_note(&st, seen);
	if ((pkg = prove(conf, fd, path, e)) == NULL)
		return NULL;
	/* Without a key nothing tells a good signature from a bad one. */
	if (conf->nanchor == 0 && pkg_head(pkg)->is_signed) {
		key_id_format(pkg_head(pkg)->key_id, id);
		err_set(e, "%s: it says it is signed with key %s: give that "
		    "key with -p; --unsigned is for packages without a "
		    "signature", path, id);
		pkg_close(pkg);
		return NULL;
	}
	check_dates(conf, path, pkg_head(pkg));
	site = site_new(pkg, open_store(conf, path, pkg), e);
	if (site != NULL)
		pkg_rest(pkg);		/* read for the proof, and all of it */
	return site;
}

int
prove_list(const struct packages_conf *conf, const char *key,
    const struct pkg *p)
{
	struct err	 e;
	int		 rv;

	if (conf->lists == NULL || conf->nanchor == 0)
		return 0;
	if (p == NULL)
		return lists_drop(conf->lists, key);
	rv = lists_set(conf->lists, key, p, conf->anchor, conf->nanchor, &e);
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
