/* SPDX-License-Identifier: ISC */
/*
 * A schematic map, drawn as text: nodes where the YAML puts them, lines between
 * them whose stroke tells their status, labels where they fit. No label touches
 * another node's mark, or another label in its row, and none covers more than
 * half of a line.  A label that does not fit is replaced by a sign and written
 * under the map.  A line that cannot be seen, because its nodes are neighbours
 * or other lines cover it, is written there in words.  The profile is checked:
 * nodes lie within the map, links name nodes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "proto/idiom.h"
#include "render/map.h"
#include "render/pen.h"

#define ROWS		21
#define EDGES		200		/* as many as the schema allows */

/* Marks of nodes whose labels stand under the map: one for each of 64. */
static const char	signs[] = "123456789abcdefghijklmnpqrstuvwxyz"
			    "ABCDEFGHIJKLMNPQRSTUVWXYZ@#%&*";

/* What a cell holds; a later value is not overwritten by an earlier one. */
enum layer { FREE, STROKE, MARK, LABEL };

struct cell {
	char	 s[8];		/* one character and its combining marks */
	uint8_t	 len;
	uint8_t	 layer;
	uint8_t	 tail;		/* second column of the character before */
	uint8_t	 edge;		/* 1 + the edge of a stroke; 0: none */
};

struct grid {
	struct cell	 c[ROWS][CHART_COLS];
	unsigned	 drawn[EDGES + 1];	/* visible strokes of each edge
						   before labels are placed */
	unsigned	 shown[EDGES + 1];	/* visible strokes now */
};

/* How a label may be placed, the best first. */
enum manner {
	APART,			/* as CLEAR, and no label in the row above or
				   below touches it */
	CLEAR,			/* no stroke is covered */
	OVER			/* strokes may be covered */
};

static const struct { char flat, up, rise, fall; enum lang_phrase word; }
strokes[] = {
	[LINE_OPEN]	= { '-', '|', '/', '\\', LANG_OPEN },
	[LINE_FASTER]	= { '=', '=', '=', '=', LANG_FASTER },
	[LINE_BUILDING]	= { '+', '+', '+', '+', LANG_BUILDING },
	[LINE_PLANNED]	= { ':', ':', ':', ':', LANG_PLANNED },
};

static void
set(struct grid *g, int x, int y, char ch, enum layer layer, size_t edge)
{
	struct cell	*c;

	if (x < 0 || x >= CHART_COLS || y < 0 || y >= ROWS)
		return;
	c = &g->c[y][x];
	if (c->layer > layer)
		return;
	g->shown[c->edge]--;
	c->edge = edge < EDGES ? (uint8_t)(edge + 1) : 0;
	g->shown[c->edge]++;
	c->s[0] = ch;
	c->len = 1;
	c->layer = layer;
}

static char
stroke(enum line_status status, int dx, int dy)
{
	if (dy == 0)
		return strokes[status].flat;
	if (dx == 0)
		return strokes[status].up;
	return (dx > 0) == (dy > 0) ? strokes[status].fall :
	    strokes[status].rise;
}

/* Draw from cell to cell; the step to a cell decides the stroke in it. */
static void
draw(struct grid *g, const struct map_node *a, const struct map_node *b,
    enum line_status status, size_t edge)
{
	int	 x = (int)a->x, y = (int)a->y, ex = (int)b->x, ey = (int)b->y;
	int	 dx = abs(ex - x), dy = abs(ey - y), err = dx - dy, e2;
	int	 sx = ex < x ? -1 : 1, sy = ey < y ? -1 : 1, mx, my;

	while (x != ex || y != ey) {
		mx = my = 0;
		e2 = 2 * err;
		if (e2 > -dy) {
			err -= dy;
			x += sx;
			mx = sx;
		}
		if (e2 < dx) {
			err += dx;
			y += sy;
			my = sy;
		}
		set(g, x, y, stroke(status, mx, my), STROKE, edge);
	}
}

/*
 * 1: a label of node r may have the cell x, y in it (inside) or beside it.
 * in_row: the cell is in the label's row.
 */
static int
may_touch(const struct grid *g, const struct map_node *r, int x, int y,
    enum manner manner, int in_row, int inside)
{
	switch (g->c[y][x].layer) {
	case LABEL:
		return !in_row && manner != APART;
	case MARK:
		return !in_row && x == (int)r->x && y == (int)r->y;
	case STROKE:
		return !inside || manner == OVER;
	default:
		return 1;
	}
}

