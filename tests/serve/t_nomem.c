/* SPDX-License-Identifier: ISC */
/*
 * The n-th allocation fails, for every n, while a server's sites are made
 * and asked: no crash, nothing lost, an error or a later answer.
 */
#include "base/buf.h"
#include "base/err.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "serve/answer.h"
#include "serve/protocol.h"
#include "serve/sites.h"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__has_feature)
#define FAILS	1		/* the sanitizers own malloc() */

extern void	*__libc_malloc(size_t);
extern void	*__libc_calloc(size_t, size_t);
extern void	*__libc_realloc(void *, size_t);
extern void	 __libc_free(void *);

static long	 left = -1;	/* allocations until one fails; -1: none */
static long	 live;		/* blocks not freed */

static int
may(void)
{
	if (left == -1)
		return 1;
	if (left == 0)
		return 0;
	left--;
	return 1;
}

void *
malloc(size_t n)
{
	void	*p = may() ? __libc_malloc(n) : NULL;

	live += p != NULL;
	return p;
}

void *
calloc(size_t n, size_t size)
{
	void	*p = may() ? __libc_calloc(n, size) : NULL;

	live += p != NULL;
	return p;
}

void *
realloc(void *old, size_t n)
{
	void	*p = may() ? __libc_realloc(old, n) : NULL;

	live += p != NULL && old == NULL;
	return p;
}

void
free(void *p)
{
	live -= p != NULL;
	__libc_free(p);
}
#endif

static const struct { enum proto proto; const char *line; } asks[] = {
	{ PROTO_GEMINI, "gemini://localhost/zh/history.gmi\r\n" },
	{ PROTO_GEMINI, "gemini://localhost/en\r\n" },
	{ PROTO_GEMINI, "gemini://localhost/nowhere\r\n" },
	{ PROTO_GEMINI, "gemini://localhost/search?river\r\n" },
	{ PROTO_GEMINI, "gemini://localhost/.apeng/up/-\r\n" },
	{ PROTO_GOPHER, "\r\n" }, { PROTO_GOPHER, "/en\r\n" }, { PROTO_GOPHER, "/gb/s/main\t$\r\n" },
	{ PROTO_GOPHER, "/ascii/history.txt\r\n" }, { PROTO_GOPHER, "/hz\t!\r\n" },
	{ PROTO_GOPHER, "robots.txt\r\n" }, { PROTO_GOPHER, "URL:http://a.example/\r\n" },
	{ PROTO_GOPHER, "/gb/search\t\xba\xd3\r\n" }, { PROTO_GOPHER, "/.apeng/up/-\r\n" },
	{ PROTO_SPARTAN, "localhost /en/history.gmi 0\r\n" },
	{ PROTO_SPARTAN, "localhost /en 0\r\n" },
	{ PROTO_SPARTAN, "localhost /search 0\r\n" },
	{ PROTO_SPARTAN, "localhost /search 5\r\nriver" },
	{ PROTO_SPARTAN, "localhost /.apeng/up/- 0\r\n" },
	{ PROTO_HTTP, "GET /en/history.html HTTP/1.0\r\nAccept-Encoding: "
	    "gzip\r\n\r\n" },
	{ PROTO_HTTP, "GET / HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTP, "GET /gb/history.html HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTP, "GET /en/search?q=river HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTP, "GET /gb/search?q=%ba%d3&c=gb HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTP, "GET /nowhere HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTP, "GET /apeng/up/- HTTP/1.0\r\n\r\n" },
	{ PROTO_HTTPS, "GET /sample.gpub HTTP/1.0\r\nRange: bytes=9-\r\n\r\n" },
	{ PROTO_GOPHER, "GET / HTTP/1.1\r\n" }, { PROTO_GOPHER, "/nowhere\r\n" },
};

static int
ask(struct sites *ss, size_t i, struct reply *r)
{
	const struct protocol	*p = &protocol_rows[asks[i].proto];
	const struct asked	 a = { "127.0.0.1", p->port,
				    p->tls ? "localhost" : NULL, 0 };

	return p->answer(ss, &a, (const uint8_t *)asks[i].line,
	    strlen(asks[i].line), r);
}

static void
requests(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss;
	struct reply		 r;
	size_t			 i;
#ifdef FAILS
	long			 n, before;
	int			 rv;
#endif

	(void)state;
	ss = sample_sites(&names, 1);
	for (i = 0; i < N(asks); i++) {
#ifdef FAILS
		for (n = 0, rv = -1; rv != 1; n++) {
			/* Room of its own each time, and no view kept. */
			sites_cache(ss, 0);
			reply_init(&r);
			before = live;
			left = n;
			rv = ask(ss, i, &r);
			left = -1;
			reply_free(&r);
			sites_cache(ss, SITE_CACHE);
			if (live != before)
				fail_msg("%s: %ld of %ld lost", asks[i].line,
				    live - before, n);
			if (n > 5000)
				fail_msg("%s: no end", asks[i].line);
		}
#endif
		reply_init(&r);
		assert_int_equal(ask(ss, i, &r), 1);
		reply_free(&r);
	}
	sites_free(ss);
}

static void
sites(void **state)
{
	const char		*host[] = { "a.example", "[::1]" };
	struct site_names	 names = { .nhost = 2, .host = host,
				    .gopher_host = "b.example" };
	struct sites		*ss = NULL;
#ifdef FAILS
	struct err		 e;
	long			 n, before = live;

	for (n = 0; ss == NULL; n++) {
		left = n;
		ss = sites_new(&names, &e);
		left = -1;
		if (ss == NULL) {
			assert_int_equal(live, before);
			assert_int_equal(e.status, STATUS_CANNOT);
		}
	}
	assert_true(n > 4);
#else
	ss = sites_new(&names, NULL);
#endif
	(void)state;
	assert_non_null(ss);
	sites_free(ss);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests), cmocka_unit_test(sites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
