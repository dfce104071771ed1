/* SPDX-License-Identifier: ISC */
/*
 * A text of several paragraphs, from a block scalar of the YAML.  Behind | an
 * empty line parts two paragraphs and any other line end is a blank, but for
 * none between two Chinese characters; behind > YAML has joined the lines
 * already, and each line end that is left parts two.  The text is an author's:
 * valid UTF-8, else anything.
 */
#include <string.h>

#include "base/text.h"
#include "content/arena.h"
#include "content/diag.h"
#include "content/kind.h"
#include "content/paragraphs.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/yaml.h"

/* The character that ends s, which is not empty. */
static uint32_t
last_char(const char *s, size_t len)
{
	uint32_t	 cp = 0;
	size_t		 i = len - 1;

	while (i > 0 && (s[i] & 0xc0) == 0x80)
		i--;
	(void)text_utf8_next(s + i, len - i, &cp);
	return cp;
}

/* Join a line to the paragraph that s ends with. */
static size_t
join(char *s, size_t len, const char *line, size_t n)
{
	uint32_t	 cp = 0;

	(void)text_utf8_next(line, n, &cp);
	if (!text_is_cjk(last_char(s, len)) || !text_is_cjk(cp))
		s[len++] = ' ';
	memcpy(s + len, line, n);
	return len + n;
}

/* One paragraph, which begins at that line of the file. */
static int
check(struct reader *r, const struct yaml_node *c, const struct path *path,
    const char *s, size_t len, unsigned line)
{
	const char	*why = kind_text(s, len, 1, 0);
	size_t		 n = text_utf8_cut(s, len, 40);

	if (why == NULL)
		return 0;
	read_bad(r, line, line == c->line ? c->column : 0, path,
	    "\"%.*s%s\" %s", (int)n, s, n < len ? "..." : "",
	    diag_say(r->d, why));
	return -1;
}

const char *
read_paragraphs(struct reader *r, const struct yaml_node *c,
    const struct path *path)
{
	const char	*s = c->text, *end = s + c->len, *lf;
	char		*out;
	size_t		 len = 0, from = 0, n;
	unsigned	 line = c->line + c->literal, at = line;
	int		 bad = 0, gap = 0;

	/* Each line end is a byte, and a blank takes no more. */
	if ((out = arena_alloc(r->arena, c->len + 1)) == NULL) {
		read_nomem(r);
		return NULL;
	}
	for (; s < end; s += n + 1, line += c->literal) {
		lf = memchr(s, '\n', (size_t)(end - s));
		n = (size_t)((lf != NULL ? lf : end) - s);
		if (n == 0) {
			gap = 1;
			continue;
		}
		if (len > 0 && (gap || !c->literal)) {
			bad |= check(r, c, path, out + from, len - from, at);
			out[len++] = '\n';
			from = len;
		}
		if (len == from) {
			memcpy(out + len, s, n);
			len += n;
			at = line;
		} else
			len = join(out, len, s, n);
		gap = 0;
	}
	bad |= check(r, c, path, out + from, len - from, at);
	if (!bad && len > SCHEMA_PARAGRAPHS_MAX) {
		read_bad(r, c->line, c->column, path, "is longer than %d "
		    "bytes: make two of it", SCHEMA_PARAGRAPHS_MAX);
		bad = 1;
	}
	return bad ? NULL : out;
}
