/* SPDX-License-Identifier: ISC */
/*
 * One process for a whole catalogue.  The catalogue's package comes as any
 * other package does (mirror.c).  The same request also asks for the members
 * that have changed since the edition that is held, and their letters stand
 * behind the catalogue's own.  When the line breaks, the rest is asked for from
 * the last proven member on.  What the frame does not bring (another edition
 * than the server knows, a changed key, files without a server) is asked for
 * one by one.
 *
 * Sources are strangers: member.c proves each letter, and nothing is believed
 * before that.
 */
#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/follow.h"
#include "mirror/journal.h"
#include "mirror/line.h"
#include "mirror/member.h"
#include "mirror/outcome.h"
#include "mirror/run.h"
#include "mirror/single.h"
#include "mirror/source.h"
#include "package/bundle.h"
#include "package/compact.h"
#include "package/index.h"
#include "package/reader.h"
#include "package/subset.h"

#define REST_MAX	(4u << 20)	/* bytes of one reply's members */
#define FRAME_MAX	(64u << 20)	/* the same, expanded */
#define NAMES_MAX	600		/* bytes of names in a request */
#define TRIES		8		/* requests without a new member */

struct follow {
	const struct follow_conf *conf;
	struct follow_result	*r;
	struct mirror		 m;		/* for lines and lettes */
	char			*file, *dir, *pins;
	struct journal		 journal;
	int			 lock;
	struct pkg		*catalogue;
	struct edition		 now;		/* of it */
	struct members		 list;
	uint8_t			*wanted;	/* bits of list */
	struct edition		*held;		/* by list */
	uint8_t			*failed;	/* bits: refused in this run */
};

static int
same_edition(const struct edition *a, const struct edition *b)
{
	return a->serial == b->serial &&
	    memcmp(a->core, b->core, SHORT_LEN) == 0;
}

static void
catalogue_close(struct follow *f)
{
	pkg_close(f->catalogue);
	f->catalogue = NULL;
	members_free(&f->list);
	free(f->wanted);
	free(f->held);
	free(f->failed);
	f->wanted = f->failed = NULL;
	f->held = NULL;
}

/* The groups and ids of --only, with commas between them. */
static void
names(const struct follow_conf *c, struct buf *b)
{
	size_t	 i;

	for (i = 0; i < c->nonly; i++)
		buf_fmt(b, "%s%s", i > 0 ? "," : "", c->only[i]);
	if (c->nonly == 0)
		buf_ch(b, '*');
}

/* Find out which members of the list that is there now are followed. */
static int
want(struct follow *f, struct err *e)
{
	struct buf	 b = BUF_INIT;
	uint8_t		*one;
	size_t		 i, k, n = SUBSET_BYTES(f->list.n) + 1;
	int		 rv = 0;

	names(f->conf, &b);
	if (!buf_ok(&b))
		rv = -1;
	else if (subset_parse(b.data, b.len, &f->list, f->wanted) == -1) {
		err_cannot(e, "--only: \"%.200s\", want groups and ids",
		    b.data);
		buf_free(&b);
		return -1;
	}
	buf_free(&b);
	for (i = 0; rv == 0 && i < f->conf->nonly; i++) {
		if ((one = calloc(n, 1)) == NULL) {
			rv = -1;
			break;
		}
		subset_parse(f->conf->only[i], strlen(f->conf->only[i]),
		    &f->list, one);
		for (k = 0; k < n && one[k] == 0; k++)
			;
		if (k == n)
			mirror_say(&f->m, MIRROR_WARN, "the catalogue has no "
			    "group and no member \"%s\"", f->conf->only[i]);
		free(one);
	}
	if (rv == -1)
		err_nomem(e);
	return rv;
}

/*
 * Open the catalogue that is here, and what is held of its members.  1; 0: no
 * catalogue is here yet; -1: see e.
 */
