/* SPDX-License-Identifier: ISC */
/*
 * Answers `apeng/all/': one letter of the catalogue and one frame with those of
 * its members.  What the asker holds follows from the edition that he names:
 * the list of that edition is in the catalogue's store.  Letters come from each
 * member's own store, as for somebody who asks for that member alone.  The
 * request is a stranger's: whatever it names, the reply is bounded, and ends
 * with a mark when there is more to ask for.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/bundle.h"
#include "package/compact.h"
#include "package/members.h"
#include "package/offer.h"
#include "package/reader.h"
#include "package/store.h"
#include "package/subset.h"
#include "serve/all.h"
#include "serve/open.h"
#include "serve/reply.h"
#include "serve/sites.h"

#define REPLY_MAX	(192u << 10)	/* bytes of letters; then `more' */
#define FLUSH_EACH	2048		/* bytes that a cut may cost */
#define NEW_WORD	"/new"
#define AFTER_WORD	"/after/"

/* A request, taken apart. */
struct all_ask {
	struct edition	 ed;
	const char	*subset;
	size_t		 subset_len;
	int		 is_new;	/* the asker holds no member of the
					   subset */
	char		 after[HEAD_ID_MAX + 1];	/* "": from the start */
};

/* An answer that is being made. */
struct all_work {
	struct sites	*sites;
	struct site	*catalogue;
	struct all_ask	 ask;
	struct members	 now, was;
	int		 is_known;	/* was is the list of ask.ed */
	uint8_t		*bits;		/* of the list was if over_was is set,
					   else of now */
	int		 over_was;
	struct bundle	*bundle;
	struct buf	*out;
};

/* The word up to the next '/'; it is taken off *s. */
static size_t
word(const char **s, size_t *len)
{
	const char	*slash = memchr(*s, '/', *len);
	size_t		 n = slash == NULL ? *len : (size_t)(slash - *s);

	*s += n;
	*len -= n;
	return n;
}

/* 0; -1: malformed. */
static int
parse(const char *s, size_t len, struct all_ask *a)
{
	const char	*at = s;
	size_t		 n;

	memset(a, 0, sizeof(*a));
	n = word(&s, &len);
	if (edition_parse(at, n, &a->ed) == -1 || len < 2)
		return -1;
	s++;
	len--;
	a->subset = s;
	a->subset_len = word(&s, &len);
	n = strlen(NEW_WORD);
	if (len >= n && memcmp(s, NEW_WORD, n) == 0 &&
	    (len == n || s[n] == '/')) {
		a->is_new = 1;
		s += n;
		len -= n;
	}
	n = strlen(AFTER_WORD);
	if (len > n && memcmp(s, AFTER_WORD, n) == 0) {
		s += n;
		len -= n;
		if (!head_id_ok(s, len))
			return -1;
		memcpy(a->after, s, len);
		len = 0;
	}
	return len == 0 && a->subset_len > 0 ? 0 : -1;
}

static void
edition_of(const struct pkg *p, struct edition *ed)
{
	ed->serial = pkg_head(p)->serial;
	memcpy(ed->core, pkg_head(p)->core, SHORT_LEN);
}

static int
same_edition(const struct edition *a, const struct edition *b)
{
	return a->serial == b->serial &&
	    memcmp(a->core, b->core, SHORT_LEN) == 0;
}

/* Read the list of the edition that was named, if it is one of the last. */
static int
read_was(struct all_work *w)
{
	struct buf	 lines = BUF_INIT, keys = BUF_INIT;
	int		 rv = 0;

	if (store_old(w->catalogue->store, &w->ask.ed, MEMBERS_PATH,
	    &lines) == 1 && store_old(w->catalogue->store, &w->ask.ed,
	    DELEGATES_PATH, &keys) == 1 && members_parse(&w->was, lines.data,
	    lines.len, keys.data, keys.len, "", 0, NULL) == 0)
		w->is_known = 1;
	if (lines.failed || keys.failed)
		rv = -1;
	buf_free(&lines);
	buf_free(&keys);
	return rv;
}

/*
 * Choose the list that the subset is over, and read its bits.  0; -1:
 * malformed; -2: no memory.
 */
static int
read_subset(struct all_work *w, int is_current)
{
	const struct all_ask	*a = &w->ask;
	const struct members	*m;

	w->over_was = subset_is_of_edition(a->subset, a->subset_len) &&
	    !is_current;
	if (w->over_was && !w->is_known) {
		w->over_was = 0;
		if ((w->bits = calloc(1, 1)) == NULL)
			return -2;
		return a->ed.serial == 0 ? -1 : 0;
	}
	m = w->over_was ? &w->was : &w->now;
	if ((w->bits = calloc(SUBSET_BYTES(m->n) + 1, 1)) == NULL)
		return -2;
	return subset_parse(a->subset, a->subset_len, m, w->bits) == 1 ? 0 :
	    -1;
}

/*
 * The edition of the i-th member that the asker holds; 0: the member is not in
 * the subset.
 */
