/* SPDX-License-Identifier: ISC */
/*
 * An article: gemtext that an author wrote by hand, DIR/articles/FILE.gmi.  It
 * is held to the rules of every other text, line by line, so that it can stand
 * on a page: no line begins with a dot, preformatted lines fit the narrowest
 * screen, links lead somewhere.  The file is an author's: any bytes; links of
 * the file system are not followed.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/nofollow.h"
#include "base/text.h"
#include "content/arena.h"
#include "content/article.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/value.h"
#include "content/yaml.h"
#include "proto/gemtext.h"

#define NAME_MAX_BYTES	60

static int
is_name(const char *s)
{
	const size_t	 len = strlen(s);

	return len > 4 && len <= NAME_MAX_BYTES && *s != '.' && *s != '-' &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len &&
	    strcmp(s + len - 4, ".gmi") == 0;
}

/* What is wrong with where a link leads; NULL: nothing. */
static const char *
link_why(const struct reader *r, const char *url, size_t len)
{
	char	 s[SCHEMA_STRING_MAX + 2];

	if (len >= sizeof(s))
		return "at most 300 bytes";
	memcpy(s, url, len);
	s[len] = '\0';
	if (strchr(s, ':') != NULL)
		return kind_url(s);
	if (len > 4 && strcmp(s + len - 4, ".gmi") == 0) {
		s[len - 4] = '\0';
		if (page_files_find(r->files, s) != NULL)
			return NULL;
	}
	return "the link leads to no page: want ID.gmi, of a page of this "
	    "capsule, or an address";
}

/* What is wrong with a line, in its text or its link; NULL: nothing. */
static const char *
line_why(const struct reader *r, const struct gemtext_line *l)
{
	const char	*why;

	switch (l->type) {
	case GEMTEXT_TOGGLE:
		return NULL;
	case GEMTEXT_PRE:
		if (l->len > 0 && *l->text == '.')
			return "begins with \".\", which ends a text on "
			    "Gopher: begin with something else";
		return text_width(l->text, l->len) > CHART_COLS ? "a "
		    "preformatted line has more than 38 columns" : NULL;
	case GEMTEXT_HEADING1:
		return "want ## or ###: the title of the page is its only #";
	case GEMTEXT_LINK:
		if ((why = link_why(r, l->url, l->urllen)) != NULL ||
		    l->len == 0)
			return why;
		break;
	case GEMTEXT_TEXT:
		if (l->len == 0)
			return NULL;
		if (*l->text == '.')
			return "begins with \".\", which ends a text on "
			    "Gopher: begin with something else";
		break;
	default:
		break;
	}
	return kind_text(l->text, l->len, 0, 0);
}

static void
bad_line(struct reader *r, const char *file, size_t line, const char *why)
{
	r->errors++;
	diag_add(r->d, DIAG_ERROR, file, (unsigned)line, 1, "%s",
	    diag_say(r->d, why));
}

/* 0, or -1 reported. */
static int
check(struct reader *r, const char *file, const char *s, size_t len)
{
	const unsigned		 before = r->errors;
	struct gemtext_line	 l;
	struct gemtext		 g;
	const char		*why;

	gemtext_start(&g, s, len);
	while (gemtext_next(&g, &l))
		if ((why = line_why(r, &l)) != NULL)
			bad_line(r, file, g.line, why);
	if (g.pre)
		bad_line(r, file, g.line, "the preformatted block has no end: "
		    "want ``` on a line of its own");
	return r->errors == before ? 0 : -1;
}

/* The file's bytes, which the caller frees; NULL: reported. */
static char *
open_file(struct reader *r, const struct yaml_node *c,
    const struct path *path, const char *rel, size_t *len)
{
	struct err	 e;
	char		*data;

	if ((data = file_read_below(r->dir, rel, ARTICLE_MAX, len, &e)) !=
	    NULL)
		return data;
	if (e.sys == ENOENT)
		read_bad(r, c->line, c->column, path,
		    "there is no file %s beside capsule.yml", rel);
	else
		read_bad(r, c->line, c->column, path, "%s", e.msg);
	return NULL;
}

const char *
read_article(struct reader *r, const struct yaml_node *c,
    const struct path *path)
{
	char	 rel[NAME_MAX_BYTES + sizeof(ARTICLE_FOLDER) + 2];
	char	*data, *file = NULL, *text = NULL;
	size_t	 len, start;

	if (!read_is_string(r, c, path))
		return NULL;
	if (!is_name(c->text)) {
		read_wrong(r, c, path, "want a file of the folder articles, as "
		    "mill-en.gmi");
		return NULL;
	}
	if (r->dir == NULL)
		return "";		/* no folder to look in: a test */
	snprintf(rel, sizeof(rel), ARTICLE_FOLDER "/%s", c->text);
	if ((data = open_file(r, c, path, rel, &len)) == NULL)
		return NULL;
	if (asprintf(&file, "%s%s%s", r->dir,
	    r->dir[strlen(r->dir) - 1] == '/' ? "" : "/", rel) == -1) {
		file = NULL;
		read_nomem(r);
	} else if (damage_check(file, data, len, &start, r->d) == -1)
		r->errors++;
	else if (check(r, file, data + start, len - start) == 0) {
		while (len > start && strchr(" \n", data[len - 1]) != NULL)
			len--;
		if (len == start)
			bad_line(r, file, 1, "the file is empty");
		else if ((text = arena_copy(r->arena, data + start,
		    len - start)) == NULL)
			read_nomem(r);
	}
	free(file);
	free(data);
	return text;
}
