/* SPDX-License-Identifier: ISC */
/*
 * The collector of parts, see parts.h.  Letters are told apart by all that a
 * part says of its letter: id, serial, tag, size and symbol.  A stranger can
 * claim anything there: he gets a letter of his own, which is forgotten
 * before those that have more parts.  Each letter holds a struct rlc, which
 * solves it and leaves forged parts out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "mirror/parts.h"
#include "mirror/rlc.h"
#include "package/hash.h"

#define LETTERS_MAX	32

struct gathered {
	struct parts_letter	 say;
	uint32_t		 symbol;
	struct rlc		*rlc;	/* NULL once it came out */
};

struct parts {
	struct gathered	 letter[LETTERS_MAX];
	size_t		 n;
	size_t		 most;		/* bytes for all of them */
	struct rlc	*out;		/* holds the bytes that came out last */
};

struct parts *
parts_new(size_t most)
{
	struct parts	*p;

	if ((p = calloc(1, sizeof(*p))) != NULL)
		p->most = most;
	return p;
}

void
parts_free(struct parts *p)
{
	size_t		 i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++)
		rlc_free(p->letter[i].rlc);
	rlc_free(p->out);
	free(p);
}

static int
is_of(const struct part *q, const struct gathered *l)
{
	return l->say.serial == q->serial && l->say.size == q->size &&
	    l->symbol == q->symbol && strcmp(l->say.id, q->id) == 0 &&
	    memcmp(l->say.tag, q->tag, PART_TAG) == 0;
}

/* Bytes that a letter takes at most: frames, a candidate, coefficients. */
static size_t
cost(uint32_t size, uint32_t symbol)
{
	size_t		 k = rlc_symbols(size, symbol);

	return (k + k / 2 + 64) * (symbol + 48u) + size + symbol + k * k;
}

static void
forget(struct parts *p, size_t i)
{
	rlc_free(p->letter[i].rlc);
	p->letter[i] = p->letter[--p->n];
}

/* Completed letters go first, then the one with the fewest parts. */
static size_t
least(const struct parts *p)
{
	size_t		 i, at = 0;

	for (i = 1; i < p->n; i++) {
		if (p->letter[at].rlc == NULL)
			break;
		if (p->letter[i].rlc == NULL ||
		    p->letter[i].say.have < p->letter[at].say.have)
			at = i;
	}
	return at;
}

static size_t
in_use(const struct parts *p)
{
	size_t		 i, sum = 0;

	for (i = 0; i < p->n; i++)
		if (p->letter[i].rlc != NULL)
			sum += cost(p->letter[i].say.size,
			    p->letter[i].symbol);
	return sum;
}

/* The letter that q belongs to, made at its first part; NULL: no memory. */
static struct gathered *
letter_of(struct parts *p, const struct part *q)
{
	struct gathered	*l;
	struct rlc	*rlc;
	size_t		 i, need = cost(q->size, q->symbol);

	for (i = 0; i < p->n; i++)
		if (is_of(q, &p->letter[i]))
			return &p->letter[i];
	if (need > p->most || (rlc = rlc_new(q->size, q->symbol)) == NULL)
		return NULL;
	while (p->n == LETTERS_MAX || (p->n > 0 && in_use(p) + need > p->most))
		forget(p, least(p));
	l = &p->letter[p->n++];
	memset(l, 0, sizeof(*l));
	memcpy(l->say.id, q->id, sizeof(l->say.id));
	memcpy(l->say.tag, q->tag, sizeof(l->say.tag));
	l->say.serial = q->serial;
	l->say.size = q->size;
	l->say.want = rlc_symbols(q->size, q->symbol);
	l->symbol = q->symbol;
	l->rlc = rlc;
	return l;
}

/* rlc_solve()'s judge: arg is the letter's tag. */
static int
is_right(const uint8_t *bytes, size_t n, void *arg)
{
	uint8_t		 sha[SHA_LEN];

	return sha_bytes(bytes, n, sha, NULL) == 0 &&
	    memcmp(sha, arg, PART_TAG) == 0;
}

enum parts_news
parts_add(struct parts *p, const struct part *q, struct parts_letter *done)
{
	uint8_t		 piece[PART_SYMBOL_MAX] = { 0 };
	struct gathered	*l;
	const uint8_t	*bytes;
	size_t		 forged;
	int		 rv;

	rlc_free(p->out);
	p->out = NULL;
	if ((l = letter_of(p, q)) == NULL)
		return PARTS_NOMEM;
	if (l->rlc == NULL)
		return PARTS_KNOWN;
	memcpy(piece, q->payload, q->len);
	if ((rv = rlc_add(l->rlc, q->number, piece)) != 1)
		return rv == 0 ? PARTS_KNOWN : PARTS_NOMEM;
	l->say.have = rlc_count(l->rlc);
	rv = rlc_solve(l->rlc, is_right, l->say.tag, &bytes, &forged);
	if (rv != 1)
		return rv == 0 ? PARTS_NEW : PARTS_NOMEM;
	l->say.forged = forged;
	l->say.have = l->say.want = 0;
	*done = l->say;
	done->bytes = bytes;
	p->out = l->rlc;
	l->rlc = NULL;
	return PARTS_DONE;
}

int
parts_look(const struct parts *p, size_t i, struct parts_letter *l)
{
	if (i >= p->n)
		return 0;
	*l = p->letter[i].say;
	return 1;
}

void
parts_missing(const struct parts *p, size_t i, size_t most, struct buf *b)
{
	const struct gathered *l = &p->letter[i];
	size_t		 j, end, said = 0;

	for (j = 0; l->rlc != NULL && j < l->say.want; j = end + 1) {
		for (end = j; end < l->say.want &&
		    !rlc_has(l->rlc, (uint32_t)end); end++)
			;
		if (end == j)
			continue;
		if (said++ == most) {
			buf_str(b, ", ...");
			return;
		}
		buf_fmt(b, "%s%zu", said > 1 ? ", " : "", j + 1);
		if (end > j + 1)
			buf_fmt(b, "-%zu", end);
	}
}
