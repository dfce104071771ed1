/* SPDX-License-Identifier: ISC */
/*
 * SHA256SUMS lists which files of a folder are ours.  A folder is replaced or
 * removed only when every file in it is listed there with the hash that it
 * has.  So when somebody has added or changed a single file, the whole folder
 * stays.
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

/*
 * Add a path with a hash.  If a path is listed with two hashes, a file with
 * either is ours.  -1: see e.
 */
int	 sums_add(struct sums *, const char *path, const uint8_t sha[SHA_LEN],
	    struct err *);
void	 sums_sort(struct sums *);
/* 1 when path is listed. */
int	 sums_has(struct sums *, const char *path);
void	 sums_free(struct sums *);
/*
 * Read dir/SHA256SUMS.  1; 0: there is none, or it is not ours, since every
 * list of ours has the path mark.  -1: see e.
 */
int	 sums_load(struct sums *, const char *dir, const char *mark,
	    struct err *);
/*
 * 0: each file below dir is listed with its hash.  broken: a killed run left
 * dir, so an empty file and the one that is listed last need not have their
 * hash.  -1: see e, which names the first file that is not ours.
 */
int	 sums_prove(struct sums *, const char *dir, int broken, struct err *);
/*
 * Remove the listed files, then folders without files, then SHA256SUMS and dir
 * itself.  keep, unless NULL: the files that it lists stay, and so do
 * SHA256SUMS and dir.  -1: see e; the list is still there, unless only dir
 * itself could not be removed.
 */
int	 sums_remove(struct sums *, const char *dir, struct sums *keep,
	    struct err *);

#endif
