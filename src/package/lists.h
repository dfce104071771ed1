/* SPDX-License-Identifier: ISC */
/*
 * The catalogues that a server holds, as far as they say whose packages may be
 * served.  Who trusts a catalogue's key trusts each key that it lists, for the
 * package that it is listed for.
 */
#ifndef PACKAGE_LISTS_H
#define PACKAGE_LISTS_H

#include <stddef.h>

#include "package/trust.h"

struct err;
struct lists;				/* opaque: its body is in lists.c */
struct pkg;

struct lists	*lists_new(void);		/* NULL: no memory */
void		 lists_free(struct lists *);	/* NULL is fine */
/*
 * The package in the place of key is p now.  It is a catalogue here only if an
 * anchor itself proves it.  1: what is listed has changed; 0: it has not, or p
 * is no catalogue; -1: see e, the catalogue is broken.
 */
int		 lists_set(struct lists *, const char *key, const struct pkg *p,
		    const struct anchor *, size_t n, struct err *e);
/* 1: the package in the place of key is a catalogue here. */
int		 lists_has(const struct lists *, const char *key);
/* The package is gone.  1: it was a catalogue. */
int		 lists_drop(struct lists *, const char *key);
/* As trust_judge(), with what is listed.  lists NULL: nothing is. */
enum trust	 lists_judge(const struct lists *, const struct pkg *,
		    const struct anchor *, size_t n, struct err *e);

#endif
