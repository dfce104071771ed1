/* SPDX-License-Identifier: ISC */
/* The tables of schema.c as JSON Schema, for editors. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "content/json.h"
#include "content/model.h"
#include "content/schema.h"
#include "lang/lang.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define DEPTH_MAX	16

struct out {
	struct buf		*b;
	unsigned		 depth;
	int			 any[DEPTH_MAX];	/* a comma is due */
	const char *const	*dir;			/* of the languages */
	size_t			 nlang;
	const struct language	*says;			/* the descriptions */
	int			 some;		/* texts may lack languages */
};

/* Behind the name of a definition for pages and blocks with fallback: yes. */
#define SOME(o)		((o)->some ? "-some" : "")

static void	 list_type(struct out *, const struct schema_key *);
static void	 type(struct out *, const struct schema_key *);

static void
quoted(struct out *o, const char *s)
{
	buf_ch(o->b, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_ch(o->b, '\\');
		buf_ch(o->b, *s);
	}
	buf_ch(o->b, '"');
}

/* Begin a member (name NULL: an item of a list). */
static void
next(struct out *o, const char *name)
{
	unsigned	 i;

	if (o->any[o->depth])
		buf_ch(o->b, ',');
	o->any[o->depth] = 1;
	buf_ch(o->b, '\n');
	for (i = 0; i < o->depth; i++)
		buf_str(o->b, "  ");
	if (name != NULL) {
		quoted(o, name);
		buf_str(o->b, ": ");
	}
}

static void
open(struct out *o, const char *name, char c)
{
	if (o->depth > 0)
		next(o, name);
	buf_ch(o->b, c);
	o->any[++o->depth] = 0;
}

static void
close(struct out *o, char c)
{
	unsigned	 i;

	o->depth--;
	buf_ch(o->b, '\n');
	for (i = 0; i < o->depth; i++)
		buf_str(o->b, "  ");
	buf_ch(o->b, c);
}

static void
string(struct out *o, const char *name, const char *s)
{
	next(o, name);
	quoted(o, s);
}

static void
describe(struct out *o, const char *s)
{
	string(o, "description", lang_say(o->says, s));
}

static void
number(struct out *o, const char *name, unsigned long long n)
{
	next(o, name);
	buf_fmt(o->b, "%llu", n);
}

static void
strings(struct out *o, const char *name, const char *const *list, size_t n)
{
	size_t	 i;

	next(o, name);
	buf_ch(o->b, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_str(o->b, ", ");
		quoted(o, list[i]);
	}
	buf_ch(o->b, ']');
}

/* The same of arguments up to NULL. */
static void
words(struct out *o, const char *name, ...)
{
	const char	*list[16], *s;
	va_list		 ap;
	size_t		 n = 0;

	va_start(ap, name);
	while (n < COUNT(list) && (s = va_arg(ap, const char *)) != NULL)
		list[n++] = s;
	va_end(ap);
	strings(o, name, list, n);
}

static void
ref(struct out *o, const char *name, const char *definition)
{
	next(o, name);
	buf_fmt(o->b, "{\"$ref\": \"#/definitions/%s%s\"}", definition,
	    SOME(o));
}

/* A page or a block: the definition with all languages, or with some. */
static void
ref_fallback(struct out *o, const char *name, const char *definition)
{
	if (o->some) {
		ref(o, name, definition);
		return;
	}
	open(o, name, '{');
	next(o, "if");
	buf_str(o->b, "{\"required\": [\"fallback\"], \"properties\": "
	    "{\"fallback\": {\"const\": \"yes\"}}}");
	o->some = 1;
	ref(o, "then", definition);
	o->some = 0;
	ref(o, "else", definition);
	close(o, '}');
}

/* max 0: any length. */
static void
pattern(struct out *o, const char *expression, size_t min, size_t max)
{
	string(o, "type", "string");
	string(o, "pattern", expression);
	if (min > 1)
		number(o, "minLength", min);
	if (max > 0)
		number(o, "maxLength", max);
}