static int
catalogue_open(struct follow *f, struct err *e)
{
	const struct edition	*ed;
	struct err		 why;
	size_t			 i;
	int			 fd, rv;

	catalogue_close(f);
	if ((fd = file_open(f->file, &why)) == -1) {
		if (why.sys == ENOENT)
			return 0;
		*e = why;
		return -1;
	}
	if ((f->catalogue = pkg_open(fd, f->file, NULL, 0, &why)) == NULL)
		return 0;		/* mirror.c fetches all of it */
	if ((rv = members_read(f->catalogue, &f->list, e)) != 1) {
		if (rv == 0)
			err_set(e, "%s: \"%s\" is no catalogue; follow it with "
			    "-o FILE", f->file, pkg_head(f->catalogue)->id);
		return -1;
	}
	storeix_edition(pkg_head(f->catalogue), &f->now);
	f->wanted = calloc(SUBSET_BYTES(f->list.n) + 1, 1);
	f->failed = calloc(SUBSET_BYTES(f->list.n) + 1, 1);
	f->held = calloc(f->list.n + 1, sizeof(*f->held));
	if (f->wanted == NULL || f->failed == NULL || f->held == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < f->list.n; i++)
		if ((ed = journal_held(&f->journal, f->list.v[i].id)) != NULL)
			f->held[i] = *ed;
	return want(f, e) == -1 ? -1 : 1;
}

/*
 * 1: the i-th member is followed, and what is held is neither what the
 * catalogue lists nor newer.
 */
static int
is_behind(const struct follow *f, size_t i)
{
	return subset_has(f->wanted, i) && !same_edition(&f->held[i],
	    &f->list.v[i].ed) && f->held[i].serial <= f->list.v[i].ed.serial;
}

/*
 * For members that seem to be behind, look into their files, since the journal
 * may have lost its last line; for the others, whether the file is there, since
 * files may have been removed.
 */
static void
look_at_files(struct follow *f)
{
	char	*path;
	size_t	 i;

	for (i = 0; i < f->list.n; i++) {
		if (!subset_has(f->wanted, i))
			continue;
		if (is_behind(f, i))
			member_held(f->conf->dir, f->list.v[i].id,
			    &f->held[i]);
		else if ((path = member_path(f->conf->dir,
		    f->list.v[i].id)) != NULL) {
			if (access(path, F_OK) == -1 && errno == ENOENT)
				memset(&f->held[i], 0, sizeof(f->held[i]));
			free(path);
		}
	}
}

/* Note what became of a letter.  0: go on; 1: ask for the text; -1: see e. */
static int
took(struct follow *f, size_t i, enum member_took how,
    const struct edition *ed, const struct err *why, struct err *e)
{
	switch (how) {
	case MEMBER_NEW:
		f->r->changed++;
		/* FALLTHROUGH */
	case MEMBER_SAME:
		f->held[i] = *ed;
		return journal_note(&f->journal, f->list.v[i].id, ed, e);
	case MEMBER_TEXT:
		return 1;
	case MEMBER_REFUSED:
		mirror_say(&f->m, MIRROR_WARN, "%s", why->msg);
		subset_add(f->failed, i);
		return 0;
	case MEMBER_STOP:
		break;
	}
	*e = *why;
	return -1;
}

static void
job_of(struct follow *f, size_t i, struct member_job *j)
{
	j->m = &f->m;
	j->dir = f->conf->dir;
	j->anchor = f->conf->mirror.anchor;
	j->nanchor = f->conf->mirror.nanchor;
	j->list = &f->list;
	j->member = &f->list.v[i];
}

/* 1: *v is there; 0: it is cut; -1: none. */
static int
number(const struct buf *b, size_t *at, size_t *v)
{
	unsigned	 shift = 0;
	uint8_t		 byte;

	for (*v = 0;; shift += 7) {
		if (*at == b->len)
			return 0;
		byte = (uint8_t)b->data[(*at)++];
		if (shift > 21)
			return -1;
		*v |= (size_t)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0)
			return 1;
	}
}

