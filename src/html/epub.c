/* SPDX-License-Identifier: ISC */
/*
 * The files of an EPUB: mimetype and container.xml, by which programs know the
 * archive as a book, a cover, the contents, a document for each page (leaf.h)
 * and the package document, which lists the others.  The text comes from the
 * site table and from gemtext pages, both perhaps a stranger's: it is escaped
 * here, and put() replaces the characters that XML does not allow.
 *
 * The package document is made last, because only after the pages is it known
 * which pictures they show; only mimetype must come first.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "html/epub.h"
#include "html/frame.h"
#include "html/leaf.h"
#include "html/page.h"
#include "html/sheet.h"
#include "html/text.h"
#include "lang/lang.h"
#include "proto/site.h"
#include "proto/types.h"

#define TEXT	"EPUB/text/"
#define COVER	"cover.png"

struct epub {
	const struct book	*b;
	struct leaf		 leaf;
	struct buf		 file;		/* the file that is made now */
	struct buf		 html;		/* its page; its clean bytes */
	struct buf		 items;		/* of the package document */
	struct buf		 spine;
	struct slice		 about;
	struct err		*e;
};

static void
markup(struct buf *b, const char *s)
{
	text_markup(s, strlen(s), b);
}

/*
 * Clean the finished file and give it to the book's put() under this path.  -1:
 * see x->e.
 */
static int
put(struct epub *x, const char *path)
{
	buf_reset(&x->html);
	html_clean(&x->html, x->file.data, x->file.len);
	if (!buf_ok(&x->file) || !buf_ok(&x->html)) {
		err_nomem(x->e);
		return -1;
	}
	return x->b->put(x->b->arg, path, x->html.data, x->html.len, x->e);
}

static const char *
phrase(const struct book *b, enum lang_phrase p)
{
	return lang_or_english(b->lang->tag)->text[p];
}

static void
put_language(struct buf *b, const struct site_lang *l)
{
	buf_str(b, " xml:lang=\"");
	markup(b, l->tag);
	buf_str(b, "\"");
}

/* Begin a document, up to its body.  up: the path from it to style.css. */
static void
start(struct epub *x, const char *title, const char *up)
{
	struct buf	*b = &x->file;

	buf_reset(b);
	buf_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\"");
	put_language(b, x->b->lang);
	html_foreign(b, x->b->lang->tag);
	buf_str(b, ">\n<head>\n<title>");
	markup(b, title);
	buf_fmt(b, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" "
	    "href=\"%sstyle.css\"/>\n</head>\n", up);
}

