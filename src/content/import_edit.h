/* SPDX-License-Identifier: ISC */
/* Inside import: the bytes of a page that change, and its new text. */
#ifndef CONTENT_IMPORT_EDIT_H
#define CONTENT_IMPORT_EDIT_H

#include <stddef.h>

struct buf;
struct diag;
struct file_new;
struct yaml;
struct yaml_node;

/* Bytes of a page that are replaced. */
struct import_edit {
	size_t		 at, len;
	char		*text;		/* owned */
	size_t		 order;		/* of those at one place */
};

struct import_page {
	char			*name;		/* "pages/economy.yml" */
	char			*data;
	size_t			 len;
	struct yaml		*yaml;
	size_t			 nedit;
	struct import_edit		*edit;
};

/* One more element of an array that grows by doubling; NULL: no memory. */
void	*import_one_more(void **list, size_t *n, size_t size);
/* The bytes of a scalar with its quotes.  0: it is not on one line. */
int	 import_span(const struct import_page *, const struct yaml_node *,
	    size_t *at, size_t *len);
/* Replace these bytes by text.  -1: no memory. */
int	 import_edit_add(struct import_page *, size_t at, size_t len,
	    const char *text);
/* Replace a scalar by text; -1: not on one line, or no memory. */
int	 import_replace(struct import_page *, const struct yaml_node *,
	    const char *text);
/* Add a year to {2018: 12000}, or a line below them.  -1: as above. */
int	 import_insert(struct import_page *, const struct yaml_node *values,
	    const char *when, const char *value);
/* The page's bytes with all edits; parsed again, to be sure.  -1: see d. */
int	 import_apply(const struct import_page *, struct buf *,
	    struct diag *d);
/* Write it beside the old; file_commit() puts it in place.  -1: see d. */
int	 import_beside(const char *dir, const struct import_page *,
	    const struct buf *, struct file_new *, struct diag *d);

#endif
