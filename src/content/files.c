/* SPDX-License-Identifier: ISC */
/*
 * Which page files there are, and what else lies in their folder.  The folder
 * is an author's: odd names are findings, and links are not followed.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/schema.h"

static int
by_id(const void *a, const void *b)
{
	const struct page_file	*x = a, *y = b;

	return strcmp(x->id, y->id);
}

struct page_file *
page_files_find(const struct page_files *f, const char *id)
{
	struct page_file	 key = { .id = (char *)(uintptr_t)id };

	if (f->n == 0)
		return NULL;
	return bsearch(&key, f->file, f->n, sizeof(key), by_id);
}

/* Files that editors and systems leave in a folder. */
static int
is_litter(const char *name)
{
	size_t	 len = strlen(name);

	return *name == '.' || *name == '#' || name[len - 1] == '~' ||
	    strcmp(name, "Thumbs.db") == 0 || strcmp(name, "desktop.ini") == 0;
}

static int
add_file(struct page_files *f, size_t *size, const char *name, size_t len)
{
	struct page_file	*p;
	size_t			 want;

	if (f->n == *size) {
		want = *size == 0 ? 32 : *size * 2;
		if ((p = realloc(f->file, want * sizeof(*p))) == NULL)
			return -1;
		f->file = p;
		*size = want;
	}
	if ((f->file[f->n].id = strndup(name, len)) == NULL)
		return -1;
	f->file[f->n++].page = SIZE_MAX;
	return 0;
}

static int
take(struct page_files *f, size_t *size, const char *path, const char *name,
    struct diag *d)
{
	struct buf	 file = BUF_INIT;
	const char	*dot = strrchr(name, '.');
	char		 id[SCHEMA_ID_MAX + 1];
	int		 rv = 0;

	if (is_litter(name))
		return 0;
	buf_fmt(&file, "%s/%s", path, name);
	if (!buf_ok(&file)) {
		buf_free(&file);
		return -1;
	}
	if (dot == NULL || strcmp(dot, ".yml") != 0) {
		if (dot != NULL && strcasecmp(dot, ".yaml") == 0)
			diag_add(d, DIAG_ERROR, file.data, 0, 0,
			    "want the name to end in .yml");
		else if (dot != NULL && strcasecmp(dot, ".yml") == 0)
			diag_add(d, DIAG_ERROR, file.data, 0, 0,
			    "want the name in small letters");
		else
			diag_add(d, DIAG_WARNING, file.data, 0, 0,
			    "not a page (ID.yml): left out");
	} else {
		snprintf(id, sizeof(id), "%.*s", (int)(dot - name), name);
		if (dot - name > SCHEMA_ID_MAX ||
		    !kind_is_id(id, 1, SCHEMA_ID_MAX))
			diag_add(d, DIAG_ERROR, file.data, 0, 0, "want a name "
			    "of at most %d of a-z, 0-9 and -, a letter first, "
			    "before .yml", SCHEMA_ID_MAX);
		else if (file_is_device(id))
			diag_add(d, DIAG_ERROR, file.data, 0, 0, "is the name "
			    "of a device on DOS and Windows, where no file "
			    "can have it: choose another");
		else if (strcmp(id, "search") == 0)
			diag_add(d, DIAG_ERROR, file.data, 0, 0, "want "
			    "another name: servers answer searches at "
			    "\"search\"");
		else
			rv = add_file(f, size, name, (size_t)(dot - name));
	}
	buf_free(&file);
	return rv;
}

int
page_files_list(struct page_files *f, const char *dir, struct diag *d)
{
	struct buf	 path = BUF_INIT;
	struct err	 e;
	struct dirent	*entry;
	struct stat	 st;
	DIR		*dp = NULL;
	size_t		 size = 0;
	int		 rv = -1;

	memset(f, 0, sizeof(*f));
	buf_fmt(&path, "%s/pages", dir);
	if (!buf_ok(&path)) {
		diag_cannot(d, dir, "out of memory");
		goto out;
	}
	if ((dp = file_list_below(dir, "pages", &e)) == NULL &&
	    errno == ENOENT) {
		diag_cannot(d, path.data, "there is no such folder; a capsule "
		    "has its pages there (`apeng new' makes all it needs)");
		goto out;
	}
	if (dp == NULL && errno == ENOTDIR && stat(dir, &st) == 0 &&
	    !S_ISDIR(st.st_mode)) {
		diag_cannot(d, dir, "is a file: name the capsule's folder, "
		    "which has capsule.yml and pages/ in it");
		goto out;
	}
	if (dp == NULL) {
		diag_err(d, path.data, &e);
		goto out;
	}
	while (errno = 0, (entry = readdir(dp)) != NULL)
		if (take(f, &size, path.data, entry->d_name, d) == -1) {
			diag_cannot(d, path.data, "out of memory");
			goto out;
		}
	if (errno != 0) {
		diag_cannot(d, path.data, "%s", strerror(errno));
		goto out;
	}
	if (f->n > 0)
		qsort(f->file, f->n, sizeof(*f->file), by_id);
	rv = 0;
 out:
	if (dp != NULL)
		closedir(dp);
	buf_free(&path);
	if (rv == -1)
		page_files_free(f);
	return rv;
}

void
page_files_free(struct page_files *f)
{
	size_t	 i;

	for (i = 0; i < f->n; i++)
		free(f->file[i].id);
	free(f->file);
	f->file = NULL;
	f->n = 0;
}
