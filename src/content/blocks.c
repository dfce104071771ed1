/* SPDX-License-Identifier: ISC */
/*
 * The blocks of one page, by the rows of block_rows.c, and what they must
 * agree on with each other: a map's lines with its nodes, a timeline's events
 * with their order, a chart's bars with the page's figures.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "content/arena.h"
#include "content/blocks.h"
#include "content/diag.h"
#include "content/model.h"
#include "content/read.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/yaml.h"

#define BESIDE_MAX	4		/* keys of schema_beside */

/* A page's figures by id, for its charts. */
struct figures {
	const struct figure	**list;
	size_t			  n;
};

static const struct schema_block *
block_schema(const char *key)
{
	size_t	 i;

	for (i = 0; i < BLOCK_TYPES; i++)
		if (strcmp(schema_blocks[i].key, key) == 0)
			return &schema_blocks[i];
	return NULL;
}

static void
unknown_type(struct reader *r, const struct yaml_node *c,
    const struct path *path)
{
	static const char *const pictures[] = { "images", "img", "picture",
	    "photo" };
	struct schema_key	 keys[BLOCK_TYPES + BESIDE_MAX];
	struct schema		 types = { .name = "block", .key = keys };
	size_t			 i, k;

	for (i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		if (strcmp(c->key, pictures[i]) == 0) {
			read_bad(r, c->key_line, c->key_column, path,
			    "\"%s\": a picture is a block of its own: "
			    "\"image\", with src: files/NAME.jpg and alt:",
			    c->key);
			return;
		}
	/* Report as if the types were a map's keys: one message for both. */
	for (i = 0; i < BLOCK_TYPES; i++)
		keys[i].key = schema_blocks[i].key;
	for (k = 0; k < schema_beside.n && k < BESIDE_MAX; k++)
		keys[i++].key = schema_beside.key[k].key;
	types.n = i;
	read_unknown(r, c, path, &types);
}

/* The one key that is the block's type; NULL: reported. */
static const struct schema_block *
pick_type(struct reader *r, const struct yaml_node *node,
    const struct path *path, const struct yaml_node **body)
{
	const struct schema_block	*s, *found = NULL;
	const struct yaml_node		*c;
	int				 unknown = 0;

	if (node->kind != YAML_MAP) {
		read_wrong(r, node, path, "want a block, as text: {...}");
		return NULL;
	}
	for (c = node->child; c != NULL; c = c->next) {
		if ((s = block_schema(c->key)) == NULL) {
			if (schema_find(&schema_beside, c->key) == NULL) {
				unknown_type(r, c, path);
				unknown = 1;
			}
		} else if (found != NULL) {
			read_bad(r, c->key_line, c->key_column, path,
			    "both \"%s\" and \"%s\", want one type a block "
			    "(begin the next one with -)", found->key,
			    s->key);
		} else {
			found = s;
			*body = c;
		}
	}
	if (found == NULL && !unknown)
		read_bad(r, node->line, node->column, path,
		    "the block has no type, as text: or figures:");
	return found;
}

/* When a block lacks languages, the first complete one is shown for them. */
static void
choose_shown(struct reader *r, struct block *b, const struct path *path)
{
	b->missing = r->missing;
	while (b->shown < r->nlang && (b->missing >> b->shown & 1) != 0)
		b->shown++;
	if (b->missing != 0 && b->shown == r->nlang)
		read_bad(r, b->line, 0, path, "no language has all texts of "
		    "this block, want one that has");
}

/* The keys that any block may have, besides its type. */
static void
read_beside(struct reader *r, const struct yaml_node *node, struct block *b,
    const struct path *path)
{
	const struct yaml_node	*c;
	struct schema		 beside = schema_beside;
	struct yaml_node	 only, copy[BESIDE_MAX];
	size_t			 i, n = 0;

	/* As a map of its own, so that the table reads it. */
	for (i = 0; i < beside.n && i < BESIDE_MAX; i++) {
		if ((c = yaml_get(node, beside.key[i].key)) == NULL)
			continue;
		copy[n] = *c;
		copy[n].next = NULL;
		if (n > 0)
			copy[n - 1].next = &copy[n];
		n++;
	}
	if (n == 0)
		return;
	only = *node;
	only.child = copy;
	only.n = n;
	read_map(r, &only, &beside, b, path);
}

static void
read_block(struct reader *r, const struct yaml_node *node, struct block *b,
    const struct path *path)
{
	const struct schema_block	*s;
	const struct yaml_node		*body = NULL;
	struct path			 here = { NULL, NULL, 0 };
	void				*items = NULL;
	char				*to;
	const int			 of_page = r->fallback;

	b->line = node->line;
	if ((s = pick_type(r, node, path, &body)) == NULL)
		return;
	b->type = (enum block_type)(s - schema_blocks);
	to = (char *)b + s->at;
	here.key = s->key;
	read_beside(r, node, b, &here);
	r->missing = 0;
	r->fallback = of_page || b->fallback == FALLBACK_YES;
	switch (s->body) {
	case TYPE_LIST:
		read_list(r, body, s->sub, (size_t *)to, &items, &here, 0);
		memcpy(to + sizeof(size_t), &items, sizeof(items));
		break;
	case TYPE_MAP:
		r->block = b;
		read_map(r, body, s->sub, to, &here);
		r->block = NULL;
		break;
	default:
		read_text(r, body, (struct words *)to, &here, s->body);
	}
	if (s->check != NULL)
		s->check(r, body, b);
	choose_shown(r, b, &here);
	r->fallback = of_page;
}

const struct yaml_node *
block_nth(const struct yaml_node *list, size_t i)
{
	const struct yaml_node	*c = list->child;

	while (i-- > 0)
		c = c->next;
	return c;
}

/* Maps have few nodes, at most 64: each is compared with each. */
static void
check_nodes(struct reader *r, const struct yaml_node *body,
    const struct block_map *m)
{
	const struct yaml_node	*list = yaml_get(body, "nodes"), *at;
	const struct map_node	*x, *y;
	struct path		 map = { NULL, "map", 0 };
	struct path		 nodes = { &map, "nodes", 0 };
	struct path		 here = { &nodes, NULL, 0 };
	size_t			 i, k;

	for (i = 0; i < m->n; i++) {
		x = &m->node[i];
		here.index = i;
		at = block_nth(list, i);
		for (k = 0; k < i; k++) {
			y = &m->node[k];
			if (x->id != NULL && y->id != NULL &&
			    strcmp(x->id, y->id) == 0)
				read_bad(r, at->line, at->column, &here,
				    "the id \"%s\" is that of nodes[%zu]",
				    x->id, k);
			if (x->x == y->x && x->y == y->y &&
			    yaml_get(at, "at") != NULL &&
			    yaml_get(block_nth(list, k), "at") != NULL)
				read_bad(r, at->line, at->column, &here,
				    "stands where nodes[%zu] stands", k);
		}
	}
}

static void
check_edges(struct reader *r, const struct yaml_node *body,
    const struct block_map *m)
{
	const struct yaml_node	*list = yaml_get(body, "links"), *c;
	const struct edge	*e;
	struct path		 map = { NULL, "map", 0 };
	struct path		 links = { &map, "links", 0 };
	struct path		 here = { &links, NULL, 0 };
	size_t			 i;

	if (m->nedge == 0)
		return;
	for (i = 0, c = list->child; i < m->nedge; i++, c = c->next) {
		e = &m->edge[i];
		here.index = i;
		if (e->from == e->to && e->from != SIZE_MAX)
			read_bad(r, c->line, c->column, &here,
			    "from and to are the same node");
	}
}

void
block_check_map(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	check_nodes(r, body, &b->map);
	check_edges(r, body, &b->map);
}

/* Compare what is known of both moments: below 0, 0 or above 0. */
static int
moment_cmp(const struct moment *a, const struct moment *b)
{
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->month == 0 || b->month == 0)
		return 0;
	if (a->month != b->month)
		return a->month < b->month ? -1 : 1;
	if (a->day == 0 || b->day == 0)
		return 0;
	return a->day < b->day ? -1 : a->day > b->day;
}