/* 1: a label of w columns covers at most half of any line. */
static int
leaves_lines(const struct grid *g, int x, int y, int w)
{
	unsigned	 taken[EDGES + 1] = { 0 };
	int		 i;

	/* place() removes the strokes beside the label, too. */
	for (i = x - 1; i <= x + w; i++)
		if (i >= 0 && i < CHART_COLS && g->c[y][i].layer == STROKE)
			taken[g->c[y][i].edge]++;
	for (i = 1; i <= EDGES; i++)
		if (taken[i] > 0 && 2 * (g->shown[i] - taken[i]) < g->drawn[i])
			return 0;
	return 1;
}

/* 1: node r's label of w columns may stand at x, y. */
static int
is_free(const struct grid *g, const struct map_node *r, int x, int y, int w,
    enum manner manner)
{
	int	 i, k, inside;

	if (y < 0 || y >= ROWS || x < 0 || x + w > CHART_COLS)
		return 0;
	for (k = y - 1; k <= y + 1; k++)
		for (i = x - 1; i <= x + w; i++) {
			inside = k == y && i >= x && i < x + w;
			if (k >= 0 && k < ROWS && i >= 0 && i < CHART_COLS &&
			    !may_touch(g, r, i, k, manner, k == y, inside))
				return 0;
		}
	return leaves_lines(g, x, y, w);
}

/* Remove a stroke that would touch a label. */
static void
clear(struct grid *g, int x, int y)
{
	if (x >= 0 && x < CHART_COLS && g->c[y][x].layer == STROKE)
		set(g, x, y, ' ', STROKE, EDGES);
}

static void
letter(struct grid *g, int x, int y, const char *s)
{
	struct cell	*c = NULL;
	uint32_t	 cp;
	size_t		 len = strlen(s), n;
	int		 w;

	for (; len > 0; s += n, len -= n) {
		if ((n = text_utf8_next(s, len, &cp)) == 0)
			return;
		w = text_char_width(cp);
		if (w == 0) {
			if (c != NULL && c->len + n <= sizeof(c->s)) {
				memcpy(c->s + c->len, s, n);
				c->len += n;
			}
			continue;
		}
		set(g, x, y, ' ', LABEL, EDGES);
		c = &g->c[y][x];
		memcpy(c->s, s, n);
		c->len = n;
		if (w == 2) {
			set(g, x + 1, y, ' ', LABEL, EDGES);
			g->c[y][x + 1].len = 0;
			g->c[y][x + 1].tail = 1;
		}
		x += w;
	}
}

/* Place a label right of its mark, left, below or above.  1: it is placed. */
static int
place(struct grid *g, const struct map_node *r, const char *label)
{
	int	 w = (int)text_width(label, strlen(label));
	int	 x = (int)r->x, y = (int)r->y, mid, i;

	if (w == 0 || w > CHART_COLS)
		return w == 0;
	mid = x - w / 2;
	if (mid + w > CHART_COLS)
		mid = CHART_COLS - w;
	if (mid < 0)
		mid = 0;
	const int	 at[][2] = {
		{ x + 2, y }, { x - 1 - w, y }, { mid, y + 1 }, { mid, y - 1 }
	};
	for (i = 0; i < 4 * (OVER + 1); i++) {
		x = at[i % 4][0];
		y = at[i % 4][1];
		if (!is_free(g, r, x, y, w, (enum manner)(i / 4)))
			continue;
		letter(g, x, y, label);
		clear(g, x - 1, y);
		clear(g, x + w, y);
		return 1;
	}
	return 0;
}

static void
print(const struct pen *p, const struct grid *g)
{
	struct buf	 line = BUF_INIT;
	int		 x, y, first = ROWS, last = -1;

	for (y = 0; y < ROWS; y++)
		for (x = 0; x < CHART_COLS; x++)
			if (g->c[y][x].layer != FREE) {
				last = y;
				if (first == ROWS)
					first = y;
			}
	for (y = first; y <= last; y++) {
		buf_reset(&line);
		for (x = 0; x < CHART_COLS; x++) {
			if (g->c[y][x].len > 0)
				buf_add(&line, g->c[y][x].s, g->c[y][x].len);
			else if (!g->c[y][x].tail)
				buf_ch(&line, ' ');
		}
		if (buf_ok(&line))
			idiom_line(p->b, line.data, line.len);
		else
			p->b->failed = 1;
	}
	buf_free(&line);
}

/*
 * Write ` (not to scale; In service "-|/\"; Under construction "+")' with each
 * status that an edge of the map has.
 */
