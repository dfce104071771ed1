/* SPDX-License-Identifier: ISC */
/*
 * Books out of an open package: html/ makes their files, package/ puts them
 * into a ZIP, and this file joins the two.  Nothing in a book depends on the
 * machine or the day, so the same package and pictures give the same bytes.
 * The package may be a stranger's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "html/epub.h"
#include "html/opds.h"
#include "html/sheet.h"
#include "package/archive.h"
#include "package/hash.h"
#include "package/reader.h"
#include "proto/site.h"
#include "serve/epub.h"
#include "view/view.h"

#define COVER	"cover.png"
#define URN	"urn:uuid:"

struct epub_work {
	const struct pkg	*pkg;
	struct archive		 zip;
	epub_held		*held;
	void			*arg;
};

/* One book, and those words in it that have no other place. */
struct epub_book {
	struct book	 k;
	char		 id[64], day[21];
};

static int
put(void *arg, const char *path, const void *data, size_t len, struct err *e)
{
	struct epub_work	*w = arg;

	return archive_add(&w->zip, path, data, len, e);
}

static int
picture(void *arg, const char *path, const char *from, struct err *e)
{
	struct epub_work	*w = arg;
	struct pkg_entry	 n;
	char			*data;
	size_t			 len;
	int			 rv;

	if (strcmp(from, COVER) == 0) {
		pkg_find(w->pkg, COVER, strlen(COVER), &n);
		return archive_add(&w->zip, path, n.data, n.size, e);
	}
	if ((data = w->held(w->arg, from, &len)) == NULL) {
		err_set(e, "%s: is not held any more", from);
		return -1;
	}
	rv = archive_add(&w->zip, path, data, len, e);
	free(data);
	return rv;
}

/*
 * A name for the book of a capsule in a language, the same for every edition: a
 * UUID whose bits come from a hash (RFC 9562, version 8).
 */
static int
identify(const char *id, const char *dir, char out[64], struct err *e)
{
	struct buf	 b = BUF_INIT;
	uint8_t		 sha[SHA_LEN];
	char		 hex[2 * 16 + 1];
	int		 rv = -1;

	buf_fmt(&b, "apeng book %s %s", id, dir);
	if (!buf_ok(&b))
		err_nomem(e);
	else if (sha_bytes(b.data, b.len, sha, e) == 0) {
		sha[6] = (uint8_t)((sha[6] & 0x0f) | 0x80);
		sha[8] = (uint8_t)((sha[8] & 0x3f) | 0x80);
		hex_format(sha, 16, hex);
		snprintf(out, 64, URN "%.8s-%.4s-%.4s-%.4s-%.12s", hex,
		    hex + 8, hex + 12, hex + 16, hex + 20);
		rv = 0;
	}
	buf_free(&b);
	return rv;
}

static int
fill(struct epub_book *b, const struct pkg *pkg,
    const struct view_source *src, const struct site_lang *lang,
    struct err *e)
{
	struct pkg_entry	 n;

	memset(b, 0, sizeof(*b));
	b->k.site = src->site;
	b->k.lang = lang;
	b->k.identifier = b->id;
	b->k.modified = b->day;
	b->k.page = src->page;
	b->k.page_arg = src->arg;
	clock_format(pkg_head(pkg)->published, b->day);
	b->k.has_cover = pkg_find(pkg, COVER, strlen(COVER), &n) == 1;
	if (pkg_find(pkg, "metadata.txt", 12, &n) == 1) {
		b->k.publisher = html_meta((const char *)n.data, n.size,
		    "author");
		b->k.rights = html_meta((const char *)n.data, n.size,
		    "license");
	}
	return identify(src->site->id, lang->dir, b->id, e);
}

int
epub_write(const struct pkg *pkg, const struct view_source *src,
    const struct site_lang *lang, epub_held *held, void *arg,
    struct buf *out, struct err *e)
{
	struct epub_work	 w = { .pkg = pkg, .held = held, .arg = arg };
	struct epub_book	 b;
	int			 rv = -1;

	if (fill(&b, pkg, src, lang, e) == -1)
		return -1;
	b.k.put = put;
	b.k.picture = picture;
	b.k.arg = &w;
	w.zip.bodies.limit = out->limit;
	if (html_epub(&b.k, e) == 0)
		rv = archive_write(&w.zip, out, e);
	archive_free(&w.zip);
	return rv;
}

int
epub_sheet(const struct pkg *pkg, const struct view_source *src,
    const struct site_lang *lang, struct buf *out, struct err *e)
{
	struct epub_book	 b;

	return fill(&b, pkg, src, lang, e) == -1 ? -1 :
	    sheet_write(&b.k, out, e);
}

int
epub_feed(const struct pkg *pkg, const struct view_source *src,
    struct buf *out, struct err *e)
{
	const struct site_table	*t = src->site;
	struct epub_book	 one;
	struct book		 k[SITE_LANG_MAX];
	char			 ids[SITE_LANG_MAX][64], feed[64];
	size_t			 i, n = 0;

	for (i = 0; i < t->nlang && i < SITE_LANG_MAX; i++) {
		if (fill(&one, pkg, src, &t->lang[i], e) == -1)
			return -1;
		memcpy(ids[n], one.id, sizeof(ids[n]));
		k[n] = one.k;
		k[n].identifier = ids[n];
		k[n++].modified = one.day;
	}
	if (n == 0) {
		err_set(e, "no language");
		return -1;
	}
	return identify(t->id, "", feed, e) == -1 ? -1 :
	    opds_write(feed, k, n, out, e);
}
