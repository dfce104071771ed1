/* SPDX-License-Identifier: ISC */
/* apeng export --book: write one file to read offline, with its pictures. */
#ifndef CMD_BOOK_H
#define CMD_BOOK_H

struct anchors;

/*
 * Write the package and the files held beside it to the gempub out.  Returns
 * the exit status.
 */
int	book_write(const char *gpub, const char *out, struct anchors *);

#endif
