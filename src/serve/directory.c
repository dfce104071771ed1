/* SPDX-License-Identifier: ISC */
/*
 * From the set of sites to the roll of its directory.  Groups are those of the
 * catalogues whose word counts here (struct site, lists): each says in which
 * group a member stands and what its groups are called.  Where several do, a
 * group's id has the catalogue's in front, and a package that two of them list
 * stands in the group of the first.
 *
 * The catalogues are proven; members_read() checks their files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "directory/ask.h"
#include "directory/find.h"
#include "directory/roll.h"
#include "package/members.h"
#include "package/reader.h"
#include "serve/directory.h"
#include "serve/open.h"
#include "serve/reply.h"
#include "serve/site.h"
#include "view/search.h"

/* A catalogue and its lists. */
struct directory_list {
	const struct site	*site;
	struct members		 members;
};

struct directory_lists {
	size_t			 n;
	struct directory_list	*v;
};

/* The catalogues of ss.  -1: no memory; one that cannot be read counts not. */
static int
read_lists(const struct sites *ss, struct directory_lists *l)
{
	size_t	 i, n = 0;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < ss->n; i++)
		n += ss->site[i]->lists != 0;
	if (n > 0 && (l->v = calloc(n, sizeof(*l->v))) == NULL)
		return -1;
	for (i = 0; i < ss->n && l->n < n; i++)
		if (ss->site[i]->lists && members_read(ss->site[i]->pkg,
		    &l->v[l->n].members, NULL) == 1)
			l->v[l->n++].site = ss->site[i];
	return 0;
}

static void
free_lists(struct directory_lists *l)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		members_free(&l->v[i].members);
	free(l->v);
}

/* "GROUP", or "CATALOGUE.GROUP" where there are several catalogues. */
static void
group_id(const struct directory_lists *l, const struct directory_list *c,
    const char *group, char id[ROLL_GROUP_MAX + 1])
{
	if (l->n > 1)
		snprintf(id, ROLL_GROUP_MAX + 1, "%s.%s", c->site->id, group);
	else
		snprintf(id, ROLL_GROUP_MAX + 1, "%s", group);
}

static void
name_groups(struct roll *r, const struct directory_lists *l)
{
	const struct member_group	*g;
	char				 id[ROLL_GROUP_MAX + 1],
					 up[ROLL_GROUP_MAX + 1];
	size_t				 i, k;

	for (i = 0; i < l->n; i++)
		for (k = 0; k < l->v[i].members.ngroup; k++) {
			g = &l->v[i].members.group[k];
			group_id(l, &l->v[i], g->id, id);
			roll_group(r, id, g->dir, g->title);
		}
	/* When all are named: the groups stand in the order of their names. */
	for (i = 0; i < l->n; i++)
		for (k = 0; k < l->v[i].members.nparent; k++) {
			group_id(l, &l->v[i], l->v[i].members.parent[k].id,
			    id);
			group_id(l, &l->v[i], l->v[i].members.parent[k].parent,
			    up);
			roll_part(r, id, up);
		}
}

/* In which group it stands. */
static void
group_of(const struct directory_lists *l, const struct site *s,
    char id[ROLL_GROUP_MAX + 1])
{
	const struct member	*m;
	size_t			 i;

	for (i = 0; i < l->n; i++)
		if ((m = members_find(&l->v[i].members, s->id)) != NULL &&
		    strcmp(m->group, MEMBER_NO_GROUP) != 0) {
			group_id(l, &l->v[i], m->group, id);
			return;
		}
	strcpy(id, ROLL_NO_GROUP);
}

/* roll's page(): entries DIR/ID.gmi in the folder of a language. */
static int
page_at(void *arg, size_t *i, struct roll_page *out)
{
	const struct site	*s = arg;
	const struct site_lang	*l;
	struct pkg_entry	 en;
	const char		*slash;
	size_t			 n;

	for (; *i < pkg_count(s->pkg); ++*i) {
		pkg_at(s->pkg, *i, &en);
		if ((slash = strchr(en.path, '/')) == NULL ||
		    (n = strlen(slash + 1)) < 5 || n - 4 >= sizeof(out->id) ||
		    strcmp(slash + 1 + n - 4, ".gmi") != 0 ||
		    strncmp(slash + 1, SITE_LIST_PREFIX,
		    strlen(SITE_LIST_PREFIX)) == 0 ||
		    (l = site_table_lang_at(s->brief, en.path,
		    (size_t)(slash - en.path))) == NULL)
			continue;
		out->dir = l->dir;
		memcpy(out->id, slash + 1, n - 4);
		out->id[n - 4] = '\0';
		out->text = (const char *)en.data;
		out->len = en.size;
		return 1;
	}
	return 0;
}

static void
rest(void *arg)
{
	site_rest(arg);
}

const struct roll *
directory_roll(struct sites *ss)
{
	struct directory_lists	 l;
	struct roll		*r;
	char			 group[ROLL_GROUP_MAX + 1];
	size_t			 i;

	if (ss->roll != NULL)
		return ss->roll;
	if (read_lists(ss, &l) == -1)
		return NULL;
	if ((r = roll_new()) != NULL) {
		r->page = page_at;
		r->rest = rest;
		name_groups(r, &l);
		for (i = 0; i < ss->n; i++) {
			group_of(&l, ss->site[i], group);
			roll_place(r, ss->site[i]->brief, ss->site[i]->label,
			    group, ss->site[i]->lists, ss->site[i],
			    &ss->site[i]->grams);
		}
		if (roll_done(r) == -1) {
			roll_free(r);
			r = NULL;
		}
	}
	free_lists(&l);
	ss->roll = r;
	return r;
}

int
directory_find(struct sites *ss, struct reply *r,
    const struct directory_search *q, const struct hits **out)
{
	int	 rv;

	if (directory_roll(ss) == NULL)
		return -1;
	if (r->finder != NULL && !finder_is_of(r->finder, ss->roll)) {
		finder_free(r->finder);
		r->finder = NULL;
	} else if (r->finder == NULL && q->wait > 0)
		return 0;
	if (r->finder == NULL && (r->finder = finder_new(ss->roll, q->ask,
	    q->words, q->n, q->first, q->most)) == NULL)
		return -1;
	rv = finder_step(r->finder, SEARCH_SLICE);
	r->worked = finder_work(r->finder);
	*out = finder_hits(r->finder);
	return rv == 0 ? ANSWER_LATER : rv;
}

void
directory_forget(struct sites *ss)
{
	if (ss->roll != NULL)
		ss->roll->gone = 1;
	roll_free(ss->roll);
	ss->roll = NULL;
}

int
directory_has(const struct sites *ss)
{
	return ss->n > 1;
}

int
directory_first(const struct sites *ss, const struct site *s,
    const char *host)
{
	return ss->directory && ss->n > 1 && s == ss->site[0] &&
	    names_find(&ss->hosts, host, strlen(host)) != s;
}

size_t
directory_path(char *path, size_t len)
{
	static const char *const	 own[] = { "/", "/search", "/index.gmi" };
	size_t				 i, n;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (len == strlen(own[i]) && memcmp(path, own[i], len) == 0)
			break;
	if (len == 0)
		i = 0;
	if (i == sizeof(own) / sizeof(own[0]))
		return len;
	n = (size_t)snprintf(path, DIRECTORY_ROOM, ROLL_PREFIX "%s",
	    i == 1 ? "/search" : "");
	return n;
}

int
directory_is(const struct sites *ss, const char *path, size_t len)
{
	return directory_has(ss) && ask_prefix(path, len) > 0;
}
