/* SPDX-License-Identifier: ISC */
/*
 * The list of findings of one run.  Each finding is put into the diag's
 * language, escaped, and kept as one line, sorted by file, line and column.  A
 * full list drops its last warning for an error.  The text may quote what
 * an author wrote, so any byte can be in it; the formats are apeng's.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "content/diag.h"
#include "lang/lang.h"

#define LINE_MAX_BYTES	1024		/* of one finding */

struct diag_finding {
	enum diag_level	 level;
	unsigned	 line, column;
	size_t		 file_len;	/* text begins with the file's name */
	char		*text;
};

struct diag {
	struct diag_finding	*list;		/* by file, line and column */
	size_t		 n, size;
	size_t		 count[2];
	int		 cannot;
	const struct language *says;
};

static void	 add(struct diag *, enum diag_level, const char *, unsigned,
		    unsigned, const char *, va_list)
		    __attribute__((__format__ (printf, 6, 0)));
static char	*compose(const struct diag *, const char *, unsigned, unsigned,
		    enum diag_level, const char *, va_list)
		    __attribute__((__format__ (printf, 6, 0)));

struct diag *
diag_new(void)
{
	struct diag	*d = calloc(1, sizeof(*d));

	if (d != NULL)
		d->says = &lang_all[0];
	return d;
}

void
diag_free(struct diag *d)
{
	size_t	 i;

	if (d == NULL)
		return;
	for (i = 0; i < d->n; i++)
		free(d->list[i].text);
	free(d->list);
	free(d);
}

struct diag *
diag_like(const struct diag *d)
{
	struct diag	*other = diag_new();

	if (other != NULL)
		other->says = d->says;
	return other;
}

void
diag_speak(struct diag *d, const struct language *says)
{
	d->says = says;
}

const char *
diag_say(const struct diag *d, const char *en)
{
	return lang_say(d->says, en);
}

/* The whole line; what the author wrote may hold anything, so escape it. */
static char *
compose(const struct diag *d, const char *file, unsigned line,
    unsigned column, enum diag_level level, const char *fmt, va_list ap)
{
	char		 raw[LINE_MAX_BYTES], *text = NULL;
	struct buf	 b = BUF_INIT;
	int		 n;

	if ((n = vsnprintf(raw, sizeof(raw), diag_say(d, fmt), ap)) < 0)
		n = 0;
	if ((size_t)n >= sizeof(raw)) {
		n = sizeof(raw) - 1;
		/* The cut may be within a character. */
		while (n > 0 && ((unsigned char)raw[n - 1] & 0xc0) == 0x80)
			n--;
		if (n > 0 && ((unsigned char)raw[n - 1] & 0x80) != 0)
			n--;
		raw[n] = '\0';
	}
	buf_str(&b, file);
	if (line != 0)
		buf_fmt(&b, ":%u", line);
	if (line != 0 && column != 0)
		buf_fmt(&b, ":%u", column);
	buf_str(&b, ": ");
	if (level == DIAG_WARNING)
		buf_fmt(&b, diag_say(d, "warning: %s"), raw);
	else
		buf_str(&b, raw);
	if (buf_ok(&b) && (text = malloc(b.len * 4 + 1)) != NULL)
		text_escape(text, b.len * 4 + 1, b.data, b.len);
	buf_free(&b);
	return text;
}

static int
compare(const struct diag_finding *a, const struct diag_finding *b)
{
	size_t	 n = a->file_len < b->file_len ? a->file_len : b->file_len;
	int	 c;

	if ((c = memcmp(a->text, b->text, n)) != 0)
		return c;
	if (a->file_len != b->file_len)
		return a->file_len < b->file_len ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

/* Drop the last warning of a full list for an error.  -1: it has none. */
static int
make_room(struct diag *d)
{
	size_t	 i;

	for (i = d->n; i > 0; i--)
		if (d->list[i - 1].level == DIAG_WARNING)
			break;
	if (i == 0)
		return -1;
	free(d->list[i - 1].text);
	memmove(&d->list[i - 1], &d->list[i],
	    (d->n - i) * sizeof(*d->list));
	d->n--;
	return 0;
}

/* Owns the finding's text from here on. */
static void
insert(struct diag *d, const struct diag_finding *f)
{
	struct diag_finding	*p;
	size_t		 at, size;

	if (d->n >= DIAG_MAX && (f->level != DIAG_ERROR ||
	    make_room(d) == -1))
		goto full;
	if (d->n == d->size) {
		size = d->size == 0 ? 16 : d->size * 2;
		if ((p = realloc(d->list, size * sizeof(*p))) == NULL)
			goto full;
		d->list = p;
		d->size = size;
	}
	/* Findings come nearly in order, so the place is near the end. */
	for (at = d->n; at > 0 && compare(&d->list[at - 1], f) > 0; at--)
		d->list[at] = d->list[at - 1];
	d->list[at] = *f;
	d->n++;
	return;
 full:
	free(f->text);
}

static void
add(struct diag *d, enum diag_level level, const char *file, unsigned line,
    unsigned column, const char *fmt, va_list ap)
{
	struct diag_finding	 f;

	d->count[level]++;
	if (d->n >= DIAG_MAX && level != DIAG_ERROR)
		return;
	f.level = level;
	f.line = line;
	f.column = column;
	f.file_len = strlen(file);
	if ((f.text = compose(d, file, line, column, level, fmt,
	    ap)) == NULL)
		return;
	if (f.file_len > strlen(f.text))
		f.file_len = strlen(f.text);
	insert(d, &f);
}

void
diag_take(struct diag *d, struct diag *other)
{
	size_t	 i;

	for (i = 0; i < other->n; i++)
		insert(d, &other->list[i]);
	d->count[DIAG_WARNING] += other->count[DIAG_WARNING];
	d->count[DIAG_ERROR] += other->count[DIAG_ERROR];
	d->cannot |= other->cannot;
	memset(other->count, 0, sizeof(other->count));
	other->n = 0;
	other->cannot = 0;
}

void
diag_add(struct diag *d, enum diag_level level, const char *file,
    unsigned line, unsigned column, const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	add(d, level, file, line, column, fmt, ap);
	va_end(ap);
}

void
diag_cannot(struct diag *d, const char *file, const char *fmt, ...)
{
	va_list	 ap;

	d->cannot = 1;
	va_start(ap, fmt);
	add(d, DIAG_ERROR, file, 0, 0, fmt, ap);
	va_end(ap);
}

void
diag_err(struct diag *d, const char *file, const struct err *e)
{
	const char	*msg = e->msg;
	size_t		 n = strlen(file);

	if (strncmp(msg, file, n) == 0 && strncmp(msg + n, ": ", 2) == 0)
		msg += n + 2;
	if (e->status == STATUS_REFUSED)
		diag_add(d, DIAG_ERROR, file, 0, 0, "%s", msg);
	else
		diag_cannot(d, file, "%s", msg);
}

int
diag_status(const struct diag *d)
{
	if (d->cannot)
		return STATUS_CANNOT;
	return d->count[DIAG_ERROR] > 0 ? STATUS_REFUSED : STATUS_DONE;
}

size_t
diag_count(const struct diag *d, enum diag_level level)
{
	return d->count[level];
}

const char *
diag_line(const struct diag *d, size_t i, enum diag_level *level)
{
	if (i >= d->n)
		return NULL;
	if (level != NULL)
		*level = d->list[i].level;
	return d->list[i].text;
}
