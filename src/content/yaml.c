/* SPDX-License-Identifier: ISC */
/*
 * Build a tree of nodes out of libyaml's events.  A stack of open maps and
 * lists has at most YAML_DEPTH_MAX frames; all nodes and texts are in one
 * arena.  Anchors, aliases, tags, merge keys, a key that stands twice and a
 * second document are errors.  The bytes are an author's; damage_check() has
 * looked at them before.
 */
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/err.h"
#include "base/file.h"
#include "content/arena.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/plain.h"
#include "content/scalar.h"
#include "content/yaml.h"

/* With at most this many keys, each is compared with each. */
#define KEYS_FEW	24

struct frame {
	struct yaml_node	*node;
	struct yaml_node	*last;		/* child */
	const char		*key;		/* read, its value is not yet */
	unsigned		 key_line, key_column;
};

struct yaml_build {
	struct arena		*arena;
	const struct yaml_text	*text;
	struct diag		*d;		/* NULL: quiet */
	struct yaml_node	*root;
	unsigned		 nodes;
	unsigned		 errors;
	int			 explicit_end;
	int			 stop;		/* 1: do not read on */
	size_t			 documents;
	size_t			 depth;
	struct frame		 frame[YAML_DEPTH_MAX];
};

struct yaml {
	struct arena		 arena;
	struct yaml_node	*root;
};

static void	 report(struct yaml_build *, const yaml_mark_t *,
		    const char *, ...)
		    __attribute__((__format__ (printf, 3, 4)));

static void
report(struct yaml_build *b, const yaml_mark_t *at, const char *fmt, ...)
{
	char	 msg[512];
	va_list	 ap;

	b->errors++;
	if (b->d == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), diag_say(b->d, fmt), ap);
	va_end(ap);
	diag_add(b->d, DIAG_ERROR, b->text->file,
	    (unsigned)at->line + b->text->line, (unsigned)at->column + 1,
	    "%s", msg);
}

static void
no_memory(struct yaml_build *b)
{
	b->errors++;
	b->stop = 1;
	if (b->d != NULL)
		diag_cannot(b->d, b->text->file, "out of memory");
}

static struct yaml_node *
node_new(struct yaml_build *b, enum yaml_kind kind, const yaml_event_t *ev)
{
	struct yaml_node	*node;

	if (++b->nodes > YAML_NODES_MAX) {
		report(b, &ev->start_mark, "more than %u values in a file",
		    YAML_NODES_MAX);
		b->stop = 1;
		return NULL;
	}
	if ((node = arena_alloc(b->arena, sizeof(*node))) == NULL) {
		no_memory(b);
		return NULL;
	}
	node->kind = kind;
	node->line = (unsigned)ev->start_mark.line + b->text->line;
	node->column = (unsigned)ev->start_mark.column + 1;
	return node;
}

static void
attach(struct yaml_build *b, struct yaml_node *node)
{
	struct frame	*f;

	if (b->depth == 0) {
		if (b->root == NULL)
			b->root = node;
		return;
	}
	f = &b->frame[b->depth - 1];
	if (f->node->kind == YAML_MAP) {
		node->key = f->key;
		node->key_line = f->key_line;
		node->key_column = f->key_column;
		f->key = NULL;
	}
	if (f->last == NULL)
		f->node->child = node;
	else
		f->last->next = node;
	f->last = node;
	f->node->n++;
}

static void
on_scalar(struct yaml_build *b, const yaml_event_t *ev)
{
	const char		*s = (const char *)ev->data.scalar.value;
	size_t			 len = ev->data.scalar.length;
	struct yaml_node	*node;
	struct frame		*f = NULL;
	char			*copy;

	if (memchr(s, '\0', len) != NULL) {
		report(b, &ev->start_mark, "a NUL character in a string");
		len = strlen(s);
	}
	if ((copy = arena_copy(b->arena, s, len)) == NULL) {
		no_memory(b);
		return;
	}
	if (b->depth > 0)
		f = &b->frame[b->depth - 1];
	if (f != NULL && f->node->kind == YAML_MAP && f->key == NULL) {
		if (strcmp(copy, "<<") == 0)
			report(b, &ev->start_mark, "merge keys (<<) are not "
			    "used here: write the values out");
		f->key = copy;
		f->key_line = (unsigned)ev->start_mark.line + b->text->line;
		f->key_column = (unsigned)ev->start_mark.column + 1;
		return;
	}
	if ((node = node_new(b, YAML_SCALAR, ev)) == NULL)
		return;
	node->text = copy;
	node->len = len;
	node->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->lines = ev->start_mark.line != ev->end_mark.line;
	node->literal = ev->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
	attach(b, node);
}