static int
holds(const struct all_work *w, size_t i, struct edition *ed)
{
	const struct member	*was;
	size_t			 at = i;

	was = w->is_known ? members_find(&w->was, w->now.v[i].id) : NULL;
	memset(ed, 0, sizeof(*ed));
	if (w->over_was && was == NULL)
		return 0;
	if (w->over_was)
		at = (size_t)(was - w->was.v);
	if (!subset_has(w->bits, at))
		return 0;
	if (!w->ask.is_new && was != NULL)
		*ed = was->ed;
	return 1;
}

static void
put_number(struct buf *b, size_t v)
{
	for (; v > 0x7f; v >>= 7)
		buf_ch(b, (char)(0x80 | (v & 0x7f)));
	buf_ch(b, (char)v);
}

/*
 * Add the letter of the i-th member for whoever holds ed, and before it how
 * many members it is behind the last one that was added.  1: added; 0: nothing
 * is new, or the member is not served here; -1: no memory.
 */
static int
add_letter(struct all_work *w, size_t i, size_t gap, const struct edition *ed,
    size_t *since)
{
	const struct site	*s;
	const uint8_t		*data;
	struct buf		 ask = BUF_INIT, head = BUF_INIT;
	size_t			 n;
	int			 rv = 0, flush;

	s = sites_by_id(w->sites, w->now.v[i].id, strlen(w->now.v[i].id));
	if (s == NULL || s->store == NULL)
		return 0;
	edition_write(ed, &ask);
	put_number(&head, gap);
	if (!buf_ok(&ask) || store_compact(s->store, ask.data, ask.len, 0,
	    &head, &data, &n) == -1)
		rv = -1;
	else if (head.len > strlen(COMPACT_SAME) + 4 || n > 0) {
		*since += head.len + n;
		flush = *since >= FLUSH_EACH;
		if (flush)
			*since = 0;
		rv = bundle_add(w->bundle, head.data, head.len, 0, w->out) ==
		    -1 || bundle_add(w->bundle, data, n, flush, w->out) == -1 ?
		    -1 : 1;
	}
	buf_free(&ask);
	buf_free(&head);
	return rv;
}

/*
 * Make the frame: each letter, then a NUL and `e', or `m' when there is more.
 */
static int
add_members(struct all_work *w)
{
	const size_t	 start = w->out->len;
	struct edition	 ed;
	char		 end[2] = { 0, 'e' };
	size_t		 i, last = 0, since = 0;
	int		 rv;

	if ((w->bundle = bundle_new()) == NULL)
		return -1;
	if (w->ask.ed.serial != 0 && !w->is_known)
		end[1] = 'u';		/* what the asker holds is not known */
	for (i = 0; i < w->now.n && end[1] == 'e'; i++) {
		if (strcmp(w->now.v[i].id, w->ask.after) <= 0 ||
		    !holds(w, i, &ed) || same_edition(&ed, &w->now.v[i].ed))
			continue;
		if (w->out->len - start > REPLY_MAX) {
			end[1] = 'm';
			break;
		}
		if ((rv = add_letter(w, i, i + 1 - last, &ed, &since)) == -1)
			return -1;
		if (rv == 1)
			last = i + 1;
	}
	if (bundle_add(w->bundle, end, sizeof(end), 0, w->out) == -1)
		return -1;
	return bundle_end(w->bundle, w->out);
}

/* Write everything, when both lists are there.  Values as all_answer(). */
static int
write_all(struct all_work *w, int is_current)
{
	const uint8_t	*data;
	struct buf	 ask = BUF_INIT;
	size_t		 n;
	int		 rv;

	if ((rv = read_subset(w, is_current)) != 0)
		return rv;
	edition_write(&w->ask.ed, &ask);
	if (!buf_ok(&ask) || store_compact(w->catalogue->store, ask.data,
	    ask.len, 0, w->out, &data, &n) == -1)
		rv = -2;
	buf_free(&ask);
	if (rv != 0)
		return rv;
	buf_add(w->out, data, n);
	/* The asker has the list and all that it lists. */
	if (is_current && !w->ask.is_new)
		return 1;
	return add_members(w) == -1 || !buf_ok(w->out) ? -2 : 1;
}

int
all_answer(struct sites *ss, struct site *s, const char *rest, size_t len,
    struct reply *r)
{
	struct all_work	 w = { .sites = ss, .catalogue = s, .out = &r->own };
	struct edition	 ed;
	int		 rv, is_current;

	if (parse(rest, len, &w.ask) == -1)
		return -1;
	if (s->store == NULL ||
	    (rv = members_read(s->pkg, &w.now, NULL)) != 1)
		return 0;
	edition_of(s->pkg, &ed);
	is_current = same_edition(&ed, &w.ask.ed);
	rv = 0;
	if (is_current) {
		w.is_known = 1;
		w.was = w.now;
	} else if (w.ask.ed.serial != 0)
		rv = read_was(&w);
	buf_reset(&r->own);
	rv = rv == -1 ? -2 : write_all(&w, is_current);
	bundle_free(w.bundle);
	free(w.bits);
	if (!is_current)
		members_free(&w.was);
	members_free(&w.now);
	if (rv == 1)
		reply_own(r);
	return rv;
}
