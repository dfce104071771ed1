/* SPDX-License-Identifier: ISC */
/*
 * The tables of schema.c as JSON Schema, for editors, which then complete keys
 * and mark what a build would refuse.
 *
 * put() writes a fragment: JSON with ' for " and a line for each member or
 * item, into which it puts indents, commas and values.  A type of value is a
 * row with its fragment; those whose members depend on more than their own key
 * have a function.  All input is apeng's own tables, and the names of
 * languages, which read_capsule() has checked.
 */
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "content/json.h"
#include "content/model.h"
#include "content/schema.h"
#include "lang/lang.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define DIGITS_(n)	#n
#define DIGITS(n)	DIGITS_(n)		/* of a number's macro */

struct out {
	struct buf		*b;
	unsigned		 depth;		/* of indent */
	int			 is_first;	/* no comma comes next */
	const char *const	*dir;		/* of the languages */
	size_t			 nlang;
	const struct language	*says;		/* the descriptions */
	int			 some;		/* texts may lack languages */
	const struct schema_key	*key;		/* whose value is written */
	const struct row	*row;		/* of its type */
};

/* How a type of value is written: a fragment, or a function. */
struct row {
	const char	*fragment;
	const char	*text;			/* %P in it */
	long long	 min, max;		/* %m and %M in it */
	unsigned	 flag;			/* of a key with this flag... */
	const char	*flagged;		/* ...%P is this text */
	void		(*write)(struct out *, const struct schema_key *);
};

static void	 put_type(struct out *, const struct schema_key *);

static void
put_list(struct out *o, const char *const *list, size_t n)
{
	size_t	 i;

	buf_ch(o->b, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_str(o->b, ", ");
		buf_quoted(o->b, list[i]);
	}
	buf_ch(o->b, ']');
}

static size_t
count(const char *const *list)
{
	size_t	 n;

	for (n = 0; list[n] != NULL; n++)
		continue;
	return n;
}

/* Each definition is written twice: for all languages, and for some. */
static void
put_ref(struct out *o, const char *name, size_t len)
{
	buf_str(o->b, "{\"$ref\": \"#/definitions/");
	buf_add(o->b, name, len);
	buf_str(o->b, o->some ? "-some\"}" : "\"}");
}

/* A value that a fragment names by a capital or m: the key's or its row's. */
static void
put_own(struct out *o, char what)
{
	const struct schema_key	*k = o->key;
	const struct row	*r = o->row;

	if (what == 'D')
		put_list(o, o->dir, o->nlang);
	else if (what == 'N')
		put_list(o, k->names, count(k->names));
	else if (what == 'S')
		put_ref(o, k->sub->name, strlen(k->sub->name));
	else if (what == 'P')
		buf_quoted(o->b, k->flags & r->flag ? r->flagged : r->text);
	else if (what == 'I' || what == 'A')
		buf_fmt(o->b, "%llu", what == 'I' ? k->min : k->max);
	else
		buf_fmt(o->b, "%lld", what == 'm' ? r->min : r->max);
}

/* Begin a line: the comma that ends the one above, and the indent. */
static void
begin_line(struct out *o, int closes)
{
	unsigned	 i;

	if (closes)
		o->depth--;
	else if (!o->is_first)
		buf_ch(o->b, ',');
	if (o->b->len > 0)
		buf_ch(o->b, '\n');
	for (i = 0; i < o->depth; i++)
		buf_str(o->b, "  ");
	o->is_first = 0;
}

/*
 * The value at *s, behind its %; *s is then its last character.  The list is
 * given by address: by value the caller would have it without what was taken
 * from it, where a va_list is no array.
 */
