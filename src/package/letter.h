/* SPDX-License-Identifier: ISC */
/*
 * A letter: one edition as bytes that can be proven without anything else.  A
 * server answers `up/SERIAL-CORE16' with it: head, offer, empty line, blob; and
 * `u/SERIAL-CORE16' with the same in the compact form, or with `same'.
 */
#ifndef PACKAGE_LETTER_H
#define PACKAGE_LETTER_H

#include <stddef.h>

#include "base/buf.h"
#include "package/head.h"
#include "package/offer.h"

struct err;

/*
 * The form of a letter: a server's answer to up/, its answer to u/, or the file
 * u/ of a folder of files.
 */
enum letter_as { LETTER_TEXT, LETTER_COMPACT, LETTER_FILE };

struct letter {
	struct head	 head;
	struct buf	 bytes;
	size_t		 blob;		/* bytes of the blob in it; 0: there is
					   none */
};

/*
 * The letter of the package `gpub' for whoever has `from' (SERIAL-CORE16, or
 * `-' for nothing).  It has the full blob when the store has no delta from that
 * edition.  The package is not proven.  0; -1: see e.  End with letter_free()
 * in any case.
 */
int	letter_make(struct letter *, const char *gpub, const char *from,
	    enum letter_as, struct err *);
void	letter_free(struct letter *);
/* Append the edition of a package file, `SERIAL-CORE16', to b. */
int	letter_edition(const char *gpub, struct buf *b, struct err *);
/*
 * The newest editions, at most n, from which the store of gpub has a delta.
 * Returns how many; 0 also where there is no store.
 */
size_t	letter_bases(const char *gpub, struct edition *, size_t n);

#endif
