/* SPDX-License-Identifier: ISC */
/*
 * The packages of a server, kept by the master.  Each file that is named, and
 * each that is found in a folder, has a place, in the order of the
 * configuration; a place is served or set aside.  The set of sites holds what
 * is served.
 *
 * What is served is a copy that nobody else can change, so that a file may be
 * renamed, written over, cut short or deleted at any time: a new edition is
 * taken over once it is whole and proven, until then the one before stays.
 * A file that was named stays served when it has gone; one that has gone from
 * a folder is taken out, unless the whole folder is empty, as it is when its
 * disk is not mounted.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "package/copies.h"
#include "package/reader.h"
#include "proto/site.h"
#include "serve/load.h"
#include "serve/pkgdir.h"
#include "serve/open.h"
#include "serve/packages.h"
#include "serve/place.h"
#include "serve/retry.h"
#include "serve/sites.h"

#define GONE_MS		2000	/* missing so long between two renames */
#define SCAN_MS		60000	/* a folder without a change is read again */
#define SAVE_MS		60000	/* between two writings of the copies' rows */

/* A path of the configuration. */
struct package_source {
	const char	*path;
	int		 is_folder;
	struct package_place	**place;	/* sorted; a file's: one */
	size_t		 n, room;
	struct seen	 seen;		/* marks: the folder when it was read */
	uint64_t	 next;		/* read it again then, ms; 0: now */
	int		 told;		/* empty or unreadable, and logged */
};

struct packages {
	const struct packages_conf *conf;
	size_t		 n;
	struct package_source	*source;
	struct sites	*sites;
	struct copies	*copies;	/* NULL: none are kept */
	uint64_t	 saved;		/* ms: when the rows were written */
	struct err	 first;		/* why the first was set aside */
	int		 listed;	/* a catalogue's keys have changed */
	int		 started;
};

/* Insert it as the at-th place of its source. */
static int
put_place(struct package_source *s, size_t i, size_t at, const char *name,
    struct err *e)
{
	struct package_place	**more, *pl;
	size_t		  room = s->room == 0 ? 1 : s->room * 2;

	if (s->n == s->room) {
		more = reallocarray(s->place, room, sizeof(*more));
		if (more == NULL) {
			err_nomem(e);
			return -1;
		}
		s->place = more;
		s->room = room;
	}
	if ((pl = place_new(i, s->path, name)) == NULL) {
		err_nomem(e);
		return -1;
	}
	memmove(s->place + at + 1, s->place + at,
	    (s->n - at) * sizeof(*s->place));
	s->place[at] = pl;
	s->n++;
	return 0;
}

/* 1: what kept a file from being read may pass, as a lack of memory does. */
static int
may_pass(const struct err *e)
{
	return e->status == STATUS_CANNOT && e->sys != ENOENT;
}

/* Log that a file was refused. */
static void
say_refused(struct packages *p, struct package_place *pl, const struct err *e)
{
	if (p->first.msg[0] == '\0')
		p->first = *e;
	/* There is one package and no other: its error ends the start. */
	if ((p->started || p->n > 1 || p->source[0].is_folder ||
	    p->conf->wait) && retry_is_news(&pl->again, e->msg))
		prove_say(p->conf, "%s; %s%s", e->msg, pl->site != NULL ?
		    "the edition before it stays" : "set aside", may_pass(e) ?
		    ", trying again from time to time" : "");
}

/*
 * Log the files that were refused in this look and still are.  A member that
 * is looked at before its catalogue is refused at first, and then served.
 */
static void
say_all_refused(struct packages *p)
{
	struct package_place	*pl;
	size_t			 i, k;

	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->source[i].n; k++) {
			pl = p->source[i].place[k];
			if (pl->why != NULL)
				say_refused(p, pl, pl->why);
			(void)place_why(pl, NULL);
		}
}

/*
 * A file that is at fault stays so until it changes.  A lack of memory, or a
 * stick that cannot be read, may pass: that is tried again after a while.
 */
