/* SPDX-License-Identifier: ISC */
/* Name servers that are dead, slow, wrong or generous. */
#include <sys/socket.h>
#include <sys/wait.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>

#include "base/clock.h"
#include "base/err.h"
#include "lib/test.h"
#include "net/client.h"
#include "net/lookup.h"

#define SHORT_MS	200
#define LONG_MS		20000

static int	 secret = -1;		/* what a resolver has no use for */

/* Instead of the system's: what the name says. */
int
getaddrinfo(const char *host, const char *serv, const struct addrinfo *hints,
    struct addrinfo **out)
{
	struct addrinfo		*ai, **at = out;
	struct sockaddr_in	*in;
	in_addr_t		 ip = inet_addr(host);
	int			 n;

	*out = NULL;
	if (ip == INADDR_NONE && (hints->ai_flags & AI_NUMERICHOST))
		return EAI_NONAME;
	if (strcmp(host, "dead.example") == 0)
		for (;;)
			pause();
	if (strcmp(host, "crash.example") == 0)
		_exit(7);
	if (strcmp(host, "none.example") == 0)
		return EAI_NONAME;
	if (strcmp(host, "broken.example") == 0) {
		errno = EIO;
		return EAI_SYSTEM;
	}
	if (strcmp(host, "locks.example") == 0 &&
	    fcntl(secret, F_GETFD) != -1)
		return EAI_FAIL;
	n = strcmp(host, "many.example") == 0 ? 1000 : 1;
	while (n-- > 0) {
		ai = calloc(1, sizeof(*ai));
		in = calloc(1, sizeof(*in));
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)atoi(serv));
		in->sin_addr.s_addr = ip != INADDR_NONE ? ip :
		    htonl(INADDR_LOOPBACK);
		ai->ai_family = AF_INET;
		ai->ai_addr = (struct sockaddr *)in;
		ai->ai_addrlen = sizeof(*in);
		*at = ai;
		at = &ai->ai_next;
	}
	return 0;
}

void
freeaddrinfo(struct addrinfo *ai)
{
	struct addrinfo	*next;

	for (; ai != NULL; ai = next) {
		next = ai->ai_next;
		free(ai->ai_addr);
		free(ai);
	}
}

static void
no_child(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
answers(void **state)
{
	static const struct {
		const char	*host;
		int		 timeout, n, sys;
		const char	*says;
	} t[] = {
		{ "127.0.0.3", 0, 1, 0, NULL },	/* no process, no time */
		{ "good.example", LONG_MS, 1, 0, NULL },
		{ "many.example", LONG_MS, LOOKUP_MAX, 0, NULL },
		{ "locks.example", LONG_MS, 1, 0, NULL },
		{ "dead.example", SHORT_MS, -1, ETIMEDOUT, "look-up" },
		{ "crash.example", LONG_MS, -1, ECHILD, "look-up" },
		{ "none.example", LONG_MS, -1, 0, "none.example: " },
		{ "broken.example", LONG_MS, -1, EIO, "look-up" },
	};
	struct lookup_addr	 a[LOOKUP_MAX];
	struct sockaddr_in	 in;
	struct err		 e;
	size_t			 i;
	int			 n;

	(void)state;
	assert_true((secret = dup(0)) != -1);
	alarm(60);			/* ends what does not end */
	for (i = 0; i < N(t); i++) {
		n = lookup_host(t[i].host, 1965, t[i].timeout, a, &e);
		if (n != t[i].n)
			fail_msg("%s: %d %s", t[i].host, n,
			    n == -1 ? e.msg : "");
		no_child();
		if (n == -1) {
			assert_int_equal(e.status, STATUS_CANNOT);
			assert_int_equal(e.sys, t[i].sys);
			assert_non_null(strstr(e.msg, t[i].says));
			continue;
		}
		memcpy(&in, &a[n - 1].sa, sizeof(in));
		assert_int_equal(a[n - 1].len, sizeof(in));
		assert_int_equal(in.sin_port, htons(1965));
	}
	alarm(0);
	close(secret);
}

/* A caller is told in time, and what was said names the host. */
static void
client(void **state)
{
	struct err	 e;
	uint64_t	 begun = clock_mono_ms();

	(void)state;
	alarm(60);
	assert_null(client_open("dead.example", 1965, 0, SHORT_MS, &e));
	alarm(0);
	assert_int_equal(e.sys, ETIMEDOUT);
	assert_non_null(strstr(e.msg, "dead.example"));
	assert_true(clock_mono_ms() - begun >= SHORT_MS);
	no_child();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers), cmocka_unit_test(client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
