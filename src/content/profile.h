/* SPDX-License-Identifier: ISC */
/* Reads a capsule's folder: the profile, and each page while it is loaded. */
#ifndef CONTENT_PROFILE_H
#define CONTENT_PROFILE_H

#include "content/model.h"

struct diag;

/*
 * Read DIR/capsule.yml and check every page under DIR/pages/; errors and
 * warnings go to d, all of them.  The heads of all pages are kept, their
 * blocks are not: each(page) is called once per page, in reading order,
 * while it is loaded (each may be NULL), and stops the run with -1.
 * NULL when d has an error (also when each() failed; then d may be clean).
 */
struct profile	*profile_load(const char *dir, struct diag *d,
		    int (*each)(const struct profile *, const struct page *,
		    void *), void *arg);
void		 profile_free(struct profile *);
/* Index of the language with that dir, or SIZE_MAX. */
size_t		 profile_lang(const struct profile *, const char *dir);
/* Index into profile.page, or SIZE_MAX. */
size_t		 profile_page(const struct profile *, const char *id);

#endif