static void
refused(struct packages *p, struct package_place *pl, const struct seen *now,
    const struct err *e)
{
	if (!seen_is(now, &pl->seen))
		retry_wanted(&pl->again, clock_mono_ms());
	pl->seen = *now;
	if (place_why(pl, e) == -1)
		say_refused(p, pl, e);
	if (may_pass(e))
		retry_failed(&pl->again, clock_mono_ms(), RETRY_LATER_MS);
	else
		pl->again.due = 0;
}

/* Call conf->changed, if any; else nobody needs the descriptors: shut them. */
static void
tell(const struct packages *p, const char *key, struct site *site)
{
	if (p->started && p->conf->changed != NULL)
		p->conf->changed(p->conf->arg, key, site);
	else if (site != NULL)
		site_shut(site);
}

/* Take a site out of the set. */
static void
take_out(struct packages *p, struct package_place *pl)
{
	pl->site = NULL;
	sites_drop(p->sites, pl->key);
	p->listed |= prove_list(p->conf, pl->key, NULL);
	tell(p, pl->key, NULL);
}

/* site is in the set now; note it. */
static int
served(struct packages *p, struct package_place *pl, struct site *site,
    const struct seen *seen)
{
	const struct head	*new = pkg_head(site_pkg(site));

	(void)place_why(pl, NULL);
	retry_began(&pl->again, clock_mono_ms());
	if (p->started && pl->site == NULL)
		prove_say(p->conf, "%s: edition %" PRIu64 " of %s is served "
		    "from now on", pl->path, new->serial, site->id);
	pl->site = site;
	pl->seen = *seen;
	pl->waits = 0;
	p->listed |= prove_list(p->conf, pl->key, site);
	tell(p, pl->key, site);
	return 1;
}

/*
 * 1: what is served is what is there, so that SIGHUP, too, need not have it
 * proven again.  A change within one tick of the file system's clock cannot be
 * seen, hence `settled'.
 */
static int
is_known(const struct package_place *pl, const struct seen *now)
{
	struct seen	 blobs;

	if (pl->site == NULL || !pl->settled || !seen_is(now, &pl->seen))
		return 0;
	seen_blobs(pl->path, &blobs);
	return seen_is(&blobs, &pl->blobs);
}

/* 1: another edition is in the set now. asked: the operator wants a look. */
static int
try(struct packages *p, struct package_place *pl, const struct seen *now,
    int asked)
{
	const struct head	*old, *new;
	struct site		*site;
	struct source_seen	 seen;
	struct err		 e;

	pl->waits = 0;
	site = load_site(p->conf, p->copies, pl->path, &seen, &e);
	pl->blobs = seen.blobs;
	pl->settled = seen.settled;
	if (site == NULL) {
		/* Copying into place takes a moment: not yet whole. */
		if (e.status == STATUS_REFUSED && !asked &&
		    !seen_is(now, &pl->unsure))
			pl->unsure = *now;
		else
			refused(p, pl, now, &e);
		return 0;
	}
	/* The file was touched or renamed, or the operator asked. */
	if (pl->site != NULL && site_same(pl->site, site)) {
		(void)place_why(pl, NULL);
		retry_began(&pl->again, clock_mono_ms());
		pl->seen = seen.file;
		site_free(site);
		return 0;
	}
	if (!asked && sites_claims(p->sites, pl->site, site, &e)) {
		refused(p, pl, now, &e);
		site_free(site);
		return 0;
	}
	if (sites_fit(p->sites, pl->key, site, &e) == -1) {
		pl->waits = 1;
		refused(p, pl, now, &e);
		site_free(site);
		return 0;
	}
	new = pkg_head(site_pkg(site));
	old = pl->site != NULL ? pkg_head(site_pkg(pl->site)) : NULL;
	if (old != NULL && new->serial < old->serial)
		prove_say(p->conf, "%s: serial %" PRIu64 " is older than %"
		    PRIu64 ", which was served until now; mirrors will refuse "
		    "it", pl->path, new->serial, old->serial);
	if (sites_put(p->sites, pl->key, site, &e) == -1) {
		refused(p, pl, now, &e);
		return 0;
	}
	return served(p, pl, site, &seen.file);
}

