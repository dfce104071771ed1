#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/load.h"
#include "content/schema.h"
#include "content/yaml.h"

/* Past this many errors looking for the nearest name is left. */
#define NEAREST_ERRORS	200
#define SHOWN_BYTES	60

static void	 path_put(const struct path *, char *, size_t);
static void	 shown(const struct yaml_node *, char *, size_t);
static int	 want_scalar(struct reader *, const struct yaml_node *,
		    const struct path *);
static void	 read_number(struct reader *, const struct yaml_node *,
		    const struct schema_key *, void *, const struct path *);
static void	 read_value(struct reader *, const struct yaml_node *,
		    struct record *, const struct path *);
static void	 read_enum(struct reader *, const struct yaml_node *,
		    const struct schema_key *, unsigned *,
		    const struct path *);
static void	 read_lang(struct reader *, const struct yaml_node *,
		    const char **, const struct path *);
static void	 read_unit(struct reader *, const struct yaml_node *, size_t *,
		    const struct path *);
static void	 read_node(struct reader *, const struct yaml_node *, size_t *,
		    const struct path *);
static void	 read_at(struct reader *, const struct yaml_node *, unsigned *,
		    const struct path *);
static void	 read_name(struct reader *, const struct yaml_node *,
		    enum schema_type, const struct schema_key *,
		    const char **, const struct path *);
static void	 no_page(struct reader *, const struct yaml_node *,
		    const struct path *);
static void	 read_strings(struct reader *, const struct yaml_node *,
		    const struct schema_key *, size_t *, const struct path *);
static void	 read_key(struct reader *, const struct yaml_node *,
		    const struct schema_key *, void *, const struct path *);
static void	 take_languages(struct reader *, const struct yaml_node *,
		    const struct lang *, size_t, const struct path *);
static void	 check_either(struct reader *, const struct yaml_node *,
		    const struct schema *, const struct path *);
static void	 not_a_language(struct reader *, const struct yaml_node *,
		    const struct path *);
static const char *one_text(struct reader *, const struct yaml_node *,
		    const struct path *, unsigned);
static void	 missing_words(struct reader *, const struct yaml_node *,
		    const struct words *, const struct path *);

/* -- messages ---------------------------------------------------------- */

static void
path_put(const struct path *path, char *out, size_t size)
{
	size_t	 len;

	if (path == NULL) {
		*out = '\0';
		return;
	}
	path_put(path->up, out, size);
	len = strlen(out);
	if (path->key == NULL)
		snprintf(out + len, size - len, "[%zu]", path->index);
	else
		snprintf(out + len, size - len, "%s%.64s", len == 0 ? "" : ".",
		    path->key);
}

/* The value as messages quote it. */
static void
shown(const struct yaml_node *node, char *out, size_t size)
{
	size_t	 n = node->len;

	if (node->kind != YAML_SCALAR || (node->plain &&
	    yaml_scalar(node) == YAML_NULL)) {
		snprintf(out, size, "%s", yaml_kind_name(node));
		return;
	}
	if (n > SHOWN_BYTES)
		for (n = SHOWN_BYTES; n > 0 &&
		    ((unsigned char)node->text[n] & 0xc0) == 0x80; n--)
			;
	snprintf(out, size, "\"%.*s%s\"", (int)n, node->text,
	    n < node->len ? "..." : "");
}

void
read_bad(struct reader *r, unsigned line, unsigned column,
    const struct path *path, const char *fmt, ...)
{
	char	 where[400], msg[500];
	va_list	 ap;

	r->errors++;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	path_put(path, where, sizeof(where));
	diag_add(r->d, DIAG_ERROR, r->file, line, column, "%s%s%s", where,
	    *where == '\0' ? "" : ": ", msg);
}

void
read_wrong(struct reader *r, const struct yaml_node *node,
    const struct path *path, const char *fmt, ...)
{
	char	 value[SHOWN_BYTES + 16], msg[400], wide[5], ascii;
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	shown(node, value, sizeof(value));
	if (node->kind == YAML_SCALAR &&
	    damage_wide(node->text, node->len, wide, &ascii))
		read_bad(r, node->line, node->column, path, "%s, %s: the "
		    "full-width \"%s\" should be the ASCII \"%c\"", value,
		    msg, wide, ascii);
	else
		read_bad(r, node->line, node->column, path, "%s, %s", value,
		    msg);
}

