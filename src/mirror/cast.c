/* SPDX-License-Identifier: ISC */
/*
 * The carousel, see cast.h.  Letters take turns by stride scheduling: each
 * letter has a time that advances by its stride when it sends, and the letter
 * with the earliest time is next.  The letters are the caller's own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/cast.h"
#include "mirror/rlc.h"
#include "package/hash.h"

#define STRIDE		(1u << 30)
#define FINE		4096		/* steps of a root below 1 */
#define TURN		8		/* passes: one of symbols, 7 of sums */

struct item {
	struct part	 part;		/* number and payload of the next one */
	uint8_t		*bytes;
	uint32_t	 k;
	uint64_t	 sent;		/* frames */
	uint64_t	 time, stride;
};

struct cast {
	size_t		 frame;		/* bytes */
	uint32_t	 most;		/* the highest number */
	struct item	*item;
	size_t		 n;
};

/* The root of v, rounded down. */
static uint64_t
root(uint64_t v)
{
	uint64_t	 r = 0, bit;

	for (bit = 1ull << 31; bit > 0; bit >>= 1)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return r;
}

struct cast *
cast_new(size_t frame, uint32_t most)
{
	struct cast	*c;

	if ((c = calloc(1, sizeof(*c))) != NULL) {
		c->frame = frame;
		c->most = most;
	}
	return c;
}

void
cast_free(struct cast *c)
{
	size_t		 i;

	if (c == NULL)
		return;
	for (i = 0; i < c->n; i++)
		free(c->item[i].bytes);
	free(c->item);
	free(c);
}

/* The largest symbol with which any part of p fits the frame; 0: none. */
static size_t
symbol_size(struct part *p, size_t frame, uint32_t most)
{
	size_t		 over;

	p->number = most;
	p->symbol = (uint32_t)frame;
	over = part_over(p);
	if (frame <= over)
		return 0;
	if (frame - over > PART_SYMBOL_MAX)
		return PART_SYMBOL_MAX;
	return frame - over < p->size ? frame - over : p->size;
}

uint32_t
cast_symbols(const struct cast *c)
{
	return c->n == 0 ? 0 : c->item[c->n - 1].k;
}

int
cast_add(struct cast *c, const char *id, uint64_t serial, const uint8_t *bytes,
    size_t n, struct err *e)
{
	struct item	*bigger, *it;
	uint8_t		 sha[SHA_LEN];

	bigger = realloc(c->item, (c->n + 1) * sizeof(*bigger));
	if (bigger == NULL) {
		err_nomem(e);
		return -1;
	}
	c->item = bigger;
	it = &c->item[c->n];
	memset(it, 0, sizeof(*it));
	if (n > PART_SIZE_MAX || strlen(id) >= sizeof(it->part.id) || n == 0) {
		err_set(e, "%s: a letter of %zu bytes, at most %u can be cast",
		    id, n, PART_SIZE_MAX);
		return -1;
	}
	memcpy(it->part.id, id, strlen(id) + 1);
	it->part.serial = serial;
	it->part.size = (uint32_t)n;
	it->part.symbol = (uint32_t)symbol_size(&it->part, c->frame,
	    c->most);
	if (it->part.symbol == 0 ||
	    rlc_symbols(n, it->part.symbol) > RLC_SYMBOLS_MAX ||
	    rlc_symbols(n, it->part.symbol) > c->most) {
		err_set(e, "%s: a letter of %zu bytes makes too many parts of "
		    "%zu bytes, at most %u: use larger ones", id, n, c->frame,
		    RLC_SYMBOLS_MAX);
		return -1;
	}
	if (sha_bytes(bytes, n, sha, e) == -1)
		return -1;
	if ((it->bytes = malloc(n)) == NULL) {
		err_nomem(e);
		return -1;
	}
	memcpy(it->bytes, bytes, n);
	memcpy(it->part.tag, sha, PART_TAG);
	it->k = part_count(&it->part);
	it->stride = (uint64_t)STRIDE * FINE /
	    root((uint64_t)it->k * FINE * FINE);
	c->n++;
	return 0;
}

/* The number of a letter's frame t. */
static uint32_t
number_at(uint64_t t, uint32_t k, uint32_t most)
{
	uint64_t	 turn = t / ((uint64_t)TURN * k);
	uint64_t	 at = t % ((uint64_t)TURN * k);

	if (at < k)
		return (uint32_t)at;
	at = turn * (TURN - 1) * k + (at - k);
	return (uint32_t)(k + at % (most + 1u - k));
}

void
cast_next(struct cast *c, struct buf *b)
{
	uint8_t		 symbol[PART_SYMBOL_MAX];
	struct item	*it;
	size_t		 i, at = 0;

	for (i = 1; i < c->n; i++)
		if (c->item[i].time < c->item[at].time)
			at = i;
	it = &c->item[at];
	it->time += it->stride;
	it->part.number = number_at(it->sent++, it->k, c->most);
	rlc_encode(it->bytes, it->part.size, it->part.symbol, it->part.number,
	    symbol);
	it->part.payload = symbol;
	it->part.len = it->part.symbol;
	if (it->part.number + 1 == it->k)
		it->part.len = it->part.size -
		    (size_t)(it->k - 1) * it->part.symbol;
	part_write(&it->part, b);
}
