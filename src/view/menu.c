/* SPDX-License-Identifier: ISC */
/*
 * From a list of items to the lines of a Gopher menu, cut into pages.
 *
 * Each item is written in the width and the charset of its tree, with the short
 * title where the long one does not fit.  A page ends where the tree's limit of
 * bytes or lines is reached; where it was cut is kept in the memo, so that page
 * n needs no other pages to be written again.  Titles may be a stranger's: they
 * are read up to TITLE_BYTES, and charset_fit() lets no control through.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/wrap.h"
#include "proto/gopher.h"
#include "proto/site.h"
#include "view/memo.h"
#include "view/menu.h"
#include "view/tree.h"
#include "view/words.h"

#define MORE_DIVIDER	"--"	/* between a page's own items and others */
#define TITLE_BYTES	1024		/* of a title; the rest is not read */
#define TITLE_LINES	4		/* of a title too wide for one line */
#define SIZE_SHOWN	2048		/* bytes; larger sizes are shown */
#define SIZE_ROOM	40		/* bytes kept for the size words */
#define NOTE_MIN	24		/* columns; in fewer no note is put */

/* The state of writing one menu. */
struct writer {
	const struct view_source	*src;
	const struct view		*view;
	const struct menu		*menu;
	struct fit			 fit;
	struct buf			 fitted, tail;
	struct buf			*out;
	size_t				 lines, links, info;
	size_t				 reserved;	/* bytes that follow */
	int				 brief;	/* short titles everywhere */
	int				 plain;	/* no title line */
	char				 port[16];	/* TAB, port, CRLF */
};

/* What a page of the menu takes. */
struct cost {
	size_t	 bytes, lines, links, info;
};

struct item_lines {
	struct writer		*w;
	const struct menu_item	*item;
	size_t			 n;
};

static const char *
fitted(struct writer *w, const char *s)
{
	buf_reset(&w->fitted);
	charset_fit(&w->fit, s, strnlen(s, TITLE_BYTES), &w->fitted);
	return w->fitted.data == NULL ? "" : w->fitted.data;
}

static size_t
width(const struct writer *w, const char *s)
{
	return charset_width(w->view->charset, s, strlen(s));
}

static void
info_line(struct writer *w, const char *prefix, const char *s, size_t len)
{
	buf_ch(w->out, 'i');
	buf_str(w->out, prefix);
	charset_encode(w->view->charset, s, len, w->out);
	buf_str(w->out, "\t\tx\t0\r\n");
	w->lines++;
	w->info++;
}

static int
put_info(void *arg, const char *prefix, const char *s, size_t len)
{
	struct item_lines	*l = arg;

	if (l->n++ < TITLE_LINES)
		info_line(l->w, prefix, s, len);
	return 0;
}

/* Write text that is no item, wrapped, in info lines. */
static void
put_text(struct writer *w, const char *s, const char *prefix)
{
	struct wrap		 wrap = { w->view->charset, w->view->menu_cols,
				    prefix, prefix };
	struct item_lines	 l = { w, NULL, 0 };

	fitted(w, s);
	if (w->fitted.len > 0 && wrap_text(&wrap, w->fitted.data,
	    w->fitted.len, put_info, &l) == -1)
		w->out->failed = 1;
}

static void
item_line(struct writer *w, const struct menu_item *item, const char *s,
    size_t len)
{
	const char	*prefix = w->src->prefix;

	buf_ch(w->out, item->type);
	charset_encode(w->view->charset, s, len, w->out);
	charset_encode(w->view->charset, w->tail.data == NULL ? "" :
	    w->tail.data, w->tail.len, w->out);
	buf_ch(w->out, '\t');
	if (item->type != 'h' && !item->is_elsewhere && prefix != NULL)
		buf_str(w->out, prefix);
	buf_str(w->out, item->selector);
	buf_ch(w->out, '\t');
	buf_str(w->out, w->src->host);
	buf_str(w->out, w->port);
	w->lines++;
	w->links++;
}

