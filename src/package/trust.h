/* SPDX-License-Identifier: ISC */
/*
 * Who may vouch for a package: the one judgement that serve, verify, cat,
 * search, export, build and mirror ask.  A key that somebody trusts is an
 * anchor.  It proves what it signed itself, and what was signed by a key to
 * which a line of succession leads from it; apeng-package(5), "SUCCESSION".
 */
#ifndef PACKAGE_TRUST_H
#define PACKAGE_TRUST_H

#include <stddef.h>

#include "package/chain.h"
#include "package/head.h"

struct err;

enum anchor_how {
	ANCHOR_OPEN,	/* trusted, and so is whoever follows from it */
	ANCHOR_ALONE,	/* trusted; who follows is known, another anchor */
	ANCHOR_GONE	/* has been replaced: proves nothing any more */
};

struct anchor {
	struct pub_key	key;
	enum anchor_how	how;
	char		id[HEAD_ID_MAX + 1];	/* the package it is trusted
						   for; "": for any */
};

#define ANCHORS_MAX	4096

/* Those that somebody gave, on a command line or in a file of settings. */
struct anchors {
	struct anchor	*v;		/* owned */
	size_t		 n;
};

/*
 * Add what was given with -p (FILE of a public key) or, is_string, with -P
 * (the 56 characters of one): FILE[=ID,...], KEYSTRING[=ID,...].  With ids
 * the key is trusted for these packages alone.  An end `=ID' of a file's
 * own name counts as ids.  -1: see e.
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
	size_t		anchor;		/* which of those given */
	size_t		n;		/* keys in the line, at least 1 */
	struct pub_key	key[CHAIN_STEPS + 1];	/* the anchor's first, who
						   signed the head last */
};

enum trust {
	TRUST_PROVEN,		/* see the proof */
	TRUST_UNKNOWN,		/* no anchor's key has signed, and there was
				   no succession to look at; see e */
	TRUST_REFUSED		/* see e */
};

/*
 * Judge a head by the anchors and, where none of their keys has signed it
 * itself, by the text of the package's data/keys.txt (nkeys 0: not known).
 * proof may be NULL.
 */
enum trust trust_judge(const struct anchor *, size_t n, const char *head,
	    size_t len, const char *keys, size_t nkeys, struct proof *,
	    struct err *);

#endif
