/* SPDX-License-Identifier: ISC */
/*
 * One gemtext page -> the lines of a text in one tree, with its links and its
 * headings.
 *
 * Each line of gemtext is converted to the tree's charset and wrapped at its
 * width.  The strict check is told of findings meanwhile (page_watch), so it
 * judges the same lines that readers get.  The page may be a stranger's: its
 * size and the size of the text made from it are bounded (VIEW_PAGE_MAX,
 * VIEW_COMPOSED_MAX).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "charset/breaks.h"
#include "charset/charset.h"
#include "charset/cols.h"
#include "charset/wrap.h"
#include "lang/lang.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/site.h"
#include "view/page.h"
#include "view/words.h"


/* The state of one page_compose(). */
struct compose {
	const struct view_source	*src;
	const struct view		*view;
	const struct page_watch		*watch;
	struct fit			 fit;
	struct page_text		*t;
	struct buf			 fitted;	/* the current line */
	struct cols			 cols;		/* or that line */
	size_t				 line;		/* of the gemtext */
	const char			*ways;		/* the last links */
	struct lacking			 lacking;	/* in the line */
	size_t				 widest;	/* columns, of a heading */
	int				 measure;	/* 1: find it */
	int				 heading;	/* next line begins one */
	int				 gap;		/* a blank line is due */
	int				 failed;	/* no memory; or over */
	int				 over;		/* VIEW_COMPOSED_MAX */
};

static void
watch(struct compose *c, const char *rule, const char *text)
{
	struct finding	 f;

	if (c->watch == NULL || c->watch->found == NULL)
		return;
	finding_set(&f, rule, text);
	finding_number(&f, 0, c->view->text_cols);
	c->watch->found(c->watch->arg, c->line, &f);
}

static void
lacks(void *arg, uint32_t cp)
{
	struct compose	*c = arg;

	lacking_add(&c->lacking, cp);
}

/* Tell all that the charset lacks of a line as one finding. */
static void
tell_lacking(struct compose *c, const char *text, size_t len)
{
	struct finding	 f;

	if (c->lacking.n == 0)
		return;
	finding_lacks(&f, c->view->charset->label,
	    c->view->charset->lacks_wide, &c->lacking, text, len);
	c->lacking.n = 0;
	if (c->watch != NULL && c->watch->found != NULL)
		c->watch->found(c->watch->arg, c->line, &f);
}

static int
grow(void **p, size_t *size, size_t used, size_t each)
{
	size_t	 n;
	void	*q;

	if (used < *size)
		return 0;
	n = *size == 0 ? 64 : *size * 2;
	if ((q = realloc(*p, n * each)) == NULL)
		return -1;
	*p = q;
	*size = n;
	return 0;
}

/* Note where a line begins, and put the prefix there. */
static int
begin_line(struct compose *c, const char *prefix, size_t len)
{
	struct page_text	*t = c->t;
	void			*p = t->line;
	struct page_line	*l;

	c->over |= t->text.len > VIEW_COMPOSED_MAX;
	if (c->over || grow(&p, &t->linesize, t->nline,
	    sizeof(*t->line)) == -1) {
		c->failed = 1;
		return -1;
	}
	t->line = p;
	l = &t->line[t->nline++];
	l->at = t->text.len;
	l->line = (uint32_t)c->line;
	l->heading = (uint8_t)c->heading;
	l->blank = *prefix == '\0' && len == 0;
	c->heading = 0;
	if (*prefix != '\0')
		buf_str(&t->text, prefix);
	return 0;
}

static void
add_line(struct compose *c, const char *prefix, const char *s, size_t len)
{
	if (begin_line(c, prefix, len) == -1)
		return;
	if (len > 0)
		charset_encode(c->view->charset, s, len, &c->t->text);
	buf_add(&c->t->text, "\r\n", 2);
}

static int
put_line(void *arg, const char *prefix, const char *s, size_t len)
{
	struct compose	*c = arg;
	size_t		 width;

	if (c->gap && c->t->nline > 0)
		add_line(c, "", "", 0);
	c->gap = 0;
	add_line(c, prefix, s, len);
	if (c->measure) {
		width = charset_width(c->view->charset, s, len);
		if (width > c->widest)
			c->widest = width;
	}
	return c->failed ? -1 : 0;
}