static void
put_value(struct out *o, const char **s, va_list *ap)
{
	const char *const	*list;
	const char		*name, *end;

	switch (**s) {
	case 's':
		buf_quoted(o->b, va_arg(*ap, const char *));
		break;
	case 't':
		buf_quoted(o->b, lang_say(o->says, va_arg(*ap, const char *)));
		break;
	case 'n':
		name = va_arg(*ap, const char *);
		buf_fmt(o->b, "\"%s%s\"", name, o->some ? "-some" : "");
		break;
	case 'r':
		name = va_arg(*ap, const char *);
		put_ref(o, name, strlen(name));
		break;
	case 'l':
		list = va_arg(*ap, const char *const *);
		put_list(o, list, va_arg(*ap, size_t));
		break;
	case 'u':
		buf_fmt(o->b, "%llu", va_arg(*ap, unsigned long long));
		break;
	case '<':
		end = strchr(*s, '>');
		put_ref(o, *s + 1, (size_t)(end - *s - 1));
		*s = end;
		break;
	default:
		put_own(o, **s);
	}
}

/*
 * Write a fragment.  Each line, ended by LF, is a member or an item; one that
 * ends with { or [ begins a level, one that begins with } or ] ends it.
 *
 *	%s %t	a string; the same in the language of the descriptions
 *	%n %r	the name of a definition; a reference to it
 *	%<word>	a reference to the definition "word"
 *	%l %u	a list of strings and its size_t; an unsigned long long
 *	%D	the languages
 *	%N %S	of the key: its names; a reference to its sub
 *	%I %A	its min and max
 *	%P %m %M of its type's row: the text, min and max
 */
static void
put(struct out *o, const char *fragment, ...)
{
	const char	*s;
	va_list		 ap;
	int		 is_start = 1;

	va_start(ap, fragment);
	for (s = fragment; *s != '\0'; s++) {
		if (is_start)
			begin_line(o, *s == '}' || *s == ']');
		is_start = *s == '\n';
		if (*s == '%') {
			s++;
			put_value(o, &s, &ap);
		} else if (*s == '\n' && (s[-1] == '{' || s[-1] == '[')) {
			o->depth++;
			o->is_first = 1;
		} else if (*s != '\n')
			buf_ch(o->b, *s == '\'' ? '"' : *s);
	}
	va_end(ap);
}

/* A page or a block: the definition with all languages, or with some. */
static void
put_fallback(struct out *o, const char *name, const char *definition)
{
	if (o->some) {
		put(o, "%s: %r\n", name, definition);
		return;
	}
	put(o, "%s: {\n"
	    "'if': {'required': ['fallback'], 'properties': "
	    "{'fallback': {'const': 'yes'}}}\n", name);
	o->some = 1;
	put(o, "'then': %r\n", definition);
	o->some = 0;
	put(o, "'else': %r\n}\n", definition);
}

static void
put_id(struct out *o, const struct schema_key *key)
{
	put(o, "'type': 'string'\n'pattern': %s\n", PATTERN_ID);
	if (key->min > 1)
		put(o, "'minLength': %I\n");
	put(o, "'maxLength': %A\n");
}

/* A map, or the bare value of its schema's lone key in its place. */
static void
put_lone(struct out *o, const struct schema_key *key)
{
	const struct schema_key	*lone = schema_find(key->sub, key->sub->lone);

	/* A text may be a map, too: one without the key is the bare one. */
	put(o, "'if': {\n");
	if (lone->type == TYPE_TEXT)
		put(o, "'required': %l\n", &key->sub->lone, (size_t)1);
	else
		put(o, "'type': 'object'\n");
	put(o, "}\n'then': %S\n'else': {\n");
	put_type(o, lone);
	put(o, "}\n");
}

static void
put_items(struct out *o, const struct schema_key *key)
{
	struct schema_key	 item = *key;

	put(o, "'type': 'array'\n");
	if (key->type == TYPE_LIST || (key->flags & NOT_EMPTY))
		put(o, "'minItems': 1\n");
	if (key->max != 0)
		put(o, "'maxItems': %A\n");
	if (key->type == TYPE_STRINGS) {
		item.type = key->item;
		put(o, "'items': {\n");
		put_type(o, &item);
		put(o, "}\n");
		return;
	}
	if (key->sub->lone == NULL) {
		put(o, "'items': %S\n");
		return;
	}
	put(o, "'items': {\n");
	put_lone(o, key);
	put(o, "}\n");
}

