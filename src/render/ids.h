/* SPDX-License-Identifier: ISC */
/* Finds the page that has an id. */
#ifndef RENDER_IDS_H
#define RENDER_IDS_H

#include <stddef.h>

struct ids;
struct profile;

/* NULL: no memory. */
struct ids	*ids_new(const struct profile *);
void		 ids_free(struct ids *);		/* NULL is fine */
/* Index into profile.page, SIZE_MAX for none. */
size_t		 ids_find(const struct ids *, const char *id);

#endif
