/* SPDX-License-Identifier: ISC */
/*
 * The ZIP layout, apeng-package(5).  One function makes every byte that is
 * not a body: the writer writes them, the reader compares them with what is
 * in the file.  So whatever differs from the one canonical form is refused.
 */
#ifndef PACKAGE_ZIP_H
#define PACKAGE_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "package/format.h"

struct err;
struct pkg_list;
struct pkg_item;

/* Both return 0, or -1 with the error filled in, which ends the walk. */
struct zip_sink {
	int	(*header)(void *, const uint8_t *, size_t, struct err *);
	int	(*body)(void *, const struct pkg_item *, struct err *);
	void	*arg;
};

/*
 * Give the sink the file from its first byte to the last before the
 * comment, which is comment_len bytes long.  The list is in order, checked.
 */
int	zip_walk(const struct pkg_list *, size_t comment_len,
	    const struct zip_sink *, struct err *);
/*
 * Read names, sizes and CRCs from the central directory of a file into an empty
 * list, with the offsets of the bodies that follow from them.  Nothing else is
 * read: zip_walk() must compare the file with the list.  *comment: offset of
 * the comment.
 */
int	zip_scan(const uint8_t *, size_t, struct pkg_list *, size_t *comment,
	    struct err *);
/* Find only the offset of the comment; -1: no end record, see e. */
int	zip_comment(const uint8_t *, size_t, size_t *at, struct err *);

#endif
