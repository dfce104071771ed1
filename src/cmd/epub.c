/* SPDX-License-Identifier: ISC */
/*
 * A book for e-readers out of an open package: html/ makes its files, package/
 * puts them into a ZIP, here they meet.  Nothing in it depends on the machine
 * or the day: the same package and the same pictures give the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cmd/epub.h"
#include "cmd/package.h"
#include "html/epub.h"
#include "package/archive.h"
#include "package/hash.h"
#include "proto/site.h"

#define COVER	"cover.png"
#define URN	"urn:uuid:"

struct epub_work {
	const struct package	*c;
	struct archive		 zip;
	epub_held		*held;
	void			*arg;
};

static int
page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	const struct epub_work	*w = arg;

	return w->c->src.page(w->c->src.arg, dir, id, text, len);
}

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
		pkg_find(w->c->pkg, COVER, strlen(COVER), &n);
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
 * A name for the book of that capsule in that language, the same for every
 * edition: a UUID whose bits come from a hash (RFC 9562, version 8).
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

int
epub_write(const struct package *c, const struct site_lang *lang,
    epub_held *held, void *arg, struct buf *out, struct err *e)
{
	struct epub_work	 w = { .c = c, .held = held, .arg = arg };
	struct pkg_entry	 n;
	char			 id[64], day[21];
	struct book		 b = { .site = c->site, .lang = lang,
				     .identifier = id, .modified = day,
				     .page = page, .put = put,
				     .picture = picture, .arg = &w };
	int			 rv = -1;

	clock_format(pkg_head(c->pkg)->published, day);
	b.has_cover = pkg_find(c->pkg, COVER, strlen(COVER), &n) == 1;
	if (pkg_find(c->pkg, "metadata.txt", 12, &n) == 1) {
		b.publisher = html_meta((const char *)n.data, n.size,
		    "author");
		b.rights = html_meta((const char *)n.data, n.size,
		    "license");
	}
	if (identify(c->site->id, lang->dir, id, e) == 0 &&
	    html_epub(&b, e) == 0)
		rv = archive_write(&w.zip, out, e);
	archive_free(&w.zip);
	return rv;
}