static void
name_type(struct out *o, enum schema_type t, const struct schema_key *key)
{
	static const struct {
		enum schema_type	 type;
		const char		*expression;
		size_t			 max;
	} plain[] = {
		{ TYPE_PAGE, PATTERN_ID, SCHEMA_ID_MAX },
		{ TYPE_UNIT, PATTERN_ID, SCHEMA_ID_MAX },
		{ TYPE_NODE, PATTERN_ID, SCHEMA_ID_MAX },
		{ TYPE_HOST, PATTERN_HOST, 253 },
		{ TYPE_TAG, PATTERN_TAG, 0 }, { TYPE_KEY, PATTERN_KEY, 0 },
		{ TYPE_FACT, PATTERN_FACT, SCHEMA_ID_MAX },
		{ TYPE_DATE, PATTERN_DATE, 0 }, { TYPE_MAIL, PATTERN_MAIL, 0 },
		{ TYPE_HOURS, PATTERN_HOURS, 0 },
		{ TYPE_TIME, PATTERN_TIME, 0 },
		{ TYPE_DEPARTURE, PATTERN_DEPART, 0 },
		{ TYPE_DAYS, PATTERN_DAYS, 0 },
		{ TYPE_URL, PATTERN_URL, SCHEMA_STRING_MAX },
	};
	size_t	 i;

	for (i = 0; i < COUNT(plain); i++)
		if (plain[i].type == t) {
			pattern(o, plain[i].expression, 0, plain[i].max);
			return;
		}
	if (t == TYPE_ID) {
		pattern(o, PATTERN_ID, key->min, key->max);
		return;
	}
	words(o, "type", "string", "number", NULL);
	string(o, "pattern", t == TYPE_PHONE ? PATTERN_PHONE : PATTERN_WORD);
	if (t != TYPE_PHONE)
		number(o, "maxLength", SCHEMA_STRING_MAX);
}

static void
list_type(struct out *o, const struct schema_key *key)
{
	const struct schema_key	*lone;

	string(o, "type", "array");
	if (key->type == TYPE_LIST || (key->flags & NOT_EMPTY))
		number(o, "minItems", 1);
	if (key->max != 0)
		number(o, "maxItems", key->max);
	if (key->type == TYPE_STRINGS) {
		open(o, "items", '{');
		name_type(o, key->item, key);
		close(o, '}');
	} else if (key->sub->lone != NULL) {
		/*
		 * A bare text, unless the key is there that tells; or a bare
		 * string.
		 */
		lone = schema_find(key->sub, key->sub->lone);
		open(o, "items", '{');
		open(o, "if", '{');
		if (lone->type == TYPE_TEXT)
			words(o, "required", key->sub->lone, NULL);
		else
			string(o, "type", "object");
		close(o, '}');
		ref(o, "then", key->sub->name);
		open(o, "else", '{');
		type(o, lone);
		close(o, '}');
		close(o, '}');
	} else
		ref(o, "items", key->sub->name);
}

static void
value_type(struct out *o, const struct schema_key *key)
{
	size_t	 n;

	switch (key->type) {
	case TYPE_VALUE:
		words(o, "type", "number", "string", NULL);
		string(o, "pattern", key->flags & WORDED ? PATTERN_VALUE :
		    PATTERN_NUMBER);
		number(o, "maxLength", SCHEMA_VALUE_MAX);
		break;
	case TYPE_ENUM:
		for (n = 0; key->names[n] != NULL; n++)
			;
		strings(o, "enum", key->names, n);
		break;
	case TYPE_LANG:
		strings(o, "enum", o->dir, o->nlang);
		break;
	case TYPE_AT:
		string(o, "type", "array");
		number(o, "minItems", 2);
		number(o, "maxItems", 2);
		next(o, "items");
		buf_fmt(o->b, "[{\"type\": \"integer\", \"minimum\": 0, "
		    "\"maximum\": %d}, {\"type\": \"integer\", "
		    "\"minimum\": 0, \"maximum\": %d}]", MAP_X_MAX, MAP_Y_MAX);
		break;
	case TYPE_FILE:
		pattern(o, key->flags & PICTURE ? PATTERN_PICTURE :
		    PATTERN_FILE, 0, FILE_NAME_MAX);
		break;
	case TYPE_MOMENT:
		words(o, "type", "integer", "string", NULL);
		next(o, "minimum");
		buf_fmt(o->b, "%d", MOMENT_YEAR_MIN);
		number(o, "maximum", MOMENT_YEAR_MAX);
		string(o, "pattern", PATTERN_MOMENT);
		next(o, "not");
		buf_str(o->b, "{\"const\": 0}");
		break;
	default:
		string(o, "type", "integer");
		number(o, "minimum", key->min);
		number(o, "maximum", key->max);
	}
}

