/* SPDX-License-Identifier: ISC */
/*
 * Random linear coding over GF(256), see rlc.h.  To decode, frames are kept as
 * they came.  A symbol that came by itself is known.  Every other frame is a
 * sum; the known symbols are subtracted from it, and what is left is a square
 * system in the missing symbols, which is solved by elimination.  The result is
 * only a candidate, whose hash the caller compares.  Frames may be a
 * stranger's: nothing that comes out is believed before its hash is right.
 */
#include <stdlib.h>
#include <string.h>

#include "mirror/gf256.h"
#include "mirror/rlc.h"
#include "mirror/suspects.h"

#define COPIES		4		/* kept of one number, if different */

struct rlc {
	size_t		 size, symbol, k;
	struct rlc_frame *frame;
	size_t		 n, room, most;
	uint32_t	 age;
	int		 is_spoiled;	/* the first K independent ones are wrong */
	size_t		 tried;		/* n at the last search for forged ones */
	uint8_t		*source;	/* k * symbol bytes: the candidate */
};

size_t
rlc_symbols(size_t size, size_t symbol)
{
	return size / symbol + (size % symbol != 0);
}

void
rlc_encode(const uint8_t *source, size_t size, size_t symbol, uint32_t number,
    uint8_t *out)
{
	uint8_t		 c[RLC_SYMBOLS_MAX];
	size_t		 k = rlc_symbols(size, symbol), i, len;

	gf_init();
	memset(out, 0, symbol);
	gf_coefficients(number, k, c);
	for (i = 0; i < k; i++) {
		len = i + 1 < k ? symbol : size - i * symbol;
		gf_add_times(out, source + i * symbol, c[i], len);
	}
}

struct rlc *
rlc_new(size_t size, size_t symbol)
{
	struct rlc	*r;
	size_t		 k;

	if (size == 0 || symbol == 0 || symbol > RLC_SYMBOL_MAX ||
	    (k = rlc_symbols(size, symbol)) > RLC_SYMBOLS_MAX)
		return NULL;
	gf_init();
	if ((r = calloc(1, sizeof(*r))) == NULL)
		return NULL;
	r->size = size;
	r->symbol = symbol;
	r->k = k;
	r->most = k + k / 2 + 64;
	return r;
}

void
rlc_free(struct rlc *r)
{
	size_t		 i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		free(r->frame[i].data);
	free(r->frame);
	free(r->source);
	free(r);
}

size_t
rlc_count(const struct rlc *r)
{
	return r->n;
}

int
rlc_has(const struct rlc *r, uint32_t number)
{
	size_t		 i;

	for (i = 0; i < r->n; i++)
		if (r->frame[i].number == number)
			return 1;
	return 0;
}

/* Take frame i out; the order of the others does not matter. */
static void
forget(struct rlc *r, size_t i)
{
	free(r->frame[i].data);
	r->frame[i] = r->frame[--r->n];
}

static size_t
oldest(const struct rlc *r)
{
	size_t		 i, at = 0;

	for (i = 1; i < r->n; i++)
		if (r->frame[i].age < r->frame[at].age)
			at = i;
	return at;
}

/* 1: this very frame is here already, or enough others of its number. */
static int
is_known(struct rlc *r, uint32_t number, const uint8_t *data)
{
	size_t		 i, copies = 0;

	for (i = 0; i < r->n; i++) {
		if (r->frame[i].number != number)
			continue;
		if (memcmp(r->frame[i].data, data, r->symbol) == 0) {
			r->frame[i].seen++;
			r->frame[i].age = ++r->age;
			return 1;
		}
		copies++;
	}
	return copies >= COPIES;
}

int
rlc_add(struct rlc *r, uint32_t number, const uint8_t *data)
{
	struct rlc_frame	*bigger, *f;
	size_t		 room;

	if (number > RLC_NUMBER_MAX || is_known(r, number, data))
		return 0;
	if (r->n == r->most)
		forget(r, oldest(r));
	if (r->n == r->room) {
		room = r->room + r->room / 4 + 16;
		bigger = realloc(r->frame, room * sizeof(*bigger));
		if (bigger == NULL)
			return -1;
		r->frame = bigger;
		r->room = room;
	}
	f = &r->frame[r->n];
	if ((f->data = malloc(r->symbol)) == NULL)
		return -1;
	memcpy(f->data, data, r->symbol);
	f->number = number;
	f->seen = 1;
	f->age = ++r->age;
	r->n++;
	return 1;
}

/*
 * A system being solved: rows of coefficients over the missing symbols, the
 * frame each row came from, and where each missing symbol stands.
 */
struct system {
	size_t		 m;		/* missing symbols */
	uint16_t	*missing;	/* m of them: which symbol */
	uint8_t		*row;		/* coefficients from the diagonal on */
	uint8_t		*known;		/* k flags: 1, it came by itself */
	size_t		 rank;
};

/* Row i of the triangle: its byte j - i is the coefficient in column j. */
static uint8_t *
triangle(const struct system *s, size_t i)
{
	return s->row + i * s->m - i * (i - 1) / 2;
}

static void
system_free(struct system *s)
{
	free(s->missing);
	free(s->row);
	free(s->known);
}

