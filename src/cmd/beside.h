/* SPDX-License-Identifier: ISC */
/*
 * The files beside the text of a capsule that is being built: those that its
 * pages name, the list of them in the package, their bytes beside the package.
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
	struct file_row		*row;	/* by path after beside_finish() */
	struct held_file		*held;	/* of each row, for held.h */
};

void	 beside_free(struct beside_list *);
/* Note the files that the page names.  -1: see e. */
int	 beside_note(struct beside_list *, const struct page *, struct err *e);
/*
 * Call it when all pages are known: hash each file below dir, add the list to
 * the package unless it is empty, and warn of files that no page names.
 * -1: see e.
 */
int	 beside_finish(struct beside_list *, const char *dir,
	    struct pkg_writer *, struct diag *d, struct err *e);
/*
 * Copy the bytes of all files to NAME.gpub.files/ beside the package gpub.
 * -1: see e.
 */
int	 beside_publish(const struct beside_list *, const char *gpub,
	    struct err *e);
/*
 * The bytes of a file with the right hash, to be freed; NULL: gpub does not
 * hold it.
 */
char	*beside_bytes(const char *gpub, const struct held_file *, size_t *len);
/*
 * Read the list of a package; a package without one gives an empty list.
 * -1: see e: the list is malformed, or no memory.
 */
int	 beside_read(struct beside_list *, const struct pkg *, struct err *e);

#endif