static void
put_blocks(struct out *o, const struct schema_key *key)
{
	(void)key;
	put(o, "'type': 'array'\n");
	put_fallback(o, "items", "block");
}

/* A map whose keys are trees. */
static void
put_trees(struct out *o, const struct schema_key *key)
{
	const char		*dir[LANG_MAX + 1];
	struct schema_trees	 t;
	size_t			 i;

	(void)key;
	memcpy(dir, o->dir, o->nlang * sizeof(*dir));
	dir[o->nlang] = TREE_NONE;
	schema_trees(&t, 0);
	put(o, "'type': 'object'\n'properties': {\n");
	for (i = 0; i < t.all.n; i++)
		put(o, "%s: {\n'description': %t\n'enum': %l\n}\n",
		    t.key[i].key, t.row[i]->what, dir, o->nlang + 1);
	put(o, "}\n'additionalProperties': false\n");
}

/* The same with charsets; the replacement must be of the charset. */
static void
put_replacements(struct out *o, const struct schema_key *key)
{
	struct schema_trees	 t;
	size_t			 i;

	(void)key;
	schema_trees(&t, 1);
	put(o, "'type': 'object'\n'properties': {\n");
	for (i = 0; i < t.all.n; i++) {
		put(o, "%s: {'type': 'object', 'additionalProperties': "
		    "{'type': ['string', 'number']", t.key[i].key);
		if (t.row[i]->top > 0x7e)
			buf_fmt(o->b, ", \"pattern\": \"^[ -~\\u00a0-"
			    "\\u%04x]*$\"", (unsigned)t.row[i]->top);
		else if (t.row[i]->top > 0)
			buf_str(o->b, ", \"pattern\": \"^[ -~]*$\"");
		buf_str(o->b, "}}");
	}
	put(o, "}\n'additionalProperties': false\n");
}

/* In draft 7 nothing may stand beside a $ref. */
#define REF(name)	"'allOf': [\n" name "\n]\n"
#define CHOICE		"'type': ['string', 'number']\n'pattern': %P\n"
#define NUMERIC		"'type': ['number', 'string']\n'pattern': %P\n" \
			"'maxLength': %M\n"
#define WHOLE		"'type': 'integer'\n'minimum': %I\n'maximum': %A\n"
#define AXIS(max)	"{'type': 'integer', 'minimum': 0, " \
			"'maximum': " DIGITS(max) "}"
#define CELLS		"'items': {\n" \
			"'anyOf': [\n" \
			"{'type': ['number', 'string', 'null']}\n" \
			"%<word>\n" \
			"]\n" \
			"}\n"
#define STRING		"'type': 'string'\n'pattern': %P\n"
#define LIKE(pattern)	{ .fragment = STRING, .text = pattern }
#define LIKE_UP_TO(pattern, n) { .fragment = STRING "'maxLength': %M\n", \
			.text = pattern, .max = n }

static void
put_submap(struct out *o, const struct schema_key *key)
{
	if (key->sub->lone == NULL)
		put(o, REF("%S"));
	else
		put_lone(o, key);
}