void
read_nomem(struct reader *r)
{
	if (r->errors++ == 0 || diag_status(r->d) != 2)
		diag_cannot(r->d, r->file, "out of memory");
}

void
read_unknown(struct reader *r, const struct yaml_node *node,
    const struct path *path, const struct schema *s)
{
	struct nearest	 near;
	char		 wide[5], ascii, all[300];
	size_t		 i, len = 0;

	nearest_begin(&near, node->key);
	all[0] = '\0';
	for (i = 0; i < s->n; i++) {
		nearest_try(&near, s->key[i].key);
		if (len < sizeof(all))
			len += (size_t)snprintf(all + len, sizeof(all) - len,
			    "%s%s", i == 0 ? "" : ", ", s->key[i].key);
	}
	if (damage_wide(node->key, strlen(node->key), wide, &ascii))
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\": the full-width \"%s\" should be the ASCII "
		    "\"%c%s\"", node->key, wide, ascii,
		    ascii == ':' || ascii == ',' ? " " : "");
	else if (near.name != NULL)
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\", nearest is \"%s\"", node->key, near.name);
	else
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\", want one of: %s", node->key, all);
}

/* -- scalars ----------------------------------------------------------- */

/* The node's string for the target; NULL: no memory. */
const char *
read_string(struct reader *r, const struct yaml_node *node)
{
	const char	*s = node->text;

	if (r->copy && (s = arena_copy(r->arena, s, node->len)) == NULL)
		read_nomem(r);
	return s;
}

/* 1: a scalar that is there; true and false are not meant as words. */
static int
want_scalar(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	if (node->kind != YAML_SCALAR || (node->plain &&
	    yaml_scalar(node) == YAML_NULL)) {
		read_wrong(r, node, path, "want a string");
		return 0;
	}
	if (node->plain && yaml_scalar(node) == YAML_BOOL) {
		read_wrong(r, node, path, "want a string: YAML takes this "
		    "word for a truth value, put it in quotes");
		return 0;
	}
	return 1;
}

static void
read_number(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, void *to, const struct path *path)
{
	unsigned long long	 v = 0;
	const char		*p = node->text;
	size_t			 n = 0;

	if (node->kind == YAML_SCALAR)
		n = strspn(p, "0123456789");
	if (n == 0 || p[n] != '\0' || (n > 1 && *p == '0') || !node->plain) {
		read_wrong(r, node, path, n > 0 && p[n] == '\0' &&
		    !node->plain ? "want a number without quotes" :
		    "want a whole number");
		return;
	}
	for (; *p != '\0' && v <= key->max; p++)
		v = v * 10 + (unsigned)(*p - '0');
	if (v < key->min || v > key->max) {
		read_wrong(r, node, path, "want %llu to %llu", key->min,
		    key->max);
		return;
	}
	if (key->type == TYPE_BIGINT)
		*(uint64_t *)to = v;
	else
		*(unsigned *)to = (unsigned)v;
}

static void
read_value(struct reader *r, const struct yaml_node *node,
    struct record *to, const struct path *path)
{
	const char	*why;

	if (node->kind != YAML_SCALAR) {
		read_wrong(r, node, path, "want a number");
		return;
	}
	why = kind_value(node->text, node->plain &&
	    yaml_scalar(node) == YAML_NUMBER, &to->number);
	if (why != NULL)
		read_wrong(r, node, path, "%s", why);
	else
		to->value = read_string(r, node);
}

static void
read_enum(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, unsigned *to, const struct path *path)
{
	struct nearest	 near;
	char		 all[200];
	size_t		 i, len = 0;

	if (!want_scalar(r, node, path))
		return;
	for (i = 0; key->names[i] != NULL; i++)
		if (strcmp(node->text, key->names[i]) == 0) {
			*to = (unsigned)i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; key->names[i] != NULL; i++) {
		nearest_try(&near, key->names[i]);
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
		    i == 0 ? "" : ", ", key->names[i]);
	}
	if (near.name != NULL)
		read_wrong(r, node, path, "want one of: %s; nearest is \"%s\"",
		    all, near.name);
	else
		read_wrong(r, node, path, "want one of: %s", all);
}

