/* SPDX-License-Identifier: ISC */
/*
 * The files beside the text of a capsule that is being built: which pages
 * name which, their list in the package, their bytes beside it.
 */
#ifndef CMD_BESIDE_H
#define CMD_BESIDE_H

#include <stddef.h>

#include "package/held.h"
#include "proto/files.h"

struct diag;
struct err;
struct page;
struct pkg;
struct pkg_writer;

struct beside_list {			/* all 0: empty */
	char			*dir;	/* of the capsule */
	size_t			 n, room;
	struct file_row		*row;	/* by path once it is finished */
	struct held_file		*held;	/* the same, for package/held.h */
};

void	 beside_free(struct beside_list *);
/* Note the files that the page names.  -1: see e. */
int	 beside_note(struct beside_list *, const struct page *, struct err *e);
/*
 * All pages are known: hash each file below dir, put the list into the
 * package if there is any, and warn of files that no page names.  -1: d has
 * an error, or see e.
 */
int	 beside_finish(struct beside_list *, const char *dir,
	    struct pkg_writer *, struct diag *d, struct err *e);
/* Have the bytes of all beside the package gpub.  -1: see e. */
int	 beside_publish(const struct beside_list *, const char *gpub,
	    struct err *e);
/* The proven bytes of one, to be freed; NULL: it is not held beside gpub. */
char	*beside_bytes(const char *gpub, const struct held_file *, size_t *len);
/* The list of a package; none is empty.  -1: see e, it is a forged one. */
int	 beside_read(struct beside_list *, const struct pkg *, struct err *e);

#endif