/* Put the symbols that came by themselves in place; note the others. */
static int
system_init(struct system *s, struct rlc *r, const uint8_t *use)
{
	const struct rlc_frame *f;
	size_t		 i;

	memset(s, 0, sizeof(*s));
	if ((s->known = calloc(r->k, 1)) == NULL ||
	    (s->missing = calloc(r->k, sizeof(*s->missing))) == NULL)
		return -1;
	if (r->source == NULL &&
	    (r->source = malloc(r->k * r->symbol)) == NULL)
		return -1;
	for (i = 0; i < r->n; i++) {
		f = &r->frame[i];
		if (!use[i] || f->number >= r->k || s->known[f->number])
			continue;
		s->known[f->number] = 1;
		memcpy(r->source + f->number * r->symbol, f->data, r->symbol);
	}
	for (i = 0; i < r->k; i++)
		if (!s->known[i])
			s->missing[s->m++] = (uint16_t)i;
	s->row = calloc(s->m * (s->m + 1) / 2 + 1, 1);
	return s->row == NULL ? -1 : 0;
}

/*
 * Subtract what is known from a coded frame and reduce the rest by the rows
 * so far.  A row that is independent of them stays, its payload where the
 * missing symbol of its first coefficient will stand.
 */
static void
system_take(struct system *s, struct rlc *r, const struct rlc_frame *f,
    uint8_t *c, uint8_t *p)
{
	uint8_t		*row, unit;
	size_t		 i, j, lead;

	gf_coefficients(f->number, r->k, c);
	memcpy(p, f->data, r->symbol);
	for (i = 0; i < r->k; i++)
		if (s->known[i])
			gf_add_times(p, r->source + i * r->symbol, c[i],
			    r->symbol);
	for (j = 0; j < s->m; j++)
		c[j] = c[s->missing[j]];	/* missing[j] >= j */
	for (lead = 0; lead < s->m; lead++) {
		if (c[lead] == 0)
			continue;
		row = triangle(s, lead);
		if (row[0] == 0)
			break;
		gf_add_times(p, r->source + s->missing[lead] * r->symbol,
		    c[lead], r->symbol);
		gf_add_times(c + lead, row, c[lead], s->m - lead);
	}
	if (lead == s->m)
		return;
	unit = gf_inverse(c[lead]);
	gf_times(c + lead, unit, s->m - lead);
	gf_times(p, unit, r->symbol);
	memcpy(triangle(s, lead), c + lead, s->m - lead);
	memcpy(r->source + s->missing[lead] * r->symbol, p, r->symbol);
	s->rank++;
}

/* All rows have a leading 1: substitute from the last one up. */
static void
system_finish(const struct system *s, struct rlc *r)
{
	size_t		 i, j;
	uint8_t		*to;

	for (i = s->m; i-- > 0;) {
		to = r->source + s->missing[i] * r->symbol;
		for (j = i + 1; j < s->m; j++)
			gf_add_times(to, r->source + s->missing[j] * r->symbol,
			    triangle(s, i)[j - i], r->symbol);
	}
}

/* A candidate from the frames with use set: 1, 0 (too few) or -1. */
static int
candidate(struct rlc *r, const uint8_t *use)
{
	struct system	 s;
	uint8_t		*c = NULL, *p = NULL;
	size_t		 i;
	int		 rv = -1;

	if (system_init(&s, r, use) == -1 || (c = malloc(r->k)) == NULL ||
	    (p = malloc(r->symbol)) == NULL)
		goto out;
	for (i = 0; i < r->n && s.rank < s.m; i++)
		if (use[i] && r->frame[i].number >= r->k)
			system_take(&s, r, &r->frame[i], c, p);
	rv = s.rank == s.m;
	if (rv == 1)
		system_finish(&s, r);
 out:
	system_free(&s);
	free(c);
	free(p);
	return rv;
}

/* Of numbers below K that came in several forms: only the most frequent. */
static void
by_majority(const struct rlc *r, uint8_t *use)
{
	size_t		 i, j;

	for (i = 0; i < r->n; i++) {
		use[i] = r->frame[i].number < r->k;
		for (j = 0; j < r->n && use[i]; j++)
			if (r->frame[j].number == r->frame[i].number &&
			    r->frame[j].seen > r->frame[i].seen)
				use[i] = 0;
	}
}

static size_t
left_out(const struct rlc *r, const uint8_t *use)
{
	size_t		 i, n = 0;

	for (i = 0; i < r->n; i++)
		n += !use[i];
	return n;
}

/* A candidate from these frames, and what is_right says of it. */
static int
attempt(struct rlc *r, const uint8_t *use, int (*is_right)(const uint8_t *,
    size_t, void *), void *arg)
{
	int		 rv;

	if ((rv = candidate(r, use)) != 1)
		return rv;
	if (is_right(r->source, r->size, arg))
		return 1;
	r->is_spoiled = 1;
	return 0;
}

/* The search costs much more than an attempt: not again for each frame. */
static int
is_time_to_search(struct rlc *r)
{
	if (!r->is_spoiled || r->n < r->k + 2 ||
	    (r->n < r->tried + 2 + r->k / 16 && r->n < r->most))
		return 0;
	r->tried = r->n;
	return 1;
}

int
rlc_solve(struct rlc *r, int (*is_right)(const uint8_t *, size_t, void *),
    void *arg, const uint8_t **source, size_t *forged)
{
	uint8_t		*use;
	int		 rv = 0;

	if (r->n < r->k)
		return 0;
	if ((use = malloc(r->n)) == NULL)
		return -1;
	memset(use, 1, r->n);
	if (!r->is_spoiled)
		rv = attempt(r, use, is_right, arg);
	if (rv == 0 && is_time_to_search(r)) {
		if ((rv = suspects_find(r->frame, r->n, r->k, r->symbol,
		    use)) == 1)
			rv = attempt(r, use, is_right, arg);
		if (rv == 0) {
			by_majority(r, use);
			rv = attempt(r, use, is_right, arg);
		}
	}
	if (rv == 1) {
		*source = r->source;
		if (forged != NULL)
			*forged = left_out(r, use);
	}
	free(use);
	return rv;
}
