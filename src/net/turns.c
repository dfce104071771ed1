/* SPDX-License-Identifier: ISC */
/*
 * Whose turn it is.  The list is short and is walked once a turn: the table of
 * limits says how far each address is ahead of the clock with its searches, in
 * all workers.  Addresses that nothing limits are equal and take turns.
 */
#include "net/limits.h"
#include "net/turns.h"

void
turns_init(struct turns *t)
{
	TAILQ_INIT(&t->list);
	t->n = 0;
}

int
turns_add(struct turns *t, struct turn *new, const struct net_addr *peer)
{
	struct turn	*x;
	size_t		 same = 0;

	TAILQ_FOREACH(x, &t->list, link)
		same += limits_same(x->peer, peer);
	if (t->n == TURNS_MAX || same == TURNS_ADDRESS)
		return -1;
	new->peer = peer;
	new->had = 0;
	TAILQ_INSERT_TAIL(&t->list, new, link);
	t->n++;
	return 0;
}

void
turns_remove(struct turns *t, struct turn *x)
{
	TAILQ_REMOVE(&t->list, x, link);
	t->n--;
}

struct turn *
turns_next(struct turns *t, struct limits *l, uint64_t now_us)
{
	struct turn	*x, *best = NULL;
	uint64_t	 ahead, least = 0;

	TAILQ_FOREACH(x, &t->list, link) {
		ahead = limits_searched(l, x->peer, 0, now_us);
		if (best == NULL || ahead < least ||
		    (ahead == least && x->had < best->had)) {
			best = x;
			least = ahead;
		}
	}
	if (best != NULL)
		best->had++;
	return best;
}
