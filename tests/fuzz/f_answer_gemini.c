/* SPDX-License-Identifier: ISC */
/* Any bytes get a whole status line or nothing, and never their own back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/sample.h"
#include "serve/answer.h"
#include "serve/sites.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct asked asked = { "127.0.0.1", 1965, NULL, 0 };
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
	rv = answer_gemini(ss, &asked, data, len, &r);
	if (rv == -1 || (rv == 0 && len >= GEMINI_URL_MAX + 2))
		abort();
	if (rv == 0)
		return 0;
	if (r.head.len < 4 || r.status < 10 || r.status > 69 ||
	    r.head.data[0] != '0' + r.status / 10 ||
	    r.head.data[1] != '0' + r.status % 10 ||
	    memmem(r.head.data, r.head.len, "\r\n", 2) == NULL ||
	    (r.status != 20 && r.len != 0))
		abort();
	for (n = 0; n < r.len; n++)
		touched += r.body[n];		/* ASan sees a bad slice */
	(void)touched;
	return 0;
}
