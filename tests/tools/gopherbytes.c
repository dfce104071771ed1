/* SPDX-License-Identifier: ISC */
/*
 * How long a reader on a slow line waits, computed from the bytes of requests
 * and replies, 10 bits a byte:
 *	gopherbytes FILE.gpub [HOST]
 * The first line is for the root menu.  Then each tree has rows with: the time
 * of the home menu; the time from asking for the root menu to the first fact
 * (the first paragraph below a page's title), by the menus of home, section
 * and, for long pages, the page; the time of the first part of a page; and the
 * percentage of the menus' bytes that are neither title nor selector.  Both
 * times of pages are given for the median and the worst page.  Exit status 1
 * when a goal is missed: 4.3 s for root and old home menus, 35 s for first
 * parts, at 2400 bit/s.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/package.h"
#include "proto/gopher.h"
#include "proto/site.h"
#include "view/tree.h"

#define ROOT_GOAL	4.3
#define PART_GOAL	35.0

struct row {
	size_t	 n;
	double	*fact, *part;		/* bytes, for each page */
	double	 home, menu, overhead;	/* bytes */
};

static struct package	 c;
static int		 missed;

static double
seconds(double n, double bits)
{
	return n * 10 / bits;
}

/*
 * Ask for a selector; the reply is put into b.  Returns the bytes of request
 * and reply.  Adds a menu's bytes, and those that are neither title nor
 * selector, to row.
 */
static double
ask(const char *selector, struct buf *b, struct row *row)
{
	struct gopher_item	 item;
	enum view_kind		 kind;
	struct err		 e;
	const char		*s, *end, *why;

	buf_reset(b);
	if (view_reply(&c.src, selector, strlen(selector), b, &kind,
	    &e) == -1 || kind == VIEW_NONE) {
		fprintf(stderr, "gopherbytes: no /%s\n", selector);
		exit(2);
	}
	for (s = b->data; kind == VIEW_MENU && row != NULL; s = end + 2) {
		if ((end = strstr(s, "\r\n")) == NULL)
			break;
		row->menu += (double)(end + 2 - s);
		row->overhead += (double)(end + 2 - s);
		if (gopher_item_parse(s, (size_t)(end - s), &item, &why) == 0)
			row->overhead -= (double)(item.displaylen +
			    item.selectorlen);
	}
	return (double)(b->len + strlen(selector) + 3);
}

/* The bytes of the text up to the end of its first paragraph. */
static double
to_fact(const struct buf *b)
{
	const char	*s = b->data, *end;
	int		 begun = 0;

	for (; (end = strstr(s, "\r\n")) != NULL; s = end + 2) {
		if (end == s) {
			if (begun)
				break;
		} else if (strncmp(end + 2, "==", 2) != 0 &&
		    strncmp(s, "==", 2) != 0)
			begun = 1;	/* no title and no underline of it */
	}
	return (double)(s - b->data);
}

static int
compare(const void *x, const void *y)
{
	double	 a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

static void
measure(const struct view *v, struct row *row, double root)
{
	const struct site_page	*p;
	enum view_kind		 kind;
	struct buf		 b = BUF_INIT;
	char			 selector[160];
	double			 way, part;
	size_t			 i;

	row->home = ask(v->name, &b, row);
	for (i = 0; i < c.site->npage; i++) {
		p = &c.site->page[i];
		if (strcmp(p->dir, v->dir) != 0)
			continue;
		way = root + row->home;
		if (strcmp(p->section, "-") != 0) {
			snprintf(selector, sizeof(selector), "%s/s/%s",
			    v->name, p->section);
			way += ask(selector, &b, NULL);
		}
		snprintf(selector, sizeof(selector), "%s/%s", v->name, p->id);
		buf_reset(&b);
		view_reply(&c.src, selector, strlen(selector), &b, &kind,
		    NULL);
		if (kind == VIEW_NONE)
			strcat(selector, ".txt");
		else {
			way += ask(selector, &b, row);
			strcat(selector, "/1.txt");
		}
		part = ask(selector, &b, NULL);
		row->part[row->n] = part;
		row->fact[row->n++] = way + to_fact(&b) +
		    (double)strlen(selector) + 3;
		if (seconds(part, 2400) > PART_GOAL)
			missed = 1;
	}
	for (i = 0; i < c.site->nsection; i++) {
		if (strcmp(c.site->section[i].dir, v->dir) != 0)
			continue;
		snprintf(selector, sizeof(selector), "%s/s/%s", v->name,
		    c.site->section[i].id);
		ask(selector, &b, row);
	}
	if (v->old && seconds(row->home, 2400) > ROOT_GOAL)
		missed = 1;
	qsort(row->fact, row->n, sizeof(*row->fact), compare);
	qsort(row->part, row->n, sizeof(*row->part), compare);
	buf_free(&b);
}

static void
print(const char *name, const struct row *row, double bits)
{
	size_t	 mid = row->n / 2, last = row->n - 1;

	printf("%-6s %5.0f %7.1f %8.1f %7.1f %9.1f %7.1f %8.0f%%\n", name,
	    bits, seconds(row->home, bits), seconds(row->fact[mid], bits),
	    seconds(row->fact[last], bits), seconds(row->part[mid], bits),
	    seconds(row->part[last], bits),
	    100 * row->overhead / row->menu);
}

int
main(int argc, char **argv)
{
	struct view	 list[VIEW_MAX];
	struct buf	 b = BUF_INIT;
	struct row	 row;
	struct err	 e;
	double		 root;
	size_t		 i, n;

	if (argc < 2)
		return 2;
	if (package_open(&c, argv[1], NULL, &e) == -1) {
		fprintf(stderr, "gopherbytes: %s\n", e.msg);
		return 2;
	}
	c.src.host = argc > 2 ? argv[2] : c.site->nhost > 0 ?
	    c.site->host[0] : "localhost";
	c.src.port = 70;
	root = ask("", &b, NULL);
	printf("root menu: %.0f bytes both ways, %.1f s at 2400 bit/s, "
	    "%.1f s at 9600\n", root, seconds(root, 2400),
	    seconds(root, 9600));
	if (seconds(root, 2400) > ROOT_GOAL)
		missed = 1;
	printf("tree   bit/s  home s  first fact s   first part s      menus'\n"
	    "                       median   worst    median   worst "
	    "overhead\n");
	n = tree_list(c.site, list);
	for (i = 0; i < n; i++) {
		memset(&row, 0, sizeof(row));
		row.fact = calloc(c.site->npage, sizeof(*row.fact));
		row.part = calloc(c.site->npage, sizeof(*row.part));
		if (row.fact == NULL || row.part == NULL)
			return 2;
		measure(&list[i], &row, root);
		if (row.n > 0) {
			print(list[i].name, &row, 2400);
			print(list[i].name, &row, 9600);
		}
		free(row.fact);
		free(row.part);
	}
	printf("goals (root and old home menus 4.3 s, first parts 35 s at "
	    "2400): %s\n", missed ? "missed" : "met");
	buf_free(&b);
	package_close(&c);
	return missed;
}
