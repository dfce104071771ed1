/* SPDX-License-Identifier: ISC */
/*
 * Maps drawn from many random profiles, read back as a reader sees them: each
 * name stands once, in the drawing or under it by a sign of its own, touches
 * no other name and no mark but its own, and each line shows or is said.
 */
#include "lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/map.h"
#include "render/pen.h"
#include "render/words.h"

#define NODES	64
#define EDGES	90
#define LINES	400

static struct profile	profile = {
	.id = "test", .nlang = 1, .lang = { { "en", "en", "English" } },
};
static struct voice	voice;

static struct map_node	node[NODES];
static struct edge	edge[EDGES];
static char		name[NODES][80];
static struct block	map = { .type = BLOCK_MAP, .map = {
			    .caption = { { "M" } }, .node = node,
			    .edge = edge } };

/* The drawing: what stands in each column, by lines; 1: a wide one's end. */
static struct { uint32_t c[CHART_COLS + 2]; const char *s; size_t len; }
		line[LINES];
static size_t	nline;

static unsigned
dice(unsigned n)
{
	static uint64_t	 x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned)(x % n);
}

/*
 * A word that no other node has, that is part of no other, and that has no
 * character which may be a mark.
 */
static void
make_name(size_t i, int wide)
{
	static const char	*tags[] = { "а", "б", "в", "г", "д", "е", "ж",
				    "з" };
	static const char	*letters[] = { "ш", "щ", "山", "河" };
	size_t			 k, len = 1 + dice(wide ? 8 : 14);
	struct buf		 b = BUF_INIT;

	for (k = 0; k < len; k++)
		buf_str(&b, letters[dice(2) + (wide ? 2 : 0)]);
	buf_fmt(&b, "ю%s%sя", tags[i / 8], tags[i % 8]);
	snprintf(name[i], sizeof(name[i]), "%s", b.data);
	node[i].label.in[0] = name[i];
	buf_free(&b);
}

static void
make_map(void)
{
	static const unsigned	 sizes[] = { 4, 10, 20, 64 };
	size_t	 i, k;
	int	 wide = dice(3) == 0;
	/* Now and then all in one corner. */
	unsigned cols = dice(4) ? CHART_COLS : 9, rows = dice(4) ? 21 : 8;

	map.map.n = 1 + dice(sizes[dice(4)]);
	if (map.map.n > cols * rows)
		map.map.n = cols * rows;
	for (i = 0; i < map.map.n; i++) {
		make_name(i, wide);
 again:
		node[i].x = dice(cols);
		node[i].y = dice(rows);
		for (k = 0; k < i; k++)
			if (node[k].x == node[i].x && node[k].y == node[i].y)
				goto again;
	}
	map.map.nedge = dice((unsigned)map.map.n + 1);
	for (i = 0; i < map.map.nedge; i++) {
		edge[i].from = dice((unsigned)map.map.n);
		edge[i].to = dice((unsigned)map.map.n);
		edge[i].status = (enum line_status)dice(LINE_PLANNED + 1);
	}
}

/* The lines between the first and the last of the block. */
static void
read_map(const char *s)
{
	uint32_t	 cp;
	size_t		 at, n, x;
	const char	*end;

	memset(line, 0, sizeof(line));
	s = strstr(s, "\n``` ");
	assert_non_null(s);
	s = strchr(s + 1, '\n') + 1;
	for (nline = 0; strncmp(s, "```", 3) != 0; nline++, s = end + 1) {
		end = strchr(s, '\n');
		assert_non_null(end);
		assert_true(nline < LINES);
		line[nline].s = s;
		line[nline].len = (size_t)(end - s);
		for (at = x = 0; at < line[nline].len; at += n) {
			n = text_utf8_next(s + at, line[nline].len - at, &cp);
			assert_true(n > 0 && x < CHART_COLS);
			line[nline].c[x++] = cp;
			if (text_char_width(cp) == 2)
				line[nline].c[x++] = 1;
		}
	}
}

static uint32_t
cell(int x, int y)
{
	if (x < 0 || x > CHART_COLS || y < 0 || y >= (int)nline ||
	    line[y].c[x] == 0)
		return ' ';
	return line[y].c[x];
}

static int
is_sign(uint32_t c)
{
	return c > ' ' && c < 0x80 && strchr("-|/\\=+:", (int)c) == NULL;
}

/* The map's line that is the drawing's first: marks must be where they are. */
static int
find_top(void)
{
	size_t	 i;
	int	 top;

	for (top = 0; top < 21; top++) {
		for (i = 0; i < map.map.n; i++)
			if (!is_sign(cell((int)node[i].x,
			    (int)node[i].y - top)))
				break;
		if (i == map.map.n)
			return top;
	}
	return -1;
}

