/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into apeng: a clock that runs FASTCLOCK times as fast, so that a
 * test of minutes takes seconds.  The kernel's waits are shortened alike.
 * FASTCLOCK_JUMP=SECONDS: the time of day, and only that, is set forward and
 * back by so much every quarter of a second.
 * FASTCLOCK_HAND=FILE: its first 8 bytes, seconds, are added to the clock.  A
 * test moves them on when it has done what is to be done before, so that a
 * slow machine changes nothing; waits end every 20 ms to see it.
 * FASTCLOCK_STILL=1, with a hand: nothing else moves the monotonic clock.  No
 * deadline passes then because a machine is busy.
 */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/mman.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HAND_MS		20
#define STILL_BASE	1000000	/* seconds: a clock that stands began so */

static volatile int64_t	*hand;		/* NULL: none */
static int		 still;		/* only the hand moves the clock */

/* Before anything is locked up; children inherit it. */
__attribute__((constructor)) static void
take_hand(void)
{
	const char	*path = getenv("FASTCLOCK_HAND");
	void		*p;
	int		 fd;

	if (path == NULL || (fd = open(path, O_RDONLY)) == -1)
		return;
	p = mmap(NULL, sizeof(*hand), PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		abort();
	hand = p;
	still = getenv("FASTCLOCK_STILL") != NULL;
}

static long long
speed(void)
{
	static long long	 n;
	const char		*s;

	if (n == 0) {
		s = getenv("FASTCLOCK");
		n = s != NULL && atoll(s) > 0 ? atoll(s) : 1;
	}
	return n;
}

static long long
jump(void)
{
	static const char	*s;

	if (s == NULL && (s = getenv("FASTCLOCK_JUMP")) == NULL)
		s = "0";
	return atoll(s);
}

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	static int	(*real)(clockid_t, struct timespec *);
	long long	 n;
	int		 rv;

	if (real == NULL)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT,
		    "clock_gettime");
	rv = real(id, ts);
	if (rv == 0 && id == CLOCK_REALTIME)
		ts->tv_sec += ts->tv_nsec / 250000000 % 2 ? jump() : -jump();
	if (rv == 0 && (id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_COARSE))
	{
		n = ts->tv_nsec * speed();
		ts->tv_sec = ts->tv_sec * speed() + n / 1000000000;
		ts->tv_nsec = n % 1000000000;
		if (still) {
			ts->tv_sec = STILL_BASE;
			ts->tv_nsec = 0;
		}
		if (hand != NULL)
			ts->tv_sec += *hand;
	}
	return rv;
}

time_t
time(time_t *out)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (out != NULL)
		*out = ts.tv_sec;
	return ts.tv_sec;
}

int
epoll_wait(int fd, struct epoll_event *ev, int max, int ms)
{
	static int	(*real)(int, struct epoll_event *, int, int);

	if (real == NULL)
		real = (int (*)(int, struct epoll_event *, int, int))dlsym(
		    RTLD_NEXT, "epoll_wait");
	if (hand != NULL && (ms < 0 || ms > HAND_MS))
		ms = HAND_MS;
	return real(fd, ev, max, ms > 0 ? (int)((ms + speed() - 1) / speed())
	    : ms);
}

static long long
mono_ms(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* With a hand: ms of the clock that the hand moves. */
int
poll(struct pollfd *fds, nfds_t n, int ms)
{
	static int	(*real)(struct pollfd *, nfds_t, int);
	long long	 end;
	int		 rv;

	if (real == NULL)
		real = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT,
		    "poll");
	if (hand == NULL || ms == 0)
		return real(fds, n, ms);
	for (end = mono_ms() + ms;;) {
		rv = real(fds, n, ms > 0 && ms < HAND_MS ? ms : HAND_MS);
		if (rv != 0 || (ms > 0 && mono_ms() >= end))
			return rv;
	}
}

/* What a fortified libcurl calls. */
int
__poll_chk(struct pollfd *fds, nfds_t n, int ms, size_t room)
{
	if (room / sizeof(*fds) < n)
		abort();
	return poll(fds, n, ms);
}