/* The first two that differ decide: oldest first or newest first. */
void
block_check_timeline(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct yaml_node	*c = body->child, *at;
	const struct moment	*last = NULL, *m;
	struct path		 line = { NULL, "timeline", 0 };
	struct path		 here = { &line, NULL, 0 };
	struct path		 key = { &here, "at", 0 };
	int			 way = 0, step;

	for (; here.index < b->timeline.n; here.index++, c = c->next) {
		m = &b->timeline.event[here.index].at;
		if (m->year == 0 || (at = yaml_get(c, "at")) == NULL)
			continue;
		step = last == NULL ? 0 : moment_cmp(last, m);
		if (step != 0 && way != 0 && step != way)
			read_wrong(r, at, &key, way < 0 ? "earlier than the "
			    "event above it: want the oldest first" :
			    "later than the event above it: want the newest "
			    "first");
		if (way == 0)
			way = step;
		last = m;
	}
}

static int
by_id(const void *a, const void *b)
{
	const struct figure	*x = *(const struct figure *const *)a;
	const struct figure	*y = *(const struct figure *const *)b;
	int			 c = strcmp(x->id, y->id);

	return c != 0 ? c : x->remark.line < y->remark.line ? -1 :
	    x->remark.line > y->remark.line;
}

/* 1: the value's number is followed by the word of its own unit. */
static int
has_its_unit(const struct reader *r, const struct value *v, size_t unit)
{
	const struct unit	*u;
	const char		*tail;
	size_t			 i;

	if (unit == SIZE_MAX)
		return 0;
	u = &r->unit[unit];
	tail = v->text + strspn(v->text, "-.0123456789");
	tail += strspn(tail, " ");
	for (i = 0; i < r->nlang; i++)
		if (u->word.in[i] != NULL && *tail != '\0' &&
		    strcmp(tail, u->word.in[i]) == 0)
			return 1;
	return strcmp(tail, u->id) == 0;
}