static int
put_cols(void *arg, const char *prefix, size_t from, size_t to)
{
	struct compose	*c = arg;

	if (c->gap && c->t->nline > 0)
		add_line(c, "", "", 0);
	c->gap = 0;
	if (begin_line(c, prefix, to - from) == -1)
		return -1;
	cols_put(&c->cols, c->view->charset, from, to, &c->t->text);
	buf_add(&c->t->text, "\r\n", 2);
	if (c->measure && to - from > c->widest)
		c->widest = to - from;
	return c->failed ? -1 : 0;
}

/* Convert a slice to the charset, into c->fitted. */
static void
fit(struct compose *c, const char *s, size_t len)
{
	buf_reset(&c->fitted);
	charset_fit(&c->fit, s, len, &c->fitted);
	if (!buf_ok(&c->fitted)) {
		c->failed = 1;
		/* A gemtext line is VIEW_PAGE_MAX at most. */
		c->over = c->fitted.len > VIEW_COMPOSED_MAX - VIEW_PAGE_MAX;
	}
}

static void
put_wrapped(struct compose *c, const char *first, const char *rest,
    const char *s, size_t len)
{
	struct wrap	 w = { c->view->charset, c->view->text_cols, first,
			    rest };
	int		 got;

	if (!c->fit.ascii_first && text_ascii_run(s, len) == len) {
		if (wrap_text(&w, s, len, put_line, c) == -1)
			c->failed = 1;
		return;
	}
	if ((got = cols_set(&c->cols, &c->fit, s, len)) != 0) {
		if (got == -1 || wrap_cols(&w, &c->cols, put_cols, c) == -1)
			c->failed = 1;
		return;
	}
	fit(c, s, len);
	if (!c->failed && wrap_text(&w, c->fitted.data == NULL ? "" :
	    c->fitted.data, c->fitted.len, put_line, c) == -1)
		c->failed = 1;
}

static void
put_heading(struct compose *c, const struct gemtext_line *g)
{
	struct page_text	*t = c->t;
	void			*p = t->heading;
	char			 rule[128];
	size_t			 n;

	c->gap = 1;
	if (c->t->nline > 0) {		/* the cut is before the blank line */
		add_line(c, "", "", 0);
		c->gap = 0;
	}
	if (grow(&p, &t->headingsize, t->nheading, sizeof(*t->heading)) == -1) {
		c->failed = 1;
		return;
	}
	t->heading = p;
	t->heading[t->nheading].line = t->nline;
	t->heading[t->nheading].text = g->text;
	t->heading[t->nheading++].len = g->len;
	c->heading = 1;
	c->widest = 0;
	c->measure = 1;
	put_wrapped(c, "", "", g->text, g->len);
	c->measure = 0;
	if (g->type == GEMTEXT_HEADING3 || c->widest == 0)
		return;
	n = c->widest < sizeof(rule) ? c->widest : sizeof(rule) - 1;
	memset(rule, g->type == GEMTEXT_HEADING1 ? '=' : '-', n);
	put_line(c, "", rule, n);
}

/* Put a preformatted line: when it is too wide it is cut, not wrapped. */
static void
put_pre(struct compose *c, const char *s, size_t len)
{
	uint32_t	 cp, last;
	unsigned	 cols = c->view->text_cols, used, width;
	size_t		 at, n, end;
	const char	*prefix;

	fit(c, s, len);
	s = c->fitted.data;
	len = c->fitted.len;
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (len == 0) {
		c->gap = 1;
		return;
	}
	if (charset_width(c->view->charset, s, len) > cols)
		watch(c, "width", "a preformatted line is wider than %s "
		    "columns");
	while (len > 0 && !c->failed) {
		prefix = *s == '.' ? " " : "";
		used = *s == '.';
		for (at = end = 0, last = 0; at < len; at += n, last = cp) {
			n = text_utf8_next(s + at, len - at, &cp);
			width = charset_next_width(c->view->charset, last, cp);
			if (at > 0 && !breaks_joins(last, cp))
				end = at;	/* cut no letter in two */
			if (n == 0 || (used + width > cols && at > 0))
				break;
			used += width;
		}
		if (at < len && end > 0)
			at = end;
		put_line(c, prefix, s, at);
		s += at;
		len -= at;
	}
}

