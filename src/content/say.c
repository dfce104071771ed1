/* SPDX-License-Identifier: ISC */
/*
 * Report what is wrong with a value or a key, with its place in the file and
 * its path, such as figures[2].value.  Long values are cut; for an unknown key
 * the nearest known one is named, and for characters of an office editor the
 * remedy.  Values and keys are an author's and may hold any character.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/scalar.h"
#include "content/schema.h"
#include "content/yaml.h"

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

void
read_shown(const struct reader *r, const struct yaml_node *node, char *out,
    size_t size)
{
	const size_t	 max = READ_SHOWN - 16;
	size_t		 n = node->len;

	if (node->kind != YAML_SCALAR || (node->plain &&
	    yaml_scalar(node) == YAML_NULL)) {
		snprintf(out, size, "%s", diag_say(r->d,
		    yaml_kind_name(node)));
		return;
	}
	if (n > max)
		for (n = max; n > 0 &&
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
	vsnprintf(msg, sizeof(msg), diag_say(r->d, fmt), ap);
	va_end(ap);
	path_put(path, where, sizeof(where));
	diag_add(r->d, DIAG_ERROR, r->file, line, column, "%s%s%s", where,
	    *where == '\0' ? "" : ": ", msg);
}

void
read_wrong(struct reader *r, const struct yaml_node *node,
    const struct path *path, const char *fmt, ...)
{
	char	 value[READ_SHOWN], msg[400], remedy[120];
	struct damage_odd odd;
	const char	*s = NULL;
	unsigned	 line = node->line, column = node->column;
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), diag_say(r->d, fmt), ap);
	va_end(ap);
	read_shown(r, node, value, sizeof(value));
	/* "– figures:" is no item of a list but a key. */
	if (node->kind == YAML_MAP && node->child != NULL) {
		s = node->child->key;
		line = node->child->key_line;
		column = node->child->key_column;
	} else if (node->kind == YAML_SCALAR)
		s = node->text;
	if (s != NULL && damage_odd(s, strlen(s), &odd)) {
		damage_remedy(&odd, r->d, remedy, sizeof(remedy));
		read_bad(r, line, column, path, "%s, %s: %s", value, msg,
		    remedy);
	} else
		read_bad(r, node->line, node->column, path, "%s, %s", value,
		    msg);
}

void
read_nomem(struct reader *r)
{
	if (r->errors++ == 0 || diag_status(r->d) != STATUS_CANNOT)
		diag_cannot(r->d, r->file, "out of memory");
}

void
read_unknown(struct reader *r, const struct yaml_node *node,
    const struct path *path, const struct schema *s)
{
	struct nearest	 near;
	struct damage_odd odd;
	char		 remedy[120], all[300];
	size_t		 i, len = 0;

	nearest_begin(&near, node->key);
	all[0] = '\0';
	for (i = 0; i < s->n; i++) {
		nearest_try(&near, s->key[i].key);
		if (len < sizeof(all))
			len += (size_t)snprintf(all + len, sizeof(all) - len,
			    "%s%s", i == 0 ? "" : ", ", s->key[i].key);
	}
	if (node->key[strspn(node->key, "0123456789")] == '\0')
		read_bad(r, node->key_line, node->key_column, path, "\"%.64s"
		    "\" is no key: write numbers without commas, as 85000 or "
		    "4.5", node->key);
	else if (damage_odd(node->key, strlen(node->key), &odd)) {
		damage_remedy(&odd, r->d, remedy, sizeof(remedy));
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\": %s", node->key, remedy);
	} else if (near.name != NULL)
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\", nearest is \"%s\"", node->key, near.name);
	else
		read_bad(r, node->key_line, node->key_column, path, "unknown "
		    "key \"%.64s\", want one of: %s", node->key, all);
}
