/* SPDX-License-Identifier: ISC */
/*
 * Read YAML nodes into structs by the tables of schema.c, which say for each
 * key its type and where its value goes.  A map's keys are read in the table's
 * order, since later ones refer to earlier ones.  All errors are reported in
 * one run, and the target keeps what was good.  The tables are trusted, the
 * nodes are an author's.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "base/text.h"
#include "content/beside.h"
#include "content/arena.h"
#include "content/article.h"
#include "content/damage.h"
#include "content/dated.h"
#include "content/diag.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/paragraphs.h"
#include "content/read.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/value.h"
#include "content/yaml.h"
#include "proto/idiom.h"

/* -- texts ------------------------------------------------------------- */

static void
missing_words(struct reader *r, const struct yaml_node *node,
    const struct words *to, const struct path *path)
{
	char	 list[LANG_MAX * 16] = "";
	size_t	 i, len = 0, n = 0;

	for (i = 0; i < r->nlang; i++) {
		if (to->in[i] != NULL ||
		    yaml_get(node, r->lang[i].dir) != NULL)
			continue;
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%s%.12s", n++ == 0 ? "" : ", ", r->lang[i].dir);
	}
	if (n > 0)
		read_bad(r, node->line, node->column, path,
		    "the translation is missing: %s", list);
}

/* "TEXT [nb]"; the text alone when a short title would be too long. */
static const char *
with_tag(struct reader *r, const char *text, const char *tag, unsigned type)
{
	struct buf	 b = BUF_INIT;
	const char	*s = NULL;

	idiom_tagged_write(&b, text, tag);
	if (buf_ok(&b))
		s = type == TYPE_SHORT && text_width(b.data, b.len) >
		    SHORT_COLS ? text : arena_copy(r->arena, b.data, b.len);
	if (s == NULL)
		read_nomem(r);
	buf_free(&b);
	return s;
}

/* The languages that it lacks get the text of the first one that has it. */
static void
fall_back(struct reader *r, struct words *to, unsigned type)
{
	const char	*text;
	size_t		 i, first = 0;

	while (first < r->nlang && to->in[first] == NULL)
		first++;
	if (first == r->nlang)
		return;			/* reported */
	text = to->in[first];
	if (r->tagged && r->lang[first].tag != NULL)
		text = with_tag(r, text, r->lang[first].tag, type);
	for (i = 0; i < r->nlang; i++)
		if (to->in[i] == NULL) {
			to->in[i] = text;
			r->missing |= 1u << i;
		}
}

static void
not_a_language(struct reader *r, const struct yaml_node *c,
    const struct path *path)
{
	struct nearest	 near;
	struct damage_odd odd;
	char		 remedy[120];
	size_t		 i;

	nearest_begin(&near, c->key);
	for (i = 0; i < r->nlang; i++)
		nearest_try(&near, r->lang[i].dir);
	if (damage_odd(c->key, strlen(c->key), &odd)) {
		damage_remedy(&odd, r->d, remedy, sizeof(remedy));
		read_bad(r, c->key_line, c->key_column, path, "\"%.64s\": %s",
		    c->key, remedy);
	} else
		read_bad(r, c->key_line, c->key_column, path, "\"%.64s\" is "
		    "no language of this capsule, want \"%s\"", c->key,
		    near.name != NULL ? near.name : r->lang[0].dir);
}

/* One language's text; NULL: reported. */
static const char *
one_text(struct reader *r, const struct yaml_node *c,
    const struct path *path, unsigned type)
{
	const char	*why;
	char		 value[READ_SHOWN];
	size_t		 cols;

	if (!read_is_string(r, c, path))
		return NULL;
	if (type == TYPE_ARTICLE)
		return read_article(r, c, path);
	if (type == TYPE_PARAGRAPHS && memchr(c->text, '\n', c->len) != NULL)
		return read_paragraphs(r, c, path);
	why = kind_text(c->text, c->len, type != TYPE_WORD, c->lines);
	if (why != NULL) {
		/* Do not mention full-width marks: texts may have them. */
		read_shown(r, c, value, sizeof(value));
		read_bad(r, c->line, c->column, path, "%s %s", value,
		    diag_say(r->d, why));
		return NULL;
	}
	cols = type == TYPE_SHORT ? text_width(c->text, c->len) : 0;
	if (cols > SHORT_COLS) {
		read_bad(r, c->line, c->column, path, "\"%.100s\" is %zu "
		    "columns wide, at most %d (a Chinese character is 2)",
		    c->text, cols, SHORT_COLS);
		return NULL;
	}
	return read_string(r, c);
}

