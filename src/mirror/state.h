/* SPDX-License-Identifier: ISC */
/* What a mirror remembers of its publisher between runs. */
#ifndef MIRROR_STATE_H
#define MIRROR_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"
#include "package/trust.h"

struct err;

#define STATE_KEYS	16		/* learned ones; revoked ones */

/* A key that an edition has announced, and the id of the key that did so. */
struct state_key {
	struct pub_key	 key;
	uint8_t		 by[8];
};

struct state {
	char		id[HEAD_ID_MAX + 1];	/* "": nothing seen yet */
	uint64_t	serial;		/* the highest installed */
	uint8_t		core[32];	/* of that one */
	int64_t		published;	/* the newest; seconds since 1970 */
	uint8_t		signer[8];	/* id of the key of that head */
	/* The first that each key announced: accepted beside those given. */
	struct state_key key[STATE_KEYS];
	size_t		nkey;
	/* Ids of keys whose successor has signed: never again. */
	uint8_t		revoked[STATE_KEYS][8];
	size_t		nrevoked;
};

/* A file that is not there is an empty state.  -1: see e. */
int	state_load(struct state *, const char *path, struct err *);
int	state_save(const struct state *, const char *path, struct err *);
enum state_news {
	STATE_SAME,			/* nothing has changed */
	STATE_CHANGED,
	/* and h announces another key than its signer did before: ignored */
	STATE_SECOND
};

/*
 * h is the head of the package that is installed, p how it was proven: raise
 * serial and published.  The first key that a signer announces is learned, and
 * no other.  When a successor has signed for the first time, all keys before
 * it in the proof, the last signer and every learned key but itself are
 * forgotten; those that signed are revoked.  force: h counts though an older
 * or other edition was seen, since --accept-serial named it.
 */
enum state_news	state_note(struct state *, const struct head *h,
	    const struct proof *p, int force);
/* Forget what was learned of keys: those given count as they are. */
void	state_trust_anew(struct state *);
/*
 * Forget the edition, too: no serial is too old any more.  A thief's edition
 * must not keep the publisher's out by a high one.
 */
void	state_forget_edition(struct state *);
/*
 * The anchors by which the next head is judged: those given and the learned
 * ones, narrowed to what is known of them.  all: as if nothing were revoked,
 * to recognize the edition that is here.  out has room for n + STATE_KEYS;
 * how many, or 0 when all are revoked.
 */
size_t	state_anchors(const struct state *, const struct anchor *given,
	    size_t n, int all, struct anchor *out);

#endif
