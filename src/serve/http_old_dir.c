/* SPDX-License-Identifier: ISC */
/*
 * The directory for browsers of the 1990s: HTML 3.2 in the charset of a tree,
 * 20 links a page, so that a page takes less than 4 KB as a menu does.  A place
 * leads to the same tree of its package, or to its first page when it does not
 * have that one.
 *
 * Titles come from proven packages, words of a search from a stranger; both are
 * fitted to the charset and escaped by old_put().  Ids, folders and names of
 * trees have the characters that site_table_parse() allows.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "directory/ask.h"
#include "directory/find.h"
#include "html/frame.h"
#include "lang/lang.h"
#include "proto/url.h"
#include "serve/http_old.h"
#include "serve/http_old_dir.h"
#include "view/tree.h"
#include "view/words.h"

/* The state of writing one page. */
struct old_dir {
	const struct roll	*r;
	const struct view	*v;
	struct ask		 q;		/* its dir: the tree's name */
	const char *const	*say;
	struct old_text		 to;
	struct buf		 text;		/* scratch: a title */
	struct buf		*out;
};

int
old_dir_tree(const struct roll *r, const char *path, size_t len,
    struct view *v, const char **rest, size_t *left)
{
	size_t	 skip = ask_prefix(path, len), n;
	char	 name[64];

	if (skip == 0 || skip == len)
		return 0;
	path += skip + 1;
	len -= skip + 1;
	for (n = 0; n < len && path[n] != '/'; n++)
		;
	if (n + 1 >= sizeof(name))
		return 0;
	memcpy(name, path, n);
	name[n] = '/';			/* as if it had one */
	if (!old_tree(&r->table, name, n + 1, v))
		return 0;
	*rest = path + n + (n < len);
	*left = len - n - (n < len);
	return 1;
}

static void
put_text(struct old_dir *d)
{
	old_put(&d->to, d->text.data == NULL ? "" : d->text.data, d->text.len);
	buf_reset(&d->text);
}

static void
put_word(struct old_dir *d, const char *s)
{
	old_put(&d->to, s, strlen(s));
}

/* Put "<A HREF="PATH">", with the words of a search. */
static void
put_anchor(struct old_dir *d, const struct ask *to, const char *words,
    size_t n)
{
	buf_str(d->out, "<A HREF=\"");
	ask_put(d->r, to, d->out);
	if (n > 0) {
		buf_str(d->out, "?q=");
		url_encode(d->out, words, n);
	}
	buf_str(d->out, "\">");
}

/* The place's tree of that name; NULL: it has none. */
static const struct view *
tree_of(const struct old_dir *d, const struct roll_place *p,
    struct view list[VIEW_MAX])
{
	return tree_by_name(list, tree_list(p->t, list), d->v->name);
}

static void
put_place(struct old_dir *d, const struct roll_place *p)
{
	struct view	 list[VIEW_MAX];

	buf_fmt(d->out, "<LI><A HREF=\"/%s/", p->t->id);
	if (tree_of(d, p, list) != NULL)
		buf_fmt(d->out, "%s/", d->v->name);
	buf_str(d->out, "\">");
	roll_put_place(p, d->v->dir, &d->text);
	put_text(d);
	buf_str(d->out, "</A></LI>\n");
}

static void
put_group(struct old_dir *d, const struct roll_group *g)
{
	struct ask	 to = { .what = ASK_GROUP, .dir = d->v->name,
			    .page = 1, .group = (size_t)(g - d->r->group) };

	buf_str(d->out, "<LI>");
	put_anchor(d, &to, "", 0);
	roll_put_group(d->r, g, d->v->dir, &d->text);
	put_text(d);
	buf_fmt(d->out, "</A> (%zu)</LI>\n", g->n);
}

static void
put_step(struct old_dir *d, size_t page, const char *words, size_t n,
    enum lang_phrase phrase)
{
	struct ask	 to = d->q;

	to.page = page;
	buf_str(d->out, "<P>");
	put_anchor(d, &to, words, n);
	put_word(d, d->say[phrase]);
	buf_str(d->out, "</A></P>\n");
}

static int
put_list(struct old_dir *d)
{
	struct ask_item	 item;
	size_t		 i, n = ask_count(d->r, &d->q), first;

	first = (d->q.page - 1) * OLD_ITEMS;
	if (first >= n && d->q.page > 1)
		return 0;
	buf_str(d->out, "<UL>\n");
	for (i = first; i < n && i < first + OLD_ITEMS; i++) {
		ask_item(d->r, &d->q, i, &item);
		if (item.group != NULL)
			put_group(d, item.group);
		else
			put_place(d, item.place);
	}
	buf_str(d->out, "</UL>\n");
	if (i < n)
		put_step(d, d->q.page + 1, "", 0, LANG_NEXT);
	if (d->q.page > 1)
		put_step(d, d->q.page - 1, "", 0, LANG_PREVIOUS);
	return 1;
}

/*
 * A hit: a place, or a page with the line that holds the words.  A page in a
 * language that the tree does not have cannot be read here, so that its place
 * stands for it.
 */
static void
put_hit(struct old_dir *d, const struct hit *h)
{
	struct view		 list[VIEW_MAX];
	const struct view	*t = tree_of(d, h->place, list);

	if (h->dir == NULL || t == NULL || strcmp(t->dir, h->dir) != 0) {
		put_place(d, h->place);
		return;
	}
	buf_fmt(d->out, "<LI><A HREF=\"/%s/%s/%s.html\">", h->place->t->id,
	    t->name, h->id);
	roll_put_place(h->place, d->v->dir, &d->text);
	buf_fmt(&d->text, ": %s", h->title);
	put_text(d);
	buf_str(d->out, "</A>");
	if (h->context[0] != '\0') {
		buf_str(d->out, "<BR>\n");
		put_word(d, h->context);
	}
	buf_str(d->out, "</LI>\n");
}

