/* SPDX-License-Identifier: ISC */
/* In steady state a request allocates nothing, whatever it asks. */
#include "base/buf.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "serve/answer.h"
#include "serve/site.h"

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
	static const struct { int gopher; const char *line; } cases[] = {
		{ 0, "gemini://localhost/zh/history.gmi\r\n" },
		{ 0, "gemini://localhost/\r\n" },
		{ 0, "gemini://localhost/en\r\n" },
		{ 0, "gemini://localhost/nowhere\r\n" },
		{ 0, "gemini://elsewhere.example/\r\n" },
		{ 0, "\r\n" },
		{ 0, "gemini://localhost/sample.gpub\r\n" },
		{ 0, "gemini://localhost/.apeng/up/-\r\n" },
		{ 1, "\r\n" }, { 1, "/en\r\n" }, { 1, "/en\t$\r\n" },
		{ 1, "/en/\r\n" }, { 1, "robots.txt\r\n" },
		{ 1, "caps.txt\r\n" }, { 1, "/.apeng/up/-\r\n" },
		{ 1, "/sample.gpub\r\n" }, { 1, "/\x1b\r\n" },
	};
#if COUNTS
	static const struct asked gemini = { "127.0.0.1", 1965, "localhost", 0 };
	static const struct asked gopher = { "127.0.0.1", 70, NULL, 0 };
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	size_t			 i, before = 0;
	int			 round, rv;

	(void)state;
	reply_init(&r);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < N(cases); i++) {
			const uint8_t *s = (const uint8_t *)cases[i].line;
			size_t len = strlen(cases[i].line);

			before = calls;
			rv = cases[i].gopher ?
			    answer_gopher(ss, &gopher, s, len, &r) :
			    answer_gemini(ss, &gemini, s, len, &r);
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