/* Maps whose keys are trees, or their charsets. */
static void
tree_types(struct out *o, enum schema_type type)
{
	const char		*dir[LANG_MAX + 1];
	struct schema_trees	 t;
	size_t			 i;

	memcpy(dir, o->dir, o->nlang * sizeof(*dir));
	dir[o->nlang] = TREE_NONE;
	schema_trees(&t, type == TYPE_REPLACE);
	open(o, "properties", '{');
	for (i = 0; i < t.all.n; i++) {
		if (type == TYPE_TREES) {
			open(o, t.key[i].key, '{');
			describe(o, t.row[i]->what);
			strings(o, "enum", dir, o->nlang + 1);
			close(o, '}');
			continue;
		}
		next(o, t.key[i].key);
		buf_str(o->b, "{\"type\": \"object\", \"additionalProperties\""
		    ": {\"type\": [\"string\", \"number\"]");
		if (t.row[i]->top > 0x7e)
			buf_fmt(o->b, ", \"pattern\": \"^[ -~\\u00a0-"
			    "\\u%04x]*$\"", (unsigned)t.row[i]->top);
		else if (t.row[i]->top > 0)
			buf_str(o->b, ", \"pattern\": \"^[ -~]*$\"");
		buf_str(o->b, "}}");
	}
	close(o, '}');
	next(o, "additionalProperties");
	buf_str(o->b, "false");
}

/* Maps whose keys are the author's. */
static void
table_type(struct out *o, enum schema_type t)
{
	string(o, "type", "object");
	if (t == TYPE_UNITS) {
		open(o, "propertyNames", '{');
		string(o, "pattern", PATTERN_ID);
		number(o, "maxLength", SCHEMA_ID_MAX);
		close(o, '}');
		ref(o, "additionalProperties", "word");
	} else if (t == TYPE_WORDS) {
		open(o, "additionalProperties", '{');
		string(o, "type", "object");
		number(o, "minProperties", 1);
		open(o, "propertyNames", '{');
		strings(o, "enum", o->dir, o->nlang);
		close(o, '}');
		next(o, "additionalProperties");
		buf_str(o->b, "{\"type\": \"string\", \"minLength\": 1}");
		close(o, '}');
	} else
		tree_types(o, t);
}

/* What a cell of a table may be. */
static void
cell_type(struct out *o)
{
	open(o, "items", '{');
	open(o, "anyOf", '[');
	next(o, NULL);
	buf_str(o->b, "{\"type\": [\"number\", \"string\", \"null\"]}");
	ref(o, NULL, "word");
	close(o, ']');
	close(o, '}');
}

static void
table_cells(struct out *o, enum schema_type t)
{
	if (t == TYPE_FROM) {
		open(o, "anyOf", '[');
		next(o, NULL);
		buf_str(o->b, "{\"type\": \"string\"}");
		ref(o, NULL, "word");
		close(o, ']');
		return;
	}
	string(o, "type", "array");
	if (t == TYPE_CELLS) {
		cell_type(o);
		return;
	}
	number(o, "minItems", 1);
	number(o, "maxItems", TABLE_ROWS);
	open(o, "items", '{');
	string(o, "type", "array");
	cell_type(o);
	close(o, '}');
}

/* {2018: 12000, 2025: 11500} */
static void
dated_values(struct out *o)
{
	string(o, "type", "object");
	number(o, "minProperties", 1);
	number(o, "maxProperties", DATED_MAX);
	open(o, "propertyNames", '{');
	string(o, "pattern", PATTERN_WHEN);
	close(o, '}');
	open(o, "additionalProperties", '{');
	words(o, "type", "number", "string", NULL);
	string(o, "pattern", PATTERN_NUMBER);
	number(o, "maxLength", SCHEMA_VALUE_MAX);
	close(o, '}');
}

