/* SPDX-License-Identifier: ISC */
/* The packages in a folder, by name. */
#ifndef SERVE_PKGDIR_H
#define SERVE_PKGDIR_H

#include <stddef.h>

struct err;

struct pkgdir {
	char	**name;			/* sorted by byte value; owned */
	size_t	 n, room;
};

/*
 * Names of the files in dir that end in `.gpub' and do not begin with '.'.
 * -1: see e, and the list is empty.
 */
int	pkgdir_read(const char *dir, struct pkgdir *, struct err *e);
void	pkgdir_free(struct pkgdir *);

#endif
