/* SPDX-License-Identifier: ISC */
/*
 * The parts of a page that is too long for one text: where the page is cut, and
 * how a part is written.  The page's title stands above each part but the
 * first, and the place of the next part below each but the last.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/wrap.h"
#include "proto/site.h"
#include "view/page.h"
#include "view/words.h"

#define PART_FRAME	512		/* bytes kept for a part's head, foot */

static int
one_more(struct page_text *t)
{
	size_t	*p, size = t->partsize == 0 ? 64 : t->partsize * 2;

	if (t->npart < t->partsize)
		return 0;
	if ((p = realloc(t->part, size * sizeof(*p))) == NULL)
		return -1;
	t->part = p;
	t->partsize = size;
	return 0;
}

size_t
page_span(const struct page_text *t, size_t first, size_t end)
{
	return (end < t->nline ? t->line[end].at : t->text.len) -
	    t->line[first].at;
}

/* Find the best line to begin a part at, in the last third of first..end. */
static size_t
best_cut(const struct page_text *t, size_t first, size_t end)
{
	size_t	 i, low = end - (end - first) / 3, blank = 0;

	for (i = end; i > low && i > first + 1; i--) {
		if (t->line[i].heading)
			return i;
		if (blank == 0 && t->line[i - 1].blank)
			blank = i;
	}
	return blank > 0 ? blank : end;
}

int
page_cut(const struct view *v, struct page_text *t)
{
	const size_t	 room = VIEW_PART_BYTES - PART_FRAME;
	size_t		 first = 0, end;

	do {
		if (one_more(t) == -1)
			return -1;
		t->part[t->npart++] = first;
		end = t->nline;
		if (first == 0 ? page_size(v, t) > VIEW_PART_BYTES :
		    page_span(t, first, end) > room) {
			for (end = first + 1; end < t->nline &&
			    page_span(t, first, end + 1) <= room; end++)
				;
			end = best_cut(t, first, end);
		}
		first = end;
	} while (first < t->nline);
	return 0;
}

static void *
copy(const void *p, size_t n, size_t each)
{
	void	*q = malloc(n * each + 1);

	return q == NULL || n == 0 ? q : memcpy(q, p, n * each);
}

int
page_convert(const struct view *v, const struct page_text *base,
    struct page_text *t, struct err *e)
{
	size_t	 i, n;
	char	*p;

	memset(t, 0, sizeof(*t));
	t->page = base->page;
	t->line = copy(base->line, base->nline, sizeof(*t->line));
	t->link = copy(base->link, base->nlink, sizeof(*t->link));
	t->heading = copy(base->heading, base->nheading, sizeof(*t->heading));
	t->nline = t->linesize = base->nline;
	t->nlink = t->linksize = base->nlink;
	t->nheading = t->headingsize = base->nheading;
	p = buf_room(&t->text, 3 * base->text.len);
	if (p == NULL || t->line == NULL || t->link == NULL ||
	    t->heading == NULL)
		goto nomem;
	for (i = 0; i < t->nline; i++) {
		t->line[i].at = t->text.len;
		n = page_span(base, i, i + 1);
		t->text.len += v->charset->convert(base->text.data +
		    base->line[i].at, n, p + t->text.len);
	}
	p[t->text.len] = '\0';
	if (page_cut(v, t) == 0)
		return 1;
 nomem:
	err_nomem(e);
	return -1;
}

struct part_frame {
	const struct view	*view;
	struct buf		*out;
	unsigned		 lines;
};

/* Put a line of a head or foot, which has two lines at most. */
static int
frame_line(void *arg, const char *prefix, const char *s, size_t len)
{
	struct part_frame	*f = arg;

	if (f->lines++ < 2) {
		buf_str(f->out, prefix);
		charset_encode(f->view->charset, s, len, f->out);
		buf_str(f->out, "\r\n");
	}
	return 0;
}

/* Put s; brief in its place when two lines do not hold s; NULL: none. */
static void
put_frame(const struct view *v, const struct fit *f, const char *s,
    const char *brief, struct buf *out)
{
	struct part_frame	 frame = { v, out, 0 };
	struct wrap	 w = { v->charset, v->text_cols, "", "" };
	struct buf	 fitted = BUF_INIT;
	size_t		 start = out->len;

	charset_fit(f, s, strlen(s), &fitted);
	if (!buf_ok(&fitted) || fitted.len == 0 || wrap_text(&w, fitted.data,
	    fitted.len, frame_line, &frame) == -1)
		out->failed = !buf_ok(&fitted) || out->failed;
	buf_free(&fitted);
	if (frame.lines > 2 && brief != NULL) {
		buf_cut(out, start);
		put_frame(v, f, brief, NULL, out);
	}
}

void
page_part(const struct view_source *src, const struct view *v,
    const struct fit *f, const struct page_text *t, size_t n, struct buf *out)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	const char		*title = t->page->title;
	const char		*brief = t->page->short_title != NULL ?
				    t->page->short_title : "";
	struct buf		 s = BUF_INIT, b = BUF_INIT;
	char			 text[WORDS_NUMBER];
	size_t			 first = t->part[n], end;

	words_number(text, sizeof(text), w->part, n + 1, t->npart);
	end = n + 1 < t->npart ? t->part[n + 1] : t->nline;
	if (n > 0) {
		/* A title may have any length; two lines hold less. */
		buf_add(&s, title, text_utf8_cut(title, strlen(title), 320));
		buf_str(&s, w->join);
		buf_str(&s, text);
		buf_add(&b, brief, text_utf8_cut(brief, strlen(brief), 60));
		buf_str(&b, *brief == '\0' ? "" : w->join);
		buf_str(&b, text);
		put_frame(v, f, s.data == NULL ? "" : s.data,
		    b.data == NULL ? "" : b.data, out);
		buf_str(out, "\r\n");
		buf_reset(&s);
	}
	while (end > first && t->line[end - 1].blank)
		end--;
	buf_add(out, t->text.data + t->line[first].at, page_span(t, first, end));
	if (n + 1 < t->npart) {
		buf_str(&s, "(");
		buf_str(&s, text);
		buf_fmt(&s, "%s%s%s%s/%s/%s/%zu.txt)", w->join, w->next,
		    w->colon, src->prefix == NULL ? "" : src->prefix,
		    v->name, t->page->id, n + 2);
		buf_str(out, "\r\n");
		put_frame(v, f, s.data == NULL ? "" : s.data, NULL, out);
	}
	if (!buf_ok(&s) || !buf_ok(&b))
		out->failed = 1;
	buf_free(&s);
	buf_free(&b);
	if (v->old)
		buf_str(out, ".\r\n");
}

size_t
page_part_size(const struct view_source *src, const struct view *v,
    const struct fit *f, struct page_text *t, size_t n)
{
	struct buf	 b = BUF_INIT;
	size_t		 len;

	/* Without memory the sizes are not kept, and computed each time. */
	if (t->bytes == NULL)
		t->bytes = calloc(t->npart, sizeof(*t->bytes));
	if (t->bytes != NULL && t->bytes[n] > 0)
		return t->bytes[n];
	page_part(src, v, f, t, n, &b);
	len = b.len;
	if (t->bytes != NULL && buf_ok(&b))
		t->bytes[n] = len;
	buf_free(&b);
	return len;
}
