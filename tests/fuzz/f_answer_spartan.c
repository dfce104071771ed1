/* SPDX-License-Identifier: ISC */
/* Any bytes get a whole status line or nothing, and never their own back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/sample.h"
#include "serve/answer.h"
#include "serve/protocol.h"
#include "serve/sites.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct asked asked = { "127.0.0.1", 300, NULL, 0 };
	static struct sites	*ss;
	static struct reply	 r;
	struct site_names	 names = { 0 };
	static volatile unsigned touched;
	size_t			 n;
	int			 rv;

	if (ss == NULL) {
		ss = sample_sites(&names, 1);
		if (sites_add(ss, sample_site("second", "second.example", 0),
		    NULL) == -1)
			abort();
		reply_init(&r);
	}
	if (len > 2048)
		return 0;
	while ((rv = answer_spartan(ss, &asked, data, len, &r)) ==
	    ANSWER_LATER)
		reply_work(&r);
	if (rv == -1 || (rv == 0 &&
	    len >= protocol_rows[PROTO_SPARTAN].request_max))
		abort();
	if (rv == 0)
		return 0;
	if (r.head.len < 5 || r.head.data[0] < '2' || r.head.data[0] > '5' ||
	    r.head.data[1] != ' ' || r.status < 20 || r.status > 59 ||
	    memmem(r.head.data, r.head.len, "\r\n", 2) == NULL ||
	    (r.head.data[0] != '2' && (r.len != 0 ||
	    memcmp(r.head.data + r.head.len - 2, "\r\n", 2) != 0)))
		abort();
	if (r.head.data[0] == '3' && r.head.data[2] != '/')
		abort();			/* to another host */
	for (n = 0; n < r.len; n++)
		touched += r.body[n];		/* ASan sees a bad slice */
	(void)touched;
	return 0;
}
