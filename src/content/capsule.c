/* SPDX-License-Identifier: ISC */
/*
 * Read capsule.yml into a struct capsule and the profile.  The function
 * read_map() reads what the tables of schema.c describe; four maps are read
 * here by hand: units, words, replacements and old_trees.  Then names and
 * dates that must agree are compared.  The nodes are what an author wrote:
 * well-formed YAML with any names and texts in it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "content/arena.h"
#include "content/capsule.h"
#include "content/diag.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/read.h"
#include "content/say.h"
#include "content/scalar.h"
#include "content/schema.h"
#include "content/value.h"
#include "content/written.h"
#include "content/yaml.h"
#include "proto/trees.h"

/* "12" in "100 m" would read as a number of thousands. */
static void
check_unit(struct reader *r, const struct yaml_node *node,
    const struct words *word, const struct path *path)
{
	uint32_t	 cp;
	size_t		 i;

	for (i = 0; i < r->nlang; i++)
		if (word->in[i] != NULL && text_utf8_next(word->in[i],
		    strlen(word->in[i]), &cp) != 0 && text_digit(cp) != -1) {
			read_bad(r, node->line, node->column, path, "\"%s\" "
			    "begins with a digit, which would read as part "
			    "of the number before it", word->in[i]);
			return;
		}
}

/* {ID: text}: units of figures. */
static void
read_units(struct reader *r, const struct capsule *c, struct profile *p)
{
	const struct yaml_node	*node;
	struct path		 units = { NULL, "units", 0 };
	struct path		 here = { &units, NULL, 0 };

	if (c->units == NULL)
		return;
	if (c->units->kind != YAML_MAP) {
		read_wrong(r, c->units, &units, "want a mapping, as "
		    "percent: {...}");
		return;
	}
	p->unit = arena_array(r->arena, c->units->n, sizeof(*p->unit));
	if (p->unit == NULL) {
		read_nomem(r);
		return;
	}
	for (node = c->units->child; node != NULL; node = node->next) {
		here.key = node->key;
		if (!kind_is_id(node->key, 1, SCHEMA_ID_MAX))
			read_bad(r, node->key_line, node->key_column, &units,
			    "\"%.64s\", want an id: at most %d characters of "
			    "a-z, 0-9 and -, a letter first", node->key,
			    SCHEMA_ID_MAX);
		p->unit[p->nunit].id = node->key;
		read_text(r, node, &p->unit[p->nunit].word, &here, TYPE_WORD);
		check_unit(r, node, &p->unit[p->nunit++].word, &here);
	}
}

/* A text that need not be there in every language. */
static void
read_some(struct reader *r, const struct yaml_node *node, struct words *to,
    const struct path *path)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	const char		*why;
	size_t			 i;

	if (node->kind != YAML_MAP || node->n == 0) {
		read_wrong(r, node, path, "want a text, as {fr: Suivant}");
		return;
	}
	for (c = node->child; c != NULL; c = c->next) {
		here.key = c->key;
		for (i = 0; i < r->nlang; i++)
			if (strcmp(r->lang[i].dir, c->key) == 0)
				break;
		if (i == r->nlang)
			read_bad(r, c->key_line, c->key_column, path,
			    "\"%.64s\" is no language of this capsule",
			    c->key);
		else if (c->kind != YAML_SCALAR || (c->plain &&
		    yaml_scalar(c) != YAML_STRING))
			read_wrong(r, c, &here, "want a string");
		else if ((why = kind_text(c->text, c->len, 0, c->lines)) !=
		    NULL)
			read_bad(r, c->line, c->column, &here, "%s",
			    diag_say(r->d, why));
		else
			to->in[i] = read_string(r, c);
	}
}

