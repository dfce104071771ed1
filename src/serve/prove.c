/* SPDX-License-Identifier: ISC */
/*
 * Opens a file as a site.  The package is copied to where nobody else can
 * change it, and the copy is proven; its blobs are copied, too, or a full one
 * is made.  A copy of the same file that an earlier start has left is taken
 * instead, and proven like a new one.  What is wrong with dates, blobs and the
 * folder of copies is told and hinders nothing.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "package/index.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/kept.h"
#include "serve/lists.h"
#include "serve/prove.h"
#include "serve/site.h"

#define DAY	86400
#define SETTLE_S	4	/* clocks of file systems tick in steps */

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

/* Both as they are now.  A descriptor of the file, or -1: see e. */
static int
look(const char *path, struct source_seen *seen, struct err *e)
{
	struct stat	 st;
	int		 fd;

	memset(seen, 0, sizeof(*seen));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1 ||
	    fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	seen_note(&st, &seen->file);
	seen_blobs(path, &seen->blobs);
	seen->settled =
	    seen->blobs.ctime.tv_sec + SETTLE_S < clock_wall() &&
	    seen->file.ctime.tv_sec + SETTLE_S < clock_wall();
	return fd;
}

/* Without the copy the site is as good; the reason is told once. */
static void
keep(const struct packages_conf *conf, struct copies *c, const char *path,
    const struct source_seen *seen, struct pkg *pkg, struct store *store)
{
	static int	 told;
	struct err	 e;

	if (kept_put(c, path, seen, pkg, store, &e) == -1 && !told) {
		prove_say(conf, "%s; what is served stays in memory, too", e.msg);
		told = 1;
	}
}

struct site *
prove_site(const struct packages_conf *conf, struct copies *copies,
    const char *path, struct source_seen *seen, struct err *e)
{
	struct site	*site;
	struct store	*store = NULL;
	struct pkg	*pkg = NULL;
	char		 id[17];
	int		 fd, known = 0;

	if ((fd = look(path, seen, e)) == -1)
		return NULL;
	if (copies != NULL)
		pkg = kept_take(copies, conf, path, seen, &store, &known);
	if (pkg != NULL)
		close(fd);
	else if ((pkg = prove_pkg(conf, fd, path, 0, e)) == NULL)
		return NULL;
	/* Without a key nothing tells a good signature from a bad one. */
	if (conf->nanchor == 0 && pkg_head(pkg)->is_signed) {
		key_id_format(pkg_head(pkg)->key_id, id);
		err_set(e, "%s: it says it is signed with key %s: give that "
		    "key with -p; --unsigned is for packages without a "
		    "signature", path, id);
		store_close(store);
		pkg_close(pkg);
		return NULL;
	}
	check_dates(conf, path, pkg_head(pkg));
	if (!known) {
		store = open_store(conf, path, pkg);
		if (copies != NULL)
			keep(conf, copies, path, seen, pkg, store);
	}
	site = site_new(pkg, store, e);
	if (site != NULL)
		site_rest(site);	/* read for the proof, and all of it */
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