/* One text where one for each language should be. */
static void
no_languages(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	char	 list[LANG_MAX * 20] = "";
	size_t	 i, len = 0;

	for (i = 0; i < r->nlang; i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%s%.12s: ...", i == 0 ? "" : ", ", r->lang[i].dir);
	read_wrong(r, node, path, "want a text in each language, as {%s}",
	    list);
}

void
read_text(struct reader *r, const struct yaml_node *node, struct words *to,
    const struct path *path, unsigned type)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	size_t			 i, found = 0;

	if (r->nlang == 0)
		return;			/* reported at languages: */
	if (node->kind != YAML_MAP) {
		no_languages(r, node, path);
		return;
	}
	for (c = node->child; c != NULL; c = c->next) {
		here.key = c->key;
		for (i = 0; i < r->nlang; i++)
			if (strcmp(c->key, r->lang[i].dir) == 0)
				break;
		if (i == r->nlang)
			not_a_language(r, c, path);
		else {
			to->in[i] = one_text(r, c, &here, type);
			found++;
		}
	}
	if (found == r->nlang)
		return;
	if (r->fallback && found > 0)
		fall_back(r, to, type);
	else
		missing_words(r, node, to, path);
}

/* One string for all languages, or one for each. */
static void
read_from(struct reader *r, const struct yaml_node *node, struct words *to,
    const struct path *path)
{
	static const struct schema_key	 any = { .max = SCHEMA_STRING_MAX };
	const char			*s = NULL;
	size_t				 i;

	if (node->kind == YAML_MAP) {
		read_text(r, node, to, path, TYPE_WORD);
		return;
	}
	read_name(r, node, TYPE_STRING, &any, &s, path);
	for (i = 0; i < r->nlang; i++)
		to->in[i] = s;
}

/* -- maps and lists ---------------------------------------------------- */

static void
read_strings(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, size_t *n, const struct path *path)
{
	static const struct schema_key	 plain = { .max = SCHEMA_ID_MAX };
	const struct yaml_node		*c;
	struct path			 here = { path, NULL, 0 };
	const char			**list;

	if (node->kind != YAML_LIST) {
		read_wrong(r, node, path, "want a list, as [a, b]");
		return;
	}
	if ((key->flags & NOT_EMPTY) && node->n == 0) {
		read_bad(r, node->line, node->column, path,
		    "the list is empty");
		return;
	}
	list = arena_array(r->arena, node->n, sizeof(*list));
	if (list == NULL) {
		read_nomem(r);
		return;
	}
	for (c = node->child; c != NULL; c = c->next, here.index++) {
		read_name(r, c, key->item, &plain, &list[*n], &here);
		if (list[*n] != NULL)
			++*n;
	}
	memcpy(n + 1, &list, sizeof(list));
}

void
read_list(struct reader *r, const struct yaml_node *node,
    const struct schema *s, size_t *n, void **items, const struct path *path,
    unsigned long long max)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	char			*list;

	if (node->kind != YAML_LIST) {
		read_wrong(r, node, path, "want a list");
		return;
	}
	if (node->n == 0) {
		read_bad(r, node->line, node->column, path,
		    "the list is empty");
		return;
	}
	if (max != 0 && node->n > max) {
		read_bad(r, node->line, node->column, path,
		    "%zu items, at most %llu", node->n, max);
		return;
	}
	if ((list = arena_array(r->arena, node->n, s->size)) == NULL) {
		read_nomem(r);
		return;
	}
	/* Set before the items are read: a map's links look at its nodes. */
	*n = node->n;
	*items = list;
	for (c = node->child; c != NULL; c = c->next, here.index++)
		read_map(r, c, s, list + here.index * s->size, &here);
}

/* From here on texts must be there in these languages. */
static void
take_languages(struct reader *r, const struct yaml_node *node,
    const struct lang *lang, size_t n, const struct path *path)
{
	const struct yaml_node	*c = node->child;
	struct path		 here = { path, NULL, 0 };
	size_t			 i, k;

	for (i = 0; i < n; i++, c = c->next) {
		if (lang[i].dir == NULL)
			return;		/* an error already */
		here.index = i;
		for (k = 0; k < i; k++)
			if (strcmp(lang[k].dir, lang[i].dir) == 0)
				read_bad(r, c->line, c->column, &here,
				    "\"%s\" is there already",
				    lang[i].dir);
		if (kind_is_taken(lang[i].dir))
			read_bad(r, c->line, c->column, &here, "\"%s\" is "
			    "a tree or folder of apeng's own, want another "
			    "dir",
			    lang[i].dir);
	}
	r->lang = lang;
	r->nlang = n;
}

