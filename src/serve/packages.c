/* SPDX-License-Identifier: ISC */
/*
 * The packages of a server, kept by the master: opens and proves each file,
 * looks at the files again now and then, and takes over what was replaced.
 * What is served is a copy that nobody else can change, so that a file may be
 * renamed, written over, cut short or deleted at any time: a new edition is
 * taken over once it is whole and proven, until then the one before stays.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "package/reader.h"
#include "package/store.h"
#include "proto/site.h"
#include "serve/packages.h"
#include "serve/retry.h"

#define DAY	86400

struct seen {				/* which file it was */
	dev_t		 dev;
	ino_t		 ino;
	off_t		 size;
	struct timespec	 mtime;
};

struct packages {
	const struct packages_conf *conf;
	size_t			 n;
	struct site		**site;		/* one count each */
	struct seen		*seen;		/* served, or refused */
	struct seen		*unsure;	/* did not prove, but may still
						   be on its way */
	struct retry		*again;		/* what could not be opened */
	unsigned char		*waits;		/* 1: refused for another's
						   sake, who may change */
	struct sites		*names;		/* the server's own, no more */
};

static void		 say(const struct packages_conf *, const char *, ...)
			    __attribute__((__format__ (printf, 2, 3)));
static void		 note(const struct stat *, struct seen *);
static int		 is_same(const struct seen *, const struct seen *);
static void		 check_dates(const struct packages_conf *,
			    const char *, const struct head *);
static struct store	*open_store(const struct packages_conf *,
			    const char *, struct pkg *);
static struct site	*open_one(const struct packages_conf *, const char *,
			    struct seen *, struct err *);
static void		 refused(struct packages *, size_t,
			    const struct seen *, const struct err *);
static int		 stands(const struct packages *, size_t,
			    struct site *, struct err *);
static int		 claims(const struct packages *, size_t,
			    const struct site *, struct err *);
static int		 replace_one(struct packages *, size_t,
			    const struct seen *, int);
static int		 look_at(struct packages *, size_t, int, int);

static void
say(const struct packages_conf *conf, const char *fmt, ...)
{
	char	 line[ERR_MAX];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	conf->say(conf->arg, line);
}

static void
note(const struct stat *st, struct seen *s)
{
	memset(s, 0, sizeof(*s));
	s->dev = st->st_dev;
	s->ino = st->st_ino;
	s->size = st->st_size;
	s->mtime = st->st_mtim;
}

static int
is_same(const struct seen *a, const struct seen *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	    a->mtime.tv_sec == b->mtime.tv_sec &&
	    a->mtime.tv_nsec == b->mtime.tv_nsec;
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
		say(conf, "%s: expired on %.10s by this machine's clock; "
		    "ask the publisher for a new edition", path, when);
	} else if (h->published > now + DAY) {
		clock_format(h->published, when);
		say(conf, "%s: published on %.10s, which lies ahead; is this "
		    "machine's clock right?", path, when);
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
	if ((store = store_open(path, pkg, &e)) == NULL)
		say(conf, "%s; mirrors cannot update from here", e.msg);
	else if (store_made(store))
		say(conf, "%s: no blobs beside it; made a full one for "
		    "mirrors", path);
	return store;
}

