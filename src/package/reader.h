/* SPDX-License-Identifier: ISC */
/*
 * Read side of a package.  Sizes are bytes, paths UTF-8 and relative.
 * A copy of the file that nobody else can change (own.h) is mapped read-only
 * and checked whole when it is opened: canonical or refuse (see
 * apeng-package(5)).  An open package is a counted handle: pkg_ref() for each
 * further holder.
 */
#ifndef PACKAGE_READER_H
#define PACKAGE_READER_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct anchor;
struct err;
struct pkg;			/* opaque: its body is in reader.c */
struct proof;

struct pkg_entry {
	const char	*path;	/* borrowed, NUL-terminated: until close */
	const uint8_t	*data;	/* borrowed: in the mapped file */
	size_t		 size;
	size_t		 index;	/* 0 .. pkg_count() - 1, package order */
};

/*
 * Check layout, core hash and wire hash against the head, and let trust_judge()
 * say whether one of n anchors proves the head, by itself or by the package's
 * own line of succession; how, into proof (NULL is fine). n 0: the signature is
 * only checked to be absent or well-formed; only for commands whose user asked
 * for that (--unsigned, cat, export).  Owns fd from here on, also on failure;
 * name is its path.  NULL: see e, STATUS_REFUSED for a file that is no proven
 * package.  End with pkg_close().  Only pkg_prove_kept() keeps a descriptor
 * open: see pkg_fd().
 */
struct pkg	*pkg_prove(int fd, const char *name, const struct anchor *,
		    size_t n, struct proof *, struct err *e);
struct pkg	*pkg_prove_kept(int fd, const char *name,
		    const struct anchor *, size_t n, struct proof *,
		    struct err *e);
/*
 * pkg_prove_kept() of a file that only this program's user can change: it is
 * not copied.
 */
struct pkg	*pkg_prove_mine(int fd, const char *name,
		    const struct anchor *, size_t n, struct proof *,
		    struct err *e);
/*
 * The file fd has the bytes of pkg_bytes() and nobody else can change it: map
 * it instead of what is mapped now.  What was borrowed from p before is not
 * valid any more.  Owns fd, also on failure.  -1: see e; p is as it was.
 */
int		 pkg_move(struct pkg *p, int fd, struct err *e);
/*
 * A read-only descriptor of the proven bytes, for another process that opens
 * them with pkg_take().  It belongs to the package and is open until
 * pkg_shut(); -1: none is open.
 */
int		 pkg_fd(const struct pkg *, size_t *size);
void		 pkg_shut(struct pkg *);
/*
 * Open a package that another process of this program has proven: its directory
 * is read, signature and hashes are not checked.  Owns fd, also on failure.
 */
struct pkg	*pkg_take(int fd, size_t size, struct err *e);
/* As pkg_prove(); the anchors are these keys, each for any package. */
struct pkg	*pkg_open(int fd, const char *name,
		    const struct pub_key *key, size_t nkey, struct err *e);
/* The same for a file that only this process can change: it is not copied. */
struct pkg	*pkg_open_mine(int fd, const char *name,
		    const struct pub_key *key, size_t nkey, struct err *e);
struct pkg	*pkg_ref(struct pkg *);
void		 pkg_close(struct pkg *);	/* NULL is fine */
const struct head *pkg_head(const struct pkg *);
/* The head as it stands in the file, with its signature. */
const char	*pkg_comment(const struct pkg *, size_t *len);
size_t		 pkg_count(const struct pkg *);
void		 pkg_at(const struct pkg *, size_t i, struct pkg_entry *);
/* 1 found, 0 not in this package. */
int		 pkg_find(const struct pkg *, const char *path, size_t len,
		    struct pkg_entry *);
/* 1: some entry lies in that folder (no `/' at the end). */
int		 pkg_has_folder(const struct pkg *, const char *path,
		    size_t len);
/*
 * Let the file's pages leave memory; they come back when they are read again.
 * For a walk over all of a large package.
 */
void		 pkg_rest(const struct pkg *);
/* The whole file as mapped: what a download of NAME.gpub sends. */
const uint8_t	*pkg_bytes(const struct pkg *, size_t *size);

#endif
