/* SPDX-License-Identifier: ISC */
/* A listening socket that somebody has shut down listens again. */
#include <sys/socket.h>

#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "lib/test.h"
#include "net/addr.h"
#include "net/listen.h"

static int
comes(const struct net_addr *a)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = addr_to_sa(a, &ss);
	int			 fd, ok;

	assert_true((fd = socket(ss.ss_family, SOCK_STREAM, 0)) != -1);
	ok = connect(fd, (struct sockaddr *)&ss, len) == 0;
	close(fd);
	return ok;
}

static void
repaired(void **state)
{
	struct net_addr	 a;
	struct err	 e = { .msg = "" };
	int		 fd, round, want;

	(void)state;
	assert_int_equal(addr_parse("127.0.0.1", 0, &a, &e), 0);
	/* The system's choice of a port is lost; one by number is kept. */
	for (round = 0; round < 2; round++) {
		want = round == 0 ? 2 : 1;
		assert_int_equal(listen_open(&a, &fd, 1, &e), 0);
		assert_true(comes(&a));
		assert_int_equal(listen_repair(fd, &a, &e), 0);
		assert_int_equal(shutdown(fd, SHUT_RDWR), 0);
		assert_false(comes(&a));
		assert_int_equal(listen_repair(fd, &a, &e), want);
		assert_true(comes(&a));
		assert_int_equal(listen_repair(fd, &a, &e), 0);
		close(fd);
	}
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = { cmocka_unit_test(repaired) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