static int
put_item_line(void *arg, const char *prefix, const char *s, size_t len)
{
	struct item_lines	*l = arg;

	if (l->n == 0)
		item_line(l->w, l->item, s, len);
	else if (l->n < TITLE_LINES)
		info_line(l->w, prefix, s, len);
	l->n++;
	return 0;
}

void
menu_size_words(const struct view_source *src, const struct view *v,
    size_t bytes, int form, char s[64])
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);

	s[0] = '\0';
	if (bytes > SIZE_SHOWN)
		words_number(s, 64, w->size[form], (bytes + 1023) / 1024,
		    (bytes + 239) / 240);
}

/* Put size words behind the title, in the widest form that fits. */
static void
tail_size(struct writer *w, const struct menu_item *item, size_t room)
{
	char	 words[64];
	int	 form;

	for (form = 0; form < 3; form++) {
		menu_size_words(w->src, w->view, item->size, form, words);
		if (words[0] == '\0')
			return;
		buf_reset(&w->tail);
		charset_fit(&w->fit, words, strlen(words), &w->tail);
		if (width(w, w->tail.data == NULL ? "" : w->tail.data) <= room)
			return;
		buf_reset(&w->tail);
	}
}

/* Put what fits of the note behind the title: whole words or characters. */
static void
tail_note(struct writer *w, const struct menu_item *item, size_t room)
{
	struct words_view	 own;
	const struct words_view	*words = words_view(w->src->site,
				    w->view->dir, &own);
	uint32_t		 cp, last = 0;
	size_t			 at, n, keep = 0, used;
	const char		*s;

	if (item->note == NULL || room < NOTE_MIN)
		return;
	charset_fit(&w->fit, words->colon, strlen(words->colon), &w->tail);
	charset_fit(&w->fit, item->note, strnlen(item->note, TITLE_BYTES),
	    &w->tail);
	if (!buf_ok(&w->tail))
		return;
	s = w->tail.data;
	for (at = 0, used = 0; at < w->tail.len; at += n) {
		n = text_utf8_next(s + at, w->tail.len - at, &cp);
		if (n == 0)
			break;
		used += charset_next_width(w->view->charset, last, cp);
		last = cp;
		if (used > room)
			break;
		if (at + n == w->tail.len || cp >= 0x80 || s[at + n] == ' ')
			keep = at + n;
	}
	buf_cut(&w->tail, keep);
}

static int
is_allowed(const struct view *v, char type)
{
	return v->old ? strchr("01379", type) != NULL : 1;
}

/* Columns that must stay free behind an item's title, for its size. */
static size_t
size_cols(struct writer *w, const struct menu_item *item)
{
	char	 words[64];

	menu_size_words(w->src, w->view, item->size, 2, words);
	return width(w, words);
}

/*
 * Put a title in w->fitted.  1: it fits a line; it is the long or the short
 * one.  0: neither fits; it is the long one with its size, to be wrapped.  When
 * no character of the long one can be shown, the selector and the size take its
 * place in either case.
 */
static int
choose_title(struct writer *w, const struct menu_item *item)
{
	const char	*brief = item->short_title;
	size_t		 cols = w->view->menu_cols, need;
	char		 words[64];
	int		 k;

	need = size_cols(w, item);
	if (brief != NULL && *brief == '\0')
		brief = NULL;
	for (k = 0; k < 2; k++) {
		const char *s = (k == 0) == w->brief ? brief : item->title;

		if (s != NULL && width(w, fitted(w, s)) + need <= cols &&
		    w->fitted.len > 0)
			return 1;
	}
	fitted(w, item->title);
	if (w->fitted.len == 0)		/* no character can be shown */
		fitted(w, item->selector == NULL ? "?" : item->selector);
	menu_size_words(w->src, w->view, item->size, 1, words);
	charset_fit(&w->fit, words, strlen(words), &w->fitted);
	return w->fitted.len > 0 && width(w, w->fitted.data) <= cols;
}

