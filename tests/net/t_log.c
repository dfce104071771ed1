#include <sys/socket.h>

#include <fcntl.h>

#include "lib/test.h"
#include "serve/log.h"

static void
paths(void **state)
{
	static const struct { const char *req; int gemini; const char *out; }
	    cases[] = {
		{ "gemini://h/en/a.gmi\r\n", 1, "/en/a.gmi" },
		{ "gemini://h:1965\r\n", 1, "/" },
		{ "gemini://h/search?my%20words\r\n", 1, "/search" },
		{ "gemini://h?words\r\n", 1, "/" },
		{ "nonsense\r\n", 1, "nonsense" },
		{ "\r\n", 1, "" },
		{ "gemini://h/a", 1, "/a" },
		{ "/en/a\r\n", 0, "/en/a" },
		{ "/en/search\twords\r\n", 0, "/en/search" },
		{ "\t$\r\n", 0, "" },
		{ "/a\nb", 0, "/a" },
	};
	const char	*p;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		log_path(cases[i].gemini, (const uint8_t *)cases[i].req,
		    strlen(cases[i].req), &p, &n);
		if (n != strlen(cases[i].out) ||
		    memcmp(p, cases[i].out, n) != 0)
			fail_msg("%s: %.*s", cases[i].req, (int)n, p);
	}
}

static void
lines(void **state)
{
	struct log	 l;
	struct net_addr	 a;
	struct log_line	 r = { "gemini", &a, 20, 2064, 12, 0, "/a\x1b\xff",
			    4 };
	char		 buf[65536];
	ssize_t		 n;
	uint64_t	 lost = 0;
	int		 p[2], i;

	(void)state;
	assert_int_equal(addr_parse("192.0.2.9", 1, &a, NULL), 0);
	assert_int_equal(log_pipe(p, NULL), 0);
	log_init(&l, p[1], 0, &lost);
	assert_int_equal(log_put(&l, &r), 1);
	r.cut = 1;
	assert_int_equal(log_put(&l, &r), 0);
	log_flush(&l);
	n = read(p[0], buf, sizeof(buf) - 1);
	assert_true(n > 0);
	buf[n] = '\0';
	assert_string_equal(buf + 20, strchr(buf, ' '));
	assert_ptr_equal(strstr(buf, " gemini 192.0.2.0/24 20 2064 12 "
	    "/a\\x1b\\xff\n"), buf + 20);
	assert_non_null(strstr(buf, " 2064-cut 12 "));
	/* Nobody reads: lines are dropped and counted, nothing waits. */
	for (i = 0; i < 5000; i++)
		log_put(&l, &r);
	assert_true(lost > 1000);
	while (read(p[0], buf, sizeof(buf)) == sizeof(buf))
		;
	log_flush(&l);
	close(p[0]);
	close(p[1]);
}

/* What the pipe brings, also from a worker that does not end its lines. */
static void
syslog_datagrams(void **state)
{
	static char	 wild[8 * LOG_BUFFER], got[sizeof(wild)];
	int		 p[2];
	ssize_t		 n;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, p), 0);
	log_syslog(p[0], "one\ntwo\n", 8);
	assert_int_equal(recv(p[1], got, sizeof(got),
	    MSG_DONTWAIT), 14);
	assert_memory_equal(got, "<30>apeng: one", 14);
	assert_int_equal(recv(p[1], got, sizeof(got),
	    MSG_DONTWAIT), 14);
	memset(wild, 'x', sizeof(wild));
	log_syslog(p[0], wild, sizeof(wild));
	n = recv(p[1], got, sizeof(got),
	    MSG_DONTWAIT);
	assert_int_equal(n, 11 + LOG_BUFFER);
	assert_memory_equal(got + 11, wild, (size_t)n - 11);
	assert_int_equal(recv(p[1], got, sizeof(got), MSG_DONTWAIT), -1);
	close(p[0]);
	close(p[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths), cmocka_unit_test(lines),
		cmocka_unit_test(syslog_datagrams),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