static void
open_node(struct yaml_build *b, enum yaml_kind kind, const yaml_event_t *ev)
{
	struct yaml_node	*node;
	struct frame		*f = NULL;

	if (b->depth > 0)
		f = &b->frame[b->depth - 1];
	if (f != NULL && f->node->kind == YAML_MAP && f->key == NULL) {
		report(b, &ev->start_mark, "%s as a key, want a word",
		    b->d == NULL ? "" : diag_say(b->d, kind == YAML_MAP ?
		    "a mapping" : "a list"));
		b->stop = 1;
		return;
	}
	if (b->depth == YAML_DEPTH_MAX) {
		report(b, &ev->start_mark, "nested more than %d deep",
		    YAML_DEPTH_MAX);
		b->stop = 1;
		return;
	}
	if ((node = node_new(b, kind, ev)) == NULL)
		return;
	node->flow = kind == YAML_MAP ?
	    ev->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE :
	    ev->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	attach(b, node);
	f = &b->frame[b->depth++];
	memset(f, 0, sizeof(*f));
	f->node = node;
}

static int
by_key(const void *a, const void *b)
{
	const struct yaml_node	*x = *(const struct yaml_node *const *)a;
	const struct yaml_node	*y = *(const struct yaml_node *const *)b;
	int			 c;

	if ((c = strcmp(x->key, y->key)) != 0)
		return c;
	if (x->key_line != y->key_line)
		return x->key_line < y->key_line ? -1 : 1;
	return x->key_column < y->key_column ? -1 : 1;
}

static void
same_key(struct yaml_build *b, const struct yaml_node *first,
    const struct yaml_node *again)
{
	b->errors++;
	if (b->d != NULL)
		diag_add(b->d, DIAG_ERROR, b->text->file, again->key_line,
		    again->key_column, "%.64s: the key stands here twice, "
		    "first in line %u", again->key, first->key_line);
}

static void
check_keys(struct yaml_build *b, const struct yaml_node *map)
{
	const struct yaml_node	*x, *y, **all;
	size_t			 i = 0;

	if (map->n <= KEYS_FEW) {
		for (x = map->child; x != NULL; x = x->next)
			for (y = map->child; y != x; y = y->next)
				if (strcmp(x->key, y->key) == 0) {
					same_key(b, y, x);
					break;
				}
		return;
	}
	if ((all = malloc(map->n * sizeof(*all))) == NULL) {
		no_memory(b);
		return;
	}
	for (x = map->child; x != NULL; x = x->next)
		all[i++] = x;
	qsort(all, i, sizeof(*all), by_key);
	for (i = 1; i < map->n; i++)
		if (strcmp(all[i - 1]->key, all[i]->key) == 0)
			same_key(b, all[i - 1], all[i]);
	free(all);
}

static void
on_event(struct yaml_build *b, const yaml_event_t *ev)
{
	const unsigned char	*anchor = NULL, *tag = NULL;

	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (++b->documents > 1) {
			report(b, &ev->start_mark, "a second document (---), "
			    "want one a file");
			b->stop = 1;
		}
		break;
	case YAML_DOCUMENT_END_EVENT:
		if (!ev->data.document_end.implicit)
			b->explicit_end = 1;
		break;
	case YAML_ALIAS_EVENT:
		report(b, &ev->start_mark, "alias *%.64s: aliases are not "
		    "used here: put double quotes around a text that begins "
		    "with *",
		    (const char *)ev->data.alias.anchor);
		b->stop = 1;
		break;
	case YAML_SCALAR_EVENT:
		anchor = ev->data.scalar.anchor;
		tag = ev->data.scalar.tag;
		on_scalar(b, ev);
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = ev->data.sequence_start.anchor;
		tag = ev->data.sequence_start.tag;
		open_node(b, YAML_LIST, ev);
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = ev->data.mapping_start.anchor;
		tag = ev->data.mapping_start.tag;
		open_node(b, YAML_MAP, ev);
		break;
	case YAML_MAPPING_END_EVENT:
		check_keys(b, b->frame[b->depth - 1].node);
		/* FALLTHROUGH */
	case YAML_SEQUENCE_END_EVENT:
		b->depth--;
		break;
	default:
		break;
	}
	if (anchor != NULL)
		report(b, &ev->start_mark, "anchor &%.64s: anchors are not "
		    "used here: put double quotes around a text that begins "
		    "with &", (const char *)anchor);
	if (tag != NULL)
		report(b, &ev->start_mark, "tag %.64s: tags are not used "
		    "here: put double quotes around a text that begins with "
		    "!", (const char *)tag);
}

