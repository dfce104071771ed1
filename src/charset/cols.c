/* SPDX-License-Identifier: ISC */
/*
 * Text of ASCII and hanzi by columns.  The two bytes of a hanzi are those of
 * the charset's wide(), so that lines of GB2312 are slices of these bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/breaks.h"
#include "charset/charset.h"
#include "charset/cols.h"

#define ANY_CODE	0x8080		/* for UTF-8: see struct cols */
#define STACK_BYTES	2048		/* for longer text malloc() is called */

static int
grow(struct cols *c, size_t len)
{
	size_t	 size = c->size == 0 ? 1024 : c->size;
	void	*p;

	if (len < c->size)
		return 0;
	while (size <= len)
		size *= 2;
	if ((p = realloc(c->gb, size)) == NULL)
		return -1;
	c->gb = p;
	if ((p = realloc(c->brk, size)) == NULL)
		return -1;
	c->brk = p;
	if ((p = realloc(c->at, size * sizeof(*c->at))) == NULL)
		return -1;
	c->at = p;
	c->size = size;
	return 0;
}

int
cols_set(struct cols *c, const struct fit *f, const char *s, size_t len)
{
	uint32_t	 cp;
	unsigned	 code;
	size_t		 i, n = 0;

	while (len > 0 && s[len - 1] == ' ')
		len--;
	for (; len > 0 && *s == ' '; len--)
		s++;
	if ((!f->charset->all && f->charset->wide == NULL) || len > UINT32_MAX)
		return 0;
	if (grow(c, len) == -1)		/* never more columns than bytes */
		return -1;
	for (i = 0; i < len;) {
		const uint8_t	 b = (uint8_t)s[i];

		if (f->any && (f->first[b >> 3] >> (b & 7) & 1) != 0)
			return 0;
		c->at[n] = (uint32_t)i;
		if (b >= 0x20 && b < 0x7f) {
			c->gb[n++] = s[i++];
			continue;
		}
		if (b < 0xe3 || text_step(s + i, len - i, &cp) != 3 ||
		    !charset_is_plain_wide(cp) ||
		    (code = f->charset->all ? ANY_CODE :
		    f->charset->wide(cp)) == 0)
			return 0;
		c->gb[n] = (char)(code >> 8);
		c->gb[n + 1] = (char)code;
		c->at[n + 1] = (uint32_t)i;
		n += 2;
		i += 3;
	}
	if (n == len)
		return 0;		/* ASCII: its breaks need no table */
	c->at[n] = (uint32_t)len;
	c->s = s;
	c->len = len;
	c->n = n;
	c->broken = 0;
	return 1;
}

int
cols_break(struct cols *c)
{
	char	 room[STACK_BYTES], *brk = room;
	size_t	 i;

	if (c->broken)
		return 0;
	if (c->len > sizeof(room) && (brk = malloc(c->len)) == NULL)
		return -1;
	breaks_find(c->s, c->len, brk);
	for (i = 0; i < c->n; i++) {
		c->brk[i] = brk[c->at[i]];
		if ((c->gb[i] & 0x80) != 0)
			c->brk[++i] = 0;	/* never inside a character */
	}
	if (brk != room)
		free(brk);
	c->broken = 1;
	return 0;
}

void
cols_put(const struct cols *c, const struct charset *charset, size_t from,
    size_t to, struct buf *out)
{
	const size_t	 n = to - from;
	char		*p;

	if (charset->encode == NULL)
		buf_add(out, c->s + c->at[from], c->at[to] - c->at[from]);
	else if (charset->convert == NULL)
		buf_add(out, c->gb + from, n);
	else if ((p = buf_room(out, 3 * n)) != NULL) {
		out->len += charset->convert(c->gb + from, n, p);
		out->data[out->len] = '\0';
	}
}

void
cols_free(struct cols *c)
{
	free(c->gb);
	free(c->brk);
	free(c->at);
	memset(c, 0, sizeof(*c));
}
