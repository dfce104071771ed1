/* SPDX-License-Identifier: ISC */
/*
 * LD_PRELOAD: a file system without modes, as FAT is mounted: whatever is
 * made has mode 0777, and chmod() does nothing, without a word.
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>

int
fchmod(int fd, mode_t mode)
{
	(void)fd;
	(void)mode;
	return 0;
}

int
open(const char *path, int flags, ...)
{
	static int	(*real)(const char *, int, ...);

	if (real == NULL)
		real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT,
		    "open");
	return real(path, flags, 0777);
}

int
open64(const char *path, int flags, ...)
{
	return open(path, flags);
}
