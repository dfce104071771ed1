/* SPDX-License-Identifier: ISC */
/* Files without a name, for what is too large for memory. */
#ifndef PACKAGE_SPOOL_H
#define PACKAGE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * A new empty file in the folder of the path near, without a name, so that
 * a crash leaves nothing.  -1: see e.
 */
int	spool_open(const char *near, struct err *);
/* The same where that folder cannot be written: in TMPDIR, in memory. */
int	spool_open_any(const char *near, struct err *);
/*
 * Such a file in the folder of near or in TMPDIR, with two descriptors: *fd
 * reads and writes, *ro only reads.  -1: see e.
 */
int	spool_pair(const char *near, int *fd, int *ro, struct err *);
/*
 * Map a file whole and read-only.  0, *data NULL when it is empty; -1:
 * see e.  End with spool_unmap().  Only for files that nobody else can cut
 * short, which would end this process: all others go through package/own.h.
 */
int	spool_map(int fd, const uint8_t **data, size_t *size, struct err *);
/*
 * What is mapped from byte from to before to may leave memory; it comes back
 * from the file when it is looked at again.
 */
void	spool_rest(const uint8_t *, size_t from, size_t to);
/* All of a mapping, with the page that it ends in. */
void	spool_rest_all(const uint8_t *, size_t size);
void	spool_unmap(const uint8_t *, size_t);

#endif