/*
 * The letters of a frame, as many as are whole.  *last: the mark at its end,
 * or 'c': it is cut, or is none.  -1: see e.
 */
static int
take_letters(struct follow *f, const struct buf *b, char *last, struct err *e)
{
	struct member_job	 job;
	struct compact		 c;
	struct edition		 ed;
	struct err		 why;
	size_t			 at = 0, gap, i = 0, used;

	for (*last = 'c';;) {
		if (number(b, &at, &gap) != 1)
			return 0;
		if (gap == 0) {
			if (at < b->len)
				*last = b->data[at];
			return 0;
		}
		if (gap > f->list.n || i > f->list.n - gap)
			return 0;
		i += gap;
		if (compact_parse((const uint8_t *)b->data + at, b->len - at,
		    &c, &used, &why) != 1 || c.size > b->len - at - used)
			return 0;
		job_of(f, i - 1, &job);
		if (subset_has(f->wanted, i - 1) && took(f, i - 1,
		    member_take_compact(&job, &c, (const uint8_t *)b->data +
		    at + used, &ed, &why), &ed, &why, e) == -1)
			return -1;
		at += used + (size_t)c.size;
	}
}

/* Take the letters of a frame, whole or cut. */
static int
take_frame(struct follow *f, const char *data, size_t n, char *last,
    struct err *e)
{
	struct unbundle	*u;
	struct buf	 b = { .limit = FRAME_MAX };
	struct err	 why;
	size_t		 used;
	int		 rv;

	*last = 'c';
	if (n == 0)
		return 0;
	if ((u = unbundle_new(e)) == NULL)
		return -1;
	if (unbundle_add(u, data, n, &used, &b, &why) == -1)
		mirror_say(&f->m, MIRROR_WARN, "%s", why.msg);
	unbundle_free(u);
	rv = take_letters(f, &b, last, e);
	buf_free(&b);
	return rv;
}

/* A letter, or `same', stands in front of a frame.  Its length; 0: none. */
static size_t
letter_len(const struct buf *b)
{
	const size_t	 same = strlen(COMPACT_SAME);
	struct compact	 c;
	size_t		 used;

	if (b->len >= same && memcmp(b->data, COMPACT_SAME, same) == 0)
		return same;
	if (compact_parse((const uint8_t *)b->data, b->len, &c, &used,
	    NULL) != 1 || c.size > b->len - used)
		return 0;
	return used + (size_t)c.size;
}

/* The id in front of the first member that is behind; NULL: the first is. */
static const char *
proven_to(const struct follow *f, int is_new)
{
	const char	*id = NULL;
	size_t		 i;

	for (i = 0; i < f->list.n; i++) {
		if (is_behind(f, i) && !subset_has(f->failed, i) &&
		    (f->held[i].serial == 0) == is_new)
			break;
		id = f->list.v[i].id;
	}
	return id;
}

/* Write the subset of a request from `base'; 0: it cannot be written. */
static int
put_subset(const struct follow *f, const struct edition *base, int is_new,
    struct buf *b)
{
	struct buf	 said = BUF_INIT;
	uint8_t		*bits;
	size_t		 i;
	int		 rv = 1;

	if (!is_new)
		names(f->conf, &said);
	if (!same_edition(base, &f->now) || (!is_new && said.len == 1)) {
		if (said.len <= NAMES_MAX && !is_new)
			buf_add(b, said.data, said.len);
		else
			rv = 0;
		buf_free(&said);
		return rv;
	}
	if ((bits = calloc(SUBSET_BYTES(f->list.n) + 1, 1)) == NULL) {
		buf_free(&said);
		return 0;
	}
	for (i = 0; i < f->list.n; i++)
		if (subset_has(f->wanted, i) && (!is_new ||
		    (f->held[i].serial == 0 && !subset_has(f->failed, i))))
			subset_add(bits, i);
	if (!is_new && said.len <= NAMES_MAX && said.len < 32)
		buf_add(b, said.data, said.len);
	else
		subset_write(bits, f->list.n, b);
	free(bits);
	buf_free(&said);
	return 1;
}