static void
read_phrases(struct reader *r, const struct capsule *c, struct profile *p)
{
	const struct yaml_node	*node;
	struct path		 words = { NULL, "words", 0 };
	struct path		 here = { &words, NULL, 0 };

	if (c->words == NULL || r->nlang == 0)
		return;
	if (c->words->kind != YAML_MAP) {
		read_wrong(r, c->words, &words, "want a mapping, as "
		    "next: {fr: Suivant}");
		return;
	}
	p->words = arena_array(r->arena, c->words->n, sizeof(*p->words));
	if (p->words == NULL) {
		read_nomem(r);
		return;
	}
	for (node = c->words->child; node != NULL; node = node->next) {
		here.key = node->key;
		p->words[p->nwords].id = node->key;
		read_some(r, node, &p->words[p->nwords++].word, &here);
	}
}

/* 1: all characters are printable and not above top. */
static int
is_below(const char *s, uint32_t top)
{
	uint32_t	 cp;
	size_t		 n, len = strlen(s);

	for (; len > 0; s += n, len -= n)
		if ((n = text_utf8_next(s, len, &cp)) == 0 || cp < ' ' ||
		    (cp > '~' && cp < 0xa0) || cp > top)
			return 0;
	return 1;
}

static void
read_charset(struct reader *r, const struct yaml_node *node,
    const struct tree_row *row, struct profile *p, const struct path *path)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	struct replacement	*one;

	if (node->kind != YAML_MAP) {
		read_wrong(r, node, path, "want a mapping, as {from: to}");
		return;
	}
	for (c = node->child; c != NULL; c = c->next) {
		here.key = c->key;
		if (*c->key == '\0' || c->kind != YAML_SCALAR || (c->plain &&
		    (yaml_scalar(c) == YAML_NULL ||
		    yaml_scalar(c) == YAML_BOOL))) {
			read_wrong(r, c, &here, "want a string");
			continue;
		}
		if (row->top > 0 && !is_below(c->text, row->top)) {
			read_wrong(r, c, &here, "want %s characters only",
			    row->label);
			continue;
		}
		if (c->len > SCHEMA_STRING_MAX ||
		    strlen(c->key) > SCHEMA_STRING_MAX) {
			read_wrong(r, c, &here, "at most %d bytes",
			    SCHEMA_STRING_MAX);
			continue;
		}
		if (kind_text(c->key, strlen(c->key), 0, 0) != NULL ||
		    (c->len > 0 && kind_text(c->text, c->len, 0, 0) != NULL)) {
			read_wrong(r, c, &here, "want text without control "
			    "characters or spaces at its ends");
			continue;
		}
		one = &p->replace[p->nreplace++];
		one->charset = node->key;
		one->from = c->key;
		one->to = c->text;
	}
}

static void
read_replacements(struct reader *r, const struct capsule *c,
    struct profile *p)
{
	const struct yaml_node	*node, *top = c->replacements;
	struct path		 replace = { NULL, "replacements", 0 };
	struct path		 here = { &replace, NULL, 0 };
	struct schema_trees	 t;
	size_t			 i, n = 0;

	if (top == NULL)
		return;
	if (top->kind != YAML_MAP) {
		read_wrong(r, top, &replace, "want a mapping, as "
		    "ascii: {from: to}");
		return;
	}
	schema_trees(&t, 1);
	for (node = top->child; node != NULL; node = node->next)
		n += node->n;
	if ((p->replace = arena_array(r->arena, n, sizeof(*p->replace))) ==
	    NULL) {
		read_nomem(r);
		return;
	}
	for (node = top->child; node != NULL; node = node->next) {
		here.key = node->key;
		for (i = 0; i < t.all.n; i++)
			if (strcmp(t.key[i].key, node->key) == 0)
				break;
		if (i == t.all.n)
			read_unknown(r, node, &replace, &t.all);
		else
			read_charset(r, node, t.row[i], p, &here);
	}
}

