/* SPDX-License-Identifier: ISC */
/*
 * SHA256SUMS: which files of a folder are ours.  A folder is replaced or
 * removed only when every file in it is listed there with the hash that it
 * has: whoever put in, or changed, a single one keeps all of it.
 */
#ifndef CMD_SUMS_H
#define CMD_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "package/hash.h"

struct err;

#define SUMS_NAME	"SHA256SUMS"

struct sums_file {
	char		*path;		/* owned; relative, joined by '/' */
	uint8_t		 sha[SHA_LEN];
};

struct sums {
	struct sums_file	*file;
	size_t			 n, size;
	int			 sorted;	/* by path */
	char			*last;	/* owned; listed last in a journal */
};

#define SUMS_INIT	{ NULL, 0, 0, 1, NULL }

/* A path may stand twice, with two hashes: then either is ours.  -1: see e. */
int	 sums_add(struct sums *, const char *path, const uint8_t sha[SHA_LEN],
	    struct err *);
void	 sums_sort(struct sums *);
/* 1 when path is listed. */
int	 sums_has(struct sums *, const char *path);
void	 sums_free(struct sums *);
/*
 * Read dir/SHA256SUMS.  1; 0: there is none, or none of ours: those list the
 * path mark, which no folder of another kind has.  -1: see e.
 */
int	 sums_load(struct sums *, const char *dir, const char *mark,
	    struct err *);
/*
 * 0 when each file below dir is listed with its hash.  broken: a run that
 * was killed left dir, so what it wrote last may be cut, and so may be empty
 * files.  -1: the first that is not ours is named in e.
 */
int	 sums_prove(struct sums *, const char *dir, int broken, struct err *);
/*
 * Take the listed files away, then folders without files, then SHA256SUMS
 * and dir itself.  keep, unless NULL: what it lists stays, and so do
 * SHA256SUMS and dir.  -1: see e; the list is then still there.
 */
int	 sums_remove(struct sums *, const char *dir, struct sums *keep,
	    struct err *);

#endif
