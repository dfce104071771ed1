/* SPDX-License-Identifier: ISC */
/* Any bytes get a whole head or nothing, and no line of their own in it. */
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
	static const struct asked asked = { "127.0.0.1", 8080, NULL, 0 };
	static struct sites	*ss;
	static struct reply	 r;
	struct site_names	 names = { 0 };
	static volatile unsigned touched;
	const char		*end;
	size_t			 n;
	int			 rv;

	if (ss == NULL) {
		ss = sample_sites(&names, 1);
		if (sites_add(ss, sample_site("second", "second.example", 0),
		    NULL) == -1)
			abort();
		reply_init(&r);
	}
	if (len > HTTP_HEAD_MAX + 100)
		return 0;
	while ((rv = answer_http(ss, &asked, data, len, &r)) ==
	    ANSWER_LATER)
		reply_work(&r);
	if (rv == -1 || (rv == 0 &&
	    len >= protocol_rows[PROTO_HTTP].request_max))
		abort();
	if (rv == 0)
		return 0;
	end = memmem(r.head.data, r.head.len, "\r\n\r\n", 4);
	if (r.head.len < 20 || memcmp(r.head.data, "HTTP/1.1 ", 9) != 0 ||
	    end == NULL || r.status < 20 || r.status > 59)
		abort();
	for (n = 0; n < (size_t)(end - r.head.data); n++)
		if ((r.head.data[n] == '\n') != (n > 0 &&
		    r.head.data[n - 1] == '\r'))
			abort();		/* a line of somebody else's */
	for (n = 0; n < r.len; n++)
		touched += r.body[n];		/* ASan sees a bad slice */
	(void)touched;
	return 0;
}
