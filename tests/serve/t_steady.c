/* SPDX-License-Identifier: ISC */
/* In steady state a request allocates nothing, whatever it asks. */
#include "base/buf.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "serve/answer.h"
#include "serve/protocol.h"
#include "serve/sites.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__has_feature)
#define COUNTS	0
#else
#define COUNTS	1
#endif

#if COUNTS
extern void	*__libc_malloc(size_t);
extern void	*__libc_realloc(void *, size_t);
void		*malloc(size_t);
void		*realloc(void *, size_t);

static size_t	 calls;

void *
malloc(size_t n)
{
	calls++;
	return __libc_malloc(n);
}

void *
realloc(void *p, size_t n)
{
	calls++;
	return __libc_realloc(p, n);
}
#endif

static void
nothing_new(void **state)
{
	static const struct { enum proto proto; const char *line; } cases[] = {
		{ PROTO_GEMINI, "gemini://localhost/zh/history.gmi\r\n" },
		{ PROTO_GEMINI, "gemini://localhost/\r\n" },
		{ PROTO_GEMINI, "gemini://localhost/en\r\n" },
		{ PROTO_GEMINI, "gemini://localhost/nowhere\r\n" },
		{ PROTO_GEMINI, "gemini://elsewhere.example/\r\n" },
		{ PROTO_GEMINI, "\r\n" },
		{ PROTO_GEMINI, "gemini://localhost/sample.gpub\r\n" },
		{ PROTO_GEMINI, "gemini://localhost/.apeng/up/-\r\n" },
		{ PROTO_SPARTAN, "localhost /zh/history.gmi 0\r\n" },
		{ PROTO_SPARTAN, "localhost /en 0\r\n" },
		{ PROTO_SPARTAN, "localhost /nowhere 0\r\n" },
		{ PROTO_SPARTAN, "localhost /.apeng/up/- 0\r\n" },
		{ PROTO_HTTP, "GET /en/history.html HTTP/1.1\r\nHost: "
		    "localhost\r\nAccept-Encoding: gzip\r\n\r\n" },
		{ PROTO_HTTP, "GET /style.css HTTP/1.1\r\nHost: localhost"
		    "\r\nIf-None-Match: *\r\n\r\n" },
		{ PROTO_HTTP, "GET /gb/history.html HTTP/1.0\r\n\r\n" },
		{ PROTO_HTTP, "GET /en HTTP/1.0\r\n\r\n" },
		{ PROTO_HTTPS, "HEAD /sample.gpub HTTP/1.0\r\n\r\n" },
		{ PROTO_GOPHER, "\r\n" }, { PROTO_GOPHER, "/en\r\n" }, { PROTO_GOPHER, "/en\t$\r\n" },
		{ PROTO_GOPHER, "/en/\r\n" }, { PROTO_GOPHER, "robots.txt\r\n" },
		{ PROTO_GOPHER, "caps.txt\r\n" }, { PROTO_GOPHER, "/.apeng/up/-\r\n" },
		{ PROTO_GOPHER, "/sample.gpub\r\n" }, { PROTO_GOPHER, "/\x1b\r\n" },
	};
#if COUNTS
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	size_t			 i, before = 0;
	int			 round, rv;

	(void)state;
	reply_init(&r);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < N(cases); i++) {
			const struct protocol *p =
			    &protocol_rows[cases[i].proto];
			const struct asked a = { "127.0.0.1", p->port,
			    p->tls ? "localhost" : NULL, 0 };

			before = calls;
			rv = p->answer(ss, &a, (const uint8_t *)cases[i].line,
			    strlen(cases[i].line), &r);
			assert_int_equal(rv, 1);
			if (round > 0 && calls != before)
				fail_msg("%s: %zu", cases[i].line,
				    calls - before);
		}
	}
	reply_free(&r);
	sites_free(ss);
#else
	(void)state;
	assert_true(N(cases) > 0);	/* the sanitizers own malloc() */
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_new) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
