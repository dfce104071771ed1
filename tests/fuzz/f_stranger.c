/* SPDX-License-Identifier: ISC */
/*
 * A stranger's package with a proper signature: any site table that the
 * parser takes, and any text behind a line `%%' as each of its pages.  What
 * is made of them stays well-formed, whoever wrote them: menus are menus,
 * results are UTF-8, HTML has no markup of theirs, and work ends.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "html/frame.h"
#include "html/page.h"
#include "proto/site.h"
#include "serve/search_menu.h"
#include "view/check.h"
#include "view/search.h"
#include "view/tree.h"
#include "view/view.h"
#include "view/walk.h"

#define INPUT_MAX	3000
#define PAGES_MAX	4
#define SELECTORS_MAX	50		/* more are like those before */

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct input {
	const char			*text;
	size_t				 len, n;
	const struct view_source	*src;
};

static int
get(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct input	*in = arg;

	(void)dir;
	(void)id;
	*text = in->text;
	*len = in->len;
	return 0;
}

/* Widths and sizes are the compiler's promise, for capsules it checked. */
static void
found(void *arg, size_t line, const struct finding *f)
{
	static const char *const	 firm[] = { "control", "charset",
					    "hz", "fields", "type",
					    "crlf", "end", "dot" };
	size_t				 i;

	for (i = 0; i < sizeof(firm) / sizeof(firm[0]); i++) {
		if (strcmp(f->rule, firm[i]) != 0)
			continue;
		fprintf(stderr, "%s: line %zu: %s\n", (const char *)arg,
		    line, f->text);
		abort();
	}
}

static int
each(void *arg, const char *selector, enum view_kind kind)
{
	struct input	*in = arg;
	struct view	 list[VIEW_MAX];
	struct view	 chooser = { NULL, "", "", &charset_ascii, 38,
			    38, 1 };
	struct view	*v = &chooser;
	struct buf	 b = BUF_INIT;
	enum view_kind	 got;
	size_t		 i, n;

	if (in->n++ == SELECTORS_MAX)
		return -1;
	n = tree_list(in->src->site, list);
	for (i = 0; i < n; i++)
		if (strcspn(selector, "/") == strlen(list[i].name) &&
		    strncmp(selector, list[i].name, strlen(list[i].name)) == 0)
			v = &list[i];
	if (view_reply(in->src, selector, strlen(selector), &b, &got,
	    NULL) == -1)
		abort();
	if (got == VIEW_TEXT)
		check_text(v, b.data, b.len, VIEW_TEXT_BYTES, found,
		    (void *)(uintptr_t)selector);
	else if (got == VIEW_MENU)
		check_menu(v, b.data, b.len, VIEW_MENU_BYTES, found,
		    (void *)(uintptr_t)selector);
	(void)kind;
	buf_free(&b);
	return 0;
}

static void
search(const struct view_source *src, const struct site_table *t)
{
	struct view	 list[VIEW_MAX];
	struct buf	 sel = BUF_INIT, out = BUF_INIT;
	const char	*words = t->lang[0].title;
	size_t		 i, n, len = strlen(words);

	if (search_gemini(src, NULL, "/id", "", words, len, 1, &out, NULL) == -1 ||
	    text_utf8_check(out.data, out.len) != out.len)
		abort();
	n = tree_list(t, list);
	for (i = 0; i < n; i++) {
		buf_reset(&sel);
		buf_reset(&out);
		buf_fmt(&sel, "%s/search", list[i].name);
		if (search_gopher(src, NULL, sel.data, sel.len, words, len, &out,
		    NULL) == 1)
			check_menu(&list[i], out.data, out.len,
			    VIEW_MENU_BYTES, found, sel.data);
	}
	buf_free(&sel);
	buf_free(&out);
}

static void
html(const struct site_table *t, const char *text, size_t len)
{
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	for (i = 0; i < t->npage; i++)
		if (html_page(t, &t->page[i], text, len, &b, &e) == -1)
			abort();
	if (html_chooser(t, NULL, "cover.png", &b, &e) == -1)
		abort();
	if (strstr(b.data, "<script") != NULL ||
	    strstr(b.data, "\"javascript:") != NULL)
		abort();
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input		 in = { 0 };
	struct view_source	 src = { .page = get, .arg = &in,
				    .host = "localhost", .port = 70,
				    .prefix = "/id" };
	struct site_table	*t;
	struct err		 e;
	const char		*s = (const char *)data, *cut;

	if (len > INPUT_MAX)
		len = INPUT_MAX;
	cut = memmem(s, len, "\n%%\n", 4);
	if ((t = site_table_parse(s, cut == NULL ? len :
	    (size_t)(cut + 1 - s), &e)) == NULL)
		return 0;
	in.text = cut == NULL ? s : cut + 4;
	in.len = (size_t)(s + len - in.text);
	src.site = t;
	in.src = &src;
	if (t->npage <= PAGES_MAX) {
		if (walk_selectors(&src, each, &in, &e) == -1 &&
		    in.n <= SELECTORS_MAX)
			abort();
		search(&src, t);
		html(t, in.text, in.len);
	}
	site_table_free(t);
	return 0;
}
