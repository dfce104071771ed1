/* SPDX-License-Identifier: ISC */
/*
 * Lists the packages in a folder: the names of files that end in `.gpub',
 * sorted by their bytes.
 *
 * Names that begin with a dot are left out.  It opens none of the files and
 * trusts nothing about them; whoever opens one proves it.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "serve/pkgdir.h"

#define SUFFIX	".gpub"

static int
is_package(const char *name)
{
	const size_t	 n = strlen(name), suffix = strlen(SUFFIX);

	return name[0] != '.' && n > suffix &&
	    strcmp(name + n - suffix, SUFFIX) == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
add(struct pkgdir *l, const char *name)
{
	char	**more;
	size_t	  room = l->room == 0 ? 16 : l->room * 2;

	if (l->n == l->room) {
		more = reallocarray(l->name, room, sizeof(*more));
		if (more == NULL)
			return -1;
		l->name = more;
		l->room = room;
	}
	if ((l->name[l->n] = strdup(name)) == NULL)
		return -1;
	l->n++;
	return 0;
}

int
pkgdir_read(const char *dir, struct pkgdir *l, struct err *e)
{
	struct dirent	*d;
	DIR		*dp;
	int		 rv = 0;

	memset(l, 0, sizeof(*l));
	if ((dp = opendir(dir)) == NULL) {
		err_sys(e, "%s", dir);
		return -1;
	}
	for (errno = 0; rv == 0 && (d = readdir(dp)) != NULL; errno = 0) {
		if (is_package(d->d_name) && add(l, d->d_name) == -1) {
			err_nomem(e);
			rv = -1;
		}
	}
	if (rv == 0 && errno != 0) {
		err_sys(e, "%s", dir);
		rv = -1;
	}
	closedir(dp);
	if (rv == -1)
		pkgdir_free(l);
	else if (l->n > 0)
		qsort(l->name, l->n, sizeof(*l->name), by_name);
	return rv;
}

void
pkgdir_free(struct pkgdir *l)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		free(l->name[i]);
	free(l->name);
	memset(l, 0, sizeof(*l));
}
