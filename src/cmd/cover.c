/* SPDX-License-Identifier: ISC */
/*
 * Warn the author of a picture that seems meant as the cover but is not used.
 * Each file in the capsule's folder whose name is "cover." and the suffix of a
 * picture, in small or capital letters, gives a warning, except cover.png
 * itself.  The caller has found no cover.png.  Only names are read; no picture
 * is opened.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/cover.h"
#include "content/diag.h"

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_other(const struct dirent *entry)
{
	static const char *const types[] = { "png", "jpg", "jpeg", "gif",
	    "webp", "svg", "bmp", "tif", "tiff", "heic", "avif" };
	const char	*name = entry->d_name;
	size_t		 i;

	if (strncasecmp(name, "cover.", 6) != 0 || strcmp(name, COVER) == 0)
		return 0;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcasecmp(name + 6, types[i]) == 0)
			return 1;
	return 0;
}

void
cover_others(const char *dir, struct diag *d)
{
	struct dirent	**list;
	char		 *path;
	int		  i, n;

	if ((n = scandir(dir, &list, is_other, by_name)) == -1)
		return;			/* told elsewhere */
	for (i = 0; i < n; i++) {
		if (asprintf(&path, "%s/%s", dir, list[i]->d_name) != -1) {
			diag_add(d, DIAG_WARNING, path, 0, 0, "this picture "
			    "is not used: a cover is a PNG picture of at most "
			    "%u KB by the name of %s", COVER_MAX >> 10,
			    COVER);
			free(path);
		}
		free(list[i]);
	}
	free(list);
}
