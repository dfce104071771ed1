/* SPDX-License-Identifier: ISC */
/*
 * Change pages of html/ into leaves of a book.  The input is what html_page()
 * wrote, so its form is known: each '<' begins a tag and the next '>' ends it,
 * and every value stands in double quotes.  The text between may be a
 * stranger's; it is escaped already, but may have characters that XML does not
 * allow.
 *
 * The page is read and written tag by tag.  A list item whose link leads to
 * another language is removed from the output at its end, and so is a list that
 * has no item left.
 */
#include <string.h>

#include "base/buf.h"
#include "html/leaf.h"
#include "proto/idiom.h"
#include "proto/site.h"

#define FILES	"../files/"

/* The state while one page is written. */
struct leaf_work {
	struct leaf	*leaf;
	struct buf	*out;
	size_t		 list, item;	/* where in out they began */
	size_t		 kept;		/* items of the list so far */
	int		 drop;		/* the item leads to another language */
	struct slice	 address;	/* to write behind the link's text */
	size_t		 label;		/* where in out that text begins */
	int		 plain;		/* the open link becomes text */
	int		 has_h2;	/* an h2 was written */
};

/* A tag: its name, and its attributes with the blank before the first. */
struct leaf_tag {
	struct slice	 name, attributes;
	int		 is_end;
};

static int
is(const struct slice *s, const char *word)
{
	return s->len == strlen(word) && memcmp(s->at, word, s->len) == 0;
}

static int
begins(const struct slice *s, const char *word)
{
	size_t	 n = strlen(word);

	return s->len >= n && memcmp(s->at, word, n) == 0;
}

static int
ends(const struct slice *s, const char *word)
{
	size_t	 n = strlen(word);

	return s->len >= n && memcmp(s->at + s->len - n, word, n) == 0;
}

/* Read the tag at s, which begins with '<'; returns its bytes. */
static size_t
read_tag(const char *s, size_t len, struct leaf_tag *t)
{
	const char	*end = memchr(s, '>', len), *at = s + 1;
	size_t		 n;

	if (end == NULL)
		end = s + len;
	t->is_end = at < end && *at == '/';
	at += t->is_end;
	for (n = 0; at + n < end && at[n] != ' ' && at[n] != '/'; n++)
		;
	t->name = (struct slice){ at, n };
	t->attributes = (struct slice){ at + n, (size_t)(end - at) - n };
	if (t->attributes.len > 0 && end[-1] == '/')
		t->attributes.len--;
	return (size_t)(end - s) + (end < s + len);
}

/* Read the next attribute; 0: there is no more. */
static int
next_attribute(struct slice *rest, struct slice *name, struct slice *value)
{
	const char	*s = rest->at, *end = rest->at + rest->len, *q;

	while (s < end && *s == ' ')
		s++;
	if (s == end || (q = memchr(s, '=', (size_t)(end - s))) == NULL ||
	    end - q < 2 || q[1] != '"')
		return 0;
	*name = (struct slice){ s, (size_t)(q - s) };
	s = q + 2;
	if ((q = memchr(s, '"', (size_t)(end - s))) == NULL)
		return 0;
	*value = (struct slice){ s, (size_t)(q - s) };
	*rest = (struct slice){ q + 1, (size_t)(end - q - 1) };
	return 1;
}

static struct slice
attribute(const struct leaf_tag *t, const char *want)
{
	struct slice	 rest = t->attributes, name, value;

	while (next_attribute(&rest, &name, &value))
		if (is(&name, want))
			return value;
	return (struct slice){ NULL, 0 };
}

static void
put_attribute(struct buf *b, const char *name, const struct slice *value)
{
	buf_fmt(b, " %s=\"", name);
	buf_add(b, value->at, value->len);
	buf_str(b, "\"");
}

/*
 * Append a tag's attributes in XML's form, without the one named and without
 * `loading'; lang is written as xml:lang, too.
 */
static void
put_attributes(struct buf *b, const struct leaf_tag *t, const char *but)
{
	struct slice	 rest = t->attributes, name, value;

	while (next_attribute(&rest, &name, &value)) {
		if (is(&name, but) || is(&name, "loading"))
			continue;
		buf_ch(b, ' ');
		buf_add(b, name.at, name.len);
		buf_str(b, "=\"");
		buf_add(b, value.at, value.len);
		buf_str(b, "\"");
		if (is(&name, "lang"))
			put_attribute(b, "xml:lang", &value);
	}
}

