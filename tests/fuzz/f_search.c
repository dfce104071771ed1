/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as query, selector and page: results are UTF-8 of one line
 * each, menus keep the rules of their tree, and work ends.  The first line
 * of the input is the query, the second the rest of a selector.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "proto/site.h"
#include "serve/search_menu.h"
#include "view/check.h"
#include "view/search.h"
#include "view/tree.h"

#define INPUT_MAX	20000

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct input {
	const char	*text;
	size_t		 len;
};

static char	zh[] = "zh", en[] = "en", id[] = "index", page[] = "page",
		none[] = "-", date[] = "2026-11-23", ascii[] = "ascii",
		gb[] = "gb", title[] = "Qianjiang 黔江", glossary[] = "glossary";
static struct site_lang		 langs[] = {
	{ en, en, en, title, title, NULL, NULL },
	{ zh, zh, zh, title, title, NULL, NULL },
};
static struct site_tree		 trees[] = { { ascii, en }, { gb, zh } };
static struct site_page		 pages[] = {
	{ en, id, none, date, title, en }, { en, page, none, date, title, en },
	{ zh, id, none, date, title, zh }, { zh, glossary, none, date, title,
	zh },
};
static struct site_table	 site = {
	.id = id, .contact = page, .nlang = 2, .lang = langs, .ntree = 2,
	.tree = trees, .npage = 4, .page = pages,
};

static int
get(void *arg, const char *dir, const char *name, const char **text,
    size_t *len)
{
	struct input	*in = arg;

	(void)dir;
	(void)name;
	*text = in->text;
	*len = in->len;
	return 0;
}

/* The bytes up to a LF; s moves behind it. */
static size_t
line(const char **s, size_t *len)
{
	const char	*nl = *len > 0 ? memchr(*s, '\n', *len) : NULL;
	size_t		 n = nl == NULL ? *len : (size_t)(nl - *s);

	*s += nl == NULL ? n : n + 1;
	*len -= nl == NULL ? n : n + 1;
	return n;
}

static void
broken(void *arg, size_t at, const struct finding *f)
{
	if (strcmp(f->rule, "lines") == 0)
		return;		/* results in UTF-8 trees have more */
	fprintf(stderr, "%s: line %zu: %s\n", (const char *)arg, at,
	    f->rule);
	abort();
}

static void
gopher(const struct view_source *src, const char *query, size_t querylen,
    const char *rest, size_t restlen)
{
	struct view	 list[VIEW_MAX];
	struct buf	 sel = BUF_INIT, out = BUF_INIT;
	size_t		 i, n;

	n = tree_list(&site, list);
	for (i = 0; i < n; i++) {
		buf_reset(&sel);
		buf_reset(&out);
		buf_fmt(&sel, "%s/search", list[i].name);
		buf_add(&sel, rest, restlen);
		if (search_gopher(src, NULL, sel.data, sel.len, query, querylen,
		    &out, NULL) == 1)
			check_menu(&list[i], out.data, out.len,
			    VIEW_MENU_BYTES, broken,
			    (void *)(uintptr_t)list[i].name);
	}
	buf_free(&sel);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct search_result	 r;
	struct input		 in;
	struct view_source	 src = { .site = &site, .page = get, .arg = &in,
				    .host = "localhost", .port = 70 };
	struct buf		 out = BUF_INIT;
	const char		*query = (const char *)data, *rest;
	size_t			 querylen, restlen, i, n;

	if (len > INPUT_MAX)
		len = INPUT_MAX;
	in.text = query;
	in.len = len;
	querylen = line(&in.text, &in.len);
	rest = in.text;
	restlen = line(&in.text, &in.len);
	if (search_run(&src, NULL, query, querylen, 0, &r, NULL) == 0)
		for (i = 0; i < r.n; i++) {
			n = strlen(r.hit[i].context);
			if (text_utf8_check(r.hit[i].context, n) != n ||
			    strpbrk(r.hit[i].context, "\r\n\t\x1b") != NULL)
				abort();
		}
	if (search_gemini(&src, NULL, "", "", query, querylen, 1 + restlen, &out,
	    NULL) == -1 || text_utf8_check(out.data, out.len) != out.len)
		abort();
	buf_free(&out);
	gopher(&src, query, querylen, rest, restlen);
	gopher(&src, query, querylen, "", 0);
	return 0;
}