/*
 * Only a number can be drawn, counted in groups and compared, so words in a
 * value need a text, which stands in its place on every page.  "4.5%" in
 * percent would be shown as 4.5%%.  most: which words it may have at most.
 */
static void
check_value(struct reader *r, const struct value *v, size_t unit,
    int most, const struct path *path)
{
	if (v->text == NULL)
		return;
	if (has_its_unit(r, v, unit))
		read_bad(r, v->line, v->column, path, "the value \"%s\" has "
		    "its unit in it: want the number alone beside unit: %s",
		    v->text, r->unit[unit].id);
	else if (v->is_worded > most)
		read_bad(r, v->line, v->column, path, "the value \"%s\" has "
		    "words in it: want the number alone, its unit behind "
		    "unit:, and what else there is to say of it in a text:",
		    v->text);
}

static void
add_figures(struct reader *r, const struct block *b, struct figures *f)
{
	struct figure		*x;
	struct path		 path = { NULL, "figures", 0 };
	struct path		 here = { &path, NULL, 0 };

	for (; here.index < b->figures.n; here.index++) {
		x = &b->figures.figure[here.index];
		if (x->nvalue > 0 && x->year != 0)
			read_bad(r, x->remark.line, 0, &here, "\"year\" "
			    "beside \"values\": the years are in there");
		if (x->nvalue > 0) {	/* charts show the newest value */
			x->value = x->values[x->nvalue - 1].value;
			x->year = x->values[x->nvalue - 1].year;
		}
		check_value(r, &x->value, x->unit, x->text.in[0] != NULL ?
		    VALUE_WORDED : VALUE_PUBLISHED, &here);
		if (x->id != NULL)
			f->list[f->n++] = x;
	}
}