static void
watch_link(struct compose *c, const struct page_link *l)
{
	if (l->to.kind == LINK_DEAD)
		watch(c, "link", "it leads to no page or file of the capsule");
	else if (l->to.kind == LINK_URL && !l->to.scheme_ok)
		watch(c, "scheme", "want http, https, gemini, gopher or mailto");
}

/*
 * 1: the text leaves this link out.  The menus have it: it leads to the same
 * page in another language, or is one of the navigation links at the end of the
 * page.  An old tree leaves out every link to a page in another language.  A
 * reader cannot follow a link in a text.
 */
static int
is_in_menus(const struct compose *c, const struct page_link *l, const char *at)
{
	const struct site_page	*to = l->to.page, *page = c->t->page;

	if (l->to.kind == LINK_PAGE && strcmp(to->dir, c->view->dir) != 0)
		return strcmp(to->id, page->id) == 0 || c->view->old;
	if (at < c->ways)
		return 0;
	if (l->to.kind != LINK_PAGE)
		return l->to.kind == LINK_ROOT || l->to.kind == LINK_SEARCH;
	return to + 1 == page || page + 1 == to ||
	    strcmp(to->id, "index") == 0 ||
	    strcmp(to->id, c->src->site->contact) == 0;
}

/* NULL: the link leads nowhere from here, or no memory (c->failed). */
static struct page_link *
add_link(struct compose *c, const struct gemtext_line *g)
{
	struct page_text	*t = c->t;
	struct page_link	*l;
	void			*p = t->link;

	if (grow(&p, &t->linksize, t->nlink, sizeof(*t->link)) == -1) {
		c->failed = 1;
		return NULL;
	}
	t->link = p;
	l = &t->link[t->nlink++];
	if (c->watch != NULL && t->nlink <= c->watch->nlink &&
	    c->watch->link[t->nlink - 1].url == g->url) {
		*l = c->watch->link[t->nlink - 1];
		return l;
	}
	link_resolve(c->src->site, c->view->dir, g->url, g->urllen, &l->to);
	if (l->to.kind == LINK_PHONE) {		/* no menu lists it */
		t->nlink--;
		return NULL;
	}
	l->url = g->url;
	l->urllen = g->urllen;
	l->label = g->len > 0 ? g->text : g->url;
	l->labellen = g->len > 0 ? g->len : g->urllen;
	return l;
}

/* 1: the label of a link to elsewhere names its target. */
static int
says_where(const struct page_link *l)
{
	static const char	 mail[] = "mailto:";
	const size_t		 n = sizeof(mail) - 1;

	if (l->label == l->url)
		return 1;
	return l->urllen > n && memcmp(l->url, mail, n) == 0 &&
	    memmem(l->label, l->labellen, l->url + n, l->urllen - n) != NULL;
}

/* Append the selector of l's target; 0: the target is not on this server. */
static int
put_selector(const struct compose *c, const struct page_link *l, struct buf *b)
{
	const struct view	*v = c->view;

	if (c->src->prefix != NULL)
		buf_str(b, c->src->prefix);
	switch (l->to.kind) {
	case LINK_PAGE:
		buf_fmt(b, "/%s/%s", strcmp(l->to.page->dir, v->dir) == 0 ?
		    v->name : l->to.page->dir, l->to.page->id);
		return 1;
	case LINK_ROOT:
		buf_str(b, "/");
		return 1;
	case LINK_FILE:
		buf_fmt(b, "/%s", l->to.path);
		return 1;
	case LINK_PACKAGE:
		buf_fmt(b, "/%s.gpub", c->src->site->id);
		return 1;
	case LINK_SEARCH:
		buf_fmt(b, "/%s/search", v->name);
		return 1;
	case LINK_DEAD:
	case LINK_PHONE:
	case LINK_URL:
		break;
	}
	return 0;
}

/* "-> LABEL [/en/page]": a reader types the selector, or finds it in a menu. */
static void
put_link(struct compose *c, const struct gemtext_line *g)
{
	struct page_link	*l;
	struct buf		 b = BUF_INIT, where = BUF_INIT;

	if ((l = add_link(c, g)) == NULL) {
		put_wrapped(c, "", "", g->len > 0 ? g->text : g->url,
		    g->len > 0 ? g->len : g->urllen);
		return;
	}
	watch_link(c, l);
	if (is_in_menus(c, l, g->url))
		return;
	buf_add(&b, l->label, l->labellen);
	if (put_selector(c, l, &where)) {
		buf_str(&b, " [");
		buf_add(&b, where.data, where.len);
		buf_ch(&b, ']');
	}
	if (buf_ok(&b) && buf_ok(&where))
		put_wrapped(c, "-> ", "   ", b.data, b.len);
	else
		c->failed = 1;
	buf_free(&b);
	buf_free(&where);
	if (l->to.kind == LINK_URL && !says_where(l))
		put_wrapped(c, "   ", "   ", l->url, l->urllen);
}

