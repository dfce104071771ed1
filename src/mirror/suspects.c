/* SPDX-License-Identifier: ISC */
/*
 * Which frames of a random linear code are forged, see suspects.h.
 *
 * Let C be the coefficients of n > K frames and P their payloads.  The rows
 * of H with H C = 0 give the syndrome H P, which is H E when E is what the
 * forged frames added.  If E's rows are independent, the columns of H that lie
 * in the column space of the syndrome are just those of the forged frames
 * (Metzner and Kapturowski, 1990).  With K frames as a basis, H = [M I] where
 * M tells how each other frame follows from the basis.
 *
 * Trust: none; whoever asks judges by a hash what comes of the answer.
 */
#include <stdlib.h>
#include <string.h>

#include "mirror/gf256.h"
#include "mirror/suspects.h"

/* All frames that are looked at. */
struct frames {
	const struct rlc_frame *frame;
	size_t		 n, k, symbol;
};

/*
 * The search for forged frames: which K frames are the basis, the inverse
 * of their coefficients, and the difference of each other frame from what
 * the basis foretells.
 */
struct suspect_search {
	size_t		*basis, nbasis;		/* frame numbers */
	size_t		*other, nother;
	uint8_t		*inv;		/* k * k */
	uint8_t		*m;		/* nother * k: M */
	uint8_t		*diff;		/* nother * symbol: the syndrome */
};

static void
search_free(struct suspect_search *s)
{
	free(s->basis);
	free(s->other);
	free(s->inv);
	free(s->m);
	free(s->diff);
}

/*
 * Choose the basis by elimination and invert it on the way: work is n rows
 * of k coefficients and k columns that tell how the row came about.
 */
static int
search_basis(struct suspect_search *s, const struct frames *r)
{
	size_t		 k = r->k, w = 2 * k, i, j, lead;
	uint8_t		*work, *c;
	int		 rv = -1;

	work = calloc(k, w);		/* row `lead' has its first 1 there */
	c = malloc(w);
	if (work == NULL || c == NULL)
		goto out;
	for (i = 0; i < r->n; i++) {
		if (s->nbasis == k) {
			s->other[s->nother++] = i;
			continue;
		}
		gf_coefficients(r->frame[i].number, k, c);
		memset(c + k, 0, k);
		c[k + s->nbasis] = 1;
		for (lead = 0; lead < k; lead++)
			if (c[lead] != 0) {
				if (work[lead * w + lead] == 0)
					break;
				gf_add_times(c + lead, work + lead * w + lead,
				    c[lead], w - lead);
			}
		if (lead == k) {
			s->other[s->nother++] = i;
			continue;
		}
		gf_times(c + lead, gf_inverse(c[lead]), w - lead);
		memcpy(work + lead * w, c, w);
		s->basis[s->nbasis++] = i;
	}
	rv = 0;
	if (s->nbasis < k)
		goto out;
	for (i = k; i-- > 0;)
		for (j = i + 1; j < k; j++)
			gf_add_times(work + i * w + k, work + j * w + k,
			    work[i * w + j], k);
	for (i = 0; i < k; i++)
		memcpy(s->inv + i * k, work + i * w + k, k);
	rv = 1;
 out:
	free(work);
	free(c);
	return rv;
}

/* M and the syndrome: what each other frame differs by. */
static int
search_syndrome(struct suspect_search *s, const struct frames *r)
{
	uint8_t		*c, *m;
	size_t		 k = r->k, i, j;

	if ((c = malloc(k)) == NULL)
		return -1;
	for (i = 0; i < s->nother; i++) {
		gf_coefficients(r->frame[s->other[i]].number, k, c);
		m = s->m + i * k;
		memset(m, 0, k);
		for (j = 0; j < k; j++)
			gf_add_times(m, s->inv + j * k, c[j], k);
		memcpy(s->diff + i * r->symbol, r->frame[s->other[i]].data,
		    r->symbol);
		for (j = 0; j < k; j++)
			gf_add_times(s->diff + i * r->symbol,
			    r->frame[s->basis[j]].data, m[j], r->symbol);
	}
	free(c);
	return 0;
}

/*
 * A vector of nother bytes against the basis of the syndrome's column space:
 * reduced in place.  Returns the place of its first byte that is left, or
 * nother when it lies in that space.
 */
static size_t
reduce(uint8_t *v, const uint8_t *space, size_t n)
{
	size_t		 i;

	for (i = 0; i < n; i++)
		if (v[i] != 0) {
			if (space[i * n + i] == 0)
				return i;
			gf_add_times(v + i, space + i * n + i, v[i], n - i);
		}
	return n;
}

