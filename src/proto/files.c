/* SPDX-License-Identifier: ISC */
/*
 * data/files.txt, the list of the files beside a package's text.  The writer
 * appends one line.  The reader reads the fields of a line, writes the line
 * again from them, and compares both: so a line in another spelling (leading
 * zeros, capitals, more blanks) is refused.  Each path must be greater than the
 * one before, so that none stands twice.  The list is a stranger's.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "proto/files.h"
#include "proto/types.h"

#define ROW_MAX	320		/* bytes of a line */

const struct file_type file_types[] = {
	{ ".png",	"PNG",	1 },
	{ ".jpg",	"JPEG",	1 },
	{ ".gif",	"GIF",	1 },
	{ ".webp",	"WebP",	1 },
	{ ".pdf",	"PDF",	0 },
	{ ".txt",	"TXT",	0 },
	{ ".csv",	"CSV",	0 },
};
const size_t file_ntypes = sizeof(file_types) / sizeof(file_types[0]);

const struct file_type *
file_type_of(const char *path, size_t len)
{
	size_t	 i, n;

	for (i = 0; i < file_ntypes; i++) {
		n = strlen(file_types[i].suffix);
		if (len > n && memcmp(path + len - n, file_types[i].suffix,
		    n) == 0)
			return &file_types[i];
	}
	return NULL;
}

void
files_write(struct buf *b, const struct file_row *f)
{
	size_t	 i;

	buf_fmt(b, "%s %s %" PRIu64 " ", f->path, type_of(f->path,
	    strlen(f->path))->mime, f->size);
	for (i = 0; i < FILES_SHA; i++)
		buf_fmt(b, "%02x", f->sha[i]);
	if (f->width > 0)
		buf_fmt(b, " %ux%u\n", f->width, f->height);
	else
		buf_str(b, " -\n");
}

/* The next field of a line; *at moves behind it.  0: none, or an empty one. */
static int
field(const char **at, size_t *left, const char **s, size_t *len)
{
	const char	*end;

	if (*left == 0)
		return 0;
	*s = *at;
	end = memchr(*at, ' ', *left);
	*len = end != NULL ? (size_t)(end - *at) : *left;
	*at += *len + (end != NULL);
	*left -= *len + (end != NULL);
	return *len > 0;
}

/* A number of 1 to max in decimal digits; 0: it is something else. */
static uint64_t
number(const char *s, size_t len, uint64_t max)
{
	uint64_t	 n = 0;
	size_t		 i;

	if (len == 0 || len > 10)
		return 0;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (uint64_t)(s[i] - '0');
	}
	return n <= max ? n : 0;
}

static int
hex(const char *s, size_t len, uint8_t *out)
{
	static const char	 digits[] = "0123456789abcdef";
	const char		*d;
	size_t			 i;

	if (len != FILES_SHA * 2)
		return -1;
	memset(out, 0, FILES_SHA);
	for (i = 0; i < len; i++) {
		if (s[i] == '\0' || (d = strchr(digits, s[i])) == NULL)
			return -1;
		out[i / 2] = (uint8_t)(out[i / 2] << 4 | (d - digits));
	}
	return 0;
}

/* Read the last field: "640x480" of a picture, "-" of any other file. */
static int
sides(const char *s, size_t len, struct file_row *f)
{
	const char	*x;

	if (!f->type->is_picture)
		return len == 1 && *s == '-' ? 0 : -1;
	if ((x = memchr(s, 'x', len)) == NULL)
		return -1;
	f->width = (unsigned)number(s, (size_t)(x - s), FILES_SIDE_MAX);
	f->height = (unsigned)number(x + 1, len - (size_t)(x - s) - 1,
	    FILES_SIDE_MAX);
	return f->width > 0 && f->height > 0 ? 0 : -1;
}

/* Read the fields of a line; NULL, or what is wrong. */
static const char *
row(const char *at, size_t left, struct file_row *f)
{
	const char	*s;
	size_t		 n;

	memset(f, 0, sizeof(*f));
	if (!field(&at, &left, &s, &n) || n >= sizeof(f->path) ||
	    !file_path_ok(s, n) || n <= strlen(FILES_FOLDER) ||
	    memcmp(s, FILES_FOLDER, strlen(FILES_FOLDER)) != 0)
		return "want a safe path that begins with files/";
	memcpy(f->path, s, n);
	if ((f->type = file_type_of(f->path, n)) == NULL)
		return "no type of file that apeng takes";
	if (!field(&at, &left, &s, &n))
		return "want a type behind the path";
	if (!field(&at, &left, &s, &n) ||
	    (f->size = number(s, n, FILES_SIZE_MAX)) == 0)
		return "want a size of 1 byte to 256 MiB";
	if (!field(&at, &left, &s, &n) || hex(s, n, f->sha) == -1)
		return "want a SHA-256 in 64 small hex digits";
	if (!field(&at, &left, &s, &n) || sides(s, n, f) == -1)
		return "want the sides of a picture as 640x480, else -";
	return NULL;
}

/* 1: the line has the bytes that the writer writes for this row. */
static int
is_canonical(const struct file_row *f, const char *s, size_t len)
{
	struct buf	 b = BUF_INIT;
	int		 same;

	files_write(&b, f);
	same = buf_ok(&b) && b.len == len + 1 && memcmp(b.data, s, len) == 0;
	buf_free(&b);
	return same;
}

int
files_next(struct files *l, struct file_row *out, struct err *e)
{
	const char	*lf, *why;
	size_t		 n;

	if (l->left == 0)
		return 0;
	l->line++;
	n = l->left < ROW_MAX ? l->left : ROW_MAX;
	if (l->line > FILES_MAX)
		why = "at most 4096 files";
	else if ((lf = memchr(l->at, '\n', n)) == NULL)
		why = "the line is too long or has no end";
	else {
		n = (size_t)(lf - l->at);
		if ((why = row(l->at, n, out)) == NULL &&
		    !is_canonical(out, l->at, n))
			why = "not written as apeng writes it";
		if (why == NULL && strcmp(out->path, l->last) <= 0)
			why = "the paths do not rise";
	}
	if (why != NULL) {
		err_set(e, "%s:%zu: %s", FILES_PATH, l->line, why);
		return -1;
	}
	memcpy(l->last, out->path, sizeof(l->last));
	l->at += n + 1;
	l->left -= n + 1;
	return 1;
}