/* An edition that came while the server ran is copied once, too. */
static void
settle(const struct packages *p, struct package_place *pl)
{
	if (!pl->settled && pl->site != NULL && p->copies != NULL)
		pl->settled = load_settle(p->copies, pl->path, pl->site,
		    &pl->seen, &pl->blobs);
}

/* Look at one file; with force, whatever was seen of it before. */
static int
look_at(struct packages *p, struct package_place *pl, int force, int asked)
{
	struct stat	 st;
	struct seen	 now;

	if (stat(pl->path, &st) == -1) {
		if (force)
			prove_say(p->conf, "%s: %s; %s", pl->path,
			    strerror(errno), pl->site != NULL ?
			    "the edition before stays" : "set aside");
		return 0;	/* between two renames, or it has gone */
	}
	seen_note(&st, &now);
	if (seen_is(&now, &pl->seen))
		settle(p, pl);
	if (force && !is_known(pl, &now))
		retry_wanted(&pl->again, clock_mono_ms());
	if (seen_is(&now, &pl->seen) &&
	    !retry_is_due(&pl->again, clock_mono_ms()))
		return 0;
	return try(p, pl, &now, asked);
}

/*
 * 1: the folder must be read.  Its time tells of changes, but not of those
 * within one tick of its clock, and some file systems do not tell at all.
 */
static int
is_due(struct package_source *s, int force)
{
	uint64_t	 now = clock_mono_ms();
	struct stat	 st;
	struct seen	 seen;

	if (stat(s->path, &st) == -1)
		return 1;		/* reading it will say why */
	seen_note(&st, &seen);
	if (!force && seen_is(&seen, &s->seen) && now < s->next)
		return 0;
	s->seen = seen;
	s->next = now + SCAN_MS;
	if (st.st_mtim.tv_sec + SETTLE_S > clock_wall())
		s->next = 0;
	return 1;
}

/* Take the place out, and its site out of the set. */
static size_t
drop(struct packages *p, struct package_source *s, size_t i)
{
	struct package_place	*pl = s->place[i];
	size_t		 n = pl->site != NULL;

	if (n > 0) {
		prove_say(p->conf, "%s: gone from its folder, not served any "
		    "more", pl->path);
		take_out(p, pl);
	}
	if (p->copies != NULL)
		copies_note(p->copies, pl->path, NULL);
	place_free(pl);
	s->n--;
	memmove(s->place + i, s->place + i + 1,
	    (s->n - i) * sizeof(*s->place));
	return n;
}

/* The i-th file of the folder is not there. */
static size_t
has_gone(struct packages *p, struct package_source *s, size_t i, int force)
{
	struct package_place	*pl = s->place[i];
	uint64_t	 now = clock_mono_ms();

	if (pl->gone == 0)
		pl->gone = now;
	if (!force && pl->site != NULL && now - pl->gone < GONE_MS) {
		s->next = 0;
		return 0;
	}
	return drop(p, s, i);
}

/* Both lists are sorted by name. */
static size_t
merge(struct packages *p, size_t source, const struct pkgdir *l,
    int force)
{
	struct package_source	*s = &p->source[source];
	struct err	 e;
	size_t		 i = 0, k = 0, n = 0, was;
	int		 c;

	while (i < s->n || k < l->n) {
		if (i == s->n)
			c = 1;
		else if (k == l->n)
			c = -1;
		else
			c = strcmp(s->place[i]->name, l->name[k]);
		if (c < 0) {
			was = s->n;
			n += has_gone(p, s, i, force);
			i += s->n == was;
			continue;
		}
		if (c == 0)
			s->place[i]->gone = 0;
		else if (put_place(s, source, i, l->name[k], &e) == -1) {
			s->next = 0;
			prove_say(p->conf, "%s: %s", s->path, e.msg);
			return n;
		}
		i++;
		k++;
	}
	return n;
}

