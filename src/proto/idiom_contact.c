/* SPDX-License-Identifier: ISC */
/*
 * Contacts: a heading with a name, then lines of links and items.  The reader
 * takes a stranger's gemtext, line by line.  It finds a contact only if every
 * line up to its end is one that a contact may have; else the lines are an
 * ordinary heading, links and items.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"

void
idiom_contact_begin(struct buf *b, const struct idiom_contact *c)
{
	buf_str(b, "### ");
	buf_add(b, c->name.at, c->name.len);
	buf_ch(b, '\n');
	if (c->role.at == NULL)
		return;
	buf_add(b, c->role.at, c->role.len);
	buf_ch(b, '\n');
}

void
idiom_contact_part(struct buf *b, const struct idiom_marks *m,
    const struct idiom_contact_part *p)
{
	if (p->kind == CONTACT_ITEM)
		buf_str(b, "* ");
	else {
		buf_str(b, "=> ");
		buf_add(b, p->url.at, p->url.len);
		buf_ch(b, ' ');
	}
	if (p->word.at != NULL) {
		buf_add(b, p->word.at, p->word.len);
		buf_str(b, m->colon);
	}
	buf_add(b, p->text.at, p->text.len);
	buf_ch(b, '\n');
}

static int
has_scheme(const struct gemtext_line *l, const char *scheme)
{
	size_t	 n = strlen(scheme);

	return l->urllen > n && memcmp(l->url, scheme, n) == 0;
}

/* Read "WORD: TEXT", with the colon of any language. */
static void
split(struct idiom_contact_part *p, const struct gemtext_line *l)
{
	const struct slice	 all = { l->text, l->len };
	size_t			 mark, colon = idiom_colon(&all, &mark);

	p->text = all;
	p->word = (struct slice){ NULL, 0 };
	if (colon == SIZE_MAX)
		return;
	p->word = (struct slice){ l->text, colon };
	p->text = (struct slice){ l->text + colon + mark,
	    l->len - colon - mark };
}

/* 1: a line that a contact may have. */
static int
read_part(const struct gemtext_line *l, struct idiom_contact_part *p)
{
	if (l->type == GEMTEXT_LIST)
		p->kind = CONTACT_ITEM;
	else if (l->type == GEMTEXT_LINK && l->len > 0 && has_scheme(l, "tel:"))
		p->kind = CONTACT_PHONE;
	else if (l->type == GEMTEXT_LINK && l->len > 0 &&
	    has_scheme(l, "mailto:"))
		p->kind = CONTACT_MAIL;
	else
		return 0;
	p->url = (struct slice){ NULL, 0 };
	if (p->kind != CONTACT_ITEM)
		p->url = (struct slice){ l->url, l->urllen };
	split(p, l);
	return 1;
}

/* 1: the contact ends before this line. */
static int
is_end(const struct gemtext_line *l)
{
	return (l->type == GEMTEXT_TEXT && l->len == 0) ||
	    (l->type >= GEMTEXT_HEADING1 && l->type <= GEMTEXT_HEADING3);
}

size_t
idiom_contact_read(const char *s, size_t len, struct idiom_contact *c)
{
	struct idiom_contact_part	 p;
	struct gemtext_line		 l;
	struct gemtext			 g;
	const char			*at;
	int				 reachable = 0;

	memset(c, 0, sizeof(*c));
	gemtext_start(&g, s, len);
	if (!gemtext_next(&g, &l) || l.type != GEMTEXT_HEADING3 || l.len == 0)
		return 0;
	c->name = (struct slice){ l.text, l.len };
	for (at = g.at; gemtext_next(&g, &l) && !is_end(&l); at = g.at) {
		if (l.type == GEMTEXT_TEXT && g.line == 2) {
			c->role = (struct slice){ l.text, l.len };
			continue;
		}
		if (!read_part(&l, &p))
			return 0;
		if (c->parts.at == NULL)
			c->parts.at = at;
		c->parts.len = (size_t)(g.at - c->parts.at);
		reachable |= p.kind != CONTACT_ITEM;
	}
	return reachable ? (size_t)(at - s) : 0;
}

int
idiom_contact_next(struct slice *parts, struct idiom_contact_part *p)
{
	struct gemtext_line	 l;
	struct gemtext		 g;

	if (parts->at == NULL)
		return 0;
	gemtext_start(&g, parts->at, parts->len);
	if (!gemtext_next(&g, &l) || !read_part(&l, p))
		return 0;
	*parts = (struct slice){ g.at, g.left };
	return 1;
}