/* The page of this language to which a relative link leads; NULL: none. */
static const struct site_page *
page_of(const struct leaf *l, const struct slice *href)
{
	const char	*hash = memchr(href->at, '#', href->len);
	struct slice	 file = { href->at, hash != NULL ?
			    (size_t)(hash - href->at) : href->len };
	char		 id[128];

	if (!ends(&file, ".html") || memchr(file.at, '/', file.len) != NULL ||
	    file.len - 5 >= sizeof(id))
		return NULL;
	memcpy(id, file.at, file.len - 5);
	id[file.len - 5] = '\0';
	return site_table_page(l->site, l->lang->dir, id);
}

/* 1: the link leads to a page ../DIR/... of another language. */
static int
is_foreign(const struct leaf *l, const struct slice *href)
{
	const struct site_lang	*to;
	const char		*end;

	if (!begins(href, "../") || !ends(href, ".html") ||
	    (end = memchr(href->at + 3, '/', href->len - 3)) == NULL)
		return 0;
	to = site_table_lang_at(l->site, href->at + 3,
	    (size_t)(end - href->at - 3));
	return to != NULL && to != l->lang;
}

static int
is_followed(const struct slice *href)
{
	return begins(href, "http://") || begins(href, "https://") ||
	    begins(href, "mailto:") || begins(href, "tel:");
}

static void
link_begin(struct leaf_work *w, const struct leaf_tag *t)
{
	const struct leaf	*l = w->leaf;
	struct slice		 href = attribute(t, "href");
	const struct site_page	*page;
	const char		*hash;

	w->plain = 0;
	w->address = (struct slice){ NULL, 0 };
	if (href.at == NULL || begins(&href, FILES) || is_foreign(l, &href)) {
		w->drop |= href.at != NULL && !begins(&href, FILES);
		w->plain = 1;
		if (href.at != NULL && begins(&href, FILES))
			w->address = href;
	} else if ((page = page_of(l, &href)) != NULL) {
		hash = memchr(href.at, '#', href.len);
		buf_fmt(w->out, l->in_one ? "<a href=\"#p-%s" :
		    "<a href=\"%s.xhtml", page->id);
		if (hash != NULL && !l->in_one)
			buf_add(w->out, hash, href.len -
			    (size_t)(hash - href.at));
		buf_str(w->out, "\"");
		put_attributes(w->out, t, "href");
		buf_str(w->out, ">");
	} else if (is(&href, "../index.html")) {
		buf_str(w->out, l->in_one ? "<a href=\"#contents\">" :
		    "<a href=\"../nav.xhtml\">");
	} else if (is_followed(&href)) {
		buf_str(w->out, "<a");
		put_attributes(w->out, t, "");
		buf_str(w->out, ">");
	} else {
		w->plain = 1;
		w->address = href;
	}
	w->label = w->out->len;
}

/*
 * Append the address of what is not in the book; a relative one becomes a
 * Gemini URL with the capsule's host, or nothing without a host.
 */
static void
put_address(struct buf *b, const struct leaf *l, const struct slice *href)
{
	struct slice	 path = *href;
	int		 up = begins(&path, "../");

	if (memchr(path.at, ':', path.len) == NULL) {
		if (l->site->nhost == 0)
			return;
		buf_fmt(b, "gemini://%s/", l->site->host[0]);
		if (!up)
			buf_fmt(b, "%s/", l->lang->dir);
	}
	while (begins(&path, "../"))
		path = (struct slice){ path.at + 3, path.len - 3 };
	buf_add(b, path.at, path.len);
}

static void
link_end(struct leaf_work *w)
{
	struct buf	*b = w->out;
	struct buf	 url = BUF_INIT;

	if (!w->plain)
		buf_str(b, "</a>");
	else if (w->address.at != NULL) {
		put_address(&url, w->leaf, &w->address);
		if (!buf_ok(&url))
			b->failed = 1;
		else if (url.len > 0 && buf_ok(b) && memmem(b->data + w->label,
		    b->len - w->label, url.data, url.len) == NULL)
			buf_fmt(b, " <span class=\"url\" dir=\"ltr\">(%s)"
			    "</span>", url.data);
	}
	buf_free(&url);
	w->plain = 0;
	w->address.at = NULL;
}

/* Note the path of a picture once, though it may be shown many times. */
static void
note_picture(struct leaf *l, const char *path, size_t len)
{
	const char	*at = l->pictures.data, *end;

	for (; at != NULL && *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		if ((size_t)(end - at) == len && memcmp(at, path, len) == 0)
			return;
	}
	buf_add(&l->pictures, path, len);
	buf_str(&l->pictures, "\n");
}