/* Where in that row a name begins; -1: nowhere. */
static int
column_of(const char *s, int y)
{
	const char	*p;
	size_t		 at, n;
	uint32_t	 cp;
	int		 x = 0;

	if (y < 0 || y >= (int)nline || (p = memmem(line[y].s, line[y].len, s,
	    strlen(s))) == NULL)
		return -1;
	for (at = 0; line[y].s + at < p; at += n) {
		n = text_utf8_next(line[y].s + at, line[y].len - at, &cp);
		x += (int)text_char_width(cp);
	}
	return x;
}

static int
is_mark(int x, int y, int top, size_t but)
{
	size_t	 i;

	for (i = 0; i < map.map.n; i++)
		if (i != but && (int)node[i].x == x &&
		    (int)node[i].y - top == y)
			return 1;
	return 0;
}

/* NULL, or what is wrong with the name of node i. */
static const char *
fault_of(size_t i, int top, char signs[NODES])
{
	const struct map_node	*r = &node[i];
	char			 sign = (char)cell((int)r->x, (int)r->y - top);
	char			 under[sizeof(name[0]) + 3];
	size_t			 k;
	int			 x = -1, y, w, dx, dy;

	/* A line under the map begins with a sign and a blank. */
	snprintf(under, sizeof(under), "%c %.79s", sign, name[i]);
	for (k = 0; sign != 'o' && k < nline; k++)
		if (line[k].len == strlen(under) &&
		    memcmp(line[k].s, under, line[k].len) == 0) {
			if (memchr(signs, sign, i) != NULL)
				return "two nodes have one sign";
			signs[i] = sign;
			return NULL;
		}
	if (sign != 'o')
		return "a sign without a name under the map";
	for (y = (int)r->y - top - 1; y <= (int)r->y - top + 1; y++)
		if ((x = column_of(name[i], y)) >= 0)
			break;
	if (x < 0)
		return "the name is nowhere";
	w = (int)text_width(name[i], strlen(name[i]));
	if (cell(x - 1, y) != ' ' || cell(x + w, y) != ' ')
		return "something touches the name in its row";
	for (dy = -1; dy <= 1; dy++)
		for (dx = -1; dx <= w; dx++)
			if (is_mark(x + dx, y + dy, top, i))
				return "another node's mark touches the name";
	return NULL;
}

/* 1: a stroke of edge i, or its words, can be seen. */
static int
is_seen(size_t i, int top)
{
	static const char	*strokes[] = {
		[LINE_OPEN] = "-|/\\", [LINE_FASTER] = "=",
		[LINE_BUILDING] = "+", [LINE_PLANNED] = ":",
	};
	const struct map_node	*a = &node[edge[i].from];
	const struct map_node	*b = &node[edge[i].to];
	char			 words[200];
	size_t			 k;
	int			 x, y;

	if (a == b)
		return 1;
	for (y = 0; y < (int)nline; y++)
		for (x = 0; x < CHART_COLS; x++)
			if (x >= (int)(a->x < b->x ? a->x : b->x) &&
			    x <= (int)(a->x > b->x ? a->x : b->x) &&
			    y + top >= (int)(a->y < b->y ? a->y : b->y) &&
			    y + top <= (int)(a->y > b->y ? a->y : b->y) &&
			    cell(x, y) < 0x80 && strchr(
			    strokes[edge[i].status], (int)cell(x, y)) != NULL)
				return 1;
	snprintf(words, sizeof(words), "%.70s -", a->label.in[0]);
	for (k = 0; k < nline; k++)
		if (line[k].len >= strlen(words) && memcmp(line[k].s, words,
		    strlen(words)) == 0)
			return 1;
	return 0;
}

static void
random_maps(void **state)
{
	struct buf	 b = BUF_INIT;
	struct pen	 p = { .b = &b, .p = &profile, .v = &voice };
	char		 signs[NODES];
	const char	*why;
	size_t		 i;
	int		 round, top, drawn = 0;

	(void)state;
	words_voice(&voice, &profile, 0);
	for (round = 0; round < 4000; round++) {
		make_map();
		buf_reset(&b);
		map_write(&p, &map);
		assert_true(buf_ok(&b));
		read_map(b.data);
		if ((top = find_top()) == -1)
			fail_msg("a mark is not in its place:\n%s", b.data);
		memset(signs, 0, sizeof(signs));
		for (i = 0; i < map.map.n; i++) {
			if ((why = fault_of(i, top, signs)) != NULL)
				fail_msg("%s: %s\n%s", name[i], why, b.data);
			drawn += signs[i] == 0;
		}
		for (i = 0; i < map.map.nedge; i++)
			if (!is_seen(i, top))
				fail_msg("%s - %s is not seen:\n%s",
				    name[edge[i].from], name[edge[i].to],
				    b.data);
	}
	/* Most names find room, else this would say little. */
	assert_true(drawn > 4000);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_maps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
