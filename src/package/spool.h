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
/* The same; in TMPDIR or in memory when that folder cannot be written. */
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
 * Let the mapped bytes from `from' up to, not including, `to' leave memory;
 * they come back from the file when they are read again.
 */
void	spool_rest(const uint8_t *, size_t from, size_t to);
/* The same for all of a mapping, with its last page. */
void	spool_rest_all(const uint8_t *, size_t size);
void	spool_unmap(const uint8_t *, size_t);

#endif
