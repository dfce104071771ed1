/* SPDX-License-Identifier: ISC */
#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/test.h"
#include "net/addr.h"
#include "net/sessions.h"

#define LIFE	600
#define T0	5000000ULL		/* ms: any time will do */
#define SECOND	1000ULL

/* A session whose secret says which it is. */
static struct session
session(uint32_t n)
{
	struct session	 s;
	uint32_t	 w[SESSION_ID / 4];
	size_t		 i;

	memset(&s, 0, sizeof(s));
	for (i = 0; i < SESSION_ID / 4; i++)
		w[i] = (n + (uint32_t)i) * 2654435761u;
	memcpy(s.id, w, SESSION_ID);
	memcpy(s.secret, &n, sizeof(n));
	memset(s.bind, 'b', SESSION_BIND);
	s.len = 32;
	s.suite = 0x1301;
	return s;
}

static int
finds(struct sessions *t, uint32_t n, uint64_t now)
{
	struct session	 want = session(n), got;

	if (!sessions_get(t, want.id, want.bind, now, &got))
		return 0;
	assert_memory_equal(&got, &want, sizeof(want));
	return 1;
}

static void
put(struct sessions *t, uint32_t n, uint64_t now)
{
	struct session	 s = session(n);

	sessions_put(t, &s, now);
}

static void
lives(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	struct session	 s = session(1), out;

	(void)state;
	assert_int_equal(sessions_seconds(t), LIFE);
	assert_false(finds(t, 1, T0));
	put(t, 1, T0);
	assert_true(finds(t, 1, T0));
	assert_true(finds(t, 1, T0 + LIFE * SECOND - 1));
	assert_false(finds(t, 1, T0 + LIFE * SECOND));
	assert_false(finds(t, 1, T0 - 1));	/* born later: nonsense */
	assert_false(finds(t, 2, T0));
	s.bind[SESSION_BIND - 1] ^= 1;		/* another host */
	assert_false(sessions_get(t, s.id, s.bind, T0, &out));
	s = session(1);
	s.id[SESSION_ID - 1] ^= 1;
	assert_false(sessions_get(t, s.id, s.bind, T0, &out));
	sessions_forget(t);
	assert_false(finds(t, 1, T0));
	put(t, 1, T0);				/* it can be used again */
	assert_true(finds(t, 1, T0));
	sessions_free(t);
}

/* Whether any bytes of the sessions' secrets are left in the table. */
static int
is_left(const struct sessions *t, uint32_t n)
{
	struct session	 s = session(n);
	const uint8_t	*p;
	void		*at;
	size_t		 i;

	memcpy(&at, t, sizeof(at));		/* the first member */
	for (p = at, i = 0; i < 512 * 1024; i++)
		if (memcmp(p + i, s.id, SESSION_ID) == 0)
			return 1;
	return 0;
}

static void
swept(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	uint32_t	 i;

	(void)state;
	for (i = 0; i < 50; i++)
		put(t, i, T0);
	put(t, 100, T0 + SECOND);
	sessions_sweep(t, T0 + LIFE * SECOND - 1);
	assert_true(finds(t, 0, T0));
	assert_true(is_left(t, 0));
	sessions_sweep(t, T0 + LIFE * SECOND);
	for (i = 0; i < 50; i++)
		assert_false(is_left(t, i));
	assert_true(finds(t, 100, T0 + LIFE * SECOND));
	sessions_sweep(t, T0 + (LIFE + 1) * SECOND);
	assert_false(is_left(t, 100));
	sessions_free(t);
}

/* The newest stay when there are far too many. */
static void
full(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	uint32_t	 i, n = 50000, found = 0;

	(void)state;
	for (i = 0; i < n; i++)
		put(t, i, T0 + i);
	for (i = n - 500; i < n; i++)
		found += (uint32_t)finds(t, i, T0 + n);
	assert_true(found >= 495);
	found = 0;
	for (i = 0; i < n; i++)
		found += (uint32_t)finds(t, i, T0 + n);
	assert_true(found > 3500 && found <= 4096);
	sessions_free(t);
}