/* Find which files of a folder are new or gone; how many have gone. */
static size_t
scan(struct packages *p, size_t i, int force)
{
	struct package_source		*s = &p->source[i];
	struct pkgdir	 l;
	struct err		 e;
	size_t			 n = 0;

	if (!is_due(s, force))
		return 0;
	if (pkgdir_read(s->path, &l, &e) == -1) {
		if (!s->told || force)
			prove_say(p->conf, "%s; its packages stay as they "
			    "are", e.msg);
		s->told = 1;
		return 0;
	}
	if (l.n == 0 && s->n > 0 && !force) {
		if (!s->told)
			prove_say(p->conf, "%s: not one package is left; is "
			    "its disk mounted?  Those of before stay until "
			    "SIGHUP", s->path);
		s->told = 1;
	} else {
		n = merge(p, i, &l, force);
		s->told = 0;
	}
	pkgdir_free(&l);
	return n;
}

static struct package_place *
place_of(const struct packages *p, const struct site *site)
{
	size_t	 i, k;

	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->source[i].n; k++)
			if (p->source[i].place[k]->site == site)
				return p->source[i].place[k];
	return NULL;
}

/*
 * When the default was dropped, the next package takes its place, and one of
 * its folders may have the name of another's id: that package is set aside.
 */
static size_t
part(struct packages *p)
{
	struct site	*s;
	struct package_place	*pl;
	size_t		 n = 0;

	while ((s = sites_shadowed(p->sites)) != NULL &&
	    (pl = place_of(p, s)) != NULL) {
		prove_say(p->conf, "%s: %s is also the name of a folder of "
		    "package %s, which is the first now; set aside",
		    pl->path, s->id, p->sites->site[0]->id);
		take_out(p, pl);
		pl->waits = 1;
		n++;
	}
	return n;
}

/* Judge one place again, because catalogues list other keys than before. */
static size_t
judge_anew(struct packages *p, struct package_place *pl)
{
	struct err	 e;

	if (pl->site == NULL)
		return pl->gone != 0 ? 0 : (size_t)look_at(p, pl, 1, 0);
	if (prove_again(p->conf, site_pkg(pl->site), &e))
		return 0;
	prove_say(p->conf, "%s: %s; not served any more", pl->path, e.msg);
	take_out(p, pl);
	return 1;
}

enum each_of { EACH_ALL, EACH_WAITING, EACH_JUDGED };

/* Look at all places, or at those that wait, or judge all again. */
static size_t
each(struct packages *p, enum each_of how, int asked)
{
	struct package_place	*pl;
	size_t		 i, k, n = 0;

	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->source[i].n; k++) {
			pl = p->source[i].place[k];
			if (how == EACH_JUDGED)
				n += judge_anew(p, pl);
			else if (pl->gone == 0 && (how == EACH_ALL ||
			    pl->waits))
				n += (size_t)look_at(p, pl, how ==
				    EACH_WAITING || asked, asked);
		}
	return n;
}

/* A change may be the one of another catalogue; that comes to an end. */
static size_t
judge_all(struct packages *p)
{
	size_t	 n = 0;
	int	 rounds;

	for (rounds = 0; p->listed && rounds < 4; rounds++) {
		p->listed = 0;
		n += each(p, EACH_JUDGED, 0);
	}
	return n;
}

/* At times only: a row that was not written costs a copy at the next start. */
static void
save_copies(struct packages *p)
{
	copies_save(p->copies, NULL);
	p->saved = clock_mono_ms();
}

size_t
packages_look(struct packages *p, int force)
{
	size_t	 i, n = 0;

	for (i = 0; i < p->n; i++)
		if (p->source[i].is_folder)
			n += scan(p, i, force);
	if (n > 0)
		n += part(p);
	n += each(p, EACH_ALL, force);
	/* A name that one package gave up may be what another waited for. */
	if (n > 0)
		n += each(p, EACH_WAITING, force);
	n += judge_all(p);
	say_all_refused(p);
	if (p->copies != NULL && clock_mono_ms() - p->saved > SAVE_MS)
		save_copies(p);
	return n;
}

