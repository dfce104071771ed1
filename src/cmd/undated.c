/* SPDX-License-Identifier: ISC */
/*
 * A page's date tells its readers whether to read it again, so a page that was
 * changed and kept its date misleads them.  The old and the new text of each
 * page are compared line by line.  Two kinds of lines are left out: links to
 * pages, which show titles of other pages, and events, which appear and
 * disappear as the edition's date moves on.  The new package was just written;
 * the old one may be malformed, and then nothing is compared.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/undated.h"
#include "content/diag.h"
#include "content/profile.h"
#include "package/reader.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/site.h"

/* 1: the package has the page, and g begins at its text; 0: it has not. */
static int
find_page(const struct pkg *pkg, const char *dir, const char *id,
    struct gemtext *g)
{
	struct pkg_entry	 entry;
	struct buf		 path = BUF_INIT;
	int			 found;

	buf_fmt(&path, "%s/%s.gmi", dir, id);
	found = buf_ok(&path) && pkg_find(pkg, path.data, path.len, &entry);
	if (found)
		gemtext_start(g, (const char *)entry.data, entry.size);
	buf_free(&path);
	return found;
}

/* 1: the line may have changed though nobody has edited the page. */
static int
moves(const struct gemtext_line *l)
{
	struct idiom_item	 item;
	struct idiom_event	 event;

	if (l->type == GEMTEXT_LINK)
		return l->urllen >= 4 &&
		    memcmp(l->url + l->urllen - 4, ".gmi", 4) == 0;
	if (l->type != GEMTEXT_LIST)
		return 0;
	idiom_item_read(l->text, l->len, &item);
	return idiom_event_read(&item, &event);
}

/*
 * Read the next line that only an edit of the page changes.  1: *l has it; 0:
 * no more.
 */
static int
own_line(struct gemtext *g, struct gemtext_line *l)
{
	while (gemtext_next(g, l))
		if (!moves(l))
			return 1;
	return 0;
}

static int
is_same(struct gemtext *a, struct gemtext *b)
{
	struct gemtext_line	 x, y;
	int			 more;

	for (;;) {
		more = own_line(a, &x);
		if (more != own_line(b, &y))
			return 0;
		if (!more)
			return 1;
		if (x.type != y.type || x.len != y.len ||
		    memcmp(x.text, y.text, x.len) != 0 ||
		    (x.type == GEMTEXT_LINK && (x.urllen != y.urllen ||
		    memcmp(x.url, y.url, x.urllen) != 0)))
			return 0;
	}
}

/* 1: in some language the page's text has changed, but its date has not. */
static int
is_undated(const struct profile *p, const struct page_head *h,
    const struct site_table *was, const struct pkg *old,
    const struct pkg *new)
{
	const struct site_page	*page;
	struct gemtext		 a, b;
	size_t			 l;

	for (l = 0; l < p->nlang; l++) {
		page = site_table_page(was, p->lang[l].dir, h->id);
		if (page != NULL && strcmp(page->date, h->date) == 0 &&
		    find_page(old, p->lang[l].dir, h->id, &a) &&
		    find_page(new, p->lang[l].dir, h->id, &b) &&
		    !is_same(&a, &b))
			return 1;
	}
	return 0;
}

void
undated_warn(const struct profile *p, const struct pkg *old,
    const struct pkg *new, struct diag *d)
{
	static const char	 path[] = "data/site.txt";
	const struct page_head	*h;
	struct site_table	*was;
	struct pkg_entry	 entry;

	if (!pkg_find(old, path, strlen(path), &entry))
		return;
	was = site_table_parse((const char *)entry.data, entry.size, NULL);
	if (was == NULL)
		return;			/* malformed: nothing to compare */
	for (h = p->page; h < p->page + p->npage; h++)
		if (h->generate == GENERATE_NONE &&
		    is_undated(p, h, was, old, new))
			diag_add(d, DIAG_WARNING, h->file, 0, 0, "the page "
			    "has changed, but its date is %s, as in the "
			    "edition that this one replaces: set date and "
			    "change", h->date);
	site_table_free(was);
}
