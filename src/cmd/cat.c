/* SPDX-License-Identifier: ISC */
/*
 * apeng cat: print one page of a package in a terminal, without a network.  The
 * page is printed as gemtext or as one of the views that Gopher readers get.
 * The package may be a stranger's, so its text goes to the terminal only
 * through show_text().
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/nearest.h"
#include "charset/charset.h"
#include "cmd/cmd.h"
#include "cmd/package.h"
#include "cmd/show.h"
#include "proto/site.h"
#include "view/tree.h"

/*
 * 1: there is an entry of that path, which is appended to b; 0: there is none.
 */
static int
entry(const struct package *c, const char *path, struct buf *b)
{
	struct pkg_entry	 n;

	if (pkg_find(c->pkg, path, strlen(path), &n) != 1)
		return 0;
	buf_add(b, n.data, n.size);
	return 1;
}

static int
no_page(const struct package *c, const char *name, struct err *e)
{
	const char	*slash = strrchr(name, '/');
	struct nearest	 near;
	size_t		 i;

	nearest_begin(&near, slash != NULL ? slash + 1 : name);
	for (i = 0; i < c->site->npage; i++)
		nearest_try(&near, c->site->page[i].id);
	if (near.name != NULL)
		err_set(e, "no page \"%s\"; is \"%s\" meant?", name,
		    near.name);
	else
		err_set(e, "no page \"%s\"; index.gmi lists them all", name);
	return -1;
}

/*
 * Append the page's gemtext.  PAGE may be `economy', `zh/economy', or the path
 * of any file of the package.  -1: see e.
 */
static int
gemtext(const struct package *c, const char *name, struct buf *b,
    struct err *e)
{
	struct buf	 path = BUF_INIT;
	int		 found;

	found = entry(c, name, b);
	if (!found) {
		buf_fmt(&path, "%s.gmi", name);
		found = buf_ok(&path) && strchr(name, '/') != NULL &&
		    entry(c, path.data, b);
	}
	if (!found) {
		buf_reset(&path);
		buf_fmt(&path, "%s/%s.gmi", c->site->lang[0].dir, name);
		found = buf_ok(&path) && entry(c, path.data, b);
	}
	buf_free(&path);
	return found ? 0 : no_page(c, name, e);
}

/*
 * `zh/economy.gmi' -> `economy', since a view has a language of its own.
 * Returns room.
 */
static const char *
page_id(const char *name, char *room, size_t size)
{
	const char	*s = strrchr(name, '/');
	size_t		 len;

	s = s != NULL ? s + 1 : name;
	len = strlen(s);
	if (len > 4 && strcmp(s + len - 4, ".gmi") == 0)
		len -= 4;
	snprintf(room, size, "%.*s", (int)len, s);
	return room;
}

static int
view_known(const struct package *c, const char *view, struct view *out,
    struct err *e)
{
	struct view	 list[VIEW_MAX];
	struct buf	 all = BUF_INIT;
	size_t		 i, n;

	n = tree_list(c->site, list);
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, view) == 0) {
			*out = list[i];
			return 1;
		}
	for (i = 0; i < n; i++)
		buf_fmt(&all, ", %s", list[i].name);
	err_set(e, "no view \"%s\", want gemtext%s", view,
	    buf_ok(&all) && all.len > 0 ? all.data : "");
	buf_free(&all);
	return 0;
}

/* 1: the selector's text was appended; 0: it has no text; -1: see e. */
static int
view_text(const struct package *c, const char *selector, struct buf *b,
    struct err *e)
{
	enum view_kind	 kind;

	if (view_reply(&c->src, selector, strlen(selector), b, &kind,
	    e) == -1)
		return -1;
	return kind == VIEW_TEXT;
}

/*
 * Change the Gopher reply in b, from offset `from' on, for a terminal: remove
 * each CR and the last line `.'.
 */
static void
plain_lines(struct buf *b, size_t from)
{
	size_t	 i, n = from;

	if (b->len - from >= 5 &&
	    memcmp(b->data + b->len - 5, "\r\n.\r\n", 5) == 0)
		buf_cut(b, b->len - 3);
	for (i = from; i < b->len; i++)
		if (b->data[i] != '\r')
			b->data[n++] = b->data[i];
	buf_cut(b, n);
}

static int
as_view(const struct package *c, const char *view, const char *name,
    struct buf *b, int *utf8, struct err *e)
{
	struct view	 v;
	char		 id[64], selector[128];
	size_t		 n, from;
	int		 rv;

	if (!view_known(c, view, &v, e))
		return -1;
	*utf8 = !v.charset->is_8bit;
	page_id(name, id, sizeof(id));
	snprintf(selector, sizeof(selector), "%s/%s.txt", view, id);
	if ((rv = view_text(c, selector, b, e)) == -1)
		return -1;
	if (rv == 1) {
		plain_lines(b, 0);
		return 0;
	}
	for (n = 1;; n++) {		/* a long page has several texts */
		snprintf(selector, sizeof(selector), "%s/%s/%zu.txt", view,
		    id, n);
		from = b->len;
		if ((rv = view_text(c, selector, b, e)) != 1)
			break;
		plain_lines(b, from);
	}
	if (rv == 0 && n == 1)
		return no_page(c, name, e);
	return rv;
}

static int
run_cat(int argc, char **argv, struct anchors *keys)
{
	static const struct option opts[] = {
		{ "view", required_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct package	 c = { 0 };
	struct buf	 b = BUF_INIT;
	struct err	 e;
	const char	*view = "gemtext";
	int		 ch, rv, utf8 = 1, status = STATUS_DONE;

	while ((ch = getopt_long(argc, argv, "p:P:h", opts, NULL)) != -1) {
		if (ch == 'h')
			return cmd_help();
		if (ch == 'p' || ch == 'P') {
			if (package_key(keys, ch, optarg, &e) == -1)
				return cmd_fail(&e);
			continue;
		}
		if (ch != 'v')
			return cmd_usage();
		view = optarg;
	}
	if (argc - optind != 2)
		return cmd_usage();
	if (package_open(&c, argv[optind], keys, &e) == -1) {
		package_swapped("cat", argv[optind], argv[optind + 1], &e);
		return cmd_fail(&e);
	}
	if (strcmp(view, "gemtext") == 0)
		rv = gemtext(&c, argv[optind + 1], &b, &e);
	else
		rv = as_view(&c, view, argv[optind + 1], &b, &utf8, &e);
	if (rv == 0 && !buf_ok(&b)) {
		err_nomem(&e);
		rv = -1;
	}
	if (rv == 0 && (show_text(b.data, b.len, utf8) == -1 ||
	    fflush(stdout) != 0)) {
		err_sys(&e, "standard output");
		rv = -1;
	}
	if (rv == -1)
		status = cmd_fail(&e);
	buf_free(&b);
	package_close(&c);
	return status;
}

int
cmd_cat(int argc, char **argv)
{
	return package_command(argc, argv, run_cat);
}
