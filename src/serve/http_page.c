/* SPDX-License-Identifier: ISC */
/*
 * A browser's pages, by html/ from the package's: made at the first request,
 * kept in the sites' cache of views, one copy for clients that take gzip and
 * one for those that do not.  What is kept begins with the hash of the page as
 * it was before gzip, for ETag.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "directory/browser.h"
#include "html/frame.h"
#include "html/lean.h"
#include "html/page.h"
#include "html/served.h"
#include "package/reader.h"
#include "proto/gemtext.h"
#include "serve/cache.h"
#include "serve/directory.h"
#include "serve/gzip.h"
#include "serve/http_old.h"
#include "serve/http_book.h"
#include "serve/http_page.h"
#include "serve/open.h"
#include "serve/site.h"
#include "view/words.h"

#define COVER		"cover.png"
#define KEY_MAX		160
#define OTHERS_MAX	20		/* more are behind the directory */
#define KIND_GZIP	1		/* what struct cached says of it */
#define KIND_PICTURES	2
#define SMALL		200		/* bytes; below, gzip makes nothing
					   smaller */

void
http_etag(const void *data, size_t len, char etag[ETAG_LEN + 1])
{
	static const char	 digits[] = "0123456789abcdefghijklmnopqrstuv"
				    "wxyABCDEFGHIJKLMNOPQRSTUVWXYZ-_.";
	const uint8_t		*p = data;
	uint64_t		 h = 14695981039346656037u;	/* FNV-1a */
	size_t			 i;

	for (i = 0; i < len; i++)
		h = (h ^ p[i]) * 1099511628211u;
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;	/* each bit counts */
	for (i = 0; i < ETAG_LEN; i++, h <<= 6)
		etag[i] = digits[h >> 58];
	etag[ETAG_LEN] = '\0';
}

/* The page of the site table that an entry is, NULL: none. */
static const struct site_page *
page_of(const struct site *s, const struct pkg_entry *en)
{
	const char		*slash = strchr(en->path, '/');
	char			 dir[128], id[128];
	size_t			 n;

	if (slash == NULL || (n = strlen(slash + 1)) < 5 ||
	    n - 4 >= sizeof(id) || (size_t)(slash - en->path) >= sizeof(dir))
		return NULL;
	snprintf(dir, sizeof(dir), "%.*s", (int)(slash - en->path), en->path);
	snprintf(id, sizeof(id), "%.*s", (int)(n - 4), slash + 1);
	return site_table_page(s->table, dir, id);
}

static int
make_page(struct site *s, const struct http_thing *t, struct buf *out)
{
	const struct pkg_entry	*en = t->entry;
	const struct site_page	*p;

	if ((p = page_of(s, en)) == NULL)
		return 0;
	if (t->what == THING_OLD)
		return old_page(s, t->tree, p->title, (const char *)en->data,
		    en->size, NULL, out) == -1 ? -1 : 1;
	return html_page(s->table, p, (const char *)en->data, en->size, out,
	    NULL) == -1 ? -1 : 1;
}

/*
 * The other packages of the server, below the default's own pages, or the way
 * to the directory of many.
 */
static void
put_others(struct sites *ss, const struct site *mine, struct buf *out)
{
	static const char	 end[] = "</main>\n</body>\n</html>\n";
	const size_t		 n = sizeof(end) - 1;
	const struct site	*s;
	size_t			 i;

	if (ss->n < 2 || mine != ss->site[0] || !buf_ok(out) || out->len < n ||
	    memcmp(out->data + out->len - n, end, n) != 0)
		return;
	buf_cut(out, out->len - n);
	if (ss->n > OTHERS_MAX) {
		if (directory_roll(ss) == NULL)
			out->failed = 1;
		else
			browser_lead(ss->roll, out);
		buf_str(out, end);
		return;
	}
	buf_str(out, "<section>\n<ul class=\"links\">\n");
	for (i = 0; i < ss->n; i++) {
		s = ss->site[i];
		if (s == mine)
			continue;
		buf_fmt(out, "<li><a href=\"/%s/\">", s->id);
		text_markup(s->label, strlen(s->label), out);
		buf_str(out, "</a></li>\n");
	}
	buf_fmt(out, "</ul>\n</section>\n%s", end);
}

