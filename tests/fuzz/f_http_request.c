/* SPDX-License-Identifier: ISC */
/* A request's head: a decision never changes when more bytes come. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/http.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int
is_within(const struct http_slice *s, const uint8_t *data, size_t len)
{
	return s->at == NULL || (s->at >= (const char *)data &&
	    s->at + s->len <= (const char *)data + len);
}

static int
never(const void *arg, const char *tag)
{
	(void)arg;
	return strlen(tag) > 35 ? abort(), 0 : -1;
}

/* What is read out of fields stays within what was asked for. */
static void
fields(const struct http_request *r)
{
	static const uint64_t	 sizes[] = { 0, 1, 4096, UINT64_MAX };
	char			 out[HTTP_HEAD_MAX];
	uint64_t		 from, n;
	size_t			 i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		if (http_range(&r->range, sizes[i], &from, &n) == 1 &&
		    (n == 0 || from >= sizes[i] || n > sizes[i] - from))
			abort();
	(void)http_etag_in(&r->none_match, "0123456789abcdef");
	if (http_language(&r->languages, never, NULL) != -1)
		abort();
	if (http_form_field(r->target.at, r->target.len, "q", out) >
	    (long)r->target.len)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct http_request	 r, r2;
	size_t			 n, step;
	int			 rv, all, status;

	if (len > HTTP_HEAD_MAX + 100)
		return 0;
	all = http_request_parse(data, len, &r, &status);
	if ((all == 0 && len >= HTTP_HEAD_MAX) ||
	    (all == -1) != (status >= 400) || status > 505)
		abort();
	if (all == 1 && (r.len > HTTP_HEAD_MAX || r.len > len ||
	    r.target.len == 0 || r.target.len > HTTP_TARGET_MAX ||
	    memcmp(data + r.len - 4, "\r\n\r\n", 4) != 0 ||
	    !is_within(&r.target, data, r.len) ||
	    !is_within(&r.host, data, r.len) ||
	    !is_within(&r.languages, data, r.len) ||
	    !is_within(&r.none_match, data, r.len) ||
	    !is_within(&r.if_range, data, r.len) ||
	    !is_within(&r.range, data, r.len)))
		abort();
	if (all == 1)
		fields(&r);
	step = len > 512 ? 17 : 1;
	for (n = 0; n < len; n += step)
		if ((rv = http_request_parse(data, n, &r2, &status)) != 0) {
			if (rv != all || (rv == 1 && r2.len != r.len))
				abort();
			break;
		}
	return 0;
}
