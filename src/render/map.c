/* SPDX-License-Identifier: ISC */
/*
 * A schematic map: nodes where the YAML puts them, lines between them whose
 * stroke tells their status, labels where they find room.  A label that
 * finds none is replaced by a number and stands under the map.
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

/* What a cell is taken by; what is stronger stays. */
enum layer { FREE, STROKE, MARK, LABEL };

struct cell {
	char	 s[8];		/* one character and its combining marks */
	uint8_t	 len;
	uint8_t	 layer;
	uint8_t	 tail;		/* second column of the character before */
};

struct grid {
	struct cell	 c[ROWS][CHART_COLS];
};

static const struct { char flat, up, rise, fall; enum lang_phrase word; }
strokes[] = {
	[LINE_OPEN]	= { '-', '|', '/', '\\', LANG_OPEN },
	[LINE_FASTER]	= { '=', '=', '=', '=', LANG_FASTER },
	[LINE_BUILDING]	= { '+', '+', '+', '+', LANG_BUILDING },
	[LINE_PLANNED]	= { ':', ':', ':', ':', LANG_PLANNED },
};

static void
set(struct grid *g, int x, int y, char ch, enum layer layer)
{
	struct cell	*c;

	if (x < 0 || x >= CHART_COLS || y < 0 || y >= ROWS)
		return;
	c = &g->c[y][x];
	if (c->layer > layer)
		return;
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

/* From cell to cell, each stroke as the step that led to it. */
static void
draw(struct grid *g, const struct map_node *a, const struct map_node *b,
    enum line_status status)
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
		set(g, x, y, stroke(status, mx, my), STROKE);
	}
}

/* Room for w columns; strict: not even a stroke in the way. */
static int
is_free(const struct grid *g, int x, int y, int w, int strict)
{
	int	 i, inside, layer;

	if (y < 0 || y >= ROWS || x < 0 || x + w > CHART_COLS)
		return 0;
	/* Labels keep a column between them. */
	for (i = x > 0 ? x - 1 : x; i < x + w + 1 && i < CHART_COLS; i++) {
		inside = i >= x && i < x + w;
		layer = g->c[y][i].layer;
		if (layer == LABEL || (inside && layer == MARK) ||
		    (inside && strict && layer == STROKE))
			return 0;
	}
	return 1;
}

/* A stroke does not touch a label. */
static void
clear(struct grid *g, int x, int y)
{
	if (x >= 0 && x < CHART_COLS && g->c[y][x].layer == STROKE)
		set(g, x, y, ' ', STROKE);
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
		c = &g->c[y][x];
		memcpy(c->s, s, n);
		c->len = n;
		c->layer = LABEL;
		if (w == 2) {
			g->c[y][x + 1].len = 0;
			g->c[y][x + 1].tail = 1;
			g->c[y][x + 1].layer = LABEL;
		}
		x += w;
	}
}

/* 1 when the label stands: right of its mark, left, below or above. */
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
	for (i = 0; i < 8; i++) {
		x = at[i % 4][0];
		y = at[i % 4][1];
		if (!is_free(g, x, y, w, i < 4))
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

/* ` (not to scale; In service "-|/\"; Under construction "+")', for those there. */
static void
legend(const struct pen *p, const struct block_map *m)
{
	static const char	*signs[] = { "-|/\\", "=", "+", ":" };
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
		buf_str(p->b, signs[s]);
		buf_str(p->b, p->v->marks->quote_close);
	}
	pen_close(p);
}

/* The lines in words: A - B: in service. */
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
		buf_str(p->b, pen_in(p, &m->node[m->edge[i].from].label));
		buf_str(p->b, " - ");
		buf_str(p->b, pen_in(p, &m->node[m->edge[i].to].label));
		buf_ch(p->b, ' ');
		pen_word(p, strokes[m->edge[i].status].word);
	}
	buf_ch(p->b, '\n');
}

void
map_write(const struct pen *p, const struct block *b)
{
	const struct block_map	*m = &b->map;
	const struct map_node	*r;
	struct grid		*g;
	struct buf		 under = BUF_INIT;
	const char		*label;
	size_t			 i;
	unsigned		 n = 0;
	int			 status;
	char			 sign;

	if ((g = calloc(1, sizeof(*g))) == NULL) {
		p->b->failed = 1;
		return;
	}
	for (i = 0; i < m->n; i++)
		set(g, (int)m->node[i].x, (int)m->node[i].y, 'o', MARK);
	/* What is there already is drawn last and so stays on top. */
	for (status = LINE_PLANNED; status >= LINE_OPEN; status--)
		for (i = 0; i < m->nedge; i++)
			if ((int)m->edge[i].status == status)
				draw(g, &m->node[m->edge[i].from],
				    &m->node[m->edge[i].to],
				    m->edge[i].status);
	for (i = 0; i < m->n; i++) {
		r = &m->node[i];
		label = pen_in(p, &r->label);
		if (place(g, r, label))
			continue;
		sign = "123456789abcdefghijklmnpqrstuvwxyz"[n++ % 34];
		set(g, (int)r->x, (int)r->y, sign, MARK);
		buf_fmt(&under, "%c %s\n", sign, label);
	}
	pen_guard(p, pen_in(p, &m->caption));
	buf_str(p->b, pen_in(p, &m->caption));
	legend(p, m);
	buf_ch(p->b, '\n');
	alt(p, m);
	print(p, g);
	for (char *s = under.data, *end; s != NULL && *s != '\0';
	    s = end + 1) {
		end = strchr(s, '\n');
		idiom_wrap(p->b, s, (size_t)(end - s));
	}
	if (!buf_ok(&under))
		p->b->failed = 1;
	idiom_block_end(p->b);
	buf_free(&under);
	free(g);
}
