/* SPDX-License-Identifier: ISC */
/*
 * Writes the pages of a catalogue.  The directory has a heading for each group,
 * in the order of capsule.yml, and below it a line for each member, in the
 * order that the caller gave.  A group that is a part of another one follows
 * that one, with a heading of the next level.  That order is the same in every language, so
 * page k of a long directory has the same members in each of them.  Key figures
 * stand in tables of at most TABLE_CHUNK rows.  The caller of render_members()
 * took titles and values from the members' packages: they may be any text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/csv.h"
#include "render/members.h"
#include "render/part.h"
#include "render/parts.h"
#include "render/table.h"

#define TABLE_CHUNK	40		/* rows of a table, about 3 KB */

void
render_members(struct render *r, const struct render_member *m, size_t n)
{
	r->member = m;
	r->nmember = n;
}

/* The first member of a group from index i on; r->nmember: no more. */
static size_t
next_of(const struct render *r, size_t group, size_t i)
{
	while (i < r->nmember && r->member[i].group != group)
		i++;
	return i;
}

static const char *
group_title(const struct pen *p, size_t group)
{
	return pen_in(p, group == SIZE_MAX ? &p->p->title :
	    &p->p->members.group[group].title);
}

static void
put_member(const struct pen *p, const struct render_member *m)
{
	if (m->host != NULL)
		buf_fmt(p->b, "=> gemini://%s/ %s\n", m->host,
		    pen_in(p, &m->title));
	else
		buf_fmt(p->b, "* %s\n", pen_in(p, &m->title));
}

/* Append the members of a group, below a heading of that level; 0: none. */
static void
put_group(const struct render *r, const struct pen *p, size_t group,
    int level, struct half *h)
{
	size_t	 i = next_of(r, group, 0);

	if (level > 0)
		pen_heading(p, level, group_title(p, group));
	for (; i < r->nmember; i = next_of(r, group, i + 1)) {
		put_member(p, &r->member[i]);
		half_mark(h);
	}
	pen_empty(p);
}

/* 1: a member stands in the group, or in one that is a part of it. */
static int
has_members(const struct render *r, const struct pen *p, size_t group)
{
	const struct member_group_source	*g = p->p->members.group;
	size_t					 i;

	for (i = 0; i < r->nmember; i++)
		if (r->member[i].group == group ||
		    (r->member[i].group != SIZE_MAX &&
		    g[r->member[i].group].parent == group))
			return 1;
	return 0;
}

void
members_directory(const struct render *r, const struct pen *p,
    struct half *h)
{
	const struct members_source	*m = &p->p->members;
	size_t				 k, i;

	for (k = 0; k < m->ngroup; k++) {
		if (m->group[k].parent != SIZE_MAX || !has_members(r, p, k))
			continue;
		put_group(r, p, k, 2, h);
		for (i = 0; i < m->ngroup; i++)
			if (m->group[i].parent == k &&
			    next_of(r, i, 0) < r->nmember)
				put_group(r, p, i, 3, h);
	}
	if (next_of(r, SIZE_MAX, 0) < r->nmember)
		put_group(r, p, SIZE_MAX, m->ngroup > 0 ? 2 : 0, h);
	half_mark(h);
	if (r->nmember == 0) {
		pen_line(p, p->v->word[LANG_NOTHING]);
		pen_empty(p);
	}
}

/* Fill a row: the title, then the figures; an unknown one stays empty. */
static void
fill_row(const struct pen *p, const struct render_member *m,
    struct table_cell *cell)
{
	size_t	 i;

	cell[0].text.in[0] = cell[0].text.in[p->lang] = pen_in(p, &m->title);
	for (i = 0; i < p->p->members.nfigure; i++)
		cell[i + 1].value.text = m->value[i];
}

static void
fill_columns(const struct pen *p, struct table_column *c)
{
	const struct members_source	*s = &p->p->members;
	size_t				 i;

	c[0].unit = SIZE_MAX;
	c[0].label.in[0] = c[0].label.in[p->lang] = p->v->word[LANG_NAMES];
	for (i = 0; i < s->nfigure; i++) {
		c[i + 1].label = s->figure[i].label;
		c[i + 1].unit = s->figure[i].unit;
	}
}

/*
 * Write a table of a group's members from index i on, at most TABLE_CHUNK.
 * Returns the index of the first member that is not in it; nmember: no more.
 */
static size_t
put_table(const struct render *r, const struct pen *p, size_t group,
    size_t i)
{
	struct table_column	 column[MEMBER_FIGURES + 1];
	struct block		 b;
	const char		*title = group_title(p, group);

	memset(&b, 0, sizeof(b));
	memset(column, 0, sizeof(column));
	b.type = BLOCK_TABLE;
	b.table.caption.in[0] = b.table.caption.in[p->lang] = title;
	b.table.ncol = p->p->members.nfigure + 1;
	b.table.column = column;
	fill_columns(p, column);
	b.table.cell = calloc(TABLE_CHUNK * b.table.ncol,
	    sizeof(*b.table.cell));
	if (b.table.cell == NULL) {
		p->b->failed = 1;
		return r->nmember;
	}
	for (; i < r->nmember && b.table.nrow < TABLE_CHUNK;
	    i = next_of(r, group, i + 1), b.table.nrow++)
		fill_row(p, &r->member[i], b.table.cell +
		    b.table.nrow * b.table.ncol);
	table_write(p, &b);
	pen_empty(p);
	free(b.table.cell);
	return i;
}

static void
put_tables(const struct render *r, const struct pen *p, size_t group,
    struct half *h)
{
	size_t	 i = next_of(r, group, 0);

	while (i < r->nmember) {
		i = put_table(r, p, group, i);
		half_mark(h);
	}
}

void
members_compare(const struct render *r, const struct pen *p, struct half *h)
{
	const struct members_source	*m = &p->p->members;
	size_t				 k, i;

	if (r->nmember == 0 || p->p->members.nfigure == 0) {
		pen_line(p, p->v->word[LANG_NOTHING]);
		pen_empty(p);
		half_mark(h);
		return;
	}
	for (k = 0; k < m->ngroup; k++) {
		if (m->group[k].parent != SIZE_MAX)
			continue;
		put_tables(r, p, k, h);
		for (i = 0; i < m->ngroup; i++)
			if (m->group[i].parent == k)
				put_tables(r, p, i, h);
	}
	put_tables(r, p, SIZE_MAX, h);
	buf_str(p->b, "=> ../data/members.csv CSV\n\n");
	half_mark(h);
}

void
members_csv(const struct render *r, struct buf *b)
{
	const struct profile		*p = r->p;
	const struct members_source	*s = &p->members;
	const struct render_member	*m;
	size_t				 i, l;

	buf_str(b, "id,group,");
	for (l = 0; l < p->nlang; l++)
		buf_fmt(b, "title_%s%s", p->lang[l].dir,
		    l + 1 < p->nlang || s->nfigure > 0 ? "," : "\r\n");
	for (i = 0; i < s->nfigure; i++)
		csv_field(b, s->figure[i].id, i + 1 == s->nfigure);
	for (m = r->member; m < r->member + r->nmember; m++) {
		csv_field(b, m->id, 0);
		csv_field(b, m->group == SIZE_MAX ? "" :
		    s->group[m->group].id, 0);
		for (l = 0; l < p->nlang; l++)
			csv_field(b, m->title.in[l], l + 1 == p->nlang &&
			    s->nfigure == 0);
		for (i = 0; i < s->nfigure; i++)
			csv_field(b, m->value[i], i + 1 == s->nfigure);
	}
}
