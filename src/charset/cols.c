#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "charset/charset.h"
#include "charset/cols.h"
#include "charset/gb2312.h"
#include "charset/wrap.h"

#define STACK_BYTES	2048		/* longer text takes memory */

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

/* The two bytes of a wide character, 0 without a place. */
static unsigned
code_of(enum charset charset, uint32_t cp)
{
	if (!charset_is_plain_wide(cp))
		return 0;
	return charset == CHARSET_UTF8 ? 0x8080 : gb2312_from(cp);
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
	if (f->charset == CHARSET_ASCII || len > UINT32_MAX)
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
		if (b < 0xe3 || charset_step(s + i, len - i, &cp) != 3 ||
		    (code = code_of(f->charset, cp)) == 0)
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
	wrap_breaks(c->s, c->len, brk);
	for (i = 0; i < c->n; i++) {
		c->brk[i] = brk[c->at[i]];
		if ((c->gb[i] & 0x80) != 0)
			c->brk[++i] = 0;	/* never inside */
	}
	if (brk != room)
		free(brk);
	c->broken = 1;
	return 0;
}

void
cols_put(const struct cols *c, enum charset charset, size_t from, size_t to,
    struct buf *out)
{
	const size_t	 n = to - from;
	char		*p;

	if (charset == CHARSET_UTF8)
		buf_add(out, c->s + c->at[from], c->at[to] - c->at[from]);
	else if (charset == CHARSET_GB2312)
		buf_add(out, c->gb + from, n);
	else if ((p = buf_room(out, 3 * n)) != NULL) {
		out->len += hz_from_gb2312(c->gb + from, n, p);
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