/* Processes that write at once, and one killed while it does. */
static void
crowd(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	pid_t		 pid[4];
	uint32_t	 i, k, found = 0;

	(void)state;
	sessions_share(t, 1);
	for (i = 0; i < 4; i++) {
		if ((pid[i] = fork()) == 0)
			for (k = 0; ; k++) {
				put(t, k * 4 + i, T0);
				finds(t, k, T0);
			}
		assert_true(pid[i] > 0);
	}
	for (k = 0; k < 200000; k++)
		finds(t, k, T0);	/* never a mixture: see finds() */
	for (i = 0; i < 4; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
	sessions_forget(t);
	for (i = 0; i < 2000; i++)
		put(t, i, T0);
	for (i = 0; i < 2000; i++)
		found += (uint32_t)finds(t, i, T0);
	assert_true(found > 1900);
	sessions_free(t);
}

static uint64_t
who(struct sessions *t, const char *ip, const char *told)
{
	struct net_addr	 a;

	assert_int_equal(addr_parse(ip, 1, &a, NULL), 0);
	return sessions_who(t, &a, (const uint8_t *)told, strlen(told));
}

static void
names(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	uint64_t	 w = who(t, "192.0.2.1", "abcdefgh1");

	(void)state;
	assert_true(w == who(t, "192.0.2.1", "abcdefgh1"));
	assert_true(w != who(t, "192.0.2.2", "abcdefgh1"));
	assert_true(w != who(t, "192.0.2.1", "abcdefgh2"));
	assert_true(w != who(t, "192.0.2.1", "abcdefgh"));
	assert_true(who(t, "2001:db8::1", "x") == who(t, "2001:db8::2", "x"));
	assert_true(who(t, "2001:db8::1", "x") !=
	    who(t, "2001:db8:0:1::1", "x"));
	sessions_free(t);
}

/* Who gets a ticket: seconds after T0, and what happened. */
static void
worth(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	uint64_t	 a = who(t, "192.0.2.1", "a"), s = T0;
	uint64_t	 b = who(t, "192.0.2.2", "a");

	(void)state;
	assert_false(sessions_came(t, a, s));		/* the first time */
	assert_false(sessions_came(t, b, s));
	s += (LIFE + 1) * SECOND;
	assert_false(sessions_came(t, a, s));		/* long ago */
	s += (LIFE - 1) * SECOND;
	assert_true(sessions_came(t, a, s));		/* again */
	sessions_gave(t, a, s);
	assert_false(sessions_came(t, a, s + SECOND));	/* it has one */
	s += LIFE * SECOND;
	assert_false(sessions_came(t, a, s));		/* and let it lapse */
	s += 5 * LIFE * SECOND - 2 * SECOND;
	assert_false(sessions_came(t, a, s));
	s += 2 * SECOND;
	assert_true(sessions_came(t, a, s));		/* an hour later */
	sessions_gave(t, a, s);
	sessions_used(t, a, s + SECOND);
	s += (6 * LIFE) * SECOND;
	assert_true(sessions_came(t, a, s));		/* it uses them */
	sessions_gave(t, a, s);
	s += 2 * SECOND;
	assert_false(sessions_came(t, a, s));		/* not of late */
	sessions_used(t, b, s);				/* its first */
	assert_true(sessions_came(t, b, s));
	sessions_forget(t);
	assert_false(sessions_came(t, b, s));
	sessions_free(t);
}

/* Many strangers push nobody out who came just now. */
static void
strangers(void **state)
{
	struct sessions	*t = sessions_new(LIFE, NULL);
	uint64_t	 a = who(t, "192.0.2.1", "a");
	char		 ip[32];
	int		 i;

	(void)state;
	for (i = 0; i < 60000; i++) {
		snprintf(ip, sizeof(ip), "10.0.%d.%d", i / 256, i % 256);
		sessions_came(t, who(t, ip, "a"), T0 + (uint64_t)i * 5);
	}
	assert_false(sessions_came(t, a, T0 + 300 * SECOND));
	assert_true(sessions_came(t, a, T0 + 301 * SECOND));
	sessions_free(t);
}

/* A worker in a stranger's hands has written all of the table. */
static void
wild(void **state)
{
	static const int	 fill[] = { 0xff, 0xfe, 0x01, 0x80, -1 };
	struct sessions	*t = sessions_new(LIFE, NULL);
	struct session	 s = session(1), out;
	uint64_t	 a = who(t, "192.0.2.1", "a");
	uint8_t		*at;
	size_t		 i, n = 64 + 4096 * 128 + 8192 * 16;
	uint32_t	 k;

	(void)state;
	memcpy(&at, t, sizeof(at));
	for (i = 0; i < sizeof(fill) / sizeof(fill[0]); i++) {
		memset(at, fill[i], n);
		for (k = 1; fill[i] == -1 && k < n; k++)
			at[k] = (uint8_t)(at[k - 1] * 7 + k);
		for (k = 0; k < 3000; k++) {
			put(t, k, T0);
			s = session(k);
			if (sessions_get(t, s.id, s.bind, T0, &out))
				assert_true(out.len <= SESSION_SECRET);
		}
		/* as a place that claims to hold a secret of any length */
		memset(at + 64, 0xff, 4096 * 128);
		for (k = 0; k < 4096; k++)
			memset(at + 64 + k * 128, 0, 8);
		memset(s.id, 0xff, sizeof(s.id));
		memset(s.bind, 0xff, sizeof(s.bind));
		assert_false(sessions_get(t, s.id, s.bind, UINT64_MAX, &out));
		sessions_came(t, a, T0);
		sessions_gave(t, a, T0);
		sessions_used(t, a, T0);
		sessions_sweep(t, T0);
		sessions_forget(t);
		put(t, 1, T0);
		assert_true(finds(t, 1, T0));
		assert_false(sessions_came(t, a, T0));
		assert_true(sessions_came(t, a, T0));
	}
	sessions_free(t);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(lives),
		cmocka_unit_test(swept),
		cmocka_unit_test(full),
		cmocka_unit_test(crowd),
		cmocka_unit_test(names),
		cmocka_unit_test(worth),
		cmocka_unit_test(strangers),
		cmocka_unit_test(wild),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
