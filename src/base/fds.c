/* SPDX-License-Identifier: ISC */
/*
 * Close the descriptors that a forked process must not keep: the ranges between
 * those that it keeps, with close_range() where the system has it.  A process
 * that may open no file must not inherit an open one either.
 */
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fds.h"

static int	 by_number(const void *, const void *);
static void	 close_between(int, int);

static int
by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* first..last, both included; last -1: up to the highest. */
static void
close_between(int first, int last)
{
	int	 fd;

	if (last != -1 && first > last)
		return;
#ifdef SYS_close_range		/* not every libc has a function for it */
	if (syscall(SYS_close_range, (unsigned)first, last == -1 ? ~0U :
	    (unsigned)last, 0) == 0)
		return;
#endif
	if (last == -1 && (last = (int)sysconf(_SC_OPEN_MAX)) == -1)
		last = 65536;
	for (fd = first; fd <= last; fd++)
		close(fd);
}

void
fds_close_others(const int *keep, size_t n)
{
	int	 sorted[FDS_KEEP_MAX], from = 3;
	size_t	 i;

	assert(n <= FDS_KEEP_MAX);
	if (n > 0)
		memcpy(sorted, keep, n * sizeof(int));
	qsort(sorted, n, sizeof(int), by_number);
	for (i = 0; i < n; i++) {
		if (sorted[i] < from)
			continue;
		close_between(from, sorted[i] - 1);
		from = sorted[i] + 1;
	}
	close_between(from, -1);
}

int
fds_lower(int *const *fd, size_t n)
{
	size_t	 i;
	int	 low, above = 3;

	for (i = 0; i < n; i++) {
		if (*fd[i] == -1)
			continue;
		low = fcntl(*fd[i], F_DUPFD_CLOEXEC, 3);
		if (low != -1 && low < *fd[i]) {
			close(*fd[i]);
			*fd[i] = low;
		} else if (low != -1)
			close(low);
		if (*fd[i] >= above)
			above = *fd[i] + 1;
	}
	return above;
}
