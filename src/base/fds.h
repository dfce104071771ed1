/* SPDX-License-Identifier: ISC */
/* Descriptors of a forked process. */
#ifndef BASE_FDS_H
#define BASE_FDS_H

#include <stddef.h>

#define FDS_KEEP_MAX	256

/*
 * Close all descriptors from 3 up except the n in keep, which are in any order.
 * n is at most FDS_KEEP_MAX; numbers below 3 in keep are passed over.
 */
void	fds_close_others(const int *keep, size_t n);
/*
 * Give each descriptor the lowest number that is free, so that descriptors
 * opened later have higher numbers; -1 stays.  Returns the lowest number above
 * all of them and above 2.
 */
int	fds_lower(int *const *fd, size_t n);

#endif
