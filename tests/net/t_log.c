/* SPDX-License-Identifier: ISC */
/* The log: what workers send, and what the logger makes of it. */
#include <sys/socket.h>

#include "base/buf.h"
#include "lib/test.h"
#include "serve/log.h"
#include "serve/logger.h"
#include "serve/protocol.h"

static void
paths(void **state)
{
	static const struct { const char *req; enum proto proto; const char *out; }
	    cases[] = {
		{ "gemini://h/en/a.gmi\r\n", PROTO_GEMINI, "/en/a.gmi" },
		{ "gemini://h:1965\r\n", PROTO_GEMINI, "/" },
		{ "gemini://h/search?my%20words\r\n", PROTO_GEMINI, "/search" },
		{ "gemini://h?words\r\n", PROTO_GEMINI, "/" },
		{ "nonsense\r\n", PROTO_GEMINI, "nonsense" },
		{ "\r\n", PROTO_GEMINI, "" },
		{ "gemini://h/a", PROTO_GEMINI, "/a" },
		{ "/en/a\r\n", PROTO_GOPHER, "/en/a" },
		{ "/en/search\twords\r\n", PROTO_GOPHER, "/en/search" },
		{ "/40/search/2/mzxw6ytb\r\n", PROTO_GOPHER, "/40/search/2" },
		{ "/apeng/packages/40/search/east/12/mzxw6ytb\r\n",
		    PROTO_GOPHER, "/apeng/packages/40/search/east/12" },
		{ "/apeng/packages/40/search/east\twords\r\n", PROTO_GOPHER,
		    "/apeng/packages/40/search/east" },
		{ "/search/\r\n", PROTO_GOPHER, "/search/" },
		{ "\t$\r\n", PROTO_GOPHER, "" },
		{ "/a\nb", PROTO_GOPHER, "/a" },
		{ "h /en/a 0\r\n", PROTO_SPARTAN, "/en/a" },
		{ "h /search 5\r\nwords", PROTO_SPARTAN, "/search" },
		{ "h /search?words 0\r\n", PROTO_SPARTAN, "/search" },
		{ "h  0\r\n", PROTO_SPARTAN, "/" },
		{ "nonsense\r\n", PROTO_SPARTAN, "nonsense" },
		{ "GET /en/a HTTP/1.1\r\nA: b\r\n\r\n", PROTO_HTTP, "/en/a" },
		{ "GET /search?q=words HTTP/1.0\r\n\r\n", PROTO_HTTP, "/search" },
		{ "GET / HTTP/1.1\r\nA: /?b\r\n\r\n", PROTO_HTTPS, "/" },
		{ "nonsense\r\n", PROTO_HTTP, "nonsense" },
	};
	const char	*p;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		protocol_rows[cases[i].proto].shown(
		    (const uint8_t *)cases[i].req, strlen(cases[i].req), &p,
		    &n);
		if (n != strlen(cases[i].out) ||
		    memcmp(p, cases[i].out, n) != 0)
			fail_msg("%s: %.*s", cases[i].req, (int)n, p);
	}
}

/* The lines of one message. */
static const char *
shown(const uint8_t *msg, size_t len, int64_t now, int full)
{
	static struct buf	 b;

	buf_reset(&b);
	logline_write(&b, "w3", msg, len, now, full);
	assert_true(buf_ok(&b));
	return b.data != NULL ? b.data : "";
}

static void
lines(void **state)
{
	struct log_ends	 ends;
	struct log	 l;
	struct net_addr	 a;
	struct log_line	 r = { "gemini", &a, 1000000000, 20, 2064, 12, 0,
			    "/a\x1b\xff\\", 5 };
	uint8_t		 msg[65536];
	ssize_t		 n;
	uint64_t	 lost = 0;
	int		 i;

	(void)state;
	assert_int_equal(addr_parse("192.0.2.9", 1, &a, NULL), 0);
	assert_int_equal(log_open(&ends, 1, NULL), 0);
	log_init(&l, ends.to[0], &lost);
	assert_int_equal(log_put(&l, &r), 1);
	r.cut = 1;
	assert_int_equal(log_put(&l, &r), 0);
	log_flush(&l);
	n = recv(ends.from[0], msg, sizeof(msg), 0);
	assert_true(n > 0);
	assert_int_equal(logline_count(msg, (size_t)n), 2);
	assert_string_equal(shown(msg, (size_t)n, 1000000001, 0),
	    "2001-09-09T01:46:40Z w3 gemini 192.0.2.0/24 20 2064 12 "
	    "/a\\x1b\\xff\\x5c\n"
	    "2001-09-09T01:46:40Z w3 gemini 192.0.2.0/24 20 2064-cut 12 "
	    "/a\\x1b\\xff\\x5c\n");
	/* A time that no honest record has is the logger's own. */
	assert_non_null(strstr(shown(msg, (size_t)n, 1000000011, 1),
	    "2001-09-09T01:46:51Z w3 gemini 192.0.2.9 20 "));
	assert_non_null(strstr(shown(msg, (size_t)n, 999999999, 1),
	    "2001-09-09T01:46:39Z w3 gemini 192.0.2.9 20 "));
	/* Nobody reads: lines are dropped and counted, nothing waits. */
	for (i = 0; i < 50000; i++)
		log_put(&l, &r);
	log_flush(&l);
	assert_true(lost > 1000);
	while (recv(ends.from[0], msg, sizeof(msg), 0) > 0)
		;
	r.cut = 0;
	log_put(&l, &r);
	log_flush(&l);
	n = recv(ends.from[0], msg, sizeof(msg), 0);
	snprintf((char *)msg + 30000, 100, "w3 log: %llu lines lost\n",
	    (unsigned long long)lost);
	assert_non_null(strstr(shown(msg, (size_t)n, 1000000000, 0),
	    (char *)msg + 30000));
	log_close(&ends);
}

