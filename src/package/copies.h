/* SPDX-License-Identifier: ISC */
/*
 * A folder of copies that only this server writes.  It holds what the server
 * has proven, so that the next start maps it instead of copying it again.  The
 * folder can be removed at any time.  Sizes are bytes, hashes SHA-256.
 */
#ifndef PACKAGE_COPIES_H
#define PACKAGE_COPIES_H

#include <stddef.h>
#include <stdint.h>

#include "package/hash.h"

struct copies;			/* opaque: its body is in copies.c */
struct err;

enum copies_kind { COPIES_PKG, COPIES_BLOBS, COPIES_KINDS };

/* A copy, and what it was made from. */
struct copies_one {
	uint8_t	 from[SHA_LEN];		/* what it was made from, a hash that
					   the caller chooses; all 0: not
					   known, the copy must not be used */
	uint8_t	 sha[SHA_LEN];		/* of the copy, and its name */
	uint64_t size;			/* 0: there is none */
};

/* The copies of one package. */
struct copies_row {
	uint8_t			 path[SHA_LEN];	/* hash of its file's path */
	struct copies_one	 one[COPIES_KINDS];
	uint64_t		 nblob;
	uint64_t		 used;		/* 1: since copies_open() */
};

/*
 * Open the folder, which is made when it is missing.  It must belong to this
 * process's user, nobody else may write to it, and no other server may use
 * it.  NULL: see e.  End with copies_close(), which saves what is known.
 */
struct copies	*copies_open(const char *dir, struct err *e);
void		 copies_close(struct copies *);		/* NULL is fine */
/*
 * The row of the file path, valid until the next change; NULL: there is none.
 */
const struct copies_row *copies_find(const struct copies *, const char *path);
/*
 * Open a copy for reading.  -1: it is missing, has another size, or somebody
 * else could have changed it.  The caller must compare its bytes with its hash.
 */
int		 copies_get(const struct copies *, enum copies_kind,
		    const struct copies_one *);
/*
 * Write n bytes as a copy; sha is set to its hash.  Returns a descriptor for
 * reading, or -1: see e.
 */
int		 copies_put(struct copies *, enum copies_kind, const void *,
		    size_t n, uint8_t sha[SHA_LEN], struct err *e);
/*
 * Put the row (its path is set here) in the place of the row that path had, or
 * forget path (row NULL).  Copies that no row names any longer are removed.
 * -1: no memory.
 */
int		 copies_note(struct copies *, const char *path,
		    const struct copies_row *);
/* The file is as its row says: copies_sweep() keeps the row. */
void		 copies_use(struct copies *, const char *path);
/* Forget rows that were not used, and remove files that no row names. */
void		 copies_sweep(struct copies *);
/* Write the index if it has changed.  -1: see e. */
int		 copies_save(struct copies *, struct err *e);

#endif