/* Ask one source for members since base.  1: some came; 0: none; -1: see e. */
static int
ask_all(struct follow *f, struct source *s, const struct edition *base,
    int is_new, char *last, struct err *e)
{
	struct buf	 what = BUF_INIT, in = { .limit = REST_MAX };
	const char	*after = proven_to(f, is_new);
	size_t		 before = f->r->changed, n;
	enum fetch	 got;
	int		 gone, rv = 0;

	*last = 'c';
	buf_fmt(&what, "%sall/", source_below(s));
	edition_write(base, &what);
	buf_ch(&what, '/');
	if (!put_subset(f, base, is_new, &what)) {
		buf_free(&what);
		return 0;
	}
	buf_str(&what, is_new ? "/new" : "");
	if (after != NULL)
		buf_fmt(&what, "/after/%s", after);
	got = single_ask(&f->m, s, &what, &in, &gone, e);
	if (gone)
		s->no_all = 1;
	else if (got != FETCH_STOP && (n = letter_len(&in)) > 0)
		rv = take_frame(f, in.data + n, in.len - n, last, e);
	if (got == FETCH_STOP)
		rv = -1;
	buf_free(&in);
	return rv == -1 ? -1 : f->r->changed > before;
}

/*
 * How many members are behind: of those that were held, or of those that never
 * were.
 */
static size_t
count_behind(const struct follow *f, int is_new)
{
	size_t	 i, n = 0;

	for (i = 0; i < f->list.n; i++)
		n += is_behind(f, i) && !subset_has(f->failed, i) &&
		    (f->held[i].serial == 0) == is_new;
	return n;
}

/* Ask for frames as long as they bring something. */
static int
by_frames(struct follow *f, const struct edition *base, int is_new,
    struct err *e)
{
	const struct mirror_conf	*c = &f->conf->mirror;
	struct source			*s;
	size_t				 k;
	char				 last;
	int				 tries, rv;

	for (k = 0; k < c->nsource; k++) {
		s = &c->source[k];
		if (s->bad || s->no_all || s->kind == SOURCE_HTTP ||
		    s->kind == SOURCE_FILE || s->names != NAMES_COMPACT)
			continue;
		for (tries = 0; tries < TRIES &&
		    count_behind(f, is_new) > 0;) {
			if ((rv = ask_all(f, s, base, is_new, &last, e)) == -1)
				return -1;
			tries = rv == 1 ? 0 : tries + 1;
			if (s->no_all || last == 'u' || last == 'e')
				break;
		}
	}
	return 0;
}

/* Ask for each member that is left by itself. */
static int
one_by_one(struct follow *f, struct err *e)
{
	const struct mirror_conf	*c = &f->conf->mirror;
	struct member_job		 job;
	enum member_took		 how;
	struct edition			 ed;
	struct err			 why;
	size_t				 i, k;

	for (i = 0; i < f->list.n; i++) {
		for (k = 0; k < c->nsource && is_behind(f, i) &&
		    !subset_has(f->failed, i); k++) {
			if (c->source[k].bad)
				continue;
			job_of(f, i, &job);
			how = single_fetch(&job, &c->source[k],
			    pkg_head(f->catalogue)->id, &f->held[i], &ed,
			    &why);
			if (how == MEMBER_TEXT) {
				mirror_say(&f->m, MIRROR_WARN, "%s", why.msg);
				continue;	/* not there: the next one */
			}
			if (took(f, i, how, &ed, &why, e) == -1)
				return -1;
		}
	}
	return 0;
}

