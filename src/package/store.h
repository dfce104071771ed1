/* SPDX-License-Identifier: ISC */
/*
 * The blobs that mirrors fetch, NAME.gpub.store/ beside NAME.gpub: files
 * named by their SHA-256, and one index file for each edition, named
 * SERIAL-CORE16.  The files prove nothing: whoever fetches one checks it.
 */
#ifndef PACKAGE_STORE_H
#define PACKAGE_STORE_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct edition;
struct err;
struct pkg;
struct store;			/* opaque: its body is in store.c */


/*
 * Called with a line for the user, such as `12 of 33 blobs made', about once a
 * second when the work takes longer than a second.
 */
typedef void	store_progress(void *arg, const char *line);

/*
 * Open the blobs for p, which was opened from gpub.  All blobs are copied now
 * to where nobody else can change them (own.h) and checked; no file is opened
 * later.  When there is no store for p, as on a USB stick, a full blob is made
 * in a file without a name.  p must be signed and is kept (pkg_ref).  NULL: see
 * e.  End with store_close().
 */
struct store	*store_open(const char *gpub, struct pkg *p, struct err *);
void		 store_close(struct store *);		/* NULL is fine */
/*
 * The same with a descriptor that stays open until store_shut(), for another
 * process, which opens it with store_take() and the count of blobs n.
 */
struct store	*store_open_kept(const char *gpub, struct pkg *p,
		    struct err *);
int		 store_fd(const struct store *, size_t *size, size_t *n);
void		 store_shut(struct store *);
/* Owns fd and keeps p as store_open() does.  NULL: see e. */
struct store	*store_take(int fd, size_t size, size_t n, struct pkg *p,
		    struct err *);
/*
 * store_bytes(): the bytes of the file of store_fd().  store_move(): as
 * pkg_move(), with a file that was written with these bytes.  store_open_copy()
 * opens such a file again and keeps its descriptor open; sha is the hash of all
 * its bytes.
 */
const uint8_t	*store_bytes(const struct store *, size_t *size, size_t *n);
int		 store_move(struct store *, int fd, struct err *);
struct store	*store_open_copy(int fd, size_t size, size_t n,
		    const uint8_t sha[32], struct pkg *p, struct err *);
/* As pkg_rest(). */
void		 store_rest(const struct store *);
/* 1: both hold the same blobs. */
int		 store_same(const struct store *, const struct store *);
/* 1: there was no index for p and the full blob was made just now. */
int		 store_made(const struct store *);
/* Files left out because they are missing or not what the index says. */
size_t		 store_bad(const struct store *);

/*
 * Make an answer: its first bytes are appended to start; after them the caller
 * sends the n bytes at *data, which are valid until store_close().  up: the end
 * of the selector, behind /.apeng/up/: `SERIAL-CORE16' or `-'.  0; -1:
 * malformed (or no memory for start).
 */
int		 store_up(const struct store *, const char *up, size_t len,
		    struct buf *start, const uint8_t **data, size_t *n);
/*
 * The same for the end of the selector behind /apeng/u/: the answer is `same'
 * or a compact letter.  in_parts: the answer becomes a file of a folder, where
 * a mirror cannot ask for an offset.
 */
int		 store_compact(const struct store *, const char *up,
		    size_t len, int in_parts, struct buf *start,
		    const uint8_t **data, size_t *n);
/*
 * at: the end of the selector, behind /.apeng/b/: `SHA16/OFFSET'.  1; 0: there
 * is no such blob or offset; -1: malformed (or no memory for start).
 */
int		 store_at(const struct store *, const char *at, size_t len,
		    struct buf *start, const uint8_t **data, size_t *n);
/*
 * Append an entry of an older edition of a catalogue to out.  1; 0: that
 * edition is not here, or has no such entry.
 */
int		 store_old(const struct store *, const struct edition *,
		    const char *path, struct buf *out);
/* /.apeng/head: pkg_comment() of the package. */

#endif
