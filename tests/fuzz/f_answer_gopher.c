/* SPDX-License-Identifier: ISC */
/* Any bytes get a sound reply; refusals are menus that echo nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/sample.h"
#include "proto/gopher.h"
#include "serve/answer.h"
#include "serve/sites.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct asked asked = { "127.0.0.1", 70, NULL, 0 };
	static struct sites	*ss;
	static struct reply	 r;
	struct site_names	 names = { 0 };
	struct gopher_item	 it;
	const char		*why, *crlf;
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
	rv = answer_gopher(ss, &asked, data, len, &r);
	if (rv == -1 || (rv == 0 && len >= GOPHER_REQ_MAX + 2))
		abort();
	if (rv == 0 || (r.head.len == 0 && r.len == 0 && r.status != 20))
		return 0;
	if (r.status == 20 || r.head.len == 0 || r.head.data[0] != '3')
		return 0;
	crlf = memmem(r.head.data, r.head.len, "\r\n", 2);
	if (crlf == NULL || r.len != 0 || strcmp(crlf, "\r\n.\r\n") != 0 ||
	    gopher_item_parse(r.head.data, (size_t)(crlf - r.head.data), &it,
	    &why) == -1 || it.displaylen > 60)
		abort();
	return 0;
}