static void
read_lang(struct reader *r, const struct yaml_node *node, const char **to,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	if (!want_scalar(r, node, path))
		return;
	nearest_begin(&near, node->text);
	for (i = 0; i < r->nlang; i++) {
		if (strcmp(node->text, r->lang[i].dir) == 0) {
			*to = r->lang[i].dir;
			return;
		}
		nearest_try(&near, r->lang[i].dir);
	}
	if (r->nlang > 0)
		read_wrong(r, node, path, "want a language of this capsule"
		    ", as \"%s\"", near.name != NULL ? near.name :
		    r->lang[0].dir);
}

static void
read_unit(struct reader *r, const struct yaml_node *node, size_t *to,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	if (!want_scalar(r, node, path))
		return;
	for (i = 0; i < r->nunit; i++)
		if (strcmp(node->text, r->unit[i].id) == 0) {
			*to = i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; i < r->nunit && r->errors < NEAREST_ERRORS; i++)
		nearest_try(&near, r->unit[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such unit in capsule.yml, "
		    "nearest is \"%s\"", near.name);
	else
		read_wrong(r, node, path, "no such unit in capsule.yml");
}

static void
read_node(struct reader *r, const struct yaml_node *node, size_t *to,
    const struct path *path)
{
	const struct block	*b = r->block;
	struct nearest		 near;
	size_t			 i;

	if (!want_scalar(r, node, path))
		return;
	for (i = 0; b != NULL && i < b->nrecord; i++)
		if (b->record[i].id != NULL &&
		    strcmp(node->text, b->record[i].id) == 0) {
			*to = i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; b != NULL && i < b->nrecord; i++)
		if (b->record[i].id != NULL)
			nearest_try(&near, b->record[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such node of this map, nearest "
		    "is \"%s\"", near.name);
	else
		read_wrong(r, node, path, "no such node of this map");
}

static void
read_at(struct reader *r, const struct yaml_node *node, unsigned *to,
    const struct path *path)
{
	static const struct schema_key axis[2] = {
		{ .type = TYPE_INT, .max = MAP_X_MAX },
		{ .type = TYPE_INT, .max = MAP_Y_MAX },
	};
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };

	if (node->kind != YAML_LIST || node->n != 2) {
		read_wrong(r, node, path, "want [column, line], as [0, 3]");
		return;
	}
	for (c = node->child; c != NULL; c = c->next, here.index++)
		read_number(r, c, &axis[here.index], &to[here.index], &here);
}

static void
no_page(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	nearest_begin(&near, node->text);
	for (i = 0; i < r->files->n && r->errors < NEAREST_ERRORS; i++)
		nearest_try(&near, r->files->file[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such page, nearest is \"%s\"",
		    near.name);
	else
		read_wrong(r, node, path, "no such page under pages/");
}

/* The types that are one string; the target is set when it is right. */
static void
read_name(struct reader *r, const struct yaml_node *node,
    enum schema_type type, const struct schema_key *key, const char **to,
    const struct path *path)
{
	const char	*s = node->text, *why = NULL;

	if (!want_scalar(r, node, path))
		return;
	switch (type) {
	case TYPE_ID:
		if (!kind_is_id(s, (size_t)key->min, (size_t)key->max)) {
			read_wrong(r, node, path, "want %s%llu characters of "
			    "a-z, 0-9 and -, a letter first", key->min > 0 ?
			    "3 to " : "at most ", key->max);
			return;
		}
		break;
	case TYPE_PAGE:
		if (page_files_find(r->files, s) == NULL) {
			no_page(r, node, path);
			return;
		}
		break;
	case TYPE_HOST:
		why = kind_is_host(s) ? NULL :
		    "want a host name in small letters, as town.example";
		break;
	case TYPE_TAG:
		why = kind_is_tag(s) ? NULL :
		    "want a language tag, as en or zh-Hans";
		break;
	case TYPE_KEY:
		why = kind_is_key(s) ? NULL : "want a minisign public key: RW "
		    "and 54 more characters";
		break;
	case TYPE_FACT:
		why = kind_is_fact(s) ? NULL : "want the id of a fact: at "
		    "most 30 of A-Z a-z 0-9 . _ -";
		break;
	case TYPE_DATE:
		why = strlen(s) == DATE_LEN && clock_parse_date(s) != -1 ?
		    NULL : "want a date that exists, as 2026-11-23";
		break;
	case TYPE_URL:
		why = kind_url(s);
		break;
	default:
		why = kind_text(s, node->len, 0, node->lines);
		if (why == NULL && node->len > SCHEMA_STRING_MAX)
			why = "at most 300 bytes";
	}
	if (why != NULL)
		read_wrong(r, node, path, "%s", why);
	else
		*to = read_string(r, node);
}

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

static void
not_a_language(struct reader *r, const struct yaml_node *c,
    const struct path *path)
{
	struct nearest	 near;
	char		 wide[5], ascii;
	size_t		 i;

	nearest_begin(&near, c->key);
	for (i = 0; i < r->nlang; i++)
		nearest_try(&near, r->lang[i].dir);
	if (damage_wide(c->key, strlen(c->key), wide, &ascii))
		read_bad(r, c->key_line, c->key_column, path, "\"%.64s\": the "
		    "full-width \"%s\" should be the ASCII \"%c \"", c->key,
		    wide, ascii);
	else
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
	char		 value[SHOWN_BYTES + 16];
	size_t		 cols;

	if (!want_scalar(r, c, path))
		return NULL;
	why = kind_text(c->text, c->len, type != TYPE_WORD, c->lines);
	if (why != NULL) {
		/* No hint at full-width marks: texts may have them. */
		shown(c, value, sizeof(value));
		read_bad(r, c->line, c->column, path, "%s %s", value, why);
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

void
read_text(struct reader *r, const struct yaml_node *node, struct words *to,
    const struct path *path, unsigned type)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	size_t			 i, found = 0;

	if (r->nlang == 0)
		return;			/* said at languages: */
	if (node->kind != YAML_MAP) {
		read_wrong(r, node, path, "want a text in each language, as "
		    "{%s: ...}", r->lang[0].dir);
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
	if (found < r->nlang)
		missing_words(r, node, to, path);
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
	/* Known before the items are: a map's links look at its nodes. */
	*n = node->n;
	*items = list;
	for (c = node->child; c != NULL; c = c->next, here.index++)
		read_map(r, c, s, list + here.index * s->size, &here);
}

static void
read_key(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, void *target, const struct path *path)
{
	char	*to = key->at == SCHEMA_NO_LINE ? NULL :
		    (char *)target + key->at;
	void	*items = NULL;

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
		read_value(r, node, target, path);
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
	case TYPE_UNITS:
	case TYPE_WORDS:
	case TYPE_REPLACE:
	case TYPE_BLOCKS:
		if (to != NULL)
			*(const struct yaml_node **)to = node;
		break;
	default:
		read_name(r, node, key->type, key, (const char **)to, path);
	}
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
			    "the name of a tree, want another dir",
			    lang[i].dir);
	}
	r->lang = lang;
	r->nlang = n;
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
		    s->either[1][0], found == 0 ? "" : ", not both");
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
	if (s->lone != NULL && node->kind == YAML_MAP &&
	    yaml_get(node, s->lone) == NULL) {
		read_key(r, node, schema_find(s, s->lone), target, path);
		return;
	}
	if (node->kind != YAML_MAP) {
		read_wrong(r, node, path, "want a mapping with \"%s\"%s%s",
		    s->key[0].key, s->n > 1 ? " and the like" : "",
		    s->lone != NULL ? ", or a text" : "");
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
			    "\"%s\" is missing", key->key);
	}
	for (c = node->child; c != NULL; c = c->next)
		if (schema_find(s, c->key) == NULL)
			read_unknown(r, c, path, s);
	if (s->either[0] != NULL)
		check_either(r, node, s, path);
}
