/* SPDX-License-Identifier: ISC */
/*
 * Pages of the directory as gemtext.  All links are absolute paths, so that
 * the first page is the same at the server's root.  Titles come from proven
 * packages and have one line each.  The words of a search are shown only inside
 * a link, escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "directory/ask.h"
#include "directory/find.h"
#include "directory/gemtext.h"
#include "lang/lang.h"
#include "proto/url.h"
#include "view/words.h"

/* A phrase in the language of q; when q names none, in the first one. */
static const char *
say(const struct roll *r, const struct ask *q, enum lang_phrase phrase)
{
	const struct site_lang	*l = site_table_lang(&r->table, q->dir);

	if (l == NULL && r->table.nlang > 0)
		l = &r->table.lang[0];
	return lang_or_english(l == NULL ? "en" : l->tag)->text[phrase];
}

void
gemtext_prompt(const struct roll *r, const struct ask *q, struct buf *b)
{
	size_t	 i;

	if (*q->dir != '\0' || r->table.nlang == 0) {
		buf_str(b, say(r, q, LANG_MENU_SEARCH));
		return;
	}
	for (i = 0; i < r->table.nlang && i < 4; i++)
		buf_fmt(b, "%s%s", i > 0 ? " / " : "", lang_or_english(
		    r->table.lang[i].tag)->text[LANG_MENU_SEARCH]);
}

/* "=> PATH TITLE (N)" or "=> /ID/DIR/ TITLE". */
static void
put_place(const struct roll_place *p, const char *dir, struct buf *b)
{
	buf_fmt(b, "=> /%s/", p->t->id);
	if (*dir != '\0' && site_table_lang(p->t, dir) != NULL)
		buf_fmt(b, "%s/", dir);
	buf_ch(b, ' ');
	roll_put_place(p, dir, b);
	buf_ch(b, '\n');
}

static void
put_group(const struct roll *r, const struct ask *q,
    const struct roll_group *g, struct buf *b)
{
	struct ask	 to = { .what = ASK_GROUP, .dir = q->dir, .page = 1 };

	to.group = (size_t)(g - r->group);
	buf_str(b, "=> ");
	ask_put(r, &to, b);
	buf_ch(b, ' ');
	roll_put_group(r, g, q->dir, b);
	buf_fmt(b, " (%zu)\n", g->n);
}

/* Put links to the page in other languages, each named in that language. */
static void
put_languages(const struct roll *r, const struct ask *q, struct buf *b)
{
	struct ask	 to = *q;
	size_t		 i;

	for (i = 0; i < r->table.nlang; i++) {
		if (r->table.nlang == 1 ||
		    strcmp(r->table.lang[i].dir, q->dir) == 0)
			continue;
		to.dir = r->table.lang[i].dir;
		to.page = 1;
		buf_str(b, "=> ");
		ask_put(r, &to, b);
		buf_fmt(b, " %s\n", r->table.lang[i].name);
	}
}

/* A link to another page of the same list or of the same results. */
static void
put_step(const struct roll *r, const struct ask *q, size_t page,
    const struct gemtext_search *s, enum lang_phrase phrase, struct buf *b)
{
	struct ask	 to = *q;

	to.page = page;
	buf_str(b, "=> ");
	ask_put(r, &to, b);
	if (q->what == ASK_SEARCH) {
		buf_ch(b, '?');
		url_encode(b, s->words, s->n);
	}
	buf_fmt(b, " %s\n", say(r, q, phrase));
}

/* Put the link to the search, within a group to the search of the group. */
static void
put_search(const struct roll *r, const struct ask *q, const char *prompt,
    struct buf *b)
{
	struct ask	 to = { .what = ASK_SEARCH, .dir = q->dir, .page = 1,
			    .group = q->group };

	buf_fmt(b, "%s ", prompt);
	ask_put(r, &to, b);
	buf_ch(b, ' ');
	gemtext_prompt(r, q, b);
	if (q->group != ROLL_NONE) {
		buf_str(b, ": ");
		roll_put_group(r, &r->group[q->group], q->dir, b);
	}
	buf_str(b, "\n");
}