static void
put_item(struct writer *w, const struct menu_item *item)
{
	struct wrap		 wrap = { w->view->charset, w->view->menu_cols,
				    "", "  " };
	struct item_lines	 l = { w, item, 0 };
	size_t			 used;

	if (item->type == '\0')		/* fill() was not called yet */
		w->reserved += SIZE_ROOM + VIEW_SELECTOR;
	else if (!is_allowed(w->view, item->type))
		return;
	if (item->divider != NULL) {
		if (!w->view->old && w->lines > 0)
			info_line(w, "", "", 0);
		put_text(w, item->divider, "");
	}
	buf_reset(&w->tail);
	if (choose_title(w, item)) {
		used = width(w, w->fitted.data);
		tail_size(w, item, wrap.cols - used);
		if (w->view->old && w->tail.len == 0)
			tail_note(w, item, wrap.cols - used);
		item_line(w, item, w->fitted.data, w->fitted.len);
	} else if (buf_ok(&w->fitted) && wrap_text(&wrap, w->fitted.data,
	    w->fitted.len, put_item_line, &l) == -1)
		w->out->failed = 1;
	if (!w->view->old && item->note != NULL)
		put_text(w, item->note, "  ");
}

static void
put_head(struct writer *w, size_t n, size_t npage)
{
	const struct menu	*m = w->menu;
	struct words_view	 own;
	const struct words_view	*words = words_view(w->src->site,
				    w->view->dir, &own);
	const char		*title = m->title;
	char			 text[WORDS_NUMBER];
	struct buf		 s = BUF_INIT;
	size_t			 i;

	if (title != NULL && m->short_title != NULL && *m->short_title &&
	    width(w, fitted(w, title)) > w->view->menu_cols)
		title = m->short_title;
	if (title != NULL && !w->plain) {
		buf_add(&s, title, strnlen(title, TITLE_BYTES));
		if (npage > 1) {
			buf_str(&s, words->join);
			words_number(text, sizeof(text), words->page, n,
			    npage);
			buf_str(&s, text);
		}
		put_text(w, s.data == NULL ? "" : s.data, "");
		if (!buf_ok(&s))
			w->out->failed = 1;
		buf_free(&s);
	}
	for (i = 0; n == 1 && i < m->ninfo; i++)
		put_text(w, m->info[i], "");
	if (!w->view->old && w->info > 0)
		info_line(w, "", "", 0);
}

static void
put_page_link(struct writer *w, const char *title, size_t n)
{
	struct menu_item	 item = { .type = '1', .title = title };
	char			 selector[160];

	if (n == 1)
		snprintf(selector, sizeof(selector), "%s", w->menu->base);
	else
		snprintf(selector, sizeof(selector), "%s/%zu", w->menu->base,
		    n);
	item.selector = selector;
	put_item(w, &item);
}

static void
put_foot(struct writer *w, size_t n, size_t npage)
{
	struct words_view	 own;
	const struct words_view	*words = words_view(w->src->site,
				    w->view->dir, &own);
	size_t			 i;

	if (!w->view->old && w->links > 0)
		info_line(w, "", "", 0);
	if (n < npage)
		put_page_link(w, words->next, n + 1);
	if (n > 1)
		put_page_link(w, words->previous, n - 1);
	for (i = 0; i < w->menu->nnav; i++)
		put_item(w, &w->menu->nav[i]);
	buf_str(w->out, ".\r\n");
}

static void
clear(struct writer *w)
{
	buf_reset(w->out);
	w->lines = w->links = w->info = w->reserved = 0;
}

/* What a page takes beside its items; its head counts only if head is 1. */
static struct cost
frame_cost(struct writer *w, size_t n, size_t npage, int head)
{
	struct cost	 c;

	clear(w);
	if (head)
		put_head(w, n, npage);
	w->links++;			/* so that a gap precedes the foot */
	put_foot(w, head && npage > 2 ? 2 : n, npage);
	c.bytes = w->out->len;
	c.lines = w->lines;
	c.links = w->links - 1;
	c.info = w->info;
	clear(w);
	return c;
}

