/* SPDX-License-Identifier: ISC */
/*
 * Writes the files of a catalogue that tell of its groups: their titles in each
 * language, in the order of capsule.yml, and which group is a part of which,
 * sorted by id.  capsule.yml was checked: a group's parent is in no other.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/roster_groups.h"
#include "content/profile.h"
#include "package/members.h"
#include "render/render.h"

int
roster_put(struct render *r, const char *path, struct buf *b, struct err *e)
{
	int	 rv = -1;

	if (!buf_ok(b))
		err_nomem(e);
	else
		rv = render_asset(r, path, b->data != NULL ? b->data : "",
		    b->len, e);
	buf_free(b);
	return rv;
}

/*
 * Append a line for each group and language: the group's id, the language's
 * folder, the title.
 */
static void
write_titles(const struct profile *p, struct buf *b)
{
	size_t	 i, l;

	for (i = 0; i < p->members.ngroup; i++)
		for (l = 0; l < p->nlang; l++)
			buf_fmt(b, "%s\t%s\t%s\n", p->members.group[i].id,
			    p->lang[l].dir, p->members.group[i].title.in[l]);
}

static int
by_id(const void *a, const void *b)
{
	const struct member_group_source *const	*x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* Append a line for each group that is a part of another: `GROUP PARENT'. */
static void
write_parents(const struct profile *p, struct buf *b)
{
	const struct members_source		 *m = &p->members;
	const struct member_group_source	**part;
	size_t					  i, n = 0;

	if ((part = calloc(m->ngroup + 1, sizeof(*part))) == NULL) {
		b->failed = 1;
		return;
	}
	for (i = 0; i < m->ngroup; i++)
		if (m->group[i].parent != SIZE_MAX)
			part[n++] = &m->group[i];
	if (n > 0)
		qsort(part, n, sizeof(*part), by_id);
	for (i = 0; i < n; i++)
		buf_fmt(b, "%s %s\n", part[i]->id,
		    m->group[part[i]->parent].id);
	free(part);
}

int
roster_put_groups(const struct profile *p, struct render *to, struct err *e)
{
	struct buf	 b = BUF_INIT;

	if (p->members.ngroup == 0)
		return 0;
	write_titles(p, &b);
	if (roster_put(to, GROUPS_PATH, &b, e) == -1)
		return -1;
	write_parents(p, &b);
	if (buf_ok(&b) && b.len == 0) {
		buf_free(&b);
		return 0;
	}
	return roster_put(to, PARENTS_PATH, &b, e);
}