static const struct row	 rows[] = {
	[TYPE_TEXT] = { .fragment = REF("%<text>") },
	[TYPE_ARTICLE] = { .fragment = REF("%<article>") },
	[TYPE_PARAGRAPHS] = { .fragment = REF("%<paragraphs>") },
	[TYPE_SHORT] = { .fragment = REF("%<short>") },
	[TYPE_WORD] = { .fragment = REF("%<word>") },
	[TYPE_MAP] = { .write = put_submap },
	[TYPE_STRING] = { .fragment = CHOICE "'maxLength': %M\n",
	    .text = PATTERN_WORD, .max = SCHEMA_STRING_MAX },
	[TYPE_PHONE] = { .fragment = CHOICE, .text = PATTERN_PHONE },
	[TYPE_ID] = { .write = put_id },
	[TYPE_PAGE] = LIKE_UP_TO(PATTERN_ID, SCHEMA_ID_MAX),
	[TYPE_UNIT] = LIKE_UP_TO(PATTERN_ID, SCHEMA_ID_MAX),
	[TYPE_NODE] = LIKE_UP_TO(PATTERN_ID, SCHEMA_ID_MAX),
	[TYPE_FACT] = LIKE_UP_TO(PATTERN_FACT, SCHEMA_ID_MAX),
	[TYPE_HOST] = LIKE_UP_TO(PATTERN_HOST, 253),
	[TYPE_URL] = LIKE_UP_TO(PATTERN_URL, SCHEMA_STRING_MAX),
	[TYPE_TAG] = LIKE(PATTERN_TAG),
	[TYPE_KEY] = LIKE(PATTERN_KEY),
	[TYPE_DATE] = LIKE(PATTERN_DATE),
	[TYPE_MAIL] = LIKE(PATTERN_MAIL),
	[TYPE_HOURS] = LIKE(PATTERN_HOURS),
	[TYPE_DAYS] = LIKE(PATTERN_DAYS),
	[TYPE_TIME] = LIKE(PATTERN_TIME),
	[TYPE_DEPARTURE] = LIKE(PATTERN_DEPART),
	[TYPE_FILE] = { .fragment = STRING "'maxLength': %M\n",
	    .text = PATTERN_FILE, .max = FILE_NAME_MAX,
	    .flag = PICTURE, .flagged = PATTERN_PICTURE },
	[TYPE_INT] = { .fragment = WHOLE },
	[TYPE_BIGINT] = { .fragment = WHOLE },
	[TYPE_VALUE] = { .fragment = NUMERIC, .text = PATTERN_NUMBER,
	    .max = SCHEMA_VALUE_MAX, .flag = WORDED,
	    .flagged = PATTERN_VALUE },
	[TYPE_ENUM] = { .fragment = "'enum': %N\n" },
	[TYPE_LANG] = { .fragment = "'enum': %D\n" },
	[TYPE_AT] = { .fragment = "'type': 'array'\n"
	    "'minItems': 2\n'maxItems': 2\n"
	    "'items': [" AXIS(MAP_X_MAX) ", " AXIS(MAP_Y_MAX) "]\n" },
	[TYPE_MOMENT] = { .fragment = "'type': ['integer', 'string']\n"
	    "'minimum': %m\n'maximum': %M\n'pattern': %P\n"
	    "'not': {'const': 0}\n", .text = PATTERN_MOMENT,
	    .min = MOMENT_YEAR_MIN, .max = MOMENT_YEAR_MAX },
	[TYPE_STRINGS] = { .write = put_items },
	[TYPE_LIST] = { .write = put_items },
	[TYPE_BLOCKS] = { .write = put_blocks },
	[TYPE_TREES] = { .write = put_trees },
	[TYPE_REPLACE] = { .write = put_replacements },
	[TYPE_UNITS] = { .fragment = "'type': 'object'\n"
	    "'propertyNames': {\n'pattern': %P\n'maxLength': %M\n}\n"
	    "'additionalProperties': %<word>\n", .text = PATTERN_ID,
	    .max = SCHEMA_ID_MAX },
	[TYPE_WORDS] = { .fragment = "'type': 'object'\n"
	    "'additionalProperties': {\n"
	    "'type': 'object'\n"
	    "'minProperties': 1\n"
	    "'propertyNames': {\n'enum': %D\n}\n"
	    "'additionalProperties': {'type': 'string', 'minLength': 1}\n"
	    "}\n" },
	[TYPE_FROM] = { .fragment =
	    "'anyOf': [\n{'type': 'string'}\n%<word>\n]\n" },
	[TYPE_CELLS] = { .fragment = "'type': 'array'\n" CELLS },
	[TYPE_ROWS] = { .fragment = "'type': 'array'\n"
	    "'minItems': 1\n'maxItems': %M\n"
	    "'items': {\n'type': 'array'\n" CELLS "}\n", .max = TABLE_ROWS },
	/* {2018: 12000, 2025: 11500} */
	[TYPE_DATED] = { .fragment = "'type': 'object'\n"
	    "'minProperties': 1\n'maxProperties': " DIGITS(DATED_MAX) "\n"
	    "'propertyNames': {\n'pattern': '" PATTERN_WHEN "'\n}\n"
	    "'additionalProperties': {\n" NUMERIC "}\n",
	    .text = PATTERN_NUMBER, .max = SCHEMA_VALUE_MAX },
};

