/* SPDX-License-Identifier: ISC */
/*
 * Splits gemtext into lines and gives each its type. The type depends on the
 * first bytes of the line, and on whether the line is in a block between ```
 * marks. Any bytes are a valid document, so there are no errors. All results
 * are slices of the text that was given.
 */
#include <string.h>

#include "proto/gemtext.h"

static int
is_space(char c)
{
	return c == ' ' || c == '\t';
}

static void
skip_space(const char **s, size_t *len)
{
	while (*len > 0 && is_space(**s)) {
		(*s)++;
		(*len)--;
	}
}

/* Set the line's type; its text begins behind n bytes and blanks. */
static void
mark(struct gemtext_line *l, enum gemtext_type type, size_t n)
{
	l->type = type;
	l->text += n;
	l->len -= n;
	skip_space(&l->text, &l->len);
}

/* Read `=> URL LABEL'; without a URL the line stays text. */
static void
link_line(struct gemtext_line *l)
{
	const char	*s = l->text + 2;
	size_t		 len = l->len - 2, n = 0;

	skip_space(&s, &len);
	while (n < len && !is_space(s[n]))
		n++;
	if (n == 0)
		return;
	l->type = GEMTEXT_LINK;
	l->url = s;
	l->urllen = n;
	l->text = s + n;
	l->len = len - n;
	skip_space(&l->text, &l->len);
}

static void
heading(struct gemtext_line *l)
{
	static const enum gemtext_type types[] = {
		GEMTEXT_HEADING1, GEMTEXT_HEADING2, GEMTEXT_HEADING3
	};
	size_t	 n = 1;

	while (n < 3 && n < l->len && l->text[n] == '#')
		n++;
	mark(l, types[n - 1], n);
}

void
gemtext_start(struct gemtext *g, const char *s, size_t len)
{
	g->at = s;
	g->left = len;
	g->pre = 0;
	g->line = 0;
}

int
gemtext_next(struct gemtext *g, struct gemtext_line *l)
{
	const char	*nl;
	size_t		 used;

	memset(l, 0, sizeof(*l));
	if (g->left == 0)
		return 0;
	l->text = g->at;
	nl = memchr(g->at, '\n', g->left);
	l->len = nl != NULL ? (size_t)(nl - g->at) : g->left;
	used = nl != NULL ? l->len + 1 : l->len;
	g->at += used;
	g->left -= used;
	g->line++;
	if (nl != NULL && l->len > 0 && l->text[l->len - 1] == '\r')
		l->len--;

	if (l->len >= 3 && memcmp(l->text, "```", 3) == 0) {
		g->pre = !g->pre;
		mark(l, GEMTEXT_TOGGLE, 3);
	} else if (g->pre)
		l->type = GEMTEXT_PRE;
	else if (l->len >= 2 && memcmp(l->text, "=>", 2) == 0)
		link_line(l);
	else if (l->len >= 1 && l->text[0] == '#')
		heading(l);
	else if (l->len >= 2 && memcmp(l->text, "* ", 2) == 0)
		mark(l, GEMTEXT_LIST, 2);
	else if (l->len >= 1 && l->text[0] == '>')
		mark(l, GEMTEXT_QUOTE, 1);
	return 1;
}
