/* SPDX-License-Identifier: ISC */
/*
 * Makes and ends the places of package files, and keeps for each why it was
 * refused until packages.c, which knows whether that still holds, logs it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "serve/place.h"

void
place_free(struct package_place *pl)
{
	if (pl == NULL)
		return;
	free(pl->path);
	free(pl->key);
	free(pl->why);
	free(pl);
}

struct package_place *
place_new(size_t source, const char *dir, const char *name)
{
	struct package_place	*pl;
	const char		*slash;

	if ((pl = calloc(1, sizeof(*pl))) == NULL)
		return NULL;
	if (name == NULL)
		pl->path = strdup(dir);
	else if (asprintf(&pl->path, "%s%s%s", dir,
	    dir[strlen(dir) - 1] == '/' ? "" : "/", name) == -1)
		pl->path = NULL;
	if (pl->path != NULL) {
		slash = strrchr(pl->path, '/');
		pl->name = slash != NULL ? slash + 1 : pl->path;
		if (asprintf(&pl->key, "%05zu/%s", source, pl->name) == -1)
			pl->key = NULL;
	}
	if (pl->path == NULL || pl->key == NULL) {
		place_free(pl);
		return NULL;
	}
	return pl;
}

int
place_why(struct package_place *pl, const struct err *e)
{
	if (e == NULL) {
		free(pl->why);
		pl->why = NULL;
		return 0;
	}
	if (pl->why == NULL && (pl->why = malloc(sizeof(*pl->why))) == NULL)
		return -1;
	*pl->why = *e;
	return 0;
}
