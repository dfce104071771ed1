/* SPDX-License-Identifier: ISC */
/* apeng export --book: one file to read offline, with its pictures. */
#ifndef CMD_BOOK_H
#define CMD_BOOK_H

struct anchors;

/* The package and the files held beside it as the gempub out.  Exit status. */
int	book_write(const char *gpub, const char *out, struct anchors *);

#endif
