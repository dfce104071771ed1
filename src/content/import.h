/* SPDX-License-Identifier: ISC */
/*
 * A table of values into the YAML of a capsule: each row's value goes to the
 * figure of its id, and every other byte of the files stays.
 */
#ifndef CONTENT_IMPORT_H
#define CONTENT_IMPORT_H

#include <stddef.h>

struct diag;
struct err;
struct import;

/* The change of one value, from import_change(). */
struct import_change {
	const char	*file;		/* "pages/economy.yml" */
	unsigned	 line;		/* in there */
	const char	*id, *when;	/* when "": none */
	const char	*from, *to;	/* from "": it is new */
};

/*
 * Read DIR's pages and a CSV file with the columns id, value and perhaps
 * year and page.  decimal: the mark before decimals, 0: by the mark between
 * fields.  What is wrong with any row goes to d, and then there is nothing:
 * NULL.  End with import_free().
 */
struct import	*import_open(const char *dir, const char *csv, char decimal,
		    struct diag *d);
void		 import_free(struct import *);		/* NULL is fine */
/* The i-th change, in the order of pages and lines.  0: there is no more. */
int		 import_change(const struct import *, size_t i,
		    struct import_change *);
size_t		 import_pages(const struct import *);	/* that change */
/* How many rows equal the page's value, and how many are older. */
size_t		 import_same(const struct import *);
size_t		 import_older(const struct import *);
/*
 * The i-th language that a change note has on the pages that change; NULL:
 * no more.
 */
const char	*import_lang(const struct import *, size_t i);
/*
 * Write all pages that change, with this date and change note (a text for
 * each language of import_lang()), or none of them.  0, or -1: see d.
 */
int		 import_write(struct import *, const char *date,
		    const char *const *note, struct diag *d);

#endif