/* Put a line of text; nothing stands below a step's number. */
static void
put_prose(struct compose *c, const struct gemtext_line *g)
{
	const struct slice	 line = { g->text, g->len };
	struct slice		 text;
	char			 first[32], rest[32];
	const size_t		 n = idiom_step_read(&line, &text);

	if (n == 0) {
		put_wrapped(c, "", "", g->text, g->len);
		return;
	}
	snprintf(first, sizeof(first), "%zu. ", n);
	snprintf(rest, sizeof(rest), "%*s", (int)strlen(first), "");
	put_wrapped(c, first, rest, text.at, text.len);
}

static void
put_gemtext(struct compose *c, const struct gemtext_line *g)
{
	if (g->len > 0 && g->text[0] == '.' && (g->type == GEMTEXT_TEXT ||
	    g->type == GEMTEXT_PRE || (g->type >= GEMTEXT_HEADING1 &&
	    g->type <= GEMTEXT_HEADING3)))
		watch(c, "dot", "a line of text begins with a dot");
	switch (g->type) {
	case GEMTEXT_TEXT:
		if (g->len == 0)
			c->gap = 1;
		else
			put_prose(c, g);
		break;
	case GEMTEXT_LINK:
		put_link(c, g);
		break;
	case GEMTEXT_HEADING1:
	case GEMTEXT_HEADING2:
	case GEMTEXT_HEADING3:
		put_heading(c, g);
		break;
	case GEMTEXT_LIST:
		put_wrapped(c, "* ", "  ", g->text, g->len);
		break;
	case GEMTEXT_QUOTE:
		put_wrapped(c, "> ", "> ", g->text, g->len);
		break;
	case GEMTEXT_PRE:
		put_pre(c, g->text, g->len);
		break;
	case GEMTEXT_TOGGLE:
		break;
	}
}

/*
 * Put a line in place of a text in a language that this charset cannot write:
 * "[zh] Only in Chinese" where the page has "[zh] Only in 中文"; the tag alone
 * when the charset cannot write those words either.
 */
static void
put_left_out(struct compose *c, const struct slice *line,
    const struct slice *tag, const struct slice *words)
{
	const struct site_table	*site = c->src->site;
	struct fit		 f = c->fit;
	const char		*at = NULL, *name, *english = NULL;
	struct buf		 b = BUF_INIT, fitted = BUF_INIT;
	size_t			 i, len = tag->len + 2;	/* of "[zh]" */

	f.lacks = NULL;
	for (i = 0; i < site->nlang && at == NULL; i++) {
		name = site->lang[i].name;
		if (strlen(site->lang[i].tag) != tag->len ||
		    memcmp(site->lang[i].tag, tag->at, tag->len) != 0 ||
		    (english = lang_english_name(site->lang[i].tag)) == NULL)
			continue;
		at = memmem(words->at, words->len, name, strlen(name));
		if (at == NULL)
			continue;
		buf_add(&b, line->at, (size_t)(at - line->at));
		buf_str(&b, english);
		at += strlen(name);
		buf_add(&b, at, (size_t)(words->at + words->len - at));
	}
	if (b.len > 0 && charset_fit(&f, b.data, b.len, &fitted) == 0)
		put_wrapped(c, "", "", b.data, b.len);
	else
		put_wrapped(c, "", "", line->at, len);
	if (b.failed || fitted.failed)
		c->failed = 1;
	buf_free(&b);
	buf_free(&fitted);
}

/*
 * Leave out a text in a language that an old tree's charset cannot write, and
 * put a line in its place that names the language.
 */
static int
skip_foreign(struct compose *c, const struct gemtext_line *l,
    struct gemtext *g)
{
	const struct slice	 line = { l->text, l->len };
	struct slice		 tag, words;
	struct gemtext		 look = *g, before = *g;
	struct gemtext_line	 next;
	struct buf		 b = BUF_INIT;
	struct fit		 f = c->fit;
	size_t			 lacking;

