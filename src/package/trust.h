/* SPDX-License-Identifier: ISC */
/*
 * Which keys prove a package.  serve, verify, cat, search, export, build and
 * mirror all ask here.  A key that the user trusts is an anchor.  It proves
 * what it has signed, and what was signed by a key to which a line of
 * succession leads from it; apeng-package(5), "SUCCESSION".
 */
#ifndef PACKAGE_TRUST_H
#define PACKAGE_TRUST_H

#include <stddef.h>

#include "package/chain.h"
#include "package/head.h"

struct err;

enum anchor_how {
	ANCHOR_OPEN,	/* trusted, and so is each key that follows it */
	ANCHOR_ALONE,	/* trusted; the key that follows it is known, and is
			   another anchor */
	ANCHOR_GONE	/* replaced by another key: proves nothing any more */
};

struct anchor {
	struct pub_key	key;
	enum anchor_how	how;
	char		id[HEAD_ID_MAX + 1];	/* the package it is trusted
						   for; "": for any */
};

#define ANCHORS_MAX	4096

/* The anchors from a command line or a file of settings. */
struct anchors {
	struct anchor	*v;		/* owned */
	size_t		 n;
};

/*
 * Add what was given with -p (FILE of a public key) or, is_string, with -P (the
 * 56 characters of one): FILE[=ID,...], KEYSTRING[=ID,...].  With ids the key
 * is trusted only for these packages.  When a file's own name ends in `=ID',
 * that counts as an id.  -1: see e.
 */
int	anchors_add(struct anchors *, const char *, int is_string,
	    struct err *);
void	anchors_free(struct anchors *);
/* 1: the anchor's key is trusted for the package with this id. */
int	anchor_is_for(const struct anchor *, const char *id);
/* 1: these are the 56 characters of a key string and perhaps ids. */
int	anchors_is_string(const char *);

/* How a head was proven. */
struct proof {
	size_t		anchor;		/* index of the given anchor */
	size_t		n;		/* keys in the line, at least 1 */
	struct pub_key	key[CHAIN_STEPS + 1];	/* the anchor's first, who
						   signed the head last */
};

enum trust {
	TRUST_PROVEN,		/* see the proof */
	TRUST_UNKNOWN,		/* no anchor's key has signed, and no
				   succession was given; see e */
	TRUST_REFUSED		/* see e */
};

/*
 * Judge a head by the anchors and, when none of their keys has signed it, by
 * the text of the package's data/keys.txt (nkeys 0: not known).
 * proof may be NULL.
 */
enum trust trust_judge(const struct anchor *, size_t n, const char *head,
	    size_t len, const char *keys, size_t nkeys, struct proof *,
	    struct err *);

#endif