static void
put_type(struct out *o, const struct schema_key *key)
{
	const struct schema_key	*outer = o->key;
	const struct row	*outer_row = o->row;

	o->key = key;
	o->row = &rows[key->type];
	if (o->row->write != NULL)
		o->row->write(o, key);
	else
		put(o, o->row->fragment);
	o->key = outer;
	o->row = outer_row;
}

static void
put_key(struct out *o, const struct schema_key *key)
{
	put(o, "%s: {\n'description': %t\n", key->key, key->what);
	put_type(o, key);
	put(o, "}\n");
}

/* One of two sets of keys, told by the first of each. */
static void
put_either(struct out *o, const char *const *const either[2])
{
	size_t	 i;

	put(o, "'oneOf': [\n");
	for (i = 0; i < 2; i++)
		put(o, "{\n'required': %l\n'not': {\n'required': %l\n}\n}\n",
		    either[i], count(either[i]), either[1 - i], (size_t)1);
	put(o, "]\n");
}

static void
put_map(struct out *o, const struct schema *s)
{
	const char	*required[32];
	size_t		 i, n = 0;

	put(o, "%n: {\n'type': 'object'\n'properties': {\n", s->name);
	for (i = 0; i < s->n; i++) {
		put_key(o, &s->key[i]);
		if ((s->key[i].flags & REQUIRED) && n < COUNT(required))
			required[n++] = s->key[i].key;
	}
	put(o, "}\n'required': %l\n'additionalProperties': false\n",
	    required, n);
	if (s->either[0] != NULL)
		put_either(o, s->either);
	if (s == &schema_page)		/* without generated half: blocks */
		put(o, "'if': {\n"
		    "'required': ['generate']\n"
		    "'properties': {\n"
		    "'generate': {\n"
		    "'not': {\n'enum': ['none']\n}\n"
		    "}\n"
		    "}\n"
		    "}\n"
		    "'else': {\n"
		    "'required': ['blocks']\n"
		    "'properties': {'blocks': {'minItems': 1}}\n"
		    "}\n");
	for (i = 0; i < s->n; i++)
		if (s->key[i].flags & WORDED)	/* words need a text, too */
			put(o, "'if': {\n'not': {\n'required': ['text']\n}\n}\n"
			    "'then': {\n"
			    "'properties': {\n%s: {\n'pattern': %s\n}\n}\n"
			    "}\n", s->key[i].key, PATTERN_FIGURE);
	put(o, "}\n");
}

