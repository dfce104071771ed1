/* SPDX-License-Identifier: ISC */
/* The files under pages/, by name. */
#ifndef CONTENT_FILES_H
#define CONTENT_FILES_H

#include <stddef.h>

struct diag;

/* A file under pages/; page is its place in the profile, or SIZE_MAX. */
struct page_file {
	char		*id;		/* owned */
	size_t		 page;
};

struct page_files {
	size_t			 n;
	struct page_file	*file;	/* sorted by id */
};

/* NULL: no such file. */
struct page_file *page_files_find(const struct page_files *, const char *id);
/*
 * List DIR/pages; what is no page there is reported.  -1: it cannot be
 * read, see d; f is empty then.
 */
int		 page_files_list(struct page_files *, const char *dir,
		    struct diag *d);
void		 page_files_free(struct page_files *);

#endif
