/* SPDX-License-Identifier: ISC */
/*
 * Asks a source for one of its small texts.  The text is a stranger's: its
 * length is bounded here, and what it says is for the caller to judge.  Lines
 * come as they were written, whatever a file server makes of them.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/ask.h"
#include "mirror/line.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "package/head.h"

#define CR_MARK		HEAD_FIRST "\r\n"

int
ask_has_cr(const struct buf *b)
{
	return b->len >= strlen(CR_MARK) &&
	    memcmp(b->data, CR_MARK, strlen(CR_MARK)) == 0;
}

/* Take the CRs out of the first n bytes. */
void
ask_drop_cr(struct buf *b, size_t n)
{
	size_t		 i, to = 0;

	for (i = 0; i < n; i++)
		if (b->data[i] != '\r')
			b->data[to++] = b->data[i];
	memmove(b->data + to, b->data + n, b->len - n);
	buf_cut(b, b->len - (n - to));
}

/* Make each CR LF an LF, and take off the `.' at the end of a Gopher text. */
static void
plain_text(struct buf *b)
{
	const char	*lf = memchr(b->data, '\n', b->len);

	if (lf == NULL || lf == b->data || lf[-1] != '\r')
		return;
	ask_drop_cr(b, b->len);
	if (b->len > 2 && memcmp(b->data + b->len - 3, "\n.\n", 3) == 0)
		buf_cut(b, b->len - 2);
}

enum fetch
ask_text(struct mirror *m, struct source *s, const char *name,
    const char *first, size_t max, struct buf *out, int *gone, struct err *e)
{
	struct line	 l;
	struct buf	 what = BUF_INIT;
	enum fetch	 f;

	line_init(&l, m, s);
	buf_fmt(&what, "%s%s", source_below(s), name);
	f = line_ask_below(&l, &what, 0, gone, e);
	while (f == FETCH_WHOLE && !l.ended && l.in.len <= max) {
		if ((f = line_more(&l, e)) == FETCH_WHOLE && l.in.len > 0 &&
		    (f = line_first_word(&l, first, e)) != FETCH_WHOLE)
			*gone = 1;
	}
	if (f == FETCH_WHOLE && l.in.len > max) {
		err_set(e, "%s: %s: over %zu bytes", s->url, name, max);
		f = FETCH_REFUSED;
	}
	if (f == FETCH_WHOLE) {
		plain_text(&l.in);
		buf_add(out, l.in.data, l.in.len);
		if (!buf_ok(out)) {
			err_nomem(e);
			f = FETCH_STOP;
		}
	}
	line_free(&l);
	return f;
}

enum fetch
ask_head(struct mirror *m, struct source *s, struct buf *out,
    struct err *e)
{
	enum fetch	 f;
	int		 gone;

	f = ask_text(m, s, "head", HEAD_FIRST, HEAD_MAX, out, &gone, e);
	if (gone && s->names == NAMES_COMPACT && s->kind != SOURCE_HTTP) {
		s->names = NAMES_DOT;
		return ask_head(m, s, out, e);
	}
	return f;
}