static void
put_found(struct old_dir *d, const char *words, size_t n,
    const struct hits *h)
{
	char	 text[WORDS_NUMBER];
	size_t	 i;

	words_number(text, sizeof(text), d->say[LANG_PLACES], h->total, 0);
	if (h->n == 0 || !h->cut) {
		buf_str(d->out, "<P>");
		put_word(d, h->unclear ? d->say[LANG_FOUND_UNCLEAR] :
		    h->total == 0 ? d->say[h->cut ? LANG_FOUND_MORE :
		    LANG_FOUND_NONE] :
		    h->n == 0 ? d->say[LANG_FOUND_BEYOND] : text);
		buf_str(d->out, "</P>\n");
	}
	if (h->n > 0)
		buf_str(d->out, "<UL>\n");
	for (i = 0; i < h->n; i++)
		put_hit(d, &h->hit[i]);
	if (h->n > 0)
		buf_str(d->out, "</UL>\n");
	if (h->first + h->n < h->total && d->q.page < HITS_PAGES)
		put_step(d, d->q.page + 1, words, n, LANG_NEXT);
	else if (h->first + h->n < h->total) {
		buf_str(d->out, "<P>");
		put_word(d, d->say[LANG_FOUND_MORE]);
		buf_str(d->out, "</P>\n");
	}
	if (d->q.page > 1)
		put_step(d, d->q.page - 1, words, n, LANG_PREVIOUS);
}

/* Set d->text to the heading of the page. */
static void
set_heading(struct old_dir *d)
{
	buf_reset(&d->text);
	if (d->q.what == ASK_SEARCH)
		buf_str(&d->text, d->say[LANG_MENU_SEARCH]);
	else if (d->q.what == ASK_GROUP)
		roll_put_group(d->r, &d->r->group[d->q.group], d->v->dir,
		    &d->text);
	else
		roll_put_heading(d->r, d->v->dir, &d->text);
}

static void
put_form(struct old_dir *d, const char *words, size_t n)
{
	struct ask	 to = { .what = ASK_SEARCH, .dir = d->v->name,
			    .page = 1, .group = d->q.group };
	struct buf	 action = BUF_INIT;

	ask_put(d->r, &to, &action);
	if (buf_ok(&action))
		old_put_form(&d->to, action.data, d->say[LANG_MENU_SEARCH],
		    words, text_utf8_check(words, n) == n ? n : 0);
	else
		d->out->failed = 1;
	buf_free(&action);
}

/* The same page in the other trees, else in UTF-8; and up, and to the first. */
static void
put_ways(struct old_dir *d)
{
	struct view	 list[VIEW_MAX];
	struct ask	 to = d->q;
	char		 label[TREE_LABEL];
	size_t		 i, n = tree_list(&d->r->table, list);

	to.page = 1;
	for (i = 0; i < n; i++) {
		if (!old_has(&list[i]) || strcmp(list[i].name, d->v->name) == 0)
			continue;
		to.dir = list[i].name;
		buf_str(d->out, "<P>");
		put_anchor(d, &to, "", 0);
		tree_label(&d->r->table, &list[i], d->v, label);
		put_word(d, label);
		buf_str(d->out, "</A></P>\n");
	}
	if (d->q.what == ASK_HOME)
		return;
	if (ask_up(d->r, &d->q, &to)) {
		to.dir = d->v->name;
		buf_str(d->out, "<P>");
		put_anchor(d, &to, "", 0);
		roll_put_group(d->r, &d->r->group[to.group], d->v->dir,
		    &d->text);
		put_text(d);
		buf_str(d->out, "</A></P>\n");
	}
	to = (struct ask){ .what = ASK_HOME, .dir = d->v->name, .page = 1,
	    .group = ROLL_NONE };
	buf_str(d->out, "<P>");
	put_anchor(d, &to, "", 0);
	roll_put_heading(d->r, d->v->dir, &d->text);
	put_text(d);
	buf_str(d->out, "</A></P>\n");
}

int
old_dir_page(const struct roll *r, const struct view *v, const struct ask *q,
    const char *words, size_t n, const struct hits *h, struct buf *out)
{
	const struct site_lang	*l = site_table_lang(&r->table, v->dir);
	struct old_dir		 d = { .r = r, .v = v, .q = *q, .out = out };
	int			 rv = 1;

	d.q.dir = v->name;
	d.say = lang_or_english(l == NULL ? "en" : l->tag)->text;
	old_text_begin(&d.to, v, NULL, out);
	set_heading(&d);
	old_put_head(&d.to, d.text.data == NULL ? "" : d.text.data,
	    d.text.len);
	buf_str(out, "<H1>");
	put_text(&d);
	buf_str(out, "</H1>\n");
	put_form(&d, words, n);
	if (q->what != ASK_SEARCH)
		rv = put_list(&d);
	else if (h != NULL)
		put_found(&d, words, n, h);
	put_ways(&d);
	buf_str(out, "</BODY></HTML>\n");
	if (!buf_ok(out) || !buf_ok(&d.text))
		rv = -1;
	old_text_end(&d.to);
	buf_free(&d.text);
	return rv;
}

void
old_dir_lead(const struct roll *r, struct buf *out)
{
	html_trees(out, &r->table, ROLL_PREFIX "/");
}