static int
make_chooser(struct sites *ss, struct site *s, struct buf *out)
{
	struct view_source	 src;
	struct slice		 about[SITE_LANG_MAX] = { 0 };
	struct pkg_entry	 en;
	const char		*text, *cover = NULL;
	size_t			 i, len;

	if (s->table->nlang == 0)
		return 0;
	if (pkg_find(s->pkg, COVER, strlen(COVER), &en))
		cover = COVER;
	site_source(s, "", 0, "", &src);
	for (i = 0; i < s->table->nlang && i < SITE_LANG_MAX; i++)
		if (src.page(src.arg, s->table->lang[i].dir, "index", &text,
		    &len) == 0)
			about[i] = html_about(text, len);
	if (html_chooser(s->table, about, cover, out, NULL) == -1)
		return -1;
	put_others(ss, s, out);
	return 1;
}

/* The same for all pages of html/: what they need not have is left out. */
static int
make_lean(struct sites *ss, struct site *s, const struct http_thing *t,
    struct buf *out)
{
	struct buf	 b = BUF_INIT;
	int		 rv;

	rv = t->what == THING_PAGE ? make_page(s, t, &b) :
	    make_chooser(ss, s, &b);
	if (rv == 1 && buf_ok(&b))
		html_lean(b.data, b.len, out);
	else if (rv == 1)
		rv = -1;
	buf_free(&b);
	return rv;
}

/* 1: the bytes of t are in out; 0: no such page; -1: no memory. */
static int
make(struct sites *ss, struct site *s, const struct http_thing *t,
    struct buf *out)
{
	int	 rv = 1;

	switch (t->what) {
	case THING_PAGE:
	case THING_CHOOSER:
		rv = make_lean(ss, s, t, out);
		break;
	case THING_OLD:
		rv = make_page(s, t, out);
		break;
	case THING_FEED:
		html_feed((const char *)t->entry->data, t->entry->size, out);
		break;
	case THING_STYLE:
		buf_str(out, html_style());
		break;
	case THING_ENTRY:
		buf_add(out, t->entry->data, t->entry->size);
		break;
	case THING_EPUB:
	case THING_SHEET:
	case THING_SHEET_STYLE:
	case THING_BOOKS:
		rv = http_book_make(s, t, out);
		break;
	}
	return rv == 1 && !buf_ok(out) ? -1 : rv;
}

int
http_thing_named(struct site *s, const char *rest, size_t len,
    struct http_thing *t)
{
	static const struct {
		const char		*path;
		struct http_thing	 thing;
	} rows[] = {
		{ "style.css", { THING_STYLE, NULL, "text/css", NULL, NULL } },
	};
	size_t	 i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].path) == len &&
		    memcmp(rows[i].path, rest, len) == 0) {
			*t = rows[i].thing;
			return 1;
		}
	return http_book_named(s, rest, len, t);
}

/* The cache's key, which all requests for t share.  0: too long to be kept. */
static size_t
key_of(const struct sites *ss, const struct site *s,
    const struct http_thing *t, int gzip, char *key)
{
	uint32_t	 version = t->what == THING_CHOOSER ? ss->version : 0;
	const char	*path = t->entry != NULL ? t->entry->path : "";
	const char	*tree = t->tree != NULL ? t->tree->name :
			    t->lang != NULL ? t->lang->dir : "";
	size_t		 n = strlen(path), m = strlen(tree);

	if (n + m + 18 > KEY_MAX)
		return 0;
	memcpy(key, &s->number, 8);
	memcpy(key + 8, "http", 4);	/* behind these bytes the keys of
					   Gopher have digits */
	key[12] = gzip ? 'z' : 'i';
	key[13] = (char)('0' + (int)t->what);
	memcpy(key + 14, &version, 4);		/* changes when packages come or
						   go */
	memcpy(key + 18, path, n);
	memcpy(key + 18 + n, tree, m);		/* no path ends with it */
	return n + m + 18;
}

