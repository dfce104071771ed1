/* SPDX-License-Identifier: ISC */
/*
 * apeng export: write a package as folders.  gemini/ and gopher/ are for other
 * servers, html/ is for browsers; the texts of some trees (ascii/, gb2312/) are
 * for old machines that read files from a stick.  tree.h replaces the old
 * folder by the new one whole.  The package may be a stranger's, unless -p or
 * -P proves it.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/beside.h"
#include "cmd/book.h"
#include "cmd/cmd.h"
#include "cmd/origin.h"
#include "cmd/package.h"
#include "cmd/sums.h"
#include "cmd/tree.h"
#include "html/epub.h"
#include "html/frame.h"
#include "html/opds.h"
#include "html/page.h"
#include "html/sheet.h"
#include "proto/site.h"
#include "proto/trees.h"
#include "serve/epub.h"
#include "view/walk.h"

/* Host and port of this server in the menus; map_line() removes them again. */
#define HERE		"here.invalid"
#define HERE_PORT	70
#define COVER		"cover.png"
#define MARK		"gemini/metadata.txt"	/* see all() */

struct export {
	struct package	 c;
	struct tree	*t;
	const char	*gpub;
	struct beside_list beside;
	char		*here;		/* for each row, 1: its file is held */
	struct buf	 b;		/* bytes of the file that is made now */
	struct err	*e;
};

static int	put_data(struct export *, const void *, size_t, const char *,
		    ...) __attribute__((__format__ (printf, 4, 5)));

static int
put_data(struct export *x, const void *data, size_t len, const char *fmt, ...)
{
	va_list	 ap;
	char	*path;
	int	 n, rv;

	va_start(ap, fmt);
	n = vasprintf(&path, fmt, ap);
	va_end(ap);
	if (n == -1 || !buf_ok(&x->b)) {
		if (n != -1)
			free(path);
		err_nomem(x->e);
		return -1;
	}
	rv = tree_put(x->t, path, data, len, x->e);
	free(path);
	return rv;
}

