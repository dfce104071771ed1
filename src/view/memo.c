#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/site.h"
#include "view/memo.h"
#include "view/view.h"

struct view_memo {
	const struct site_table	*site;
	size_t			 nview;
	struct view		 view[VIEW_MAX];
	struct memo_item	*item[VIEW_MAX];	/* by page of site */
	struct memo_menu	 menu;
};

struct view_memo *
view_memo_new(const struct site_table *site)
{
	struct view_memo	*m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		return NULL;
	m->site = site;
	m->nview = view_list(site, m->view);
	return m;
}

void
view_memo_free(struct view_memo *m)
{
	size_t	 i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nview; i++)
		free(m->item[i]);
	free(m->menu.first);
	free(m);
}

struct memo_menu *
memo_menu(struct view_memo *m)
{
	return m == NULL ? NULL : &m->menu;
}

struct memo_item *
memo_item(struct view_memo *m, const struct view *v,
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
		if (strcmp(m->view[i].name, v->name) == 0)
			break;
	if (i == m->nview)
		return NULL;
	if (m->item[i] == NULL && (m->item[i] = calloc(m->site->npage,
	    sizeof(*m->item[i]))) == NULL)
		return NULL;
	return &m->item[i][page - m->site->page];
}
