/* SPDX-License-Identifier: ISC */
/*
 * Answers that take long, in one worker: whose turn it is.  A turn is a slice
 * of work.  The address that was given least goes first, so that sixty
 * connections of one address get no more than a single one of another.
 */
#ifndef NET_TURNS_H
#define NET_TURNS_H

#include <sys/queue.h>

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct limits;

#define TURNS_ADDRESS	8		/* waiting answers of one address */
#define TURNS_MAX	512		/* in all */

/* A member of what waits; the caller's. */
struct turn {
	TAILQ_ENTRY(turn)	 link;
	const struct net_addr	*peer;
	unsigned		 had;		/* turns so far */
};

struct turns {
	TAILQ_HEAD(, turn)	 list;		/* in order of arrival */
	size_t			 n;
};

void	turns_init(struct turns *);
/* 0; -1: too many are waiting already. */
int	turns_add(struct turns *, struct turn *, const struct net_addr *peer);
void	turns_remove(struct turns *, struct turn *);
/* The one whose turn it is; NULL: none is waiting. */
struct turn *turns_next(struct turns *, struct limits *, uint64_t now_us);

#endif
