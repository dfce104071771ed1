/* SPDX-License-Identifier: ISC */
/*
 * The entries of a package: paths and where their bodies are.  Shared by
 * the writer, the reader and the wire form, so that all three have the same
 * idea of names and of order.
 */
#ifndef PACKAGE_LIST_H
#define PACKAGE_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "package/format.h"

struct buf;
struct err;

struct pkg_item {
	size_t		 name;		/* offset in names */
	uint32_t	 len;		/* bytes of the name */
	uint32_t	 size;		/* bytes of the body */
	uint32_t	 crc;
	uint64_t	 at;		/* offset of the body in its file */
};

struct pkg_list {
	struct pkg_item	*v;
	size_t		 n, room;
	char		*names;		/* NUL-terminated, one after another */
	size_t		 names_len, names_size;
};

void		 list_free(struct pkg_list *);
/* Add an entry whose path is checked here with file_path_ok(). */
int		 list_add(struct pkg_list *, const char *, size_t len,
		    uint64_t size, uint32_t crc, uint64_t at, struct err *);
/*
 * The same with a name that apeng made: a path as list_add() takes it, with
 * folders or an ending that apeng adds, or another name as short as that.
 */
#define LIST_NAME_ROOM	160		/* FILE_NAME_MAX and what apeng adds */
int		 list_append(struct pkg_list *, const char *, size_t len,
		    uint64_t size, uint32_t crc, uint64_t at, struct err *);
const char	*list_path(const struct pkg_list *, size_t i);
/* Package order: metadata.txt, then by byte value. */
void		 list_sort(struct pkg_list *);
/*
 * At least one entry, in package order, no name twice, no file that is
 * also a folder, sizes within PKG_SIZE_MAX with all headers.
 */
int		 list_check(const struct pkg_list *, struct err *);
/* Package order of two entries: below 0, 0 the same name, above 0. */
int		 list_cmp(const struct pkg_list *a, size_t i,
		    const struct pkg_list *b, size_t k);
/* The entry's index, or -1. */
long		 list_find(const struct pkg_list *, const char *, size_t);
/* 1: some entry lies in the folder of that name. */
int		 list_has_folder(const struct pkg_list *, const char *,
		    size_t);
/* Bytes of all bodies. */
uint64_t	 list_body_size(const struct pkg_list *);
/* Bytes of the ZIP without its comment. */
uint64_t	 list_zip_size(const struct pkg_list *);

/* Lines of the wire form: "PATH SIZE" and LF. */
#define LIST_LINE_MAX	(FILE_NAME_MAX + 1 + 10)	/* without the LF */
void		 list_line(struct buf *, const char *path, size_t len,
		    size_t size);
/* Append the lines of a list in order, and the empty line. */
void		 list_lines(const struct pkg_list *, struct buf *);

#endif