/* The capsule has no name of a tree; no two sections have the same id. */
static void
check_names(struct reader *r, const struct yaml_node *root,
    const struct capsule *c)
{
	const struct yaml_node	*node;
	struct path		 id = { NULL, "id", 0 };
	struct path		 sections = { NULL, "sections", 0 };
	struct path		 here = { &sections, NULL, 0 };
	size_t			 i, k;

	node = yaml_get(root, "id");
	for (i = 0; c->id != NULL && i < r->nlang; i++)
		if (strcmp(r->lang[i].dir, c->id) == 0)
			read_wrong(r, node, &id, "want another name than that "
			    "of a tree or folder of apeng's own");
	if (c->id != NULL && kind_is_taken(c->id))
		read_wrong(r, node, &id, "want another name than that of a "
		    "tree or folder of apeng's own");
	node = yaml_get(root, "sections");
	node = node != NULL ? node->child : NULL;
	for (i = 0; i < c->nsection && node != NULL; i++, node = node->next) {
		here.index = i;
		for (k = 0; c->section[i].section.id != NULL && k < i; k++)
			if (c->section[k].section.id != NULL &&
			    strcmp(c->section[i].section.id,
			    c->section[k].section.id) == 0)
				read_bad(r, node->line, node->column, &here,
				    "the id \"%s\" is that of sections[%zu]",
				    c->section[i].section.id, k);
	}
}

static void
check_notice(struct reader *r, const struct yaml_node *node,
    const struct notice *n, const struct path *path)
{
	if (n->date != NULL && n->until != NULL &&
	    strcmp(n->date, n->until) > 0)
		read_wrong(r, yaml_get(node, "until"), path,
		    "until is before date");
}

/* The notice of notice: and those of notices:, the most severe first. */
static void
read_notices(struct reader *r, const struct yaml_node *root,
    const struct capsule *c, struct profile *p)
{
	const struct yaml_node	*node;
	struct path		 one = { NULL, "notice", 0 };
	struct path		 all = { NULL, "notices", 0 };
	struct path		 here = { &all, NULL, 0 };
	size_t			 i;
	int			 severity;

	p->notice = arena_array(r->arena, c->nnotices + 1, sizeof(*p->notice));
	if (p->notice == NULL) {
		read_nomem(r);
		return;
	}
	check_notice(r, yaml_get(root, "notice"), &c->notice, &one);
	node = yaml_get(root, "notices");
	node = node != NULL ? node->child : NULL;
	for (i = 0; i < c->nnotices && node != NULL; i++, node = node->next) {
		here.index = i;
		check_notice(r, node, &c->notices[i], &here);
	}
	for (severity = SEVERITY_DANGER; severity >= SEVERITY_NOTICE;
	    severity--) {
		if (severity == SEVERITY_NOTICE &&
		    c->notice.text.in[0] != NULL) {
			p->notice[p->nnotice] = c->notice;
			p->notice[p->nnotice++].is_quote = 1;
		}
		for (i = 0; i < c->nnotices; i++)
			if ((int)c->notices[i].severity == severity)
				p->notice[p->nnotice++] = c->notices[i];
	}
}

static void
choose_tree(struct profile *p, const struct tree_row *row)
{
	size_t	 i;

	for (i = 0; i < p->nlang; i++)
		if (p->lang[i].tag != NULL &&
		    trees_speaks(row, p->lang[i].tag)) {
			p->tree_dir[row - tree_rows] = p->lang[i].dir;
			return;
		}
}

/* {TREE: language}: the author's choice, or else by the languages' tags. */
static void
read_trees(struct reader *r, const struct capsule *c, struct profile *p)
{
	const struct yaml_node	*node, *top = c->trees;
	struct schema_trees	 t;
	struct path		 trees = { NULL, "old_trees", 0 };
	struct path		 here = { &trees, NULL, 0 };
	size_t			 i;

	if (top != NULL && top->kind != YAML_MAP) {
		read_wrong(r, top, &trees, "want a mapping, as ascii: en");
		return;
	}
	schema_trees(&t, 0);
	for (node = top == NULL ? NULL : top->child; node != NULL;
	    node = node->next)
		if (schema_find(&t.all, node->key) == NULL)
			read_unknown(r, node, &trees, &t.all);
	for (i = 0; i < t.all.n; i++) {
		here.key = t.key[i].key;
		node = yaml_get(top, here.key);
		if (node == NULL)
			choose_tree(p, t.row[i]);
		else if (node->kind != YAML_SCALAR ||
		    strcmp(node->text, TREE_NONE) != 0)
			read_lang(r, node, &p->tree_dir[t.row[i] - tree_rows],
			    &here);
	}
}