/*
 * Write a picture and note its file, which goes into the book; the link around
 * it is left out.
 */
static void
picture(struct leaf_work *w, const struct leaf_tag *t)
{
	struct leaf	*l = w->leaf;
	struct slice	 src = attribute(t, "src");

	w->address.at = NULL;
	if (src.at == NULL || !begins(&src, FILES))
		return;
	note_picture(l, src.at + 3, src.len - 3);
	buf_str(w->out, "<img src=\"");
	buf_add(w->out, src.at + (l->in_one ? 3 : 0),
	    src.len - (l->in_one ? 3 : 0));
	buf_str(w->out, "\"");
	put_attributes(w->out, t, "src");
	buf_str(w->out, "/>");
}

static int
is_void(const struct slice *name)
{
	static const char *const	names[] = { "br", "hr", "meta", "link",
					    "rect", "circle", "col", NULL };
	size_t				i;

	for (i = 0; names[i] != NULL; i++)
		if (is(name, names[i]))
			return 1;
	return 0;
}

/*
 * A book must not skip a level of headings: an h3 before any h2 becomes an h2.
 */
static void
level(struct leaf_work *w, struct leaf_tag *t)
{
	static const char	 second[] = "h2";

	w->has_h2 |= is(&t->name, "h2");
	if (is(&t->name, "h3") && !w->has_h2)
		t->name.at = second;
}

static void
tag_begin(struct leaf_work *w, const struct leaf_tag *t)
{
	struct buf	*b = w->out;
	struct slice	 class;

	if (t->name.len == 0)
		return;
	if (is(&t->name, "a")) {
		link_begin(w, t);
		return;
	}
	if (is(&t->name, "img")) {
		picture(w, t);
		return;
	}
	if (is(&t->name, "ul")) {
		w->list = b->len;
		w->kept = 0;
	} else if (is(&t->name, "li")) {
		w->item = b->len;
		w->drop = 0;
	}
	buf_str(b, "<");
	buf_add(b, t->name.at, t->name.len);
	if (is(&t->name, "svg")) {
		buf_str(b, " xmlns=\"http://www.w3.org/2000/svg\"");
		/* A book's style sheet may not set the direction. */
		class = attribute(t, "class");
		if (class.at != NULL && is(&class, "series"))
			buf_str(b, " direction=\"ltr\"");
		w->leaf->has_svg = w->leaf->has_svgs = 1;
	}
	put_attributes(b, t, w->leaf->in_one ? "id" : "xmlns");
	buf_str(b, is_void(&t->name) ? "/>" : ">");
}

static void
tag_end(struct leaf_work *w, const struct leaf_tag *t)
{
	struct buf	*b = w->out;

	if (is(&t->name, "a")) {
		link_end(w);
		return;
	}
	if (is(&t->name, "li")) {
		if (w->drop && buf_ok(b)) {
			buf_cut(b, w->item);
			w->drop = 0;
			return;
		}
		w->kept++;
	} else if (is(&t->name, "ul") && w->kept == 0 && buf_ok(b)) {
		buf_cut(b, w->list);
		return;
	}
	buf_str(b, "</");
	buf_add(b, t->name.at, t->name.len);
	buf_str(b, ">");
}

void
leaf_write(struct leaf *l, const char *html, size_t len, struct buf *out)
{
	static const char	 from[] = "<main>", to[] = "</main>";
	struct leaf_work	 w = { .leaf = l, .out = out };
	struct leaf_tag		 t;
	const char		*s, *end, *next;

	l->has_svg = 0;
	if ((s = memmem(html, len, from, sizeof(from) - 1)) == NULL)
		return;
	s += sizeof(from) - 1;
	s += *s == '\n';
	len -= (size_t)(s - html);
	if ((end = memmem(s, len, to, sizeof(to) - 1)) == NULL)
		end = s + len;
	while (s < end) {
		if (*s != '<') {
			next = memchr(s, '<', (size_t)(end - s));
			if (next == NULL)
				next = end;
			buf_add(out, s, (size_t)(next - s));
			s = next;
			continue;
		}
		s += read_tag(s, (size_t)(end - s), &t);
		level(&w, &t);
		if (t.is_end)
			tag_end(&w, &t);
		else
			tag_begin(&w, &t);
	}
}

void
leaf_free(struct leaf *l)
{
	buf_free(&l->pictures);
}