static int
has_room(const struct writer *w, size_t used, const struct cost *frame)
{
	const struct menu	*m = w->menu;
	size_t			 bytes, lines;

	bytes = m->max_bytes > 0 ? m->max_bytes : VIEW_MENU_BYTES;
	lines = m->max_lines > 0 ? m->max_lines : VIEW_LINES;
	return used + w->reserved + frame->bytes <= bytes &&
	    w->lines + frame->lines <= lines &&
	    w->links + frame->links <= VIEW_LINKS &&
	    (!w->view->old || w->info + frame->info <= VIEW_INFO);
}

/*
 * Where the page that begins with item first ends: the index of the next page's
 * first item.  w->out is scratch here.
 */
static size_t
page_end(struct writer *w, size_t first, const struct cost *frame)
{
	size_t	 i;

	clear(w);
	for (i = first; i < w->menu->nitem; i++) {
		put_item(w, &w->menu->item[i]);
		if (!has_room(w, w->out->len, frame) && i > first)
			break;
	}
	return i;
}

/* Write what the cuts of a fixed menu depend on; 0: too long to be kept. */
static int
memo_key(const struct view_source *src, const struct menu *m, char key[400])
{
	int	 n;

	n = snprintf(key, 400, "%s %u %s %s", src->host, src->port,
	    src->prefix == NULL ? "" : src->prefix, m->base);
	return n > 0 && n < 400;
}

int
menu_known(const struct view_source *src, const struct menu *m, size_t n,
    size_t *first, size_t *end)
{
	struct memo_menu	*k = memo_menu(src->memo);
	char			 key[400];

	if (k == NULL || k->npage == 0 || !m->is_fixed ||
	    !memo_key(src, m, key) || strcmp(key, k->key) != 0)
		return 0;
	*first = n >= 1 && n <= k->npage ? k->first[n - 1] : m->nitem;
	*end = n >= 1 && n < k->npage ? k->first[n] : m->nitem;
	return 1;
}

/* Note that the next page begins with item at; no memory: keep no cuts. */
static void
memo_cut(struct memo_menu *k, size_t at)
{
	size_t	*p, size;

	if (k == NULL || k->key[0] == '\0')
		return;
	if (k->npage == k->size) {
		size = k->size == 0 ? 64 : k->size * 2;
		if ((p = realloc(k->first, size * sizeof(*p))) == NULL) {
			k->npage = 0;
			k->key[0] = '\0';
			return;
		}
		k->first = p;
		k->size = size;
	}
	k->first[k->npage++] = at;
}

static struct memo_menu *
memo_begin(const struct writer *w)
{
	struct memo_menu	*k = memo_menu(w->src->memo);

	if (k == NULL || !w->menu->is_fixed)
		return NULL;
	k->npage = 0;
	if (!memo_key(w->src, w->menu, k->key))
		k->key[0] = '\0';
	return k;
}

/*
 * Count the pages and find the items of page n: *first to before *end.  When
 * there are many pages, each number counts as three digits, so that the number
 * of pages does not depend on itself.
 */
static size_t
paginate(struct writer *w, size_t n, size_t *first, size_t *end)
{
	struct memo_menu	*k;
	struct cost		 frame;
	size_t			 at = 0, pages = 0;

	if (menu_known(w->src, w->menu, n, first, end))
		return memo_menu(w->src->memo)->npage;
	k = memo_begin(w);
	frame = frame_cost(w, 1, 1, 1);
	*first = 0;
	*end = page_end(w, 0, &frame);
	if (*end == w->menu->nitem || w->menu->base == NULL) {
		memo_cut(k, 0);
		return 1;
	}
	while (at < w->menu->nitem && buf_ok(w->out)) {
		frame = frame_cost(w, pages == 0 ? 1 : 2, 999, 1);
		memo_cut(k, at);
		if (++pages == n)
			*first = at;
		at = page_end(w, at, &frame);
		if (pages == n)
			*end = at;
	}
	if (k != NULL && !buf_ok(w->out))
		k->key[0] = '\0';
	return pages;
}

/*
 * Before a small root menu takes two pages, it takes short titles, then it also
 * drops its title line.
 */
