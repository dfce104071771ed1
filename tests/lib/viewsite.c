/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "lib/viewsite.h"

static int
find(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct viewsite	*v = arg;
	char		 path[256];
	size_t		 i;

	snprintf(path, sizeof(path), "%s/%s", dir, id);
	for (i = 0; i < v->npage; i++) {
		if (strcmp(v->page[i].path, path) != 0)
			continue;
		*text = v->page[i].text;
		*len = v->page[i].len;
		return 0;
	}
	return -1;
}

void
viewsite_make(struct viewsite *v, const char *table)
{
	struct err	 e;

	memset(v, 0, sizeof(*v));
	if ((v->table = site_table_parse(table, strlen(table), &e)) == NULL)
		errx(1, "%s", e.msg);
	v->src.site = v->table;
	v->src.page = find;
	v->src.arg = v;
	v->src.host = "localhost";
	v->src.port = 7070;
	v->src.package_size = 120000;
}

void
viewsite_add(struct viewsite *v, const char *path, const char *text,
    size_t len)
{
	struct viewsite_page	*p;
	size_t			 i;

	for (i = 0; i < v->npage; i++)
		if (strcmp(v->page[i].path, path) == 0)
			break;
	if (i == v->npage) {
		p = realloc(v->page, (v->npage + 1) * sizeof(*p));
		if (p == NULL)
			err(1, NULL);
		v->page = p;
		v->page[v->npage++].path = strdup(path);
	} else
		free(v->page[i].text);
	/* Exactly as long as it is, so that ASan sees a read past it. */
	if ((v->page[i].text = malloc(len > 0 ? len : 1)) == NULL)
		err(1, NULL);
	memcpy(v->page[i].text, text, len);
	v->page[i].len = len;
}

void
viewsite_load(struct viewsite *v, const char *dir)
{
	const struct site_page	*p;
	struct err		 e;
	char			 path[512], name[256], *s;
	size_t			 i, len;

	snprintf(path, sizeof(path), "%s/site.txt", dir);
	if ((s = file_read(path, 1 << 24, &len, &e)) == NULL)
		errx(1, "%s", e.msg);
	viewsite_make(v, s);
	free(s);
	for (i = 0; i < v->table->npage; i++) {
		p = &v->table->page[i];
		snprintf(name, sizeof(name), "%s/%s", p->dir, p->id);
		snprintf(path, sizeof(path), "%s/%s.gmi", dir, name);
		if ((s = file_read(path, 1 << 24, &len, &e)) == NULL)
			errx(1, "%s", e.msg);
		viewsite_add(v, name, s, len);
		free(s);
	}
}

void
viewsite_free(struct viewsite *v)
{
	size_t	 i;

	for (i = 0; i < v->npage; i++) {
		free(v->page[i].path);
		free(v->page[i].text);
	}
	free(v->page);
	site_table_free(v->table);
}
