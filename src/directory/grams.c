/* SPDX-License-Identifier: ISC */
/*
 * A Bloom filter for each package.  A package without a word's grams cannot
 * hold the word.  Grams are the first three, six and nine letters of a word of
 * ASCII, since such words are found where one begins; one and two characters in
 * a row of any other script, since those are found anywhere.
 *
 * With BITS bits a gram, PROBES of them set, one text in a hundred passes the
 * filter without holding the gram.  A word of Chinese of three characters has
 * two pairs. Grams that a package has twice are counted once, by a large filter
 * of the same kind that all packages are made with.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "directory/grams.h"

#define BITS		10
#define PROBES		5
#define SEEN_BITS	(1u << 18)	/* of the large filter */

struct grams {
	uint32_t	 nbit;
	uint8_t		 bit[];
};

struct grams_maker {
	uint8_t		 seen[SEEN_BITS / 8];
	uint64_t	*hash;			/* of each gram, once */
	size_t		 n, size;
	int		 failed;
};

static uint64_t
hash_of(const char *s, size_t len)
{
	uint64_t	 h = 14695981039346656037u;
	size_t		 i;

	for (i = 0; i < len; i++)
		h = (h ^ (uint8_t)s[i]) * 1099511628211u;
	h ^= h >> 32;
	h *= 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

/* The k-th bit of nbit for a hash. */
static uint32_t
probe(uint64_t h, unsigned k, uint32_t nbit)
{
	uint32_t	 a = (uint32_t)h, b = (uint32_t)(h >> 32) | 1;

	return (uint32_t)((uint64_t)(a + k * b) * nbit >> 32);
}

/* Set the bits of a hash.  1: all were set before. */
static int
set(uint8_t *bit, uint32_t nbit, uint64_t h)
{
	uint32_t	 at;
	unsigned	 k;
	int		 was = 1;

	for (k = 0; k < PROBES; k++) {
		at = probe(h, k, nbit);
		was &= bit[at / 8] >> at % 8;
		bit[at / 8] |= (uint8_t)(1u << at % 8);
	}
	return was & 1;
}

static int
is_set(const struct grams *g, uint64_t h)
{
	uint32_t	 at;
	unsigned	 k;

	for (k = 0; k < PROBES; k++) {
		at = probe(h, k, g->nbit);
		if ((g->bit[at / 8] >> at % 8 & 1) == 0)
			return 0;
	}
	return 1;
}

static int
is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* Call each() for the grams of s until it returns 0; its last value. */
static int
walk(const char *s, size_t len, int (*each)(void *, uint64_t), void *arg)
{
	uint32_t	 cp;
	size_t		 i = 0, n, last = 0;	/* bytes of the one before */

	while (i < len) {
		if ((unsigned char)s[i] >= 0x80) {
			if ((n = text_utf8_next(s + i, len - i, &cp)) == 0)
				n = 1;
			if (!each(arg, hash_of(s + i, n)) || (last > 0 &&
			    !each(arg, hash_of(s + i - last, last + n))))
				return 0;
			last = n;
			i += n;
			continue;
		}
		last = 0;
		if (!is_letter(s[i])) {
			i++;
			continue;
		}
		for (n = 0; i + n < len && is_letter(s[i + n]); n++)
			continue;
		if ((n >= 3 && !each(arg, hash_of(s + i, 3))) ||
		    (n >= 6 && !each(arg, hash_of(s + i, 6))) ||
		    (n >= 9 && !each(arg, hash_of(s + i, 9))))
			return 0;
		i += n;
	}
	return 1;
}

struct grams_maker *
grams_begin(void)
{
	return calloc(1, sizeof(struct grams_maker));
}

void
grams_maker_free(struct grams_maker *m)
{
	if (m == NULL)
		return;
	free(m->hash);
	free(m);
}

static int
note(void *arg, uint64_t h)
{
	struct grams_maker	*m = arg;
	uint64_t		*more;

	if (set(m->seen, SEEN_BITS, h))
		return 1;
	if (m->n == m->size) {
		more = reallocarray(m->hash, m->size + 4096, sizeof(*more));
		if (more == NULL) {
			m->failed = 1;
			return 0;
		}
		m->hash = more;
		m->size += 4096;
	}
	m->hash[m->n++] = h;
	return 1;
}

void
grams_line(struct grams_maker *m, const char *s, size_t len)
{
	walk(s, len, note, m);
}

struct grams *
grams_end(struct grams_maker *m)
{
	struct grams	*g = NULL;
	uint32_t	 nbit;
	size_t		 i;

	/* At least one word of bits, at most those of a million grams. */
	nbit = (uint32_t)(m->n < 1000000 ? m->n : 1000000) * BITS;
	nbit = (nbit + 64) / 64 * 64;
	if (!m->failed && (g = calloc(1, sizeof(*g) + nbit / 8)) != NULL) {
		g->nbit = nbit;
		for (i = 0; i < m->n; i++)
			set(g->bit, nbit, m->hash[i]);
	}
	memset(m->seen, 0, sizeof(m->seen));
	m->n = 0;
	m->failed = 0;
	return g;
}

void
grams_free(struct grams *g)
{
	free(g);
}

size_t
grams_bytes(const struct grams *g)
{
	return sizeof(*g) + g->nbit / 8;
}

static int
has(void *arg, uint64_t h)
{
	return is_set(arg, h);
}

int
grams_may(const struct grams *g, const char *word, size_t len)
{
	return walk(word, len, has, (void *)(uintptr_t)g);
}