static int
first_files(struct epub *x)
{
	static const char	 container[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:"
	    "opendocument:xmlns:container\">\n<rootfiles>\n"
	    "<rootfile full-path=\"EPUB/package.opf\" media-type=\""
	    "application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";
	const struct book	*b = x->b;

	return b->put(b->arg, "mimetype", EPUB_MEDIA, sizeof(EPUB_MEDIA) - 1,
	    x->e) == -1 || b->put(b->arg, "META-INF/container.xml", container,
	    sizeof(container) - 1, x->e) == -1 ? -1 : 0;
}

/*
 * Make the cover: the picture, and as text the title, what the book is about,
 * publisher and date.
 */
static int
cover(struct epub *x)
{
	const struct book	*k = x->b;
	struct buf		*b = &x->file;

	start(x, k->lang->title, "");
	buf_str(b, "<body class=\"cover\">\n<main>\n");
	if (k->has_cover)
		buf_str(b, "<p><img src=\"" COVER "\" alt=\"\"/></p>\n");
	buf_str(b, "<h1>");
	markup(b, k->lang->title);
	buf_str(b, "</h1>\n");
	if (x->about.at != NULL) {
		buf_str(b, "<p>");
		text_markup(x->about.at, x->about.len, b);
		buf_str(b, "</p>\n");
	}
	if (k->publisher.at != NULL) {
		buf_str(b, "<p>");
		text_markup(k->publisher.at, k->publisher.len, b);
		buf_str(b, "</p>\n");
	}
	buf_fmt(b, "<p>%.10s</p>\n</main>\n</body>\n</html>\n",
	    k->modified);
	return put(x, "EPUB/cover.xhtml");
}

/* Make a page's document and its lines of the package document. */
static int
page(struct epub *x, const struct site_page *p, const char *text, size_t len)
{
	struct buf	*b = &x->file;
	struct buf	 path = BUF_INIT;
	int		 rv = -1;

	buf_reset(&x->html);
	if (html_page(x->b->site, p, text, len, &x->html, x->e) == -1)
		return -1;
	start(x, p->title, "../");
	buf_str(b, "<body>\n<main>\n");
	leaf_write(&x->leaf, x->html.data, x->html.len, b);
	buf_str(b, "</main>\n</body>\n</html>\n");
	buf_fmt(&x->items, "<item id=\"p-%s\" href=\"text/%s.xhtml\" "
	    "media-type=\"application/xhtml+xml\"%s/>\n", p->id, p->id,
	    x->leaf.has_svg ? " properties=\"svg\"" : "");
	buf_fmt(&x->spine, "<itemref idref=\"p-%s\"/>\n", p->id);
	buf_fmt(&path, TEXT "%s.xhtml", p->id);
	if (buf_ok(&path))
		rv = put(x, path.data);
	else
		err_nomem(x->e);
	buf_free(&path);
	return rv;
}

static int
pages(struct epub *x)
{
	const struct site_table	*t = x->b->site;
	const struct site_page	*p;
	const char		*text;
	size_t			 i, len;

	for (i = 0; i < t->npage; i++) {
		p = &t->page[i];
		if (strcmp(p->dir, x->b->lang->dir) == 0 &&
		    x->b->page(x->b->page_arg, p->dir, p->id, &text, &len) == 0 &&
		    page(x, p, text, len) == -1)
			return -1;
	}
	return 0;
}

/* Add each picture that a page shows, and its line of the package document. */
static int
pictures(struct epub *x)
{
	const char	*at = x->leaf.pictures.data, *end;
	struct buf	 path = BUF_INIT, from = BUF_INIT;
	size_t		 n = 0;
	int		 rv = 0;

	for (; rv == 0 && at != NULL && *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		buf_reset(&path);
		buf_reset(&from);
		buf_add(&from, at, (size_t)(end - at));
		buf_fmt(&path, "EPUB/%s", from.data);
		buf_fmt(&x->items, "<item id=\"f-%zu\" href=\"%s\" "
		    "media-type=\"%s\"/>\n", ++n, from.data,
		    type_of(at, (size_t)(end - at))->mime);
		if (!buf_ok(&path) || !buf_ok(&from)) {
			err_nomem(x->e);
			rv = -1;
		} else
			rv = x->b->picture(x->b->arg, path.data, from.data,
			    x->e);
	}
	buf_free(&path);
	buf_free(&from);
	return rv;
}

/* Append the entry of one page to the contents. */
static void
put_entry(struct buf *b, const struct site_page *p)
{
	buf_fmt(b, "<li><a href=\"text/%s.xhtml\">", p->id);
	markup(b, p->title);
	buf_str(b, "</a></li>\n");
}

/*
 * Append the sections with their pages; a page without a section is an entry of
 * its own.
 */
static void
put_toc(struct epub *x)
{
	const struct site_table		*t = x->b->site;
	const struct site_section	*now = NULL, *s;
	const struct site_page		*p;
	const char			*text;
	struct buf			*b = &x->file;
	size_t				 i, len;

	for (i = 0; i < t->npage; i++) {
		p = &t->page[i];
		if (strcmp(p->dir, x->b->lang->dir) != 0 || x->b->page(
		    x->b->page_arg, p->dir, p->id, &text, &len) == -1)
			continue;
		s = site_table_section(t, p->dir, p->section);
		if (s != now && now != NULL)
			buf_str(b, "</ol>\n</li>\n");
		if (s != now && s != NULL) {
			buf_str(b, "<li><span>");
			markup(b, s->title);
			buf_str(b, "</span>\n<ol>\n");
		}
		now = s;
		put_entry(b, p);
	}
	if (now != NULL)
		buf_str(b, "</ol>\n</li>\n");
}

static int
contents(struct epub *x)
{
	struct buf	*b = &x->file;
	const char	*title = phrase(x->b, LANG_BOOK_CONTENTS);

	start(x, title, "");
	buf_str(b, "<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" "
	    "aria-labelledby=\"contents\">\n<h1 id=\"contents\">");
	markup(b, title);
	buf_str(b, "</h1>\n<ol>\n");
	put_toc(x);
	buf_str(b, "</ol>\n</nav>\n<nav epub:type=\"landmarks\" "
	    "aria-label=\"");
	markup(b, x->b->lang->title);
	buf_str(b, "\" hidden=\"hidden\">\n<ol>\n"
	    "<li><a epub:type=\"cover\" href=\"cover.xhtml\">");
	markup(b, phrase(x->b, LANG_BOOK_COVER));
	buf_str(b, "</a></li>\n<li><a epub:type=\"toc\" "
	    "href=\"#contents\">");
	markup(b, title);
	buf_str(b, "</a></li>\n<li><a epub:type=\"bodymatter\" "
	    "href=\"text/index.xhtml\">");
	markup(b, x->b->lang->title);
	buf_str(b, "</a></li>\n</ol>\n</nav>\n</body>\n</html>\n");
	return put(x, "EPUB/nav.xhtml");
}

static void
put_dc(struct buf *b, const char *name, const struct slice *words)
{
	if (words->at == NULL)
		return;
	buf_fmt(b, "<dc:%s>", name);
	text_markup(words->at, words->len, b);
	buf_fmt(b, "</dc:%s>\n", name);
}

static void
put_property(struct buf *b, const char *name, const char *value)
{
	buf_fmt(b, "<meta property=\"%s\">", name);
	markup(b, value);
	buf_str(b, "</meta>\n");
}

/* Append the accessibility metadata, for readers who cannot see well. */
static void
put_access(struct epub *x)
{
	struct buf	*b = &x->file;
	int		 seen = x->leaf.has_svgs || x->leaf.pictures.len > 0;

	put_property(b, "schema:accessMode", "textual");
	if (seen)
		put_property(b, "schema:accessMode", "visual");
	put_property(b, "schema:accessModeSufficient", "textual");
	put_property(b, "schema:accessibilityFeature", "structuralNavigation");
	put_property(b, "schema:accessibilityFeature", "tableOfContents");
	put_property(b, "schema:accessibilityFeature", "readingOrder");
	put_property(b, "schema:accessibilityFeature",
	    "displayTransformability");
	if (seen)
		put_property(b, "schema:accessibilityFeature",
		    "alternativeText");
	put_property(b, "schema:accessibilityHazard", "none");
	put_property(b, "schema:accessibilitySummary",
	    phrase(x->b, LANG_BOOK_ACCESS));
}

static void
put_metadata(struct epub *x)
{
	const struct book	*k = x->b;
	struct buf		*b = &x->file;

	buf_str(b, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
	    "\n<dc:identifier id=\"id\">");
	markup(b, k->identifier);
	buf_str(b, "</dc:identifier>\n<dc:title>");
	markup(b, k->lang->title);
	buf_str(b, "</dc:title>\n<dc:language>");
	markup(b, k->lang->tag);
	buf_str(b, "</dc:language>\n");
	put_dc(b, "creator", &k->publisher);
	put_dc(b, "publisher", &k->publisher);
	put_dc(b, "description", &x->about);
	put_dc(b, "rights", &k->rights);
	buf_fmt(b, "<dc:date>%.10s</dc:date>\n", k->modified);
	put_property(b, "dcterms:modified", k->modified);
	put_access(x);
	/* Programs for EPUB 2 find the cover by this. */
	if (k->has_cover)
		buf_str(b, "<meta name=\"cover\" content=\"cover-image\"/>\n");
	buf_str(b, "</metadata>\n");
}

static int
package(struct epub *x)
{
	struct buf	*b = &x->file;

	buf_reset(b);
	buf_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package "
	    "xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
	    "unique-identifier=\"id\"");
	put_language(b, x->b->lang);
	buf_fmt(b, " dir=\"%s\">\n", tag_is_rtl(x->b->lang->tag) ? "rtl" :
	    "ltr");
	put_metadata(x);
	buf_str(b, "<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" "
	    "media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n"
	    "<item id=\"cover\" href=\"cover.xhtml\" media-type=\""
	    "application/xhtml+xml\"/>\n<item id=\"style\" href=\"style.css"
	    "\" media-type=\"text/css\"/>\n");
	if (x->b->has_cover)
		buf_str(b, "<item id=\"cover-image\" href=\"" COVER "\" "
		    "media-type=\"image/png\" properties=\"cover-image\"/>\n");
	buf_add(b, x->items.data, x->items.len);
	buf_fmt(b, "</manifest>\n<spine page-progression-direction=\"%s\">\n"
	    "<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n",
	    tag_is_rtl(x->b->lang->tag) ? "rtl" : "ltr");
	buf_add(b, x->spine.data, x->spine.len);
	buf_str(b, "</spine>\n</package>\n");
	if (!buf_ok(&x->items) || !buf_ok(&x->spine))
		b->failed = 1;
	return put(x, "EPUB/package.opf");
}

