/* SPDX-License-Identifier: ISC */
/*
 * Pages of the directory as HTML: a form for searches, the same page in other
 * languages, a list of links.  Titles come from proven packages, words of a
 * search from a stranger; text_markup() escapes both.  Ids, folders and tags
 * have the characters that site_table_parse() allows.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "directory/ask.h"
#include "directory/browser.h"
#include "directory/find.h"
#include "html/frame.h"
#include "lang/lang.h"
#include "proto/url.h"
#include "view/words.h"

/* The state of writing one page. */
struct browser {
	const struct roll	*r;
	const struct ask	*q;
	const struct site_lang	*lang;
	const char *const	*say;
	struct buf		*out;
	struct buf		 text;		/* scratch: a title */
};

static void
markup(struct browser *w, const char *s)
{
	text_markup(s, strlen(s), w->out);
}

static void
put_text(struct browser *w)
{
	text_markup(w->text.data == NULL ? "" : w->text.data, w->text.len,
	    w->out);
}

/* Put "<a href="PATH">", with the words of a search. */
static void
put_href(struct browser *w, const struct ask *to, const char *words, size_t n)
{
	buf_str(w->out, "<a href=\"");
	ask_put(w->r, to, w->out);
	if (to->what == ASK_SEARCH) {
		buf_str(w->out, "?q=");
		url_encode(w->out, words, n);
	}
	buf_str(w->out, "\">");
}

static void
put_place(struct browser *w, const struct roll_place *p)
{
	const struct site_lang	*l = site_table_lang(p->t, w->q->dir);

	buf_fmt(w->out, "<li><a href=\"/%s/", p->t->id);
	if (l != NULL)
		buf_fmt(w->out, "%s/", l->dir);
	buf_str(w->out, "\">");
	buf_reset(&w->text);
	roll_put_place(p, w->q->dir, &w->text);
	put_text(w);
	buf_str(w->out, "</a></li>\n");
}

static void
put_group(struct browser *w, const struct roll_group *g)
{
	struct ask	 to = { .what = ASK_GROUP, .dir = w->q->dir,
			    .page = 1, .group = (size_t)(g - w->r->group) };

	buf_str(w->out, "<li>");
	put_href(w, &to, "", 0);
	buf_reset(&w->text);
	roll_put_group(w->r, g, w->q->dir, &w->text);
	put_text(w);
	buf_fmt(w->out, "</a> (%zu)</li>\n", g->n);
}

static void
put_languages(struct browser *w)
{
	const struct site_table	*t = &w->r->table;
	struct ask		 to = *w->q;
	size_t			 i, n = 0;

	to.page = 1;
	for (i = 0; i < t->nlang; i++) {
		if (&t->lang[i] == w->lang)
			continue;
		to.dir = t->lang[i].dir;
		buf_str(w->out, n++ > 0 ? " · " : "<nav><p>");
		buf_str(w->out, "<a href=\"");
		ask_put(w->r, &to, w->out);
		buf_ch(w->out, '"');
		html_foreign(w->out, t->lang[i].tag);
		buf_str(w->out, ">");
		markup(w, t->lang[i].name);
		buf_str(w->out, "</a>");
	}
	if (n > 0)
		buf_str(w->out, "</p></nav>\n");
}

static void
put_form(struct browser *w, const char *words, size_t n)
{
	struct ask	 to = { .what = ASK_SEARCH, .dir = w->q->dir,
			    .page = 1, .group = w->q->group };

	buf_str(w->out, "<form action=\"");
	ask_put(w->r, &to, w->out);
	buf_str(w->out, "\"><p><input name=\"q\" value=\"");
	text_markup(words, n, w->out);
	buf_str(w->out, "\" size=\"24\" aria-label=\"");
	markup(w, w->say[LANG_MENU_SEARCH]);
	buf_str(w->out, "\"> <input type=\"submit\" value=\"");
	markup(w, w->say[LANG_MENU_SEARCH]);
	buf_str(w->out, "\"></p></form>\n");
}

static void
put_step(struct browser *w, size_t page, const char *words, size_t n,
    enum lang_phrase phrase)
{
	struct ask	 to = *w->q;

	to.page = page;
	buf_str(w->out, "<p>");
	put_href(w, &to, words, n);
	markup(w, w->say[phrase]);
	buf_str(w->out, "</a></p>\n");
}

static int
put_list(struct browser *w)
{
	struct ask_item	 item;
	size_t		 i, n = ask_count(w->r, w->q), first;

	first = (w->q->page - 1) * ASK_ITEMS;
	if (first >= n && w->q->page > 1)
		return 0;
	buf_str(w->out, "<ul class=\"links\">\n");
	for (i = first; i < n && i < first + ASK_ITEMS; i++) {
		ask_item(w->r, w->q, i, &item);
		if (item.group != NULL)
			put_group(w, item.group);
		else
			put_place(w, item.place);
	}
	buf_str(w->out, "</ul>\n");
	if (i < n)
		put_step(w, w->q->page + 1, "", 0, LANG_NEXT);
	if (w->q->page > 1)
		put_step(w, w->q->page - 1, "", 0, LANG_PREVIOUS);
	return 1;
}

