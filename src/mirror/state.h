/* SPDX-License-Identifier: ISC */
/*
 * What a mirror remembers of its publisher between runs, and the rules by
 * which it judges a head: apeng-mirror(1), "WHAT IS REFUSED".
 */
#ifndef MIRROR_STATE_H
#define MIRROR_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct err;

#define STATE_KEYS	16		/* given ones and learned ones */

struct state {
	char		id[HEAD_ID_MAX + 1];	/* "": nothing seen yet */
	uint64_t	serial;		/* the highest installed */
	uint8_t		core[32];	/* of that one */
	int64_t		published;	/* the newest; seconds since 1970 */
	uint8_t		signer[8];	/* id of the key of that head */
	/* From next-key: accepted beside the keys given. */
	struct pub_key	key[STATE_KEYS];
	size_t		nkey;
	/* Ids that a next-key has replaced: never again. */
	uint8_t		revoked[STATE_KEYS][8];
	size_t		nrevoked;
};

/* A file that is not there is an empty state.  -1: see e. */
int	state_load(struct state *, const char *path, struct err *);
int	state_save(const struct state *, const char *path, struct err *);
/*
 * h is the head of the package that is installed: raise serial and
 * published, learn its next key, and once a learned key has signed, revoke
 * the one before.  force: h counts though an older or other edition was
 * seen, since --accept-serial named it.  1: something changed, 0: nothing.
 */
int	state_note(struct state *, const struct head *h, int force);
/*
 * The keys that may sign now: given and learned ones without the revoked.
 * Fills out; how many (at most STATE_KEYS).
 */
size_t	state_keys(const struct state *, const struct pub_key *given,
	    size_t ngiven, struct pub_key out[STATE_KEYS]);

/* What judging needs to know beside state and head. */
struct judge {
	const struct pub_key	*key;	/* those that may sign */
	size_t			 nkey;
	int64_t			 now;	/* the system's clock */
	const char		*id;	/* wanted; NULL: any */
	uint64_t		 accept_serial;	/* passes; 0: none */
	uint64_t		 max_size;	/* bytes of a package */
};

enum verdict {
	VERDICT_NEW,			/* a newer edition */
	VERDICT_SAME,			/* the one that is installed */
	VERDICT_REFUSED			/* see e */
};

/* Warnings that do not stop anything; bits of *warn. */
#define WARN_EXPIRED	1
#define WARN_CLOCK	2		/* the clock is wrong: not compared */

/*
 * Judge the len bytes of a head; nothing in them is believed before one of
 * the keys has proven them.  SAME says that serial and core are the
 * state's: whether the file is still there is the caller's to know.
 */
enum verdict	judge_head(const struct judge *, const struct state *,
		    const char *, size_t len, struct head *, int *warn,
		    struct err *);
/* The highest date-based serial that is not from the future. */
uint64_t	judge_serial_limit(int64_t now);

#endif