/* {en: ..., zh: ...}, undescribed: editors shall show what a key is for. */
static void
put_texts(struct out *o)
{
	static const struct {
		const char		*name, *expression;
		unsigned long long	 max;
	} kinds[] = {
		{ "text", PATTERN_TEXT, SCHEMA_TEXT_MAX },
		{ "article", PATTERN_ARTICLE, 60 },
		{ "paragraphs", PATTERN_PARAGRAPHS, SCHEMA_PARAGRAPHS_MAX },
		{ "short", PATTERN_TEXT, SHORT_COLS },
		{ "word", PATTERN_WORD, SCHEMA_TEXT_MAX },
	};
	size_t	 i, k;

	for (i = 0; i < COUNT(kinds); i++) {
		put(o, "%n: {\n'type': 'object'\n", kinds[i].name);
		put(o, o->some ? "'minProperties': 1\n" : "'required': %D\n");
		put(o, "'properties': {\n");
		for (k = 0; k < o->nlang; k++)
			put(o, "%s: {\n'type': ['string', 'number']\n"
			    "'pattern': %s\n'maxLength': %u\n}\n", o->dir[k],
			    kinds[i].expression, kinds[i].max);
		put(o, "}\n'additionalProperties': false\n}\n");
	}
}

static void
put_block(struct out *o)
{
	const struct schema_block	*s;
	struct schema_key		 key;
	size_t				 i;

	put(o, "%n: {\n'type': 'object'\n'properties': {\n", "block");
	for (i = 0; i < BLOCK_TYPES; i++) {
		s = &schema_blocks[i];
		memset(&key, 0, sizeof(key));
		key.key = s->key;
		key.what = s->what;
		key.type = s->body;
		key.sub = s->sub;
		put_key(o, &key);
	}
	for (i = 0; i < schema_beside.n; i++)
		put_key(o, &schema_beside.key[i]);
	put(o, "}\n'additionalProperties': false\n'oneOf': [\n");
	for (i = 0; i < BLOCK_TYPES; i++)
		put(o, "{'required': %l}\n", &schema_blocks[i].key, (size_t)1);
	put(o, "]\n}\n");
}

/* A map, and the maps of its keys. */
static void
put_with_subs(struct out *o, const struct schema *s)
{
	size_t	 i;

	put_map(o, s);
	for (i = 0; i < s->n; i++)
		if (s->key[i].sub != NULL)
			put_map(o, s->key[i].sub);
}

/* Pages and all that they hold. */
static void
put_pages(struct out *o)
{
	const struct schema	*s;
	size_t			 i, k;

	put_texts(o);
	put_map(o, &schema_page);
	put_block(o);
	for (i = 0; i < BLOCK_TYPES; i++) {
		s = schema_blocks[i].sub;
		for (k = 0; k < i && schema_blocks[k].sub != s; k++)
			continue;
		if (s != NULL && k == i)	/* not there already */
			put_with_subs(o, s);
	}
}

int
schema_json(struct buf *b, const char *const *dir, size_t n,
    const struct language *says)
{
	struct out	 o = { .b = b, .is_first = 1, .dir = dir, .nlang = n,
			    .says = says };
	size_t		 i;

	put(&o, "{\n"
	    "'$schema': 'http://json-schema.org/draft-07/schema#'\n"
	    "'title': %t\n"
	    "'description': %t\n"
	    "'type': 'object'\n"
	    "'if': {'anyOf': [{'required': ['id']}, {'required': "
	    "['languages']}, {'required': ['sections']}]}\n"
	    "'then': %r\n", "apeng capsule", "capsule.yml and pages/*.yml of "
	    "an apeng capsule, for editors; `apeng check --schema DIR' prints "
	    "it.", schema_capsule.name);
	put_fallback(&o, "else", schema_page.name);
	put(&o, "'definitions': {\n");
	put_map(&o, &schema_capsule);
	for (i = 0; i < schema_capsule.n; i++)
		if (schema_capsule.key[i].sub != NULL)
			put_with_subs(&o, schema_capsule.key[i].sub);
	for (o.some = 0; o.some < 2; o.some++)
		put_pages(&o);
	put(&o, "}\n}\n");
	buf_ch(b, '\n');
	return buf_ok(b) ? 0 : -1;
}