static struct site *
open_one(const struct packages_conf *conf, const char *path,
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
	note(&st, seen);
	if ((pkg = pkg_open(fd, path, conf->key, conf->nkey, e)) == NULL)
		return NULL;
	/* Without a key nothing tells a good signature from a bad one. */
	if (conf->nkey == 0 && pkg_head(pkg)->is_signed) {
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

struct packages *
packages_open(const struct packages_conf *conf, struct err *e)
{
	struct packages	*p;
	size_t		 i;

	if (conf->npath == 0) {
		err_set(e, "no package to serve; name at least one FILE.gpub");
		return NULL;
	}
	if (conf->nkey == 0 && !conf->unproven) {
		err_set(e, "%s: whose signature counts is not said; give the "
		    "publisher's key with -p KEY.pub, or --unsigned to serve "
		    "it unproven", conf->path[0]);
		return NULL;
	}
	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    (p->site = calloc(conf->npath, sizeof(*p->site))) == NULL ||
	    (p->seen = calloc(conf->npath, sizeof(*p->seen))) == NULL ||
	    (p->unsure = calloc(conf->npath, sizeof(*p->unsure))) == NULL ||
	    (p->again = calloc(conf->npath, sizeof(*p->again))) == NULL ||
	    (p->waits = calloc(conf->npath, sizeof(*p->waits))) == NULL) {
		err_nomem(e);
		packages_free(p);
		return NULL;
	}
	p->conf = conf;
	p->n = conf->npath;
	for (i = 0; i < p->n; i++) {
		p->site[i] = open_one(conf, conf->path[i], &p->seen[i], e);
		if (p->site[i] == NULL) {
			packages_free(p);
			return NULL;
		}
		if (conf->nkey == 0 && conf->unproven == 1)
			say(conf, "%s: --unsigned: served without proof of "
			    "its origin", conf->path[i]);
	}
	return p;
}

void
packages_free(struct packages *p)
{
	size_t	 i;

	if (p == NULL)
		return;
	for (i = 0; p->site != NULL && i < p->n; i++)
		site_free(p->site[i]);
	free(p->site);
	free(p->seen);
	free(p->unsure);
	free(p->again);
	free(p->waits);
	sites_free(p->names);
	free(p);
}

struct sites *
packages_sites(struct packages *p, const struct site_names *names,
    struct err *e)
{
	struct sites	*s;
	size_t		 i;

	sites_free(p->names);
	if ((p->names = sites_new(names, e)) == NULL ||
	    (s = sites_new(names, e)) == NULL)
		return NULL;
	for (i = 0; i < p->n; i++) {
		if (sites_add(s, site_ref(p->site[i]), e) == -1) {
			sites_free(s);
			return NULL;
		}
	}
	return s;
}

/*
 * A file that is at fault stays so until it changes; a machine that lacks
 * memory or a stick that cannot be read may do better in a while.
 */
static void
refused(struct packages *p, size_t i, const struct seen *now,
    const struct err *e)
{
	struct retry	*again = &p->again[i];
	int		 later = e->status == STATUS_CANNOT;

	if (!is_same(now, &p->seen[i]))
		retry_wanted(again, clock_mono_ms());
	p->seen[i] = *now;
	if (retry_is_news(again, e->msg))
		say(p->conf, "%s; the edition before it stays%s", e->msg,
		    later ? ", trying again from time to time" : "");
	if (later)
		retry_failed(again, clock_mono_ms(), RETRY_LATER_MS);
	else
		again->due = 0;
}

/* Could site, in the place of the i-th, be served beside the others? */
static int
stands(const struct packages *p, size_t i, struct site *site, struct err *e)
{
	struct site_names	 none = { 0 };
	struct sites		*s;
	size_t			 k;
	int			 rv = 0;

	if ((s = sites_new(&none, e)) == NULL)
		return -1;
	for (k = 0; rv == 0 && k < p->n; k++)
		rv = sites_add(s, site_ref(k == i ? site : p->site[k]), e);
	sites_free(s);
	return rv;
}

/*
 * 1: the new edition takes a name of this server's that the one before did
 * not ask for, and with it the readers that the first package has there.
 */
static int
claims(const struct packages *p, size_t i, const struct site *site,
    struct err *e)
{
	const struct site_table	*was = site_table(p->site[i]);
	const struct site_table	*t = site_table(site);
	size_t			 j, k;

	for (j = 0; i > 0 && p->names != NULL && j < t->nhost; j++) {
		if (!sites_named(p->names, t->host[j]))
			continue;
		for (k = 0; k < was->nhost; k++)
			if (strcasecmp(was->host[k], t->host[j]) == 0)
				break;
		if (k < was->nhost)
			continue;
		err_set(e, "%s: it asks for %s, a name of this server, which "
		    "the edition before did not; SIGHUP lets it", t->id,
		    t->host[j]);
		return 1;
	}
	return 0;
}

/* 1: another edition is open now.  asked: by the operator. */
static int
replace_one(struct packages *p, size_t i, const struct seen *now, int asked)
{
	const char	*path = p->conf->path[i];
	const struct head *old, *new;
	struct site	*site;
	struct seen	 seen;
	struct err	 e;

	site = open_one(p->conf, path, &seen, &e);
	p->waits[i] = site != NULL && stands(p, i, site, &e) == -1;
	/* Whoever copies a file into place is not done within a moment. */
	if (site == NULL && e.status == STATUS_REFUSED && !asked &&
	    !is_same(now, &p->unsure[i])) {
		p->unsure[i] = *now;
		return 0;
	}
	if (site == NULL || p->waits[i] ||
	    (!asked && claims(p, i, site, &e))) {
		refused(p, i, now, &e);
		site_free(site);
		return 0;
	}
	retry_began(&p->again[i], clock_mono_ms());
	old = pkg_head(site_pkg(p->site[i]));
	new = pkg_head(site_pkg(site));
	if (new->serial < old->serial)
		say(p->conf, "%s: serial %" PRIu64 " is older than %" PRIu64
		    ", which was served until now; mirrors will refuse it",
		    path, new->serial, old->serial);
	site_free(p->site[i]);
	p->site[i] = site;
	p->seen[i] = seen;
	return 1;
}

/* Look at one file, without regard to what was seen if force. */
static int
look_at(struct packages *p, size_t i, int force, int asked)
{
	struct stat	 st;
	struct seen	 now;

	if (stat(p->conf->path[i], &st) == -1) {
		if (force)
			say(p->conf, "%s: %s; the edition before stays",
			    p->conf->path[i], strerror(errno));
		return 0;	/* between two renames, or gone */
	}
	note(&st, &now);
	if (force)
		retry_wanted(&p->again[i], clock_mono_ms());
	if (is_same(&now, &p->seen[i]) &&
	    !retry_is_due(&p->again[i], clock_mono_ms()))
		return 0;
	return replace_one(p, i, &now, asked);
}

size_t
packages_look(struct packages *p, int force)
{
	size_t	 i, n = 0;

	for (i = 0; i < p->n; i++)
		n += (size_t)look_at(p, i, force, force);
	/* A name that one gave up may be what another waited for. */
	for (i = 0; n > 0 && i < p->n; i++)
		if (p->waits[i])
			n += (size_t)look_at(p, i, 1, force);
	return n;
}