/* Put a hit: a place, or a page with the line that holds the words. */
static void
put_hit(struct browser *w, const struct hit *h)
{
	const struct site_lang	*l;

	if (h->dir == NULL) {
		put_place(w, h->place);
		return;
	}
	buf_fmt(w->out, "<li><a href=\"/%s/%s/%s.html\">",
	    h->place->t->id, h->dir, h->id);
	buf_reset(&w->text);
	roll_put_place(h->place, w->q->dir, &w->text);
	put_text(w);
	buf_str(w->out, ": <span");
	if ((l = site_table_lang(h->place->t, h->dir)) != NULL)
		html_foreign(w->out, l->tag);
	buf_ch(w->out, '>');
	markup(w, h->title);
	buf_str(w->out, "</span></a>");
	if (h->context[0] != '\0') {
		buf_str(w->out, "<br>\n<span");
		if (l != NULL)
			html_foreign(w->out, l->tag);
		buf_ch(w->out, '>');
		markup(w, h->context);
		buf_str(w->out, "</span>");
	}
	buf_str(w->out, "</li>\n");
}

static void
put_found(struct browser *w, const char *words, size_t n,
    const struct hits *h)
{
	char	 text[WORDS_NUMBER];
	size_t	 i;

	words_number(text, sizeof(text), w->say[LANG_PLACES], h->total, 0);
	if (h->n == 0 || !h->cut) {
		buf_str(w->out, "<p>");
		markup(w, h->unclear ? w->say[LANG_FOUND_UNCLEAR] :
		    h->total == 0 ? w->say[h->cut ? LANG_FOUND_MORE :
		    LANG_FOUND_NONE] :
		    h->n == 0 ? w->say[LANG_FOUND_BEYOND] : text);
		buf_str(w->out, "</p>\n");
	}
	if (h->n > 0)
		buf_str(w->out, "<ul class=\"links\">\n");
	for (i = 0; i < h->n; i++)
		put_hit(w, &h->hit[i]);
	if (h->n > 0)
		buf_str(w->out, "</ul>\n");
	if (h->first + h->n < h->total && w->q->page < HITS_PAGES)
		put_step(w, w->q->page + 1, words, n, LANG_NEXT);
	else if (h->first + h->n < h->total) {
		buf_str(w->out, "<p>");
		markup(w, w->say[LANG_FOUND_MORE]);
		buf_str(w->out, "</p>\n");
	}
	if (w->q->page > 1)
		put_step(w, w->q->page - 1, words, n, LANG_PREVIOUS);
}

/* Set w->text to the heading of the page. */
static void
set_heading(struct browser *w)
{
	buf_reset(&w->text);
	if (w->q->what == ASK_SEARCH)
		buf_str(&w->text, w->say[LANG_MENU_SEARCH]);
	else if (w->q->what == ASK_GROUP)
		roll_put_group(w->r, &w->r->group[w->q->group], w->q->dir,
		    &w->text);
	else
		roll_put_heading(w->r, w->q->dir, &w->text);
}

static void
put_head(struct browser *w)
{
	struct ask	 home = { .what = ASK_HOME, .dir = w->q->dir,
			    .page = 1, .group = ROLL_NONE }, up;

	buf_str(w->out, "<!doctype html>\n<html");
	html_foreign(w->out, w->lang == NULL ? "en" : w->lang->tag);
	buf_str(w->out, ">\n<head>\n" HTML_METAS "<title>");
	set_heading(w);
	put_text(w);
	buf_str(w->out, "</title>\n<link rel=\"stylesheet\" href=\""
	    ROLL_PREFIX BROWSER_STYLE "\">\n</head>\n<body>\n");
	if (w->q->what != ASK_HOME) {
		buf_str(w->out, "<header><p>");
		put_href(w, &home, "", 0);
		buf_reset(&w->text);
		roll_put_heading(w->r, w->q->dir, &w->text);
		put_text(w);
		buf_str(w->out, "</a>");
		if (ask_up(w->r, w->q, &up)) {
			buf_str(w->out, " / ");
			put_href(w, &up, "", 0);
			buf_reset(&w->text);
			roll_put_group(w->r, &w->r->group[up.group],
			    w->q->dir, &w->text);
			put_text(w);
			buf_str(w->out, "</a>");
		}
		buf_str(w->out, "</p></header>\n");
	}
	buf_str(w->out, "<main>\n<h1>");
	set_heading(w);
	put_text(w);
	buf_str(w->out, "</h1>\n");
}

int
browser_page(const struct roll *r, const struct ask *q, const char *words,
    size_t n, const struct hits *h, struct buf *out)
{
	struct browser	 w = { .r = r, .q = q, .out = out };
	int		 rv = 1;

	w.lang = site_table_lang(&r->table, q->dir);
	w.say = lang_or_english(w.lang == NULL ? "en" : w.lang->tag)->text;
	put_head(&w);
	if (text_utf8_check(words, n) != n)
		put_form(&w, "", 0);
	else
		put_form(&w, words, n);
	put_languages(&w);
	if (q->what != ASK_SEARCH)
		rv = put_list(&w);
	else if (h != NULL)
		put_found(&w, words, n, h);
	buf_str(out, "</main>\n</body>\n</html>\n");
	if (!buf_ok(out) || !buf_ok(&w.text))
		rv = -1;
	buf_free(&w.text);
	return rv;
}

void
browser_lead(const struct roll *r, struct buf *out)
{
	struct ask	 to = { .what = ASK_HOME, .page = 1,
			    .group = ROLL_NONE };
	size_t		 i;

	buf_str(out, "<section>\n<ul class=\"links\">\n");
	for (i = 0; i < r->table.nlang; i++) {
		to.dir = r->table.lang[i].dir;
		buf_str(out, "<li><a href=\"");
		ask_put(r, &to, out);
		buf_ch(out, '"');
		html_foreign(out, r->table.lang[i].tag);
		buf_ch(out, '>');
		text_markup(r->table.lang[i].title,
		    strlen(r->table.lang[i].title), out);
		buf_str(out, "</a></li>\n");
	}
	buf_str(out, "</ul>\n</section>\n");
}