int
html_epub(const struct book *k, struct err *e)
{
	struct epub	 x = { .b = k, .e = e,
			     .leaf = { .site = k->site, .lang = k->lang } };
	const char	*text, *style = sheet_style(0);
	size_t		 len;
	int		 rv;

	if (k->page(k->page_arg, k->lang->dir, "index", &text, &len) == 0)
		x.about = html_about(text, len);
	rv = first_files(&x) == -1 || cover(&x) == -1 || pages(&x) == -1 ||
	    contents(&x) == -1 || k->put(k->arg, "EPUB/style.css", style,
	    strlen(style), e) == -1 || (k->has_cover && k->picture(k->arg,
	    "EPUB/" COVER, COVER, e) == -1) || pictures(&x) == -1 ||
	    package(&x) == -1 ? -1 : 0;
	leaf_free(&x.leaf);
	buf_free(&x.file);
	buf_free(&x.html);
	buf_free(&x.items);
	buf_free(&x.spine);
	return rv;
}

struct slice
html_meta(const char *text, size_t len, const char *key)
{
	const char	*end = text + len, *nl;
	size_t		 n = strlen(key);

	for (; text < end; text = nl + 1) {
		if ((nl = memchr(text, '\n', (size_t)(end - text))) == NULL)
			nl = end;
		if ((size_t)(nl - text) > n + 2 &&
		    memcmp(text, key, n) == 0 &&
		    memcmp(text + n, ": ", 2) == 0)
			return (struct slice){ text + n + 2,
			    (size_t)(nl - text) - n - 2 };
	}
	return (struct slice){ NULL, 0 };
}