static size_t
settle(struct writer *w, size_t n, size_t *first, size_t *end)
{
	size_t	 pages;

	pages = paginate(w, n, first, end);
	if (pages == 1 || w->menu->max_bytes == 0)
		return pages;
	w->brief = 1;
	pages = paginate(w, n, first, end);
	if (pages == 1)
		return pages;
	w->plain = 1;
	pages = paginate(w, n, first, end);
	if (pages > 1) {
		w->plain = 0;
		pages = paginate(w, n, first, end);
	}
	return pages;
}

static void
start(struct writer *w, const struct view_source *src, const struct view *v,
    const struct menu *m, struct buf *out)
{
	memset(w, 0, sizeof(*w));
	w->src = src;
	w->view = v;
	w->menu = m;
	w->out = out;
	snprintf(w->port, sizeof(w->port), "\t%u\r\n", src->port);
	tree_fit(&w->fit, v, src->site);
}

static int
finish(struct writer *w, struct buf *scratch, struct err *e)
{
	int	 ok;

	ok = buf_ok(w->out) && buf_ok(scratch) && buf_ok(&w->fitted) &&
	    buf_ok(&w->tail);
	buf_free(&w->fitted);
	buf_free(&w->tail);
	buf_free(scratch);
	if (!ok)
		err_nomem(e);
	return ok ? 0 : -1;
}

int
menu_pages(const struct view_source *src, const struct view *v,
    const struct menu *m, size_t *n, struct err *e)
{
	struct buf	 scratch = BUF_INIT;
	struct writer	 w;
	size_t		 first, end;

	start(&w, src, v, m, &scratch);
	*n = settle(&w, 1, &first, &end);
	return finish(&w, &scratch, e);
}

/* Add items of more() as long as they and the foot fit the page. */
static int
put_more(struct writer *w, size_t start_len, const struct cost *foot,
    struct err *e)
{
	const struct menu	*m = w->menu;
	struct menu_item	 item;
	struct writer		 was;
	size_t			 k, len;
	int			 got = 0;

	for (k = 0; m->more != NULL; k++) {
		memset(&item, 0, sizeof(item));
		if ((got = m->more(m->arg, k, &item, e)) != 1)
			break;
		was = *w;
		len = w->out->len;
		if (k == 0)
			put_text(w, MORE_DIVIDER, "");
		put_item(w, &item);
		if (has_room(w, w->out->len - start_len, foot))
			continue;
		buf_cut(w->out, len);
		w->lines = was.lines;
		w->links = was.links;
		w->info = was.info;
		break;
	}
	return got == -1 ? -1 : 0;
}

static int
put_page(struct writer *w, size_t n, size_t npage, size_t first, size_t end,
    struct err *e)
{
	const struct menu	*m = w->menu;
	struct buf		*out = w->out, scratch = BUF_INIT;
	struct cost		 foot;
	size_t			 i, start_len = out->len;

	w->out = &scratch;
	foot = frame_cost(w, n, npage, 0);
	w->out = out;
	buf_free(&scratch);
	put_head(w, n, npage);
	for (i = first; i < end; i++) {
		if (m->item[i].type == '\0' && (m->fill == NULL ||
		    m->fill(m->arg, i, &m->item[i], e) == -1))
			return -1;
		put_item(w, &m->item[i]);
	}
	if (put_more(w, start_len, &foot, e) == -1)
		return -1;
	put_foot(w, n, npage);
	return 1;
}

int
menu_write(const struct view_source *src, const struct view *v,
    const struct menu *m, size_t n, struct buf *out, struct err *e)
{
	struct buf	 scratch = BUF_INIT;
	struct writer	 w;
	size_t		 npage, first = 0, end = 0;
	int		 rv = 0;

	start(&w, src, v, m, &scratch);
	npage = settle(&w, n, &first, &end);
	clear(&w);
	w.out = out;
	if (n >= 1 && n <= npage)
		rv = put_page(&w, n, npage, first, end, e);
	return finish(&w, &scratch, e) == -1 ? -1 : rv;
}
