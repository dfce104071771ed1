/* SPDX-License-Identifier: ISC */
/*
 * The rules by which a mirror judges a head: apeng-mirror(1), "WHAT IS
 * REFUSED".
 */
#ifndef MIRROR_JUDGE_H
#define MIRROR_JUDGE_H

#include <stddef.h>
#include <stdint.h>

struct anchor;
struct err;
struct head;
struct state;

/* What judging needs to know beside state and head. */
struct judge {
	const struct anchor	*anchor;	/* state_anchors() */
	size_t			 nanchor;
	const char		*keys;	/* a succession that may prove it */
	size_t			 nkeys;	/* 0: none */
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
#define WARN_AHEAD	2		/* dated beyond this machine's clock */
/* No anchor's key has signed; its own succession may prove the package. */
#define WARN_UNPROVEN	4
/*
 * Judge the len bytes of a head; nothing in them is believed before an anchor
 * has proven them, but with WARN_UNPROVEN: then only pkg_prove() can tell, when
 * the whole package is here.  SAME says that serial and core are the state's:
 * whether the file is still there is the caller's to know.
 */
enum verdict	judge_head(const struct judge *, const struct state *,
		    const char *, size_t len, struct head *, int *warn,
		    struct err *);
/*
 * The highest serial that is taken without being told to: 366 days beyond the
 * later of both, the clock and the newest date of publishing that was seen.
 */
uint64_t	judge_serial_limit(int64_t now, int64_t published);

#endif