static int
ends(const char *s, const char *end)
{
	size_t	 n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/*
 * Put the package's own files, and the package itself for readers who want a
 * copy.
 */
static int
gemini(struct export *x)
{
	struct pkg_entry	 n;
	const uint8_t		*whole;
	size_t			 i, size;

	for (i = 0; i < pkg_count(x->c.pkg); i++) {
		pkg_at(x->c.pkg, i, &n);
		if (put_data(x, n.data, n.size, "gemini/%s", n.path) == -1)
			return -1;
	}
	whole = pkg_bytes(x->c.pkg, &size);
	return put_data(x, whole, size, "gemini/%s.gpub", x->c.site->id);
}

/* 1: a data file, to which the pages of every view may link. */
static int
is_data(const char *path)
{
	static const char *const ending[] = { ".csv", ".xml", ".vcf", ".ics" };
	size_t			 i;

	for (i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (ends(path, ending[i]))
			return 1;
	return 0;
}

static int
data_files(struct export *x, const char *where)
{
	struct pkg_entry	 n;
	size_t			 i;

	for (i = 0; i < pkg_count(x->c.pkg); i++) {
		pkg_at(x->c.pkg, i, &n);
		if (!is_data(n.path))
			continue;
		/* A feed in html/ must link to the HTML pages. */
		if (strcmp(where, "html") == 0 && ends(n.path, ".xml")) {
			buf_reset(&x->b);
			html_feed((const char *)n.data, n.size, &x->b);
			if (put_data(x, x->b.data, x->b.len, "%s/%s", where,
			    n.path) == -1)
				return -1;
		} else if (put_data(x, n.data, n.size, "%s/%s", where,
		    n.path) == -1)
			return -1;
	}
	return 0;
}

/*
 * Append one line of a menu as a line of a gophermap: without this server's
 * host and port, which the other server fills in.  Search items (type 7) are
 * left out, since no other server answers them.
 */
static void
map_line(char *s, size_t len, struct buf *out)
{
	static const char	 here[] = "\t" HERE "\t70";
	size_t			 n = sizeof(here) - 1;

	if (len == 0 || s[0] == '7')
		return;
	if (len >= n && memcmp(s + len - n, here, n) == 0)
		len -= n;
	buf_add(out, s, len);
	buf_ch(out, '\n');
}

static void
gophermap(struct buf *b)
{
	struct buf	 out = BUF_INIT;
	char		*s, *end;

	buf_str(&out, "");
	for (s = b->data; s < b->data + b->len; s = end + 2) {
		end = memmem(s, (size_t)(b->data + b->len - s), "\r\n", 2);
		if (end == NULL || (end == s + 1 && *s == '.'))
			break;
		map_line(s, (size_t)(end - s), &out);
	}
	if (!buf_ok(&out))
		b->failed = 1;
	else {
		buf_reset(b);
		buf_add(b, out.data, out.len);
	}
	buf_free(&out);
}

/* Cut off the last line `.', which only a Gopher reply needs. */
static void
text_end(struct buf *b)
{
	if (b->len >= 5 && memcmp(b->data + b->len - 5, "\r\n.\r\n", 5) == 0)
		buf_cut(b, b->len - 3);
}

/*
 * The folder of their own that this selector's tree has for its texts; NULL:
 * none.
 */
static const char *
folder_of(const char *s)
{
	size_t	 i, n = strcspn(s, "/");

	for (i = 0; s[n] != '\0' && i < tree_nrows; i++)
		if (strlen(tree_rows[i].name) == n &&
		    memcmp(tree_rows[i].name, s, n) == 0)
			return tree_rows[i].folder;
	return NULL;
}

/*
 * Write the reply to one selector: a menu as the gophermap of a folder of
 * gopher/; a text as a file of gopher/ and of its tree's own folder, if the
 * tree has one.  -1: see x->e.
 */
static int
selector(void *arg, const char *s, enum view_kind kind)
{
	struct export	*x = arg;
	const char	*folder;
	enum view_kind	 is;

	buf_reset(&x->b);
	if (view_reply(&x->c.src, s, strlen(s), &x->b, &is, x->e) == -1)
		return -1;
	if (is == VIEW_NONE)
		return 0;	/* the selector leads to nothing */
	if (kind == VIEW_MENU) {
		gophermap(&x->b);
		return put_data(x, x->b.data, x->b.len,
		    "gopher/%s%sgophermap", s, *s != '\0' && !ends(s, "/") ? "/" : "");
	}
	text_end(&x->b);
	if ((folder = folder_of(s)) != NULL &&
	    put_data(x, x->b.data, x->b.len, "%s%s", folder,
	    strchr(s, '/')) == -1)
		return -1;
	return put_data(x, x->b.data, x->b.len, "gopher/%s", s);
}

/* Put robots.txt, if there is one, and the package into the folder. */
static int
stick(struct export *x, const char *where)
{
	struct pkg_entry	 n;
	const uint8_t		*whole;
	size_t			 size;

	if (pkg_find(x->c.pkg, "robots.txt", 10, &n) == 1 &&
	    put_data(x, n.data, n.size, "%s/robots.txt", where) == -1)
		return -1;
	whole = pkg_bytes(x->c.pkg, &size);
	return put_data(x, whole, size, "%s/%s.gpub", where, x->c.site->id);
}

static int
html(struct export *x)
{
	const struct site_table	*site = x->c.site;
	const struct site_page	*p;
	const char		*text, *style = html_style(), *cover = NULL;
	const uint8_t		*whole;
	struct slice		 about[SITE_LANG_MAX] = { 0 };
	struct pkg_entry	 n;
	size_t			 i, len;

	for (i = 0; i < site->npage; i++) {
		p = &site->page[i];
		if (x->c.src.page(x->c.src.arg, p->dir, p->id, &text,
		    &len) == -1)
			continue;
		buf_reset(&x->b);
		if (html_page(site, p, text, len, &x->b, x->e) == -1 ||
		    put_data(x, x->b.data, x->b.len, "html/%s/%s.html", p->dir,
		    p->id) == -1)
			return -1;
	}
	if (pkg_find(x->c.pkg, COVER, strlen(COVER), &n) == 1) {
		cover = COVER;
		if (put_data(x, n.data, n.size, "html/" COVER) == -1)
			return -1;
	}
	whole = pkg_bytes(x->c.pkg, &len);
	if (put_data(x, whole, len, "html/%s.gpub", site->id) == -1)
		return -1;
	buf_reset(&x->b);
	for (i = 0; i < site->nlang && i < SITE_LANG_MAX; i++)
		if (x->c.src.page(x->c.src.arg, site->lang[i].dir, "index",
		    &text, &len) == 0)
			about[i] = html_about(text, len);
	if (html_chooser(site, about, cover, &x->b, x->e) == -1 ||
	    put_data(x, x->b.data, x->b.len, "html/index.html") == -1 ||
	    put_data(x, style, strlen(style), "html/style.css") == -1)
		return -1;
	return data_files(x, "html");
}

/*
 * For epub_write(): the bytes of a file, to be freed; NULL: files() has not
 * found it.
 */
static char *
held(void *arg, const char *path, size_t *len)
{
	const struct export	*x = arg;
	size_t			 i;

	for (i = 0; i < x->beside.n; i++)
		if (x->here[i] && strcmp(x->beside.row[i].path, path) == 0)
			return beside_bytes(x->gpub, &x->beside.held[i], len);
	return NULL;
}

/* Put two books of a language into html/: an EPUB, and a page to print. */
static int
book(struct export *x, const struct site_lang *lang)
{
	const char	*id = x->c.site->id;

	buf_reset(&x->b);
	if (epub_write(x->c.pkg, &x->c.src, lang, held, x, &x->b,
	    x->e) == -1 || put_data(x, x->b.data, x->b.len,
	    "html/%s-%s" EPUB_SUFFIX, id, lang->dir) == -1)
		return -1;
	buf_reset(&x->b);
	return epub_sheet(x->c.pkg, &x->c.src, lang, &x->b, x->e) == -1 ?
	    -1 : put_data(x, x->b.data, x->b.len, "html/print-%s.html",
	    lang->dir);
}

static int
books(struct export *x)
{
	const char	*style = sheet_style(1);
	size_t		 i;

	for (i = 0; i < x->c.site->nlang; i++)
		if (book(x, &x->c.site->lang[i]) == -1)
			return -1;
	buf_reset(&x->b);
	return put_data(x, style, strlen(style), "html/print.css") == -1 ||
	    epub_feed(x->c.pkg, &x->c.src, &x->b, x->e) == -1 ||
	    put_data(x, x->b.data, x->b.len, "html/" OPDS_NAME) == -1 ?
	    -1 : 0;
}

/*
 * Put each file beside the text that is held into the folders whose pages link
 * to it; tell how many are not held.
 */
static int
files(struct export *x)
{
	static const char *const where[] = { "gemini", "gopher", "html" };
	const struct beside_list *l = &x->beside;
	size_t			 i, k, len, lacking = 0;
	char			*data;
	int			 rv = 0;

	if ((x->here = calloc(l->n + 1, 1)) == NULL) {
		err_nomem(x->e);
		return -1;
	}
	for (i = 0; i < l->n && rv == 0; i++) {
		if ((data = beside_bytes(x->gpub, &l->held[i], &len)) == NULL) {
			lacking++;
			continue;
		}
		x->here[i] = 1;
		for (k = 0; k < 3 && rv == 0; k++)
			rv = put_data(x, data, len, "%s/%s", where[k],
			    l->row[i].path);
		free(data);
	}
	if (lacking > 0)
		fprintf(stderr, "apeng export: %zu of %zu files beside the "
		    "text are not in %s" HELD_SUFFIX ": left out\n", lacking,
		    l->n, x->gpub);
	return rv;
}

/*
 * For the site table: 1 when files() has found the file, so that a page can
 * show it.
 */
static int
holds(const void *arg, const char *path, size_t len)
{
	const struct export	*x = arg;
	size_t			 i;

	for (i = 0; i < x->beside.n; i++)
		if (strlen(x->beside.row[i].path) == len &&
		    memcmp(x->beside.row[i].path, path, len) == 0)
			return x->here[i];
	return 0;
}

static int
all(struct export *x)
{
	x->c.src.host = HERE;
	x->c.src.port = HERE_PORT;
	x->c.site->holds = holds;
	x->c.site->holds_arg = x;
	x->c.site->has_books = 1;
	/* gemini() first: MARK must be in the journal before other files. */
	return beside_read(&x->beside, x->c.pkg, x->e) == -1 ||
	    gemini(x) == -1 || files(x) == -1 ||
	    walk_selectors(&x->c.src, selector, x, x->e) == -1 ||
	    data_files(x, "gopher") == -1 || stick(x, "gopher") == -1 ||
	    html(x) == -1 || books(x) == -1 ? -1 : 0;
}

static int
run_export(int argc, char **argv, struct anchors *keys)
{
	static const struct option opts[] = {
		{ "origin", no_argument, NULL, 'O' },
		{ "book", no_argument, NULL, 'B' },
		{ "files", no_argument, NULL, 'F' },
		{ "small-parts", no_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct err	 e;
	struct export	 x = { .e = &e };
	size_t		 n = 0;
	int		 ch, in_place = 0, rv = -1;
	int		 is_origin = 0, is_book = 0, flags = 0;

	while ((ch = getopt_long(argc, argv, "p:P:h", opts, NULL)) != -1) {
		if (ch == 'p' || ch == 'P') {
			if (package_key(keys, ch, optarg, &e) == -1)
				return cmd_fail(&e);
			continue;
		}
		if (ch == 'O')
			is_origin = 1;
		else if (ch == 'B')
			is_book = 1;
		else if (ch == 'F')
			flags |= ORIGIN_FILES;
		else if (ch == 's')
			flags |= ORIGIN_SMALL_PARTS;
		else
			return ch == 'h' ? cmd_help() : cmd_usage();
	}
	if (argc - optind != 2 || (is_origin && is_book) ||
	    (flags != 0 && !is_origin))
		return cmd_usage();
	if (is_book)
		return book_write(argv[optind], argv[optind + 1], keys);
	if (is_origin) {
		if (origin_write(argv[optind], argv[optind + 1], keys, flags,
		    &e) == -1)
			return cmd_fail(&e);
		printf("%s/apeng: what mirrors ask for\n", argv[optind + 1]);
		return STATUS_DONE;
	}
	x.gpub = argv[optind];
	if (package_open(&x.c, argv[optind], keys, &e) == 0 &&
	    (x.t = tree_begin(argv[optind + 1], MARK, &e)) != NULL) {
		if ((rv = all(&x)) == 0) {
			n = tree_count(x.t);
			rv = tree_commit(x.t, &in_place, &e);
		} else
			tree_abandon(x.t);
	}
	buf_free(&x.b);
	beside_free(&x.beside);
	free(x.here);
	package_close(&x.c);
	if (rv == -1)
		return cmd_fail(&e);
	if (in_place)
		fprintf(stderr, "apeng export: %s: cannot be renamed here "
		    "(overlayfs, a mount point): its files were replaced one "
		    "by one\n", argv[optind + 1]);
	printf("%s: %zu files, listed in " SUMS_NAME "\n", argv[optind + 1],
	    n);
	return STATUS_DONE;
}

int
cmd_export(int argc, char **argv)
{
	return package_command(argc, argv, run_export);
}
