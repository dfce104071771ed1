/* SPDX-License-Identifier: ISC */
/*
 * From a selector to its reply.  A client sent the selector.  It is cut into
 * the name of a tree and what is asked of the tree; what does not parse gets
 * the same reply as a selector that does not exist.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/site.h"
#include "view/home.h"
#include "view/memo.h"
#include "view/page.h"
#include "view/section.h"
#include "view/tree.h"
#include "view/view.h"

#define ID_BYTES	64		/* of a page or section in a selector */

/* What a selector asks of a tree. */
enum view_ask { ASK_HOME, ASK_SECTION, ASK_NOTICE, ASK_WHOLE, ASK_PAGE,
    ASK_PART };

struct asked_view {
	enum view_ask	 ask;
	char		 id[ID_BYTES + 1];
	size_t		 n;			/* from 1 */
};

/* Parse a number, at least min, without leading zeros; 0: it is none. */
static size_t
number(const char *s, size_t len, size_t min)
{
	size_t	 i, n = 0;

	if (len == 0 || len > 4 || *s == '0')
		return 0;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (size_t)(s[i] - '0');
	}
	return n < min ? 0 : n;
}

/* Cut the next segment off; returns its length. */
static size_t
segment(const char **s, size_t *len, const char **seg)
{
	const char	*slash;
	size_t		 n;

	*seg = *s;
	slash = *len == 0 ? NULL : memchr(*s, '/', *len);
	n = slash == NULL ? *len : (size_t)(slash - *s);
	*s += slash == NULL ? n : n + 1;
	*len -= slash == NULL ? n : n + 1;
	return n;
}

static int
is_txt(const char *s, size_t len)
{
	return len > 4 && memcmp(s + len - 4, ".txt", 4) == 0;
}

static int
set_id(struct asked_view *a, const char *s, size_t len)
{
	if (len == 0 || len > ID_BYTES)
		return -1;
	memcpy(a->id, s, len);
	a->id[len] = '\0';
	return 0;
}

/* Parse what stands behind /TREE/s/. */
static int
parse_section(const char *s, size_t len, struct asked_view *a)
{
	const char	*seg;
	size_t		 n;

	n = segment(&s, &len, &seg);
	if (n == 10 && memcmp(seg, "notice.txt", 10) == 0 && len == 0) {
		a->ask = ASK_NOTICE;
		return 0;
	}
	a->ask = ASK_SECTION;
	a->n = 1;
	if (set_id(a, seg, n) == -1)
		return -1;
	return len == 0 || (a->n = number(s, len, 2)) > 0 ? 0 : -1;
}

/* Parse what stands behind /TREE/.  0; -1: it cannot be a selector. */
static int
parse(const char *s, size_t len, struct asked_view *a)
{
	const char	*seg, *all = s;
	size_t		 n, alllen = len;

	a->ask = ASK_HOME;
	a->n = 1;
	if (len == 0 || (a->n = number(s, len, 2)) > 0)
		return 0;
	n = segment(&s, &len, &seg);
	if (n == 1 && *seg == 's' && len > 0 && number(s, len, 2) == 0 &&
	    !(is_txt(s, len) && number(s, len - 4, 1) > 0))
		return parse_section(s, len, a);
	if (is_txt(all, alllen) && n == alllen) {
		a->ask = ASK_WHOLE;
		return set_id(a, seg, n - 4);
	}
	a->n = 1;
	a->ask = ASK_PAGE;
	if (set_id(a, seg, n) == -1 || strcmp(a->id, "search") == 0)
		return -1;
	if (len == 0)
		return 0;
	if (is_txt(s, len)) {
		a->ask = ASK_PART;
		return (a->n = number(s, len - 4, 1)) > 0 ? 0 : -1;
	}
	return (a->n = number(s, len, 2)) > 0 ? 0 : -1;
}

static int
reply_page(const struct view_source *src, const struct view *v,
    const struct asked_view *a, struct buf *out, enum view_kind *kind,
    struct err *e)
{
	const struct site_page	*page;
	struct page_text	 own, *t;
	struct fit		 f;
	int			 rv;

	if ((page = site_table_page(src->site, v->dir, a->id)) == NULL)
		return 0;
	tree_fit(&f, v, src->site);
	if ((rv = memo_compose(src, v, &f, page, &own, &t, e)) != 1)
		return rv;
	*kind = a->ask == ASK_PAGE ? VIEW_MENU : VIEW_TEXT;
	rv = 0;
	if (a->ask == ASK_WHOLE && page_size(v, t) <= VIEW_TEXT_BYTES) {
		page_whole(v, t, out);
		rv = 1;
	} else if (a->ask == ASK_PART && t->npart > 1 && a->n <= t->npart) {
		page_part(src, v, &f, t, a->n - 1, out);
		rv = 1;
	} else if (a->ask == ASK_PAGE && t->npart > 1)
		rv = section_page_menu(src, v, t, a->n, out, e);
	memo_release(&own, t);
	return rv;
}

static int
reply_tree(const struct view_source *src, const struct view *v,
    const char *s, size_t len, struct buf *out, enum view_kind *kind,
    struct err *e)
{
	const struct site_section	*section;
	struct asked_view		 a = { .n = 1 };

	if (parse(s, len, &a) == -1)
		return 0;
	*kind = VIEW_MENU;
	switch (a.ask) {
	case ASK_HOME:
		return home_menu(src, v, a.n, out, e);
	case ASK_SECTION:
		section = site_table_section(src->site, v->dir, a.id);
		return section == NULL ? 0 :
		    section_menu(src, v, section, a.n, out, e);
	case ASK_NOTICE:
		*kind = VIEW_TEXT;
		return home_notice(src, v, out, e);
	default:
		return reply_page(src, v, &a, out, kind, e);
	}
}

int
view_reply(const struct view_source *src, const char *selector, size_t len,
    struct buf *out, enum view_kind *kind, struct err *e)
{
	struct view	 list[VIEW_MAX];
	const char	*name;
	size_t		 i, n, namelen, start = out->len;
	int		 rv = 0;

	if (len > 0 && selector[len - 1] == '/')
		len--;
	*kind = VIEW_MENU;
	if (len == 0)
		rv = home_root(src, 1, out, e);
	else {
		n = tree_list(src->site, list);
		namelen = segment(&selector, &len, &name);
		for (i = 0; i < n; i++)
			if (strlen(list[i].name) == namelen &&
			    memcmp(list[i].name, name, namelen) == 0)
				break;
		if (i < n)
			rv = reply_tree(src, &list[i], selector, len, out,
			    kind, e);
	}
	if (rv != 1) {
		*kind = VIEW_NONE;
		buf_cut(out, start);
		return rv;
	}
	if (!buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}