static void
read_key(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, void *target, const struct path *path)
{
	char	*to = key->at == SCHEMA_NO_LINE ? NULL :
		    (char *)target + key->at;
	void	*items = NULL;
	struct dated_value *dated = NULL;

	switch (key->type) {
	case TYPE_TEXT:
	case TYPE_SHORT:
	case TYPE_WORD:
		read_text(r, node, (struct words *)to, path, key->type);
		break;
	case TYPE_INT:
	case TYPE_BIGINT:
		read_number(r, node, key, to, path);
		break;
	case TYPE_VALUE:
		read_value(r, node, (struct value *)to, path);
		break;
	case TYPE_ENUM:
		read_enum(r, node, key, (unsigned *)to, path);
		break;
	case TYPE_LANG:
		read_lang(r, node, (const char **)to, path);
		break;
	case TYPE_UNIT:
		read_unit(r, node, (size_t *)to, path);
		break;
	case TYPE_NODE:
		read_node(r, node, (size_t *)to, path);
		break;
	case TYPE_AT:
		read_at(r, node, (unsigned *)to, path);
		break;
	case TYPE_FILE:
		read_file_beside(r, node, key, (struct beside *)to, path);
		break;
	case TYPE_MOMENT:
		read_moment(r, node, (struct moment *)to, path);
		break;
	case TYPE_STRINGS:
		read_strings(r, node, key, (size_t *)to, path);
		break;
	case TYPE_LIST:
		read_list(r, node, key->sub, (size_t *)to, &items, path,
		    key->max);
		memcpy(to + sizeof(size_t), &items, sizeof(items));
		if (key->flags & LANGUAGES)
			take_languages(r, node, items, *(size_t *)to, path);
		break;
	case TYPE_MAP:
		read_map(r, node, key->sub, to, path);
		break;
	case TYPE_FROM:
		read_from(r, node, (struct words *)to, path);
		break;
	case TYPE_CELLS:
	case TYPE_ROWS:
		break;
	case TYPE_DATED:
		read_dated(r, node, (size_t *)to, &dated, path);
		memcpy(to + sizeof(size_t), &dated, sizeof(dated));
		break;
	case TYPE_UNITS:
	case TYPE_WORDS:
	case TYPE_REPLACE:
	case TYPE_TREES:
	case TYPE_BLOCKS:
		if (to != NULL)
			*(const struct yaml_node **)to = node;
		break;
	default:
		read_name(r, node, key->type, key, (const char **)to, path);
	}
}

static void
check_either(struct reader *r, const struct yaml_node *node,
    const struct schema *s, const struct path *path)
{
	const char *const	*set, *const *key;
	size_t			 i, found = 0;

	for (i = 0; i < 2; i++) {
		set = s->either[i];
		if (yaml_get(node, set[0]) == NULL)
			continue;
		found++;
		for (key = set + 1; *key != NULL; key++)
			if (yaml_get(node, *key) == NULL)
				read_bad(r, node->line, node->column, path,
				    "\"%s\" is missing beside \"%s\"", *key,
				    set[0]);
	}
	if (found != 1)
		read_bad(r, node->line, node->column, path,
		    "want either \"%s\" or \"%s\"%s", s->either[0][0],
		    s->either[1][0], found == 0 ? "" :
		    diag_say(r->d, ", not both"));
}

/* 1: the item is the bare value of the schema's lone key. */
static int
is_lone(const struct yaml_node *node, const struct schema *s)
{
	if (schema_find(s, s->lone)->type != TYPE_TEXT)
		return node->kind == YAML_SCALAR;
	return node->kind == YAML_MAP && yaml_get(node, s->lone) == NULL;
}

void
read_map(struct reader *r, const struct yaml_node *node,
    const struct schema *s, void *target, const struct path *path)
{
	const struct schema_key	*key;
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	size_t			 i;

	for (i = 0; i < s->n; i++)	/* defaults that are not zero */
		if (s->key[i].type == TYPE_UNIT ||
		    s->key[i].type == TYPE_NODE)
			memcpy((char *)target + s->key[i].at,
			    &(size_t){ SIZE_MAX }, sizeof(size_t));
	if (s->line_at != SCHEMA_NO_LINE)
		memcpy((char *)target + s->line_at, &node->line,
		    sizeof(node->line));
	if (s->lone != NULL && is_lone(node, s)) {
		read_key(r, node, schema_find(s, s->lone), target, path);
		return;
	}
	if (node->kind != YAML_MAP) {
		read_wrong(r, node, path, "want a mapping with \"%s\"%s%s",
		    s->key[0].key, s->n > 1 ?
		    diag_say(r->d, " and the like") : "", s->lone != NULL ?
		    diag_say(r->d, ", or a text") : "");
		return;
	}
	/* In the table's order: what others refer to comes first. */
	for (i = 0; i < s->n; i++) {
		key = &s->key[i];
		here.key = key->key;
		if ((c = yaml_get(node, key->key)) != NULL)
			read_key(r, c, key, target, &here);
		else if (key->flags & REQUIRED)
			read_bad(r, node->line, node->column, path,
			    "\"%s\" is missing: %s", key->key,
			    diag_say(r->d, key->what));
	}
	for (c = node->child; c != NULL; c = c->next)
		if (schema_find(s, c->key) == NULL)
			read_unknown(r, c, path, s);
	if (s->either[0] != NULL)
		check_either(r, node, s, path);
}
