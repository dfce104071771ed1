/* SPDX-License-Identifier: ISC */
/*
 * Leave out of a document what HTML5 allows to leave out (its chapter "Optional
 * tags").  The input is what html/ and directory/ wrote, so its form is known,
 * as in leaf.c: each '<' begins a tag, the next '>' ends it, and every value
 * stands in double quotes.  The text between the tags may be a stranger's; it
 * is escaped already and is copied unchanged, except line ends beside blocks.
 *
 * The document is read tag by tag.  Whether an end tag may be left out depends
 * on the tag behind it, so the next tag is read first.
 */
#include <string.h>

#include "base/buf.h"
#include "html/lean.h"
#include "proto/idiom.h"

/* A tag: its name, and the bytes between '<' and '>'. */
struct lean_tag {
	struct slice	 name, all;
	int		 is_end;
};

/*
 * Elements beside whose tags a line end is not shown.  Neither here nor below
 * stand figures: to a text browser that does not know them, the line end or the
 * end of the paragraph is all that parts a caption from what is around it.
 */
static const char *const	blocks[] = {
	"!doctype", "address", "blockquote", "body", "br", "caption", "div",
	"form", "h1", "h2", "h3", "head", "header", "html", "li", "link",
	"main", "meta", "nav", "ol", "p", "pre", "section", "table", "tbody",
	"td", "tfoot", "th", "thead", "title", "tr", "ul", NULL
};

/* Elements before which an open paragraph ends. */
static const char *const	end_p[] = {
	"address", "blockquote", "div", "form", "h1", "h2", "h3", "ol", "p",
	"table", "ul", NULL
};

/*
 * End tags that may be left out, if one of the start tags `before' or the end
 * tag `ends' follows at once.  "*": any end tag but that of a link, inside
 * which the rule does not hold.
 */
static const struct lean_end {
	const char		*name;
	const char *const	*before;
	const char		*ends;		/* one name, "" or "*" */
} ends[] = {
	{ "p", end_p, "*" },
	{ "li", (const char *const[]){ "li", NULL }, "*" },
	{ "td", (const char *const[]){ "td", "th", NULL }, "tr" },
	{ "th", (const char *const[]){ "td", "th", NULL }, "tr" },
	{ "tr", (const char *const[]){ "tr", NULL }, "*" },
	{ "thead", (const char *const[]){ "tbody", "tfoot", NULL }, "" },
	{ "tbody", (const char *const[]){ "tbody", "tfoot", NULL }, "table" },
	{ "tfoot", (const char *const[]){ NULL }, "table" },
	{ "head", (const char *const[]){ "body", NULL }, "" },
	{ "body", (const char *const[]){ NULL }, "html" },
	{ "html", (const char *const[]){ NULL }, "" },
};

static int
is(const struct slice *s, const char *word)
{
	return s->len == strlen(word) && memcmp(s->at, word, s->len) == 0;
}

static int
is_among(const struct slice *s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (is(s, *words))
			return 1;
	return 0;
}

/* Read the tag at s, which begins with '<'; returns its bytes. */
static size_t
read_tag(const char *s, size_t len, struct lean_tag *t)
{
	const char	*end = memchr(s, '>', len), *at = s + 1;
	size_t		 n;

	if (end == NULL)
		end = s + len;
	t->is_end = at < end && *at == '/';
	at += t->is_end;
	for (n = 0; at + n < end && at[n] != ' ' && at[n] != '/'; n++)
		;
	t->name = (struct slice){ at, n };
	t->all = (struct slice){ s + 1, (size_t)(end - s) - 1 };
	return (size_t)(end - s) + (end < s + len);
}

/*
 * What follows at s, behind line ends.  1: a tag, in *next; 0: text; -1:
 * nothing.
 */
static int
look(const char *s, const char *end, struct lean_tag *next)
{
	while (s < end && *s == '\n')
		s++;
	if (s == end)
		return -1;
	if (*s != '<')
		return 0;
	(void)read_tag(s, (size_t)(end - s), next);
	return 1;
}

