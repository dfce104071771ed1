/* SPDX-License-Identifier: ISC */
/*
 * The three files of a catalogue, one behind the other with a NUL between
 * them.  What is taken is what the writers make of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/members.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
same(struct buf *b, const char *s, size_t n)
{
	if (!buf_ok(b) || b->len != n || (n > 0 && memcmp(b->data, s, n) != 0))
		abort();
	buf_reset(b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char	*s[3] = { (const char *)data, "", "" }, *end, *nul;
	size_t		 n[3] = { len, 0, 0 }, i;
	struct members	 m;
	struct buf	 b = BUF_INIT;
	struct err	 e;

	end = s[0] + len;
	for (i = 0; i < 2 && len > 0; i++) {
		if ((nul = memchr(s[i], '\0', n[i])) == NULL)
			break;
		n[i] = (size_t)(nul - s[i]);
		s[i + 1] = nul + 1;
		n[i + 1] = (size_t)(end - s[i + 1]);
	}
	if (members_parse(&m, s[0], n[0], s[1], n[1], s[2], n[2], &e) == -1)
		return 0;
	members_write_lines(&m, &b);
	same(&b, s[0], n[0]);
	members_write_delegates(&m, &b);
	same(&b, s[1], n[1]);
	members_write_groups(&m, &b);
	same(&b, s[2], n[2]);
	buf_free(&b);
	members_free(&m);
	return 0;
}
