/* SPDX-License-Identifier: ISC */
/* A table of names that lead to sites: ids, host names. */
#ifndef SERVE_NAMES_H
#define SERVE_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct site;

struct name {
	const char	*s;		/* borrowed; NULL: a free place */
	uint32_t	 hash;
	struct site	*site;
};

/* All 0 but fold is empty.  End with names_free(). */
struct names {
	int		 fold;		/* 1: letters' case does not count */
	size_t		 n, room;	/* room: 0 or a power of two */
	struct name	*v;
};

void		 names_free(struct names *);
/* NULL: no such name. */
struct site	*names_find(const struct names *, const char *, size_t len);
/* Room for n more.  -1: no memory, nothing changed. */
int		 names_room(struct names *, size_t n);
/* The name is kept, not copied; it must be new, and there must be room. */
void		 names_add(struct names *, const char *, struct site *);
/* Take the name out if it leads to that site. */
void		 names_drop(struct names *, const char *, const struct site *);

#endif