static int
source_open(struct packages *p, size_t i, struct err *e)
{
	struct package_source	*s = &p->source[i];
	struct stat	 st;
	size_t		 len;

	s->path = p->conf->path[i];
	len = strlen(s->path);
	if (len > 0 && (s->path[len - 1] == '/' ||
	    (stat(s->path, &st) == 0 && S_ISDIR(st.st_mode))))
		s->is_folder = 1;
	else if (put_place(s, i, 0, NULL, e) == -1)
		return -1;
	return 0;
}

/* The first look: a missing file is reported as a broken one is. */
static void
open_all(struct packages *p)
{
	struct package_place	*pl;
	struct seen	 now;
	struct package_source	*s;
	struct stat	 st;
	size_t		 i, k;

	for (i = 0; i < p->n; i++) {
		s = &p->source[i];
		if (s->is_folder)
			scan(p, i, 1);
		for (k = 0; k < s->n; k++) {
			pl = s->place[k];
			memset(&now, 0, sizeof(now));
			if (stat(pl->path, &st) == 0)
				seen_note(&st, &now);
			if (try(p, pl, &now, 1) && p->conf->nanchor == 0 &&
			    p->conf->unproven == 1)
				prove_say(p->conf, "%s: --unsigned: served "
				    "without proof of its origin", pl->path);
		}
	}
}

struct packages *
packages_open(const struct packages_conf *conf, struct err *e)
{
	struct site_names	 none = { 0 };
	struct packages		*p;
	size_t			 i;

	if (conf->npath == 0) {
		err_set(e, "no package to serve; name at least one FILE.gpub");
		return NULL;
	}
	if (conf->nanchor == 0 && !conf->unproven) {
		err_set(e, "%s: whose signature counts is not said; give the "
		    "publisher's key with -p KEY.pub, or --unsigned to serve "
		    "it unproven", conf->path[0]);
		return NULL;
	}
	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    (p->source = calloc(conf->npath, sizeof(*p->source))) == NULL) {
		err_nomem(e);
		packages_free(p);
		return NULL;
	}
	p->conf = conf;
	p->n = conf->npath;
	p->sites = sites_new(&none, e);
	for (i = 0; p->sites != NULL && i < p->n; i++)
		if (source_open(p, i, e) == -1)
			break;
	if (p->sites == NULL || i < p->n) {
		packages_free(p);
		return NULL;
	}
	p->copies = load_copies(conf);
	open_all(p);
	judge_all(p);
	say_all_refused(p);
	if (p->copies != NULL) {
		copies_sweep(p->copies);
		save_copies(p);
	}
	p->started = 1;
	return p;
}

void
packages_free(struct packages *p)
{
	size_t	 i, k;

	if (p == NULL)
		return;
	for (i = 0; p->source != NULL && i < p->n; i++) {
		for (k = 0; k < p->source[i].n; k++)
			place_free(p->source[i].place[k]);
		free(p->source[i].place);
	}
	free(p->source);
	sites_free(p->sites);
	copies_close(p->copies);
	free(p);
}

struct sites *
packages_sites(struct packages *p)
{
	return p->sites;
}

size_t
packages_aside(const struct packages *p, struct err *e)
{
	size_t	 i, k, n = 0;

	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->source[i].n; k++)
			n += p->source[i].place[k]->site == NULL;
	*e = p->first;
	if (e->msg[0] == '\0')
		err_cannot(e, "%s: there is no package in this folder",
		    p->source[0].path);
	return n;
}

void
packages_each(const struct packages *p,
    void (*call)(void *, const char *, const struct pkg *), void *arg)
{
	const struct package_source	*s;
	size_t				 i;

	for (s = p->source; s < p->source + p->n; s++)
		for (i = 0; i < s->n; i++)
			if (s->place[i]->site != NULL)
				call(arg, s->place[i]->path,
				    site_pkg(s->place[i]->site));
}

const struct head *
packages_head(const struct packages *p, size_t i)
{
	return i < p->sites->n ? pkg_head(site_pkg(p->sites->site[i])) : NULL;
}