static int
put_list(const struct roll *r, const struct ask *q, struct buf *b)
{
	struct ask_item	 item;
	size_t		 i, n = ask_count(r, q), first;

	first = (q->page - 1) * ASK_ITEMS;
	if (first >= n && q->page > 1)
		return 0;
	for (i = first; i < n && i < first + ASK_ITEMS; i++) {
		ask_item(r, q, i, &item);
		if (item.group != NULL)
			put_group(r, q, item.group, b);
		else
			put_place(item.place, q->dir, b);
	}
	buf_ch(b, '\n');
	if (i < n)
		put_step(r, q, q->page + 1, NULL, LANG_NEXT, b);
	if (q->page > 1)
		put_step(r, q, q->page - 1, NULL, LANG_PREVIOUS, b);
	return 1;
}

/* Put a hit: a place, or a page with the line that holds the words. */
static void
put_hit(const struct hit *h, const char *dir, struct buf *b)
{
	if (h->dir == NULL) {
		put_place(h->place, dir, b);
		return;
	}
	buf_fmt(b, "=> /%s/%s/%s.gmi ", h->place->t->id, h->dir, h->id);
	roll_put_place(h->place, *dir != '\0' ? dir : h->dir, b);
	buf_fmt(b, ": %s\n", h->title);
	if (h->context[0] != '\0')
		buf_fmt(b, "> %s\n", h->context);
}

static void
put_found(const struct roll *r, const struct ask *q,
    const struct gemtext_search *s, struct buf *b)
{
	const struct hits	*h = s->hits;
	char			 text[WORDS_NUMBER];
	size_t			 i;

	if (h->unclear || h->total == 0)
		buf_fmt(b, "%s\n", say(r, q, h->unclear ? LANG_FOUND_UNCLEAR :
		    h->cut ? LANG_FOUND_MORE : LANG_FOUND_NONE));
	else if (h->n == 0)
		buf_fmt(b, "%s\n", say(r, q, LANG_FOUND_BEYOND));
	else if (!h->cut) {
		words_number(text, sizeof(text), say(r, q, LANG_PLACES),
		    h->total, 0);
		buf_fmt(b, "%s\n\n", text);
	}
	for (i = 0; i < h->n; i++)
		put_hit(&h->hit[i], q->dir, b);
	buf_ch(b, '\n');
	if (h->first + h->n < h->total && q->page < HITS_PAGES)
		put_step(r, q, q->page + 1, s, LANG_NEXT, b);
	else if (h->first + h->n < h->total)
		buf_fmt(b, "%s\n", say(r, q, LANG_FOUND_MORE));
	if (q->page > 1)
		put_step(r, q, q->page - 1, s, LANG_PREVIOUS, b);
}

int
gemtext_page(const struct roll *r, const struct ask *q,
    const struct gemtext_search *s, const char *prompt, struct buf *b)
{
	struct ask	 home = { .what = ASK_HOME, .dir = q->dir, .page = 1,
			    .group = ROLL_NONE }, up;
	int		 rv = 1;

	buf_str(b, "# ");
	if (q->what == ASK_SEARCH)
		gemtext_prompt(r, q, b);
	else if (q->what == ASK_GROUP)
		roll_put_group(r, &r->group[q->group], q->dir, b);
	else
		roll_put_heading(r, q->dir, b);
	buf_str(b, "\n\n");
	if (q->what != ASK_SEARCH) {
		put_search(r, q, prompt, b);
		put_languages(r, q, b);
		buf_ch(b, '\n');
		rv = put_list(r, q, b);
	} else {
		put_found(r, q, s, b);
		put_search(r, q, prompt, b);
	}
	if (ask_up(r, q, &up)) {
		buf_str(b, "=> ");
		ask_put(r, &up, b);
		buf_ch(b, ' ');
		roll_put_group(r, &r->group[up.group], q->dir, b);
		buf_ch(b, '\n');
	}
	if (q->what != ASK_HOME) {
		buf_str(b, "=> ");
		ask_put(r, &home, b);
		buf_ch(b, ' ');
		roll_put_heading(r, q->dir, b);
		buf_ch(b, '\n');
	}
	return buf_ok(b) ? rv : -1;
}