/* Find the group that the i-th one is a part of. */
static void
find_parent(struct reader *r, const struct yaml_node *node,
    const struct path *at, struct members_source *m, size_t i)
{
	struct member_group_source	*g = &m->group[i], *up;
	struct path			 in = { at, "in", 0 };
	size_t				 k;

	g->parent = SIZE_MAX;
	if (g->in == NULL)
		return;
	if ((node = yaml_get(node, "in")) == NULL)
		return;
	for (k = 0; k < m->ngroup; k++) {
		up = &m->group[k];
		if (up->id == NULL || strcmp(up->id, g->in) != 0)
			continue;
		if (k != i && up->in == NULL)
			g->parent = k;
		else
			read_bad(r, node->line, node->column, &in,
			    "\"%s\" is a part of a group itself: there are two "
			    "levels", g->in);
		return;
	}
	read_bad(r, node->line, node->column, &in,
	    "there is no group \"%s\"", g->in);
}

static void
check_groups(struct reader *r, const struct yaml_node *node,
    struct members_source *m)
{
	struct path	 at[3] = { { NULL, "members", 0 },
			    { &at[0], "groups", 0 }, { &at[1], NULL, 0 } };
	size_t		 i, k;

	for (i = 0; i < m->ngroup && node != NULL; i++, node = node->next) {
		at[2].index = i;
		find_parent(r, node, &at[2], m, i);
		for (k = 0; k < i; k++)
			if (m->group[k].id != NULL && m->group[i].id != NULL &&
			    strcmp(m->group[k].id, m->group[i].id) == 0)
				read_bad(r, node->line, node->column, &at[2],
				    "\"%s\" is there already",
				    m->group[i].id);
	}
}

/*
 * The units of a catalogue's columns, once units: is known, and the groups of
 * its members.
 */
static void
check_members(struct reader *r, const struct yaml_node *root,
    struct members_source *m)
{
	const struct yaml_node	*top = yaml_get(root, "members"), *node;
	struct path		 at[3] = { { NULL, "members", 0 },
				    { &at[0], "figures", 0 },
				    { &at[1], NULL, 0 } };
	struct path		 unit = { &at[2], "unit", 0 };
	struct member_figure	*f;
	size_t			 i;

	if (top == NULL || top->kind != YAML_MAP)
		return;
	node = yaml_get(top, "figures");
	node = node != NULL ? node->child : NULL;
	for (i = 0; i < m->nfigure && node != NULL; i++, node = node->next) {
		f = &m->figure[i];
		f->unit = SIZE_MAX;
		at[2].index = i;
		if (f->unit_id != NULL)
			read_unit(r, yaml_get(node, "unit"), &f->unit, &unit);
	}
	node = yaml_get(top, "groups");
	check_groups(r, node != NULL ? node->child : NULL, m);
}

void
read_capsule(struct reader *r, const struct yaml_node *root,
    struct capsule *c, struct profile *p)
{
	memset(c, 0, sizeof(*c));
	c->expires_days = 365;
	read_map(r, root, &schema_capsule, c, NULL);
	check_names(r, root, c);
	read_units(r, c, p);
	read_phrases(r, c, p);
	read_replacements(r, c, p);
	r->unit = p->unit;
	r->nunit = p->nunit;
	check_members(r, root, &c->members);
	p->members = c->members;
	p->id = c->id;
	p->title = c->title;
	p->subtitle = c->subtitle;
	p->nlang = r->nlang;
	if (r->nlang > 0)
		memcpy(p->lang, r->lang, r->nlang * sizeof(*r->lang));
	p->nhost = c->nhost;
	p->host = c->host;
	p->publisher = c->publisher;
	p->source = c->source;
	p->licence = c->licence;
	p->contact = c->contact;
	p->as_of = c->as_of;
	p->key = c->key;
	p->expires_days = c->expires_days;
	p->serial_floor = c->serial_floor;
	read_notices(r, root, c, p);
	read_trees(r, c, p);
}
