/* SPDX-License-Identifier: ISC */
/*
 * A cache for a walk over all menus and pages of a package: what was computed
 * once is not computed again.  Without it the replies are the same and take
 * longer.  Only large capsules gain by it: the checks of 1,000 pages take 1.7 s
 * of CPU time instead of 3.8 s, and those of 20,000 pages took 224 s when each
 * menu measured its whole section anew.
 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/site.h"
#include "view/memo.h"
#include "view/tree.h"

#define PLAIN	0x100			/* a bit above the type */
#define SIZE_AT	9			/* the size begins at this bit */

/*
 * The whole page that was composed last.  Its parts are asked for one after the
 * other, and without this each part would compose the whole page again.
 */
struct memo_page {
	const struct site_page	*page;	/* NULL: none */
	char			 tree[32];
	struct page_text	 text;
};

/* An item is one word, so that no thread reads half of it; 0: not known. */
struct view_memo {
	const struct site_table	*site;
	size_t			 nview;
	struct view		 view[VIEW_MAX];
	_Atomic uint64_t	*item;		/* one per view and page */
	int			 is_shared;	/* item is another memo's */
	struct memo_menu	 menu;
	struct memo_page	 page;
};

struct view_memo *
memo_new(const struct site_table *site)
{
	struct view_memo	*m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		return NULL;
	m->site = site;
	m->nview = tree_list(site, m->view);
	m->item = calloc(m->nview * site->npage + 1, sizeof(*m->item));
	if (m->item != NULL)
		return m;
	free(m);
	return NULL;
}

struct view_memo *
memo_share(const struct view_memo *of)
{
	struct view_memo	*m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		return NULL;
	*m = *of;
	m->is_shared = 1;
	memset(&m->menu, 0, sizeof(m->menu));
	memset(&m->page, 0, sizeof(m->page));
	return m;
}

void
memo_free(struct view_memo *m)
{
	if (m == NULL)
		return;
	if (!m->is_shared)
		free(m->item);
	free(m->menu.first);
	page_free(&m->page.text);
	free(m);
}

struct memo_menu *
memo_menu(struct view_memo *m)
{
	return m == NULL ? NULL : &m->menu;
}

/* 1: p holds that page in that tree. */
static int
is_kept(const struct memo_page *p, const struct view *v,
    const struct site_page *page)
{
	return p->page == page && strcmp(p->tree, v->name) == 0;
}

int
memo_compose(const struct view_source *src, const struct view *v,
    const struct fit *f, const struct site_page *page,
    struct page_text *own, struct page_text **t, struct err *e)
{
	struct memo_page	*kept = src->memo == NULL ? NULL :
				    &src->memo->page;
	int			 rv;

	*t = own;
	if (kept == NULL || strlen(v->name) >= sizeof(kept->tree)) {
		if ((rv = page_compose(src, v, f, page, NULL, own, e)) != 1)
			page_free(own);
		return rv;
	}
	*t = &kept->text;
	if (is_kept(kept, v, page))
		return 1;
	page_free(&kept->text);
	kept->page = NULL;
	rv = page_compose(src, v, f, page, NULL, &kept->text, e);
	if (rv == 1) {
		kept->page = page;
		snprintf(kept->tree, sizeof(kept->tree), "%s", v->name);
	} else
		page_free(&kept->text);
	return rv;
}

void
memo_release(struct page_text *own, const struct page_text *t)
{
	if (t == own)
		page_free(own);
}

static _Atomic uint64_t *
find(const struct view_memo *m, const struct view *v,
    const struct site_page *page)
{
	uintptr_t	 at = (uintptr_t)page, first;
	size_t		 i;

	if (m == NULL)
		return NULL;
	first = (uintptr_t)m->site->page;
	if (at < first || at >= (uintptr_t)(m->site->page + m->site->npage))
		return NULL;
	for (i = 0; i < m->nview; i++)
		if (m->view[i].name == v->name ||
		    strcmp(m->view[i].name, v->name) == 0)
			return &m->item[i * m->site->npage +
			    (size_t)(page - m->site->page)];
	return NULL;
}

int
memo_get(const struct view_memo *m, const struct view *v,
    const struct site_page *page, struct memo_item *out)
{
	_Atomic uint64_t	*item = find(m, v, page);
	uint64_t		 kept;

	if (item == NULL || (kept = atomic_load_explicit(item,
	    memory_order_relaxed)) == 0)
		return 0;
	out->type = (char)(kept & 0xff);
	out->plain = (kept & PLAIN) != 0;
	out->size = (size_t)(kept >> SIZE_AT);
	return 1;
}

void
memo_keep(struct view_memo *m, const struct view *v,
    const struct site_page *page, const struct memo_item *it)
{
	_Atomic uint64_t	*item = find(m, v, page);

	if (item != NULL)
		atomic_store_explicit(item, (uint64_t)it->size << SIZE_AT |
		    (it->plain ? PLAIN : 0) | (unsigned char)it->type,
		    memory_order_relaxed);
}