static void
type(struct out *o, const struct schema_key *key)
{
	const char	*name = NULL;

	switch (key->type) {
	case TYPE_TEXT:
		name = "text";
		break;
	case TYPE_ARTICLE:
		name = "article";
		break;
	case TYPE_PARAGRAPHS:
		name = "paragraphs";
		break;
	case TYPE_SHORT:
		name = "short";
		break;
	case TYPE_WORD:
		name = "word";
		break;
	case TYPE_MAP:
		name = key->sub->name;
		break;
	case TYPE_STRINGS:
	case TYPE_LIST:
		list_type(o, key);
		break;
	case TYPE_INT:
	case TYPE_BIGINT:
	case TYPE_VALUE:
	case TYPE_ENUM:
	case TYPE_LANG:
	case TYPE_AT:
	case TYPE_FILE:
	case TYPE_MOMENT:
		value_type(o, key);
		break;
	case TYPE_UNITS:
	case TYPE_WORDS:
	case TYPE_REPLACE:
	case TYPE_TREES:
		table_type(o, key->type);
		break;
	case TYPE_FROM:
	case TYPE_CELLS:
	case TYPE_ROWS:
		table_cells(o, key->type);
		break;
	case TYPE_DATED:
		dated_values(o);
		break;
	case TYPE_BLOCKS:
		string(o, "type", "array");
		ref_fallback(o, "items", "block");
		break;
	default:
		name_type(o, key->type, key);
	}
	if (name != NULL) {
		/* In draft 7 nothing may stand beside a $ref. */
		open(o, "allOf", '[');
		ref(o, NULL, name);
		close(o, ']');
	}
}

/* A value with words in it needs a text beside it. */
static void
need_text(struct out *o, const char *key)
{
	open(o, "if", '{');
	open(o, "not", '{');
	words(o, "required", "text", NULL);
	close(o, '}');
	close(o, '}');
	open(o, "then", '{');
	open(o, "properties", '{');
	open(o, key, '{');
	string(o, "pattern", PATTERN_FIGURE);
	close(o, '}');
	close(o, '}');
	close(o, '}');
}

/* A page without generated half needs blocks. */
static void
need_blocks(struct out *o)
{
	open(o, "if", '{');
	words(o, "required", "generate", NULL);
	open(o, "properties", '{');
	open(o, "generate", '{');
	open(o, "not", '{');
	words(o, "enum", "none", NULL);
	close(o, '}');
	close(o, '}');
	close(o, '}');
	close(o, '}');
	open(o, "else", '{');
	words(o, "required", "blocks", NULL);
	next(o, "properties");
	buf_str(o->b, "{\"blocks\": {\"minItems\": 1}}");
	close(o, '}');
}

static void
map(struct out *o, const struct schema *s)
{
	const char	*required[32];
	char		 name[64];
	size_t		 i, k, n = 0;

	snprintf(name, sizeof(name), "%s%s", s->name, SOME(o));
	open(o, name, '{');
	string(o, "type", "object");
	open(o, "properties", '{');
	for (i = 0; i < s->n; i++) {
		open(o, s->key[i].key, '{');
		describe(o, s->key[i].what);
		type(o, &s->key[i]);
		close(o, '}');
		if ((s->key[i].flags & REQUIRED) && n < COUNT(required))
			required[n++] = s->key[i].key;
	}
	close(o, '}');
	strings(o, "required", required, n);
	next(o, "additionalProperties");
	buf_str(o->b, "false");
	if (s->either[0] != NULL) {
		open(o, "oneOf", '[');
		for (i = 0; i < 2; i++) {
			open(o, NULL, '{');
			for (k = 0; s->either[i][k] != NULL; k++)
				;
			strings(o, "required", s->either[i], k);
			open(o, "not", '{');
			words(o, "required", s->either[1 - i][0], NULL);
			close(o, '}');
			close(o, '}');
		}
		close(o, ']');
	}
	if (s == &schema_page)
		need_blocks(o);
	for (i = 0; i < s->n; i++)
		if (s->key[i].flags & WORDED)
			need_text(o, s->key[i].key);
	close(o, '}');
}

