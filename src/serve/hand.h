/* SPDX-License-Identifier: ISC */
/*
 * Changes of the set of packages, on their way from the master to workers that
 * are running: one message for each, with the descriptors of the proven files.
 * A worker answers each message.  At most HAND_WINDOW are sent ahead of its
 * answers, and the master waits for it only when the queue is full
 * (gen_hand_wait()).
 */
#ifndef SERVE_HAND_H
#define SERVE_HAND_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct hands;				/* opaque: its body is in hand.c */
struct site;
struct sites;

#define HAND_KEY_MAX	320		/* bytes of a site's key, with NUL */
#define HAND_WINDOW	8		/* changes sent ahead of a worker's
					   answers */
#define HANDS_MAX	32		/* changes that wait to be sent */

#define HAND_PUT	'P'		/* put a site in the place of its key */
#define HAND_DROP	'R'		/* take out the site of the key */

/* A message on a worker's line; its descriptors: package, blobs. */
struct hand {
	char		 what;		/* HAND_PUT or HAND_DROP */
	char		 key[HAND_KEY_MAX];
	uint32_t	 number;
	uint32_t	 lists;		/* 1: a catalogue whose word counts */
	uint64_t	 pkg_size, store_size, nblob;
};

/* A worker's answer to each message, in the order in which they came. */
struct hand_told {
	uint32_t	 number;
	uint32_t	 taken;		/* 0: it could not take the change */
};

/* The master's side of one worker's line. */
struct hand_end {
	uint32_t	 next;		/* the next change to be sent */
	uint32_t	 told;		/* the next answer belongs to this
					   one */
	uint64_t	 since;		/* ms: an answer has been due since
					   then */
	int		 behind;	/* it has missed a change, so only a new
					   process can have all */
	int		 broken;	/* its answer made no sense */
	int		 gone;		/* it has ended, or will be ended */
};

struct hands	*hands_new(struct err *);
void		 hands_free(struct hands *);		/* NULL is fine */
/* Queue a change, with a count of site (NULL: dropped).  -1: no memory. */
int		 hands_add(struct hands *, const char *key, struct site *);
/* 1: HANDS_MAX changes are queued. */
int		 hands_full(const struct hands *);
/* A worker that was forked just now has all changes that were ever queued. */
void		 hand_begin(struct hand_end *, const struct hands *);
/* Read what the worker has answered, without waiting. */
void		 hand_hear(struct hand_end *, int line);
/* The same, and send it the changes that it may have. */
void		 hand_run(struct hand_end *, const struct hands *, int line);
/* 1: it has been sent all, and has told that it took all. */
int		 hand_has_all(const struct hand_end *, const struct hands *);
/* How many answers it owes. */
unsigned	 hand_owes(const struct hand_end *);
/* Forget the changes before this number: every worker was sent them. */
void		 hands_forget(struct hands *, uint32_t before);
uint32_t	 hands_next(const struct hands *);	/* to be queued */

/*
 * The worker's side: put the change of such a message into its set and answer
 * on line.  Takes the descriptors over; -1: none.
 */
void		 hand_take(struct sites *, const struct hand *, const int fd[2],
		    int line);

#endif