static void
legend(const struct pen *p, const struct block_map *m)
{
	static const char	*look[] = { "-|/\\", "=", "+", ":" };
	const char		*sep = p->v->marks->list;
	size_t			 i;
	int			 s;

	pen_open(p);
	pen_word(p, LANG_SCALE);
	for (s = LINE_OPEN; s <= LINE_PLANNED; s++) {
		for (i = 0; i < m->nedge; i++)
			if ((int)m->edge[i].status == s)
				break;
		if (i == m->nedge)
			continue;
		buf_str(p->b, sep);
		pen_word(p, strokes[s].word);
		buf_str(p->b, p->v->marks->quote_open);
		buf_str(p->b, look[s]);
		buf_str(p->b, p->v->marks->quote_close);
	}
	pen_close(p);
}

/* Write an edge in words: "A - B In service". */
static void
in_words(const struct pen *p, const struct block_map *m, size_t i)
{
	buf_str(p->b, pen_in(p, &m->node[m->edge[i].from].label));
	buf_str(p->b, " - ");
	buf_str(p->b, pen_in(p, &m->node[m->edge[i].to].label));
	buf_ch(p->b, ' ');
	pen_word(p, strokes[m->edge[i].status].word);
}

/* Write the line that opens the block, with all edges in words. */
static void
alt(const struct pen *p, const struct block_map *m)
{
	size_t	 i;

	buf_str(p->b, "``` ");
	pen_word(p, LANG_MAP);
	for (i = 0; i < m->nedge; i++) {
		if (i == 0)
			pen_colon(p);
		else
			buf_str(p->b, p->v->marks->list);
		in_words(p, m, i);
	}
	buf_ch(p->b, '\n');
}

/* Set the marks, then draw the edges; those in service come last, on top. */
static void
draw_all(struct grid *g, const struct block_map *m)
{
	size_t	 i;
	int	 status;

	for (i = 0; i < m->n; i++)
		set(g, (int)m->node[i].x, (int)m->node[i].y, 'o', MARK, EDGES);
	for (status = LINE_PLANNED; status >= LINE_OPEN; status--)
		for (i = 0; i < m->nedge; i++)
			if ((int)m->edge[i].status == status)
				draw(g, &m->node[m->edge[i].from],
				    &m->node[m->edge[i].to],
				    m->edge[i].status, i);
	memcpy(g->drawn, g->shown, sizeof(g->drawn));
}

/* Place the labels; one that does not fit gets a sign, and goes to under. */
static void
label_all(const struct pen *p, struct grid *g, const struct block_map *m,
    struct buf *under)
{
	const struct map_node	*r;
	const char		*label;
	size_t			 i, n = 0;
	char			 sign;

	for (i = 0; i < m->n; i++) {
		r = &m->node[i];
		label = pen_in(p, &r->label);
		if (place(g, r, label))
			continue;
		sign = signs[n++ % (sizeof(signs) - 1)];
		set(g, (int)r->x, (int)r->y, sign, MARK, EDGES);
		buf_fmt(under, "%c %s\n", sign, label);
	}
}

/* A line of text under the map. */
static void
print_under(const struct pen *p, const char *s, size_t len)
{
	if (len > 0)
		idiom_wrap(p->b, s, len);
}

/* Write in words the lines that cannot be seen. */
static void
unseen(const struct pen *p, const struct grid *g, const struct block_map *m)
{
	struct buf	 line = BUF_INIT;
	struct pen	 to = *p;
	size_t		 i;

	to.b = &line;
	for (i = 0; i < m->nedge && i < EDGES; i++) {
		if (g->shown[i + 1] > 0 || m->edge[i].from == m->edge[i].to)
			continue;
		buf_reset(&line);
		in_words(&to, m, i);
		print_under(p, line.data, line.len);
	}
	if (!buf_ok(&line))
		p->b->failed = 1;
	buf_free(&line);
}

void
map_write(const struct pen *p, const struct block *b)
{
	const struct block_map	*m = &b->map;
	struct grid		*g;
	struct buf		 under = BUF_INIT;
	char			*s, *end;

	if ((g = calloc(1, sizeof(*g))) == NULL) {
		p->b->failed = 1;
		return;
	}
	draw_all(g, m);
	label_all(p, g, m, &under);
	pen_guard(p, pen_in(p, &m->caption));
	buf_str(p->b, pen_in(p, &m->caption));
	legend(p, m);
	buf_ch(p->b, '\n');
	alt(p, m);
	print(p, g);
	for (s = under.data; s != NULL && *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		print_under(p, s, (size_t)(end - s));
	}
	unseen(p, g, m);
	if (!buf_ok(&under))
		p->b->failed = 1;
	idiom_block_end(p->b);
	buf_free(&under);
	free(g);
}