static int
find_figures(struct reader *r, const struct page *page, struct figures *f)
{
	struct path		 path = { NULL, "figures", 0 };
	size_t			 i, n = 0;

	f->n = 0;
	for (i = 0; i < page->nblock; i++)
		if (page->block[i].type == BLOCK_FIGURES)
			n += page->block[i].figures.n;
	f->list = arena_array(r->arena, n, sizeof(*f->list));
	if (f->list == NULL) {
		read_nomem(r);
		return -1;
	}
	for (i = 0; i < page->nblock; i++)
		if (page->block[i].type == BLOCK_FIGURES)
			add_figures(r, &page->block[i], f);
	if (f->n > 0)
		qsort(f->list, f->n, sizeof(*f->list), by_id);
	for (i = 1; i < f->n; i++)
		if (strcmp(f->list[i - 1]->id, f->list[i]->id) == 0)
			read_bad(r, f->list[i]->remark.line, 0, &path,
			    "the id \"%s\" stands in line %u already",
			    f->list[i]->id, f->list[i - 1]->remark.line);
	return 0;
}

/*
 * A bar that names a figure takes its value and, if it has no label of its own,
 * its label.
 */
static void
fill_bar(struct reader *r, const struct yaml_node *node,
    struct block_chart *chart, size_t i, const struct figures *f,
    const struct path *path)
{
	struct bar		*bar = &chart->bar[i];
	const struct figure	*figure = NULL;
	struct nearest		 near;
	size_t			 k;

	nearest_begin(&near, bar->figure);
	for (k = 0; k < f->n && figure == NULL; k++) {
		nearest_try(&near, f->list[k]->id);
		if (strcmp(f->list[k]->id, bar->figure) == 0)
			figure = f->list[k];
	}
	if (figure == NULL) {
		read_bad(r, node->line, node->column, path,
		    near.name == NULL ? "no figure \"%s\" on this page" :
		    "no figure \"%s\" on this page, nearest is \"%s\"",
		    bar->figure, near.name);
		return;
	}
	if (figure->value.is_worded)
		read_bad(r, node->line, node->column, path, "the value "
		    "\"%s\" of figure \"%s\" has words in it, which no bar "
		    "can show", figure->value.text, figure->id);
	bar->value = figure->value;
	if (bar->label.in[0] == NULL)
		bar->label = figure->label;
	if (chart->unit == SIZE_MAX && i == 0)
		chart->unit = figure->unit;
	if (figure->unit != chart->unit)
		read_bad(r, node->line, node->column, path, "the figure "
		    "\"%s\" has another unit than the chart", figure->id);
}

static void
fill_chart(struct reader *r, const struct yaml_node *body,
    struct block_chart *chart, const struct figures *f)
{
	const struct yaml_node	*node;
	const struct bar	*bar;
	struct path		 path = { NULL, "chart", 0 };
	struct path		 bars = { &path, "bars", 0 };
	struct path		 here = { &bars, NULL, 0 };

	if (chart->n == 0)
		return;
	node = yaml_get(body, "bars")->child;
	for (; node != NULL; node = node->next, here.index++) {
		bar = &chart->bar[here.index];
		if (bar->figure != NULL)
			fill_bar(r, node, chart, here.index, f, &here);
		else
			check_value(r, &bar->value, chart->unit, VALUE_NUMBER,
			    &here);
		if (bar->value.text != NULL && bar->value.number < 0)
			read_bad(r, node->line, node->column, &here,
			    "%s is below 0, which no bar can show",
			    bar->value.text);
	}
}

void
read_blocks(struct reader *r, const struct yaml_node *node,
    struct page *page)
{
	const struct yaml_node	*c;
	struct figures		 figures;
	struct path		 blocks = { NULL, "blocks", 0 };
	struct path		 here = { &blocks, NULL, 0 };
	size_t			 i;

	if (node->kind != YAML_LIST) {
		read_wrong(r, node, &blocks, "want a list of blocks");
		return;
	}
	page->block = arena_array(r->arena, node->n, sizeof(*page->block));
	if (page->block == NULL) {
		read_nomem(r);
		return;
	}
	page->nblock = node->n;
	for (c = node->child; c != NULL; c = c->next, here.index++)
		read_block(r, c, &page->block[here.index], &here);
	if (find_figures(r, page, &figures) == -1)
		return;
	for (c = node->child, i = 0; c != NULL; c = c->next, i++)
		if (page->block[i].type == BLOCK_CHART)
			fill_chart(r, yaml_get(c, "chart"),
			    &page->block[i].chart, &figures);
}
