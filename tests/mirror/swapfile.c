/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into apeng: a stick that changes under its eyes.  After the
 * second read from a file whose name ends in SWAP_FILE (the first tells a
 * letter from a package), that file is written over with the bytes of
 * SWAP_WITH.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
swap(const char *path, const char *with)
{
	char	 chunk[65536];
	int	 from, to;
	ssize_t	 n;

	if ((from = open(with, O_RDONLY)) == -1 ||
	    (to = open(path, O_WRONLY | O_TRUNC)) == -1)
		abort();
	while ((n = read(from, chunk, sizeof(chunk))) > 0)
		if (write(to, chunk, (size_t)n) != n)
			abort();
	close(from);
	close(to);
}

static void
after(int fd)
{
	static int	 done;
	const char	*name = getenv("SWAP_FILE"), *with = getenv("SWAP_WITH");
	char		 proc[40], path[4096];
	ssize_t		 n;

	if (done == 2 || name == NULL || with == NULL)
		return;
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	if ((n = readlink(proc, path, sizeof(path) - 1)) == -1)
		return;
	path[n] = '\0';
	if ((size_t)n < strlen(name) ||
	    strcmp(path + n - strlen(name), name) != 0)
		return;
	if (++done < 2)
		return;
	swap(path, with);
}

ssize_t
pread(int fd, void *data, size_t n, off_t at)
{
	static ssize_t	(*real)(int, void *, size_t, off_t);
	ssize_t		  rv;

	if (real == NULL)
		real = (ssize_t (*)(int, void *, size_t, off_t))dlsym(
		    RTLD_NEXT, "pread");
	rv = real(fd, data, n, at);
	after(fd);
	return rv;
}

ssize_t
pread64(int fd, void *data, size_t n, off64_t at)
{
	static ssize_t	(*real)(int, void *, size_t, off64_t);
	ssize_t		  rv;

	if (real == NULL)
		real = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(
		    RTLD_NEXT, "pread64");
	rv = real(fd, data, n, at);
	after(fd);
	return rv;
}