/* {en: ..., zh: ...}, undescribed: editors shall show what a key is for. */
static void
text_maps(struct out *o)
{
	static const struct {
		const char	*name, *expression;
		unsigned	 max;
	} kinds[] = {
		{ "text", PATTERN_TEXT, SCHEMA_TEXT_MAX },
		{ "article", PATTERN_ARTICLE, 60 },
		{ "paragraphs", PATTERN_PARAGRAPHS, SCHEMA_PARAGRAPHS_MAX },
		{ "short", PATTERN_TEXT, SHORT_COLS },
		{ "word", PATTERN_WORD, SCHEMA_TEXT_MAX },
	};
	char	 name[64];
	size_t	 i, k;

	for (i = 0; i < COUNT(kinds); i++) {
		snprintf(name, sizeof(name), "%s%s", kinds[i].name, SOME(o));
		open(o, name, '{');
		string(o, "type", "object");
		if (o->some)
			number(o, "minProperties", 1);
		else
			strings(o, "required", o->dir, o->nlang);
		open(o, "properties", '{');
		for (k = 0; k < o->nlang; k++) {
			open(o, o->dir[k], '{');
			words(o, "type", "string", "number", NULL);
			string(o, "pattern", kinds[i].expression);
			number(o, "maxLength", kinds[i].max);
			close(o, '}');
		}
		close(o, '}');
		next(o, "additionalProperties");
		buf_str(o->b, "false");
		close(o, '}');
	}
}

static void
blocks(struct out *o)
{
	const struct schema_block	*s;
	struct schema_key		 key;
	size_t				 i;

	open(o, o->some ? "block-some" : "block", '{');
	string(o, "type", "object");
	open(o, "properties", '{');
	for (i = 0; i < BLOCK_TYPES; i++) {
		s = &schema_blocks[i];
		memset(&key, 0, sizeof(key));
		key.type = s->body;
		key.sub = s->sub;
		open(o, s->key, '{');
		describe(o, s->what);
		type(o, &key);
		close(o, '}');
	}
	for (i = 0; i < schema_beside.n; i++) {
		open(o, schema_beside.key[i].key, '{');
		describe(o, schema_beside.key[i].what);
		type(o, &schema_beside.key[i]);
		close(o, '}');
	}
	close(o, '}');
	next(o, "additionalProperties");
	buf_str(o->b, "false");
	open(o, "oneOf", '[');
	for (i = 0; i < BLOCK_TYPES; i++) {
		next(o, NULL);
		buf_fmt(o->b, "{\"required\": [\"%s\"]}",
		    schema_blocks[i].key);
	}
	close(o, ']');
	close(o, '}');
}

/* Pages and what stands in them. */
static void
pages(struct out *o)
{
	const struct schema	*s;
	size_t			 i, k;

	text_maps(o);
	map(o, &schema_page);
	blocks(o);
	for (i = 0; i < BLOCK_TYPES; i++) {
		s = schema_blocks[i].sub;
		for (k = 0; k < i && schema_blocks[k].sub != s; k++)
			continue;
		if (s == NULL || k < i)
			continue;	/* none, or there already */
		map(o, s);
		for (k = 0; k < s->n; k++)
			if (s->key[k].sub != NULL)
				map(o, s->key[k].sub);
	}
}

int
schema_json(struct buf *b, const char *const *dir, size_t n,
    const struct language *says)
{
	struct out	 o = { .b = b, .dir = dir, .nlang = n,
			    .says = says };
	size_t		 i, k;

	open(&o, NULL, '{');
	string(&o, "$schema", "http://json-schema.org/draft-07/schema#");
	string(&o, "title", lang_say(says, "apeng capsule"));
	describe(&o, "capsule.yml and pages/*.yml of an apeng "
	    "capsule, for editors; `apeng check --schema DIR' prints it.");
	string(&o, "type", "object");
	next(&o, "if");
	buf_str(b, "{\"anyOf\": [{\"required\": [\"id\"]}, {\"required\": "
	    "[\"languages\"]}, {\"required\": [\"sections\"]}]}");
	ref(&o, "then", schema_capsule.name);
	ref_fallback(&o, "else", schema_page.name);
	open(&o, "definitions", '{');
	map(&o, &schema_capsule);
	for (i = 0; i < schema_capsule.n; i++) {
		if (schema_capsule.key[i].sub == NULL)
			continue;
		map(&o, schema_capsule.key[i].sub);
		for (k = 0; k < schema_capsule.key[i].sub->n; k++)
			if (schema_capsule.key[i].sub->key[k].sub != NULL)
				map(&o, schema_capsule.key[i].sub->key[k].sub);
	}
	for (o.some = 0; o.some < 2; o.some++)
		pages(&o);
	o.some = 0;
	close(&o, '}');
	close(&o, '}');
	buf_ch(b, '\n');
	return buf_ok(b) ? 0 : -1;
}