	if (!c->view->old || !idiom_foreign_read(&line, &tag, &words))
		return 0;
	f.lacks = NULL;
	lacking = charset_fit(&f, l->text, l->len, &b);
	while (before = look, gemtext_next(&look, &next) &&
	    (next.type != GEMTEXT_TEXT || next.len > 0)) {
		buf_reset(&b);
		lacking += charset_fit(&f, next.text, next.len, &b);
	}
	buf_free(&b);
	if (lacking == 0)
		return 0;
	put_left_out(c, &line, &tag, &words);
	*g = before;
	return 1;
}

static void
compose(struct compose *c, const char *text, size_t len)
{
	struct gemtext		 g;
	struct gemtext_line	 l;

	/* Allocated once for nearly all pages: they grow by line ends only. */
	(void)buf_room(&c->t->text, len + len / 8 + 256);
	c->ways = text + idiom_ways(text, len);
	gemtext_start(&g, text, len);
	while (!c->failed && gemtext_next(&g, &l)) {
		c->line = g.line;
		if (l.type == GEMTEXT_TEXT && skip_foreign(c, &l, &g))
			continue;
		put_gemtext(c, &l);
		tell_lacking(c, l.text, l.len);
	}
	if (c->t->nline == 0)
		put_line(c, "", "-", 1);	/* no text is empty */
}

int
page_compose(const struct view_source *src, const struct view *v,
    const struct fit *f, const struct site_page *page,
    const struct page_watch *w, struct page_text *t, struct err *e)
{
	struct compose	 c = { .src = src, .view = v, .watch = w, .fit = *f,
			    .t = t };
	const char	*text;
	size_t		 len;

	memset(t, 0, sizeof(*t));
	t->page = page;
	if (src->page(src->arg, page->dir, page->id, &text, &len) == -1)
		return 0;
	if (len > VIEW_PAGE_MAX) {
		watch(&c, "size", "the page is above 1 MiB");
		return 0;
	}
	c.fit.lacks = w == NULL ? NULL : lacks;
	c.fit.arg = &c;
	c.fitted.limit = VIEW_COMPOSED_MAX;
	compose(&c, text, len);
	buf_free(&c.fitted);
	cols_free(&c.cols);
	if (c.over) {
		watch(&c, "size", "the page's text is above 4 MiB");
		page_free(t);
		t->page = page;
		return 0;
	}
	if (c.failed || !buf_ok(&t->text) || page_cut(v, t) == -1) {
		err_nomem(e);
		return -1;
	}
	return 1;
}

/* Skip lines that are neither links nor toggles.  0: no line is left. */
static int
skip_text(struct gemtext *g)
{
	const char	*nl;

	while (g->left > 0 && *g->at != '=' && *g->at != '`') {
		if ((nl = memchr(g->at, '\n', g->left)) == NULL)
			return 0;
		g->left -= (size_t)(nl + 1 - g->at);
		g->at = nl + 1;
	}
	return g->left > 0;
}

int
page_links(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct page_text *t, struct err *e)
{
	struct compose		 c = { .src = src, .view = v, .t = t };
	struct gemtext		 g;
	struct gemtext_line	 l;
	const char		*text;
	size_t			 len;

	memset(t, 0, sizeof(*t));
	t->page = page;
	if (src->page(src->arg, page->dir, page->id, &text, &len) == -1 ||
	    len > VIEW_PAGE_MAX)
		return 0;
	gemtext_start(&g, text, len);
	while (!c.failed && skip_text(&g) && gemtext_next(&g, &l))
		if (l.type == GEMTEXT_LINK)
			add_link(&c, &l);
	if (!c.failed)
		return 1;
	err_nomem(e);
	return -1;
}

void
page_free(struct page_text *t)
{
	buf_free(&t->text);
	free(t->line);
	free(t->link);
	free(t->heading);
	free(t->part);
	free(t->bytes);
	memset(t, 0, sizeof(*t));
}

size_t
page_size(const struct view *v, const struct page_text *t)
{
	return t->text.len + (v->old ? 3 : 0);
}

void
page_whole(const struct view *v, const struct page_text *t, struct buf *out)
{
	buf_add(out, t->text.data, t->text.len);
	if (v->old)
		buf_str(out, ".\r\n");
}
