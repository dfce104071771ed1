/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a gemtext page, in every tree: what comes out keeps the
 * rules of the trees.  The first line of the input is the page's title.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "charset/charset.h"
#include "proto/site.h"
#include "view/check.h"
#include "view/check_site.h"
#include "view/tree.h"
#include "view/view.h"
#include "view/walk.h"

#define INPUT_MAX	12000

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct input {
	const char			*text;
	size_t				 len;
	const struct site_table		*site;
	const struct view_source	*src;
};

static char	title[256];
static char	zh[] = "zh", en[] = "en", id[] = "index", page[] = "page",
		none[] = "-", s[] = "s", date[] = "2026-11-23", ascii[] = "ascii",
		gb[] = "gb";
static struct site_lang		 langs[] = {
	{ en, en, en, title, title, title, date }, { zh, zh, zh, title, title,
	NULL, NULL },
};
static struct site_tree		 trees[] = { { ascii, en }, { gb, zh } };
static struct site_section	 sections[] = {
	{ en, s, title, title, 0, 0, 0 }, { zh, s, title, title, 0, 0, 0 },
};
static struct site_page		 pages[] = {
	{ en, id, none, date, title, title }, { en, page, s, date, title, en },
	{ zh, id, none, date, title, title }, { zh, page, s, date, title, zh },
};
static struct site_table	 site = {
	.id = id, .contact = page, .nlang = 2, .lang = langs, .ntree = 2,
	.tree = trees, .nsection = 2, .section = sections, .npage = 4,
	.page = pages,
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

static void
broken(void *arg, size_t line, const struct finding *f)
{
	fprintf(stderr, "%s: line %zu: %s\n", (const char *)arg, line,
	    f->rule);
	abort();
}

static int
each(void *arg, const char *selector, enum view_kind kind)
{
	struct input	*in = arg;
	struct view	 list[VIEW_MAX];
	struct view	 chooser = { NULL, "", "en", &charset_ascii, 38,
			    38, 1 };
	struct view	*v = &chooser;
	struct buf	 b = BUF_INIT;
	enum view_kind	 got;
	size_t		 i, n;

	n = tree_list(in->site, list);
	for (i = 0; i < n; i++)
		if (strcspn(selector, "/") == strlen(list[i].name) &&
		    strncmp(selector, list[i].name, strlen(list[i].name)) == 0)
			v = &list[i];
	if (view_reply(in->src, selector, strlen(selector), &b, &got,
	    NULL) == -1 || got != kind)
		abort();
	if (kind == VIEW_TEXT)
		check_text(v, b.data, b.len, VIEW_TEXT_BYTES, broken,
		    (void *)(uintptr_t)selector);
	else
		check_menu(v, b.data, b.len, VIEW_MENU_BYTES, broken,
		    (void *)(uintptr_t)selector);
	buf_free(&b);
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input		 in = { .site = &site };
	struct view_source	 src = { .site = &site, .page = get, .arg = &in,
				    .host = "localhost", .port = 70 };
	struct err		 e;
	size_t			 n;

	if (len > INPUT_MAX)
		len = INPUT_MAX;
	for (n = 0; n < len && n < sizeof(title) - 1 && data[n] != '\n' &&
	    data[n] != '\0'; n++)
		title[n] = (char)data[n];
	title[n] = '\0';
	in.src = &src;
	in.text = (const char *)data + n;
	in.len = len - n;
	if (walk_selectors(&src, each, &in, &e) == -1 ||
	    check_site(&src, "en", "page", NULL, NULL, &e) == -1 ||
	    check_site(&src, "zh", "index", NULL, NULL, &e) == -1)
		abort();
	return 0;
}
