/* SPDX-License-Identifier: ISC */
/*
 * Copies the part of a site table that describes a capsule: its id, contact,
 * hosts, languages with their titles, and trees.  A server with thousands of
 * packages keeps this part of each in memory, and reads the rest when it is
 * needed.  The table comes from site_table_parse(), which has checked it.
 */
#include <stdlib.h>
#include <string.h>

#include "proto/site.h"

/* Copy s to *at and move *at behind it. */
static char *
keep(char **at, const char *s)
{
	char	*was = *at;

	*at = stpcpy(was, s) + 1;
	return was;
}

static size_t
bytes_of(const struct site_table *t)
{
	const struct site_lang	*l;
	size_t			 i, n = strlen(t->id) + strlen(t->contact) + 2;

	for (i = 0; i < t->nhost; i++)
		n += strlen(t->host[i]) + 1;
	for (i = 0; i < t->nlang; i++) {
		l = &t->lang[i];
		n += strlen(l->dir) + strlen(l->tag) + strlen(l->name) +
		    strlen(l->title) + strlen(l->short_title) + 5;
	}
	for (i = 0; i < t->ntree; i++)
		n += strlen(t->tree[i].tree) + strlen(t->tree[i].dir) + 2;
	return n;
}

static void
fill(const struct site_table *t, struct site_table *b, char *at)
{
	size_t	 i;

	b->id = keep(&at, t->id);
	b->contact = keep(&at, t->contact);
	for (i = 0; i < t->nhost; i++)
		b->host[i] = keep(&at, t->host[i]);
	for (i = 0; i < t->nlang; i++) {
		b->lang[i].dir = keep(&at, t->lang[i].dir);
		b->lang[i].tag = keep(&at, t->lang[i].tag);
		b->lang[i].name = keep(&at, t->lang[i].name);
		b->lang[i].title = keep(&at, t->lang[i].title);
		b->lang[i].short_title = keep(&at, t->lang[i].short_title);
	}
	for (i = 0; i < t->ntree; i++) {
		b->tree[i].tree = keep(&at, t->tree[i].tree);
		b->tree[i].dir = keep(&at, t->tree[i].dir);
	}
}

struct site_table *
site_table_brief(const struct site_table *t)
{
	struct site_table	*b;
	size_t			 n;

	n = sizeof(*b) + t->nlang * sizeof(*b->lang) + t->ntree *
	    sizeof(*b->tree) + t->nhost * sizeof(*b->host) + bytes_of(t);
	if ((b = calloc(1, n)) == NULL)
		return NULL;
	b->nhost = t->nhost;
	b->nlang = t->nlang;
	b->ntree = t->ntree;
	b->lang = (struct site_lang *)(b + 1);
	b->tree = (struct site_tree *)(b->lang + b->nlang);
	b->host = (char **)(b->tree + b->ntree);
	fill(t, b, (char *)(b->host + b->nhost));
	return b;
}