static void
take(struct http_view *v, struct cached *c)
{
	v->c = c;
	memcpy(v->etag, c->data, ETAG_LEN);
	v->etag[ETAG_LEN] = '\0';
	v->body = c->data + ETAG_LEN;
	v->len = c->len - ETAG_LEN;
	v->is_gzip = c->kind & KIND_GZIP;
	v->has_pictures = (c->kind & KIND_PICTURES) != 0;
}

int
http_view(struct sites *ss, struct site *s, const struct http_thing *t,
    int gzip, struct http_view *v)
{
	struct cached	*c;
	struct buf	 b = BUF_INIT, kept = BUF_INIT;
	char		 key[KEY_MAX], etag[ETAG_LEN + 1];
	size_t		 n;
	int		 rv, kind = gzip ? KIND_GZIP : 0;

	if ((n = key_of(ss, s, t, gzip, key)) == 0)
		return 0;
	if ((c = cache_get(ss->cache, key, n)) != NULL) {
		take(v, c);
		return 1;
	}
	s->table->is_served = 1;
	s->table->has_books = http_book_has(s);
	if ((rv = make(ss, s, t, &b)) == 1) {
		http_etag(b.data, b.len, etag);
		buf_str(&kept, etag);
		if (kind == KIND_GZIP && (b.len < SMALL ||
		    gzip_bytes(b.data, b.len, &kept) == -1))
			kind = 0;
		if (kind == 0)
			buf_add(&kept, b.data, b.len);
		if (memmem(b.data, b.len, "<img ", 5) != NULL)
			kind |= KIND_PICTURES;
		if (!buf_ok(&kept) || (c = cache_put(ss->cache, key, n,
		    &kept, kind)) == NULL)
			rv = -1;
		else
			take(v, c);
	}
	buf_free(&b);
	buf_free(&kept);
	return rv;
}

/* Results are gemtext.  Their heading stays, and the form is put below it. */
int
http_search_page(struct site *s, const struct site_lang *lang,
    const struct buf *results, const char *words, struct buf *out)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(s->table, lang->dir, &own);
	struct site_page	 page;
	struct buf		 text = BUF_INIT, form = BUF_INIT, all = BUF_INIT;
	const char		*at;
	int			 rv = -1;

	memset(&page, 0, sizeof(page));
	page.dir = lang->dir;
	page.id = (char *)(uintptr_t)"search";
	page.section = (char *)(uintptr_t)"-";
	page.title = (char *)(uintptr_t)w->search;
	s->table->is_served = 1;
	if (results == NULL)
		buf_fmt(&text, "# %s\n", w->search);
	else
		buf_add(&text, results->data, results->len);
	if (!buf_ok(&text) || html_page(s->table, &page, text.data, text.len,
	    &form, NULL) == -1)
		goto out;
	/* The form goes below the heading. */
	at = memmem(form.data, form.len, "</h1>\n", 6);
	at = at == NULL ? form.data : at + 6;
	buf_add(&all, form.data, (size_t)(at - form.data));
	html_form(&all, w->search, strlen(w->search), words);
	buf_ch(&all, '\n');
	buf_add(&all, at, (size_t)(form.data + form.len - at));
	if (buf_ok(&all))
		html_lean(all.data, all.len, out);
	rv = buf_ok(&all) && buf_ok(out) ? 0 : -1;
 out:
	buf_free(&all);
	buf_free(&text);
	buf_free(&form);
	return rv;
}
