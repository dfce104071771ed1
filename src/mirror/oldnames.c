/* SPDX-License-Identifier: ISC */
/*
 * Which sources are asked by the old names, see oldnames.h: a small text file
 * that is replaced whole.  It saves a request each time and proves nothing, so
 * a damaged one is the same as none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/oldnames.h"

#define FILE_MAX	(64 * 1024)	/* bytes; beyond it begins anew */

static char *
path_of(const char *dir)
{
	char	*path;

	return asprintf(&path, "%s/old-names", dir) == -1 ? NULL : path;
}

/* The lines, to be freed; none is "". */
static char *
load(const char *dir)
{
	char	*path, *data = NULL;

	if ((path = path_of(dir)) != NULL)
		data = file_read_ours(path, FILE_MAX, NULL, NULL);
	free(path);
	return data == NULL ? strdup("") : data;
}

/* 1: the line, up to its end, is of this URL. */
static int
is_of(const char *line, size_t n, const char *url)
{
	const char	*blank = memchr(line, ' ', n);

	return blank != NULL && strlen(url) == n - (size_t)(blank + 1 - line)
	    && memcmp(blank + 1, url, strlen(url)) == 0;
}

int
oldnames_has(const char *dir, const char *url, uint64_t serial)
{
	struct buf	 want = BUF_INIT;
	char		*data, *line;
	size_t		 n;
	int		 found = 0;

	if ((data = load(dir)) == NULL)
		return 0;
	buf_fmt(&want, "%llu %s", (unsigned long long)serial, url);
	for (line = data; *line != '\0' && buf_ok(&want); line += n) {
		n = strcspn(line, "\n");
		if (n == want.len && memcmp(line, want.data, n) == 0)
			found = 1;
		n += line[n] == '\n';
	}
	buf_free(&want);
	free(data);
	return found;
}

int
oldnames_add(const char *dir, const char *url, uint64_t serial, struct err *e)
{
	struct buf	 out = BUF_INIT;
	char		*path = path_of(dir), *data = load(dir), *line;
	size_t		 n;
	int		 rv = -1;

	if (path == NULL || data == NULL) {
		err_nomem(e);
		goto out;
	}
	if (strlen(data) + strlen(url) + 32 > FILE_MAX)
		data[0] = '\0';
	for (line = data; *line != '\0'; line += n) {
		n = strcspn(line, "\n");
		if (n > 0 && !is_of(line, n, url)) {
			buf_add(&out, line, n);
			buf_ch(&out, '\n');
		}
		n += line[n] == '\n';
	}
	buf_fmt(&out, "%llu %s\n", (unsigned long long)serial, url);
	rv = file_save(path, &out, e);
 out:
	buf_free(&out);
	free(path);
	free(data);
	return rv;
}