static void
on_error(struct yaml_build *b, const yaml_parser_t *y)
{
	const char	*p = b->text->data, *end = p + b->text->len, *lf;
	const char	*plain;
	size_t		 line;

	if (y->error == YAML_MEMORY_ERROR) {
		no_memory(b);
		return;
	}
	if (b->d == NULL) {
		b->errors++;
		return;
	}
	if (damage_lines(b->text->file, p, b->text->len, b->text->line,
	    b->d) > 0) {
		b->errors++;
		return;
	}
	for (line = y->problem_mark.line; line > 0; line--) {
		if ((lf = memchr(p, '\n', (size_t)(end - p))) == NULL)
			break;
		p = lf + 1;
	}
	if ((lf = memchr(p, '\n', (size_t)(end - p))) == NULL)
		lf = end;
	b->errors++;
	if (memchr(p, '\t', (size_t)(lf - p)) != NULL)
		return;			/* damage_check() has said so */
	plain = plain_problem(y->problem, y->context);
	if (plain != NULL && y->context != NULL &&
	    y->context_mark.line < y->problem_mark.line)
		report(b, &y->problem_mark, "%s (what it belongs to begins in "
		    "line %u)", diag_say(b->d, plain),
		    (unsigned)y->context_mark.line + b->text->line);
	else if (plain != NULL)
		report(b, &y->problem_mark, "%s", diag_say(b->d, plain));
	else if (y->context != NULL &&
	    y->context_mark.line != y->problem_mark.line)
		report(b, &y->problem_mark, "YAML: %s (%s from line %u on)",
		    y->problem, y->context,
		    (unsigned)y->context_mark.line + b->text->line);
	else
		report(b, &y->problem_mark, "YAML: %s",
		    y->problem == NULL ? "not readable" : y->problem);
}

int
yaml_parse(struct arena *arena, const struct yaml_text *text,
    struct yaml_node **root, int *explicit_end, struct diag *d)
{
	struct yaml_build	 b;
	yaml_parser_t	 y;
	yaml_event_t	 ev;
	int		 end = 0;

	*root = NULL;
	memset(&b, 0, offsetof(struct yaml_build, frame));
	b.arena = arena;
	b.text = text;
	b.d = d;
	if (!yaml_parser_initialize(&y)) {
		no_memory(&b);
		return -1;
	}
	yaml_parser_set_encoding(&y, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&y, (const unsigned char *)text->data,
	    text->len);
	while (!end && !b.stop) {
		if (!yaml_parser_parse(&y, &ev)) {
			on_error(&b, &y);
			break;
		}
		end = ev.type == YAML_STREAM_END_EVENT;
		on_event(&b, &ev);
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&y);
	if (explicit_end != NULL)
		*explicit_end = b.explicit_end;
	if (b.errors > 0)
		return -1;
	*root = b.root;
	return 0;
}

struct yaml *
yaml_open_text(const char *file, const char *data, size_t len,
    struct diag *d)
{
	struct yaml_text	 text = { file, data, len, 1 };
	struct yaml		*y;
	size_t			 start, before;

	if ((y = calloc(1, sizeof(*y))) == NULL) {
		diag_cannot(d, file, "out of memory");
		return NULL;
	}
	before = diag_count(d, DIAG_ERROR);
	if (damage_check(file, data, len, &start, d) == -1)
		goto fail;
	text.data += start;
	text.len -= start;
	if (yaml_parse(&y->arena, &text, &y->root, NULL, d) == -1 ||
	    diag_count(d, DIAG_ERROR) != before)
		goto fail;
	return y;
 fail:
	yaml_close(y);
	return NULL;
}

struct yaml *
yaml_open(const char *path, struct diag *d)
{
	struct err	 e;
	struct yaml	*y;
	size_t		 len;
	char		*data;

	if ((data = file_read(path, YAML_SIZE_MAX, &len, &e)) == NULL) {
		diag_err(d, path, &e);
		return NULL;
	}
	y = yaml_open_text(path, data, len, d);
	free(data);
	return y;
}

const struct yaml_node *
yaml_root(const struct yaml *y)
{
	return y->root;
}

void
yaml_close(struct yaml *y)
{
	if (y == NULL)
		return;
	arena_free(&y->arena);
	free(y);
}

const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key)
{
	const struct yaml_node	*c;

	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	for (c = map->child; c != NULL; c = c->next)
		if (strcmp(c->key, key) == 0)
			return c;
	return NULL;
}

const char *
yaml_kind_name(const struct yaml_node *node)
{
	switch (node->kind) {
	case YAML_LIST:
		return "a list";
	case YAML_MAP:
		return "a mapping";
	default:
		return yaml_scalar(node) == YAML_NULL ? "nothing" : "a string";
	}
}