/* 1: the end tag t may be left out; s: the bytes behind it. */
static int
may_miss(const struct lean_tag *t, const char *s, const char *end)
{
	const struct lean_end	*e = ends;
	const size_t		 n = sizeof(ends) / sizeof(ends[0]);
	struct lean_tag		 next;
	int			 kind;

	for (; e < ends + n && !is(&t->name, e->name); e++)
		;
	if (e == ends + n)
		return 0;
	if ((kind = look(s, end, &next)) != 1)
		return kind == -1;
	if (!next.is_end)
		return is_among(&next.name, e->before);
	return strcmp(e->ends, "*") == 0 ? !is(&next.name, "a") :
	    is(&next.name, e->ends);
}

/*
 * 1: the start tag t may be left out: that of the head, and that of the body
 * when <header> or <main> follows, with which a parser begins the body.
 */
static int
is_needless(const struct lean_tag *t, const char *s, const char *end)
{
	static const char *const	first[] = { "header", "main", NULL };
	struct lean_tag			 next;

	if (is(&t->all, "head"))
		return 1;
	return is(&t->all, "body") && look(s, end, &next) == 1 &&
	    !next.is_end && is_among(&next.name, first);
}

/* 1: the value needs no quotes. */
static int
is_bare(const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if (strchr(" \t\n\r\f\"'=<>`", s[i]) != NULL)	/* NUL, too */
			return 0;
	return len > 0;
}

/*
 * Append a tag, without quotes where it needs none.  A blank is put between a
 * value and "/>", since a parser would add the slash to the value.
 */
static void
put_tag(const struct lean_tag *t, struct buf *out)
{
	const char	*s = t->all.at, *end = s + t->all.len, *q, *to;

	buf_ch(out, '<');
	while ((q = memchr(s, '"', (size_t)(end - s))) != NULL &&
	    (to = memchr(q + 1, '"', (size_t)(end - q) - 1)) != NULL) {
		buf_add(out, s, (size_t)(q - s));
		s = to + 1;
		if (is_bare(q + 1, (size_t)(to - q) - 1)) {
			buf_add(out, q + 1, (size_t)(to - q) - 1);
			if (s < end && *s == '/')
				buf_ch(out, ' ');
		} else
			buf_add(out, q, (size_t)(s - q));
	}
	buf_add(out, s, (size_t)(end - s));
	buf_ch(out, '>');
}

/*
 * Append the text from s to `to' without its line ends beside blocks.  behind:
 * the tag before it is a block's.
 */
static void
put_text(const char *s, const char *to, const char *end, int behind,
    struct buf *out)
{
	struct lean_tag	 next;

	while (behind && s < to && *s == '\n')
		s++;
	if (look(to, end, &next) == 1 && is_among(&next.name, blocks))
		while (to > s && to[-1] == '\n')
			to--;
	buf_add(out, s, (size_t)(to - s));
}

void
html_lean(const char *html, size_t len, struct buf *out)
{
	const char	*s = html, *end = html + len, *to;
	struct lean_tag	 t;
	int		 behind = 0, is_kept = 0;

	while (s < end) {
		if (*s != '<') {
			if ((to = memchr(s, '<', (size_t)(end - s))) == NULL)
				to = end;
			if (is_kept)
				buf_add(out, s, (size_t)(to - s));
			else
				put_text(s, to, end, behind, out);
			s = to;
			continue;
		}
		s += read_tag(s, (size_t)(end - s), &t);
		/* A line end parts the words of a drawing, too. */
		if (is(&t.name, "pre") || is(&t.name, "svg"))
			is_kept = !t.is_end;
		behind = is_among(&t.name, blocks);
		if (t.is_end ? !may_miss(&t, s, end) :
		    !is_needless(&t, s, end))
			put_tag(&t, out);
	}
}