/* The column space of the syndrome, row `i' with its first 1 at i; its rank. */
static size_t
search_space(const struct suspect_search *s, const struct frames *r,
    uint8_t *space, uint8_t *v)
{
	size_t		 n = s->nother, i, j, lead, rank = 0;

	for (j = 0; j < r->symbol && rank < n; j++) {
		for (i = 0; i < n; i++)
			v[i] = s->diff[i * r->symbol + j];
		if ((lead = reduce(v, space, n)) == n)
			continue;
		gf_times(v + lead, gf_inverse(v[lead]), n - lead);
		memcpy(space + lead * n, v, n);
		rank++;
	}
	return rank;
}

/* The column of H that belongs to one frame: of the basis, or another. */
static void
column(const struct suspect_search *s, size_t k, size_t j, uint8_t *v)
{
	size_t		 i;

	for (i = 0; i < s->nother; i++)
		v[i] = j < k ? s->m[i * k + j] : i == j - k;
}

/* A frame's column of H, reduced by the syndrome's space, first byte 1. */
struct column {
	size_t		 n, frame;	/* bytes; index into rlc.frame */
	uint8_t		*v;
};

static int
compare(const void *a, const void *b)
{
	const struct column *c = a, *d = b;

	return memcmp(c->v, d->v, c->n);
}

/*
 * Clear use[] of each frame whose column lies in the syndrome's space, and
 * of those whose columns are the same but for a factor outside of it: the
 * errors of such a pair depend on each other.  left: room for all columns.
 */
static void
mark(const struct suspect_search *s, size_t k, const uint8_t *space,
    uint8_t *left, struct column *at, uint8_t *use)
{
	size_t		 n = s->nother, m = 0, i, j, lead;
	uint8_t		*v;

	for (j = 0; j < k + n; j++) {
		at[m].v = v = left + m * n;
		at[m].n = n;
		at[m].frame = j < k ? s->basis[j] : s->other[j - k];
		column(s, k, j, v);
		if ((lead = reduce(v, space, n)) == n) {
			use[at[m].frame] = 0;
			continue;
		}
		for (i = lead; i < n; i++)	/* all of it, not the first */
			if (v[i] != 0 && space[i * n + i] != 0)
				gf_add_times(v + i, space + i * n + i, v[i],
				    n - i);
		gf_times(v + lead, gf_inverse(v[lead]), n - lead);
		m++;
	}
	qsort(at, m, sizeof(*at), compare);
	for (j = 1; j < m; j++)
		if (memcmp(at[j - 1].v, at[j].v, n) == 0)
			use[at[j - 1].frame] = use[at[j].frame] = 0;
}

/* 1: use[] tells which frames are not forged; 0: nobody can tell; -1. */
static int
search_mark(const struct suspect_search *s, const struct frames *r,
    uint8_t *use)
{
	size_t		 n = s->nother, all = r->k + n, rank;
	uint8_t		*space, *v, *left;
	struct column	*at;
	int		 rv = -1;

	space = calloc(n, n);
	v = malloc(n);
	left = calloc(all, n);
	at = calloc(all, sizeof(*at));
	if (space == NULL || v == NULL || left == NULL || at == NULL)
		goto out;
	rank = search_space(s, r, space, v);
	rv = rank > 0 && rank + 1 < n;	/* too few others cannot tell */
	if (rv == 1)
		mark(s, r->k, space, left, at, use);
 out:
	free(space);
	free(v);
	free(left);
	free(at);
	return rv;
}

int
suspects_find(const struct rlc_frame *frame, size_t n, size_t k, size_t symbol,
    uint8_t *use)
{
	const struct frames all = { frame, n, k, symbol }, *r = &all;
	struct suspect_search	 s = { 0 };
	size_t		 spare = n - k;
	int		 rv = -1;

	memset(use, 1, r->n);
	s.basis = calloc(r->k, sizeof(*s.basis));
	s.other = calloc(r->n, sizeof(*s.other));
	s.inv = malloc(r->k * r->k);
	if (s.basis == NULL || s.other == NULL || s.inv == NULL)
		goto out;
	if ((rv = search_basis(&s, r)) != 1)
		goto out;
	rv = -1;
	s.m = malloc(spare * r->k);
	s.diff = malloc(spare * r->symbol);
	if (s.m != NULL && s.diff != NULL && search_syndrome(&s, r) == 0)
		rv = search_mark(&s, r, use);
 out:
	search_free(&s);
	return rv;
}