/* Fetch everything that is behind, in the cheapest way that works. */
static int
catch_up(struct follow *f, struct err *e)
{
	size_t	 i;

	look_at_files(f);
	if (f->journal.base.serial != 0 && count_behind(f, 0) > 0 &&
	    by_frames(f, &f->journal.base, 0, e) == -1)
		return -1;
	if (count_behind(f, 1) > 0 && by_frames(f, &f->now, 1, e) == -1)
		return -1;
	if (one_by_one(f, e) == -1)
		return -1;
	f->r->members = f->r->behind = 0;
	for (i = 0; i < f->list.n; i++) {
		f->r->members += (size_t)subset_has(f->wanted, i);
		f->r->behind += (size_t)is_behind(f, i);
	}
	for (i = 0; i < f->list.n; i++)
		if (is_behind(f, i) && !subset_has(f->failed, i))
			return 0;	/* the line broke: the base stays */
	return journal_base(&f->journal, &f->now, e);
}

static int
start(struct follow *f, const struct follow_conf *c, struct follow_result *r,
    struct err *e)
{
	char	*journal = NULL, *lock = NULL;
	int	 rv = -1;

	memset(f, 0, sizeof(*f));
	memset(r, 0, sizeof(*r));
	f->conf = c;
	f->r = r;
	f->lock = f->journal.fd = -1;
	f->m.conf = &c->mirror;
	f->m.result = &r->mirror;
	f->m.lock = -1;
	if (asprintf(&f->file, "%s/" FOLLOW_NAME ".gpub", c->dir) == -1 ||
	    asprintf(&f->dir, "%s.mirror", f->file) == -1 ||
	    asprintf(&f->pins, "%s/pins", f->dir) == -1 ||
	    asprintf(&lock, "%s/follow.lock", f->dir) == -1 ||
	    asprintf(&journal, "%s/members", f->dir) == -1)
		err_nomem(e);
	else if (file_mkdirs(c->dir, 0755, e) == 0 &&
	    file_dir_ours(f->dir, 0755, e) == 0 &&
	    (f->lock = file_open_ours(lock, O_RDWR | O_CREAT, 0644, e)) !=
	    -1) {
		f->m.pins_path = f->pins;
		if (flock(f->lock, LOCK_EX | LOCK_NB) == -1 &&
		    errno == EWOULDBLOCK)
			err_cannot(e, "%s: another mirror is at work on it",
			    c->dir);
		else
			rv = journal_open(&f->journal, journal, e);
	}
	free(journal);
	free(lock);
	return rv;
}

/* Fetch the catalogue, and with it what stands behind its letter. */
static int
fetch_catalogue(struct follow *f, struct buf *rest, struct err *e)
{
	struct mirror_conf	 c = f->conf->mirror;
	struct mirror_result	 r;
	struct buf		 subset = BUF_INIT;
	int			 rv;

	if ((rv = catalogue_open(f, e)) == -1)
		return -1;
	if (rv == 1 && same_edition(&f->now, &f->journal.base) &&
	    put_subset(f, &f->now, 0, &subset) && buf_ok(&subset))
		c.all = subset.data;
	rest->limit = REST_MAX;
	c.rest = rest;
	c.file = f->file;
	catalogue_close(f);
	rv = mirror_run(&c, &r, e);
	f->r->mirror = r;
	buf_free(&subset);
	return rv;
}

int
follow_run(const struct follow_conf *c, struct follow_result *r,
    struct err *e)
{
	struct follow	 f;
	struct buf	 rest = BUF_INIT;
	char		 last;
	int		 rv = -1;

	if (start(&f, c, r, e) == 0 && fetch_catalogue(&f, &rest, e) == 0) {
		rv = catalogue_open(&f, e);
		if (rv == 0)
			err_set(e, "%s: the catalogue is not there", f.file);
		rv = rv == 1 && take_frame(&f, rest.data, rest.len, &last,
		    e) == 0 ? catch_up(&f, e) : -1;
	}
	buf_free(&rest);
	catalogue_close(&f);
	journal_close(&f.journal);
	if (f.lock != -1)
		close(f.lock);
	free(f.file);
	free(f.dir);
	free(f.pins);
	return rv;
}
