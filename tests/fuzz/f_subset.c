/* SPDX-License-Identifier: ISC */
/*
 * What a follower asks with, over a list of 100 members, and what it is
 * answered: parse(write(parse(x))) is parse(x), and a frame ends or is refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/bundle.h"
#include "package/members.h"
#include "package/subset.h"

#define MEMBERS		100
#define FRAME_MAX	(1u << 20)

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
frame(const uint8_t *data, size_t len)
{
	struct unbundle	*u;
	struct buf	 out = { .limit = FRAME_MAX };
	struct err	 e;
	size_t		 used = 0;

	if ((u = unbundle_new(&e)) == NULL)
		abort();
	if (unbundle_add(u, data, len, &used, &out, &e) == 1 && used > len)
		abort();
	if (out.len > FRAME_MAX)
		abort();
	unbundle_free(u);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct member	 v[MEMBERS];
	struct members		 m = { .n = MEMBERS, .v = v };
	uint8_t			 bits[SUBSET_BYTES(MEMBERS)] = { 0 };
	uint8_t			 again[SUBSET_BYTES(MEMBERS)] = { 0 };
	struct buf		 b = BUF_INIT;
	size_t			 i;

	for (i = 0; i < MEMBERS; i++) {
		snprintf(v[i].id, sizeof(v[i].id), "d%03zu", i);
		snprintf(v[i].group, sizeof(v[i].group), "g%zu", i % 7);
	}
	if (len >= 4 && data[0] == 0x28)
		frame(data, len);
	if (subset_parse((const char *)data, len, &m, bits) == -1)
		return 0;
	subset_write(bits, MEMBERS, &b);
	if (!buf_ok(&b) || subset_parse(b.data, b.len, &m, again) != 1 ||
	    memcmp(bits, again, sizeof(bits)) != 0)
		abort();
	buf_free(&b);
	return 0;
}
