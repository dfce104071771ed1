/* SPDX-License-Identifier: ISC */
/*
 * A line of succession: the signed heads in which each key of a publisher
 * announced the next one, from the oldest key to the present one.  As text
 * it is the entry data/keys.txt of a package; apeng-package(5), "SUCCESSION".
 */
#ifndef PACKAGE_CHAIN_H
#define PACKAGE_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct buf;
struct err;

#define CHAIN_PATH	"data/keys.txt"
#define CHAIN_FIRST	"apeng-keys 1"	/* the first line, without the LF */
#define CHAIN_STEPS	32		/* at most */
#define CHAIN_MAX	(sizeof(CHAIN_FIRST) + CHAIN_STEPS * HEAD_MAX)

struct chain_step {
	const char	*text;		/* borrowed: a signed head, whole */
	size_t		 len;
	uint64_t	 serial;	/* of the edition it was the head of */
	uint8_t		 signer[8];	/* id of the key that signed it */
	struct pub_key	 next;		/* the key that it announces */
};

struct chain {
	char			 id[HEAD_ID_MAX + 1];	/* of the package */
	size_t			 n;
	struct chain_step	 step[CHAIN_STEPS];
};

/*
 * Append the signed head of len bytes, which must outlive c.  Refused: one that
 * announces no key, is of another package, is not signed by the key that the
 * step before announces, or leads back to a key of an earlier step.  The first
 * step is not proven here, because its key is not in the text: trust_judge()
 * proves it.  Only a reader who trusts that key uses the step, and he checks
 * its signature with his own copy of the key, so a forged first step makes
 * nobody trust another key.  It can only make that reader refuse the package,
 * and whoever can change the text can do that anyway.  -1: see e.
 */
int	chain_add(struct chain *c, const char *head, size_t len,
	    struct err *);
/* Strict; write(parse(x)) is x.  The text must outlive c.  -1: see e. */
int	chain_parse(struct chain *c, const char *, size_t, struct err *);
void	chain_write(const struct chain *, struct buf *);

#endif
