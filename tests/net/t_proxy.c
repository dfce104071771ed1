/* SPDX-License-Identifier: ISC */
#include <arpa/inet.h>

#include "lib/test.h"
#include "proto/proxy.h"

#define SIGN	"\r\n\r\n\0\r\nQUIT\n"

struct sample {
	const char	*name, *data;
	size_t		 len;
	int		 rv;
	const char	*ip;		/* NULL: none */
	unsigned	 port, used;
};
#define S(x)	x, sizeof(x) - 1

static const struct sample	 samples[] = {
	{ "v1 v4", S("PROXY TCP4 192.0.2.1 192.0.2.2 4711 70\r\n/en\r\n"), 1,
	    "::ffff:192.0.2.1", 4711, 40 },
	{ "v1 and a TLS greeting", S("PROXY TCP4 192.0.2.1 192.0.2.2 4711 70\r\n"
	    "\x16\x03\x01\x02\0\1\0"), 1, "::ffff:192.0.2.1", 4711, 40 },
	{ "v1 v6", S("PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n"), 1,
	    "2001:db8::1", 1, 40 },
	{ "v1 unknown", S("PROXY UNKNOWN\r\n"), 1, NULL, 0, 15 },
	{ "v1 unknown with more", S("PROXY UNKNOWN a b c d\r\n"), 1, NULL, 0,
	    23 },
	{ "v1 begun", S("PRO"), 0, NULL, 0, 0 },
	{ "v1 no LF yet", S("PROXY UNKNOWN\r"), 0, NULL, 0, 0 },
	{ "v1 bare CR", S("PROXY UNKNOWN\rx"), -1, NULL, 0, 0 },
	{ "v1 port wraps", S("PROXY TCP4 1.2.3.4 1.2.3.4 65536 70\r\n"), -1,
	    NULL, 0, 0 },
	{ "v1 port padded", S("PROXY TCP4 1.2.3.4 1.2.3.4 070 70\r\n"), -1,
	    NULL, 0, 0 },
	{ "v1 families mixed", S("PROXY TCP4 ::1 ::1 1 2\r\n"), -1, NULL, 0,
	    0 },
	{ "v1 a field short", S("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n"), -1, NULL,
	    0, 0 },
	{ "v1 a field more", S("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n"), -1,
	    NULL, 0, 0 },
	{ "v1 trailing space", S("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n"), -1,
	    NULL, 0, 0 },
	{ "v1 NUL", S("PROXY TCP4 1.2.3.4\0 1.2.3.4 1 2\r\n"), -1, NULL, 0,
	    0 },
	{ "v2 v4", S(SIGN "\x21\x11\0\x0c" "\xc0\0\2\1" "\xc0\0\2\2"
	    "\x12\x67\0\x46" "rest"), 1, "::ffff:192.0.2.1", 4711, 28 },
	{ "v2 v6", S(SIGN "\x21\x21\0\x24" "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0"
	    "\0\0\0\1" "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\2"
	    "\0\7\0\x46"), 1, "2001:db8::1", 7, 52 },
	{ "v2 with more after", S(SIGN "\x21\x11\0\x0f" "\xc0\0\2\1"
	    "\xc0\0\2\2" "\x12\x67\0\x46" "\3\0\0"), 1, "::ffff:192.0.2.1",
	    4711, 31 },
	{ "v2 local", S(SIGN "\x20\0\0\0"), 1, NULL, 0, 16 },
	{ "v2 local, addresses ignored", S(SIGN "\x20\x11\0\x0c"
	    "aaaabbbbccdd"), 1, NULL, 0, 28 },
	{ "v2 unspecified", S(SIGN "\x21\0\0\0"), 1, NULL, 0, 16 },
	{ "v2 unix", S(SIGN "\x21\x31\0\1x"), 1, NULL, 0, 17 },
	{ "v2 begun", S(SIGN "\x21\x11\0\x0c" "\xc0\0\2"), 0, NULL, 0, 0 },
	{ "v2 sign begun", S("\r\n\r\n\0"), 0, NULL, 0, 0 },
	{ "v2 version 3", S(SIGN "\x31\x11\0\x0c"), -1, NULL, 0, 0 },
	{ "v2 command 2", S(SIGN "\x22\x11\0\x0c"), -1, NULL, 0, 0 },
	{ "v2 too short for v4", S(SIGN "\x21\x11\0\3abc"), -1, NULL, 0, 0 },
	{ "v2 too long", S(SIGN "\x21\x11\xff\xff"), -1, NULL, 0, 0 },
	{ "a TLS greeting", S("\x16\x03\x01\x02\0"), -1, NULL, 0, 0 },
	{ "a request", S("/en\r\n"), -1, NULL, 0, 0 },
	{ "nothing", "", 0, 0, NULL, 0, 0 },
};

static void
headers(void **state)
{
	struct proxy_header	 h;
	char			 ip[INET6_ADDRSTRLEN];
	size_t			 i;
	int			 rv;

	(void)state;
	for (i = 0; i < N(samples); i++) {
		const struct sample	*s = &samples[i];
		uint8_t			*copy = malloc(s->len + 1);

		memcpy(copy, s->data, s->len);
		rv = proxy_parse(copy, s->len, &h);
		free(copy);
		if (rv != s->rv)
			fail_msg("%s: %d", s->name, rv);
		if (rv != 1)
			continue;
		if (h.used != s->used || h.has_peer != (s->ip != NULL))
			fail_msg("%s: used %zu", s->name, h.used);
		if (s->ip == NULL)
			continue;
		inet_ntop(AF_INET6, h.ip, ip, sizeof(ip));
		if (strcmp(ip, s->ip) != 0 || h.port != s->port)
			fail_msg("%s: %s %u", s->name, ip, h.port);
	}
}

/* However it is cut, a whole header is found at the same byte. */
static void
cuts(void **state)
{
	struct proxy_header	 h;
	size_t			 i, n;

	(void)state;
	for (i = 0; i < N(samples); i++)
		for (n = 0; samples[i].rv == 1 && n < samples[i].used; n++)
			if (proxy_parse((const uint8_t *)samples[i].data, n,
			    &h) != 0)
				fail_msg("%s at %zu", samples[i].name, n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers), cmocka_unit_test(cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