/* The longest record that a worker can send, and many in one message. */
static void
longest(void **state)
{
	struct log_ends	 ends;
	struct log	 l;
	struct net_addr	 a;
	char		 path[LOG_PATH_MAX], want[4 * LOG_PATH_MAX + 256];
	struct log_line	 r = { "abcdefgh", &a, 0, 999, UINT64_MAX, UINT64_MAX,
			    1, path, sizeof(path) };
	static uint8_t	 msg[65536];
	ssize_t		 n;
	size_t		 i;

	(void)state;
	memset(path, 0xf8, sizeof(path));
	assert_int_equal(addr_parse("[2001:db8:1111:2222:3333:4444:5555:6666]",
	    1, &a, NULL), 0);
	assert_int_equal(log_open(&ends, 1, NULL), 0);
	log_init(&l, ends.to[0], NULL);
	log_put(&l, &r);
	log_flush(&l);
	n = recv(ends.from[0], msg, sizeof(msg), 0);
	strcpy(want, "1970-01-01T00:00:00Z w3 abcdefgh "
	    "2001:db8:1111:2222:3333:4444:5555:6666 999 "
	    "18446744073709551615-cut 18446744073709551615 ");
	for (i = 0; i < sizeof(path); i++)
		strcat(want, "\\xf8");
	strcat(want, "\n");
	assert_string_equal(shown(msg, (size_t)n, 0, 1), want);
	/* The logger is woken once for them all. */
	r.path = "/en/economy.gmi";
	r.pathlen = strlen(r.path);
	for (i = 0; i < 200; i++)
		log_put(&l, &r);
	log_flush(&l);
	n = recv(ends.from[0], msg, sizeof(msg), 0);
	assert_int_equal(logline_count(msg, (size_t)n), 200);
	assert_int_equal(recv(ends.from[0], msg, sizeof(msg), 0), -1);
	log_close(&ends);
}

/* Bytes that no honest worker sends. */
static void
hostile(void **state)
{
	uint8_t		 msg[LOG_MESSAGE_MAX];
	struct net_addr	 a;
	struct log_line	 r = { "gopher", &a, 0, 20, 1, 1, 0, "/", 1 };
	size_t		 head, n;

	(void)state;
	memset(&a, 0, sizeof(a));
	assert_string_equal(shown((const uint8_t *)"2026-01-01T00:00:00Z "
	    "server: all is well\r\n\n\x1b[2J", 47, 0, 0),
	    "1970-01-01T00:00:00Z w3 says: 2026-01-01T00:00:00Z server: "
	    "all is well\\x0d\n1970-01-01T00:00:00Z w3 says: \\x1b[2J\n");
	head = logline_begin(msg, 0);
	assert_string_equal(shown(msg, head, 0, 0), "");
	assert_string_equal(shown(msg, 1, 0, 0), "");
	assert_string_equal(shown(msg, head + 1, 0, 0),
	    "1970-01-01T00:00:00Z w3 log: a record that no worker writes\n");
	n = head + logline_add(msg, head, &r);
	assert_string_equal(shown(msg, n, 0, 1),
	    "1970-01-01T00:00:00Z w3 gopher :: 20 1 1 /\n");
	/* The last byte is missing. */
	assert_string_equal(shown(msg, n - 1, 0, 0),
	    "1970-01-01T00:00:00Z w3 log: a record that no worker writes\n");
	r.proto = "x\ny";
	n = head + logline_add(msg, head, &r);
	assert_string_equal(shown(msg, n, 0, 0),
	    "1970-01-01T00:00:00Z w3 log: a record that no worker writes\n");
	r.proto = "gopher";
	r.status = 1000;
	n = head + logline_add(msg, head, &r);
	assert_non_null(strstr(shown(msg, n, 0, 0), "no worker writes"));
}

static void
syslog_datagrams(void **state)
{
	static char	 wild[8 * LOG_MESSAGE_MAX], got[sizeof(wild)];
	int		 p[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, p), 0);
	log_syslog(p[0], "one\ntwo\n", 8);
	assert_int_equal(recv(p[1], got, sizeof(got),
	    MSG_DONTWAIT), 14);
	assert_memory_equal(got, "<30>apeng: one", 14);
	assert_int_equal(recv(p[1], got, sizeof(got),
	    MSG_DONTWAIT), 14);
	/* Longer than any line of ours: not half of it. */
	memset(wild, 'x', sizeof(wild));
	log_syslog(p[0], wild, sizeof(wild));
	assert_int_equal(recv(p[1], got, sizeof(got), MSG_DONTWAIT), -1);
	close(p[0]);
	close(p[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths), cmocka_unit_test(lines),
		cmocka_unit_test(longest), cmocka_unit_test(hostile),
		cmocka_unit_test(syslog_datagrams),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
