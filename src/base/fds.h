/* SPDX-License-Identifier: ISC */
/* Descriptors of a forked process. */
#ifndef BASE_FDS_H
#define BASE_FDS_H

#include <stddef.h>

#define FDS_KEEP_MAX	256

/*
 * Close all descriptors from 3 up but those in keep, in any order, of which
 * there may be FDS_KEEP_MAX; -1 and what is below 3 does no harm.
 */
void	fds_close_others(const int *keep, size_t n);
/*
 * Give each descriptor the lowest number that is free, so that those opened
 * later have higher ones; -1 stays.  The number above all of them and 2.
 */
int	fds_lower(int *const *fd, size_t n);

#endif
