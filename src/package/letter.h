/* SPDX-License-Identifier: ISC */
/*
 * A letter: one edition as bytes that prove themselves, what a server answers
 * to `up/SERIAL-CORE16': head, offer, empty line, blob; or to
 * `u/SERIAL-CORE16': the same in the compact form, or `same'.
 */
#ifndef PACKAGE_LETTER_H
#define PACKAGE_LETTER_H

#include <stddef.h>

#include "base/buf.h"
#include "package/head.h"
#include "package/offer.h"

struct err;

/* What a live server answers to up/, to u/, and what a file u/ holds. */
enum letter_as { LETTER_TEXT, LETTER_COMPACT, LETTER_FILE };

struct letter {
	struct head	 head;
	struct buf	 bytes;
	size_t		 blob;		/* bytes of them; 0: nothing is new */
};

/*
 * The letter of the package `gpub' for whoever has `from' (SERIAL-CORE16, or
 * `-' for nothing); it holds all where its store has no delta from there.  The
 * package is not proven.  0; -1: see e.  End with letter_free() in any case.
 */
int	letter_make(struct letter *, const char *gpub, const char *from,
	    enum letter_as, struct err *);
void	letter_free(struct letter *);
/* The edition of a package file, `SERIAL-CORE16', added to b. */
int	letter_edition(const char *gpub, struct buf *b, struct err *);
/*
 * The newest editions, at most n, from which the store of gpub has a delta.
 * Returns how many; 0 also where there is no store.
 */
size_t	letter_bases(const char *gpub, struct edition *, size_t n);

#endif
