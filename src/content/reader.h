/* SPDX-License-Identifier: ISC */
/* What all readers of one file share. */
#ifndef CONTENT_READER_H
#define CONTENT_READER_H

#include <stddef.h>

struct arena;
struct block;
struct diag;
struct lang;
struct page_files;
struct unit;

struct reader {
	struct diag		*d;
	const char		*file;		/* for messages */
	const char		*dir;		/* the capsule's folder */
	struct arena		*arena;		/* arrays, and copies */
	int			 copy;		/* 1: strings, too: nodes go */
	const struct page_files	*files;
	size_t			 nlang;		/* 0: texts are not checked */
	const struct lang	*lang;
	size_t			 nunit;
	const struct unit	*unit;
	const struct block	*block;		/* being read: for map nodes */
	int			 fallback;	/* a text may lack languages */
	int			 tagged;	/* in them it ends with the tag of
						   the one that it is in */
	unsigned		 missing;	/* a bit for each language
						   that a text lacked */
	unsigned		 errors;
};

/* Where a value stands: figures[2].value */
struct path {
	const struct path	*up;
	const char		*key;		/* NULL: an index */
	size_t			 index;
};

#endif
