/* SPDX-License-Identifier: ISC */
/*
 * Fibers are OpenSSL's ASYNC jobs, which switch stacks without a system call.
 * Their stacks are 32 KB, of which a handshake uses 7, and are used again.
 * When FIBERS_MAX calls have paused, further ones are made plainly and cannot
 * pause.  Trusts its caller to go on with each that has paused.
 */
#include <openssl/opensslv.h>

#include "net/fiber.h"

#if defined(LIBRESSL_VERSION_NUMBER) || defined(__SANITIZE_ADDRESS__) || \
    defined(__SANITIZE_THREAD__)
#define WANTED	0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WANTED	0
#endif
#endif
#ifndef WANTED
#define WANTED	1
#endif

#if WANTED
#include <openssl/async.h>
#include <openssl/err.h>

#include <stddef.h>

#define FIBERS_MAX	16

static struct {
	int	(*fn)(void *);
	void	*arg;
}			 next;		/* what a new job calls */
static ASYNC_WAIT_CTX	*wait_ctx;	/* NULL: no fibers */
static unsigned		 npaused;

static int
begin(void *unused)
{
	(void)unused;
	return next.fn(next.arg);
}

void
fiber_start(void)
{
	if (wait_ctx != NULL || !ASYNC_is_capable() ||
	    ASYNC_init_thread(FIBERS_MAX, 0) != 1)
		return;
	wait_ctx = ASYNC_WAIT_CTX_new();
}

int
fiber_run(struct fiber **f, int (*fn)(void *), void *arg, int *rv)
{
	ASYNC_JOB	*job = (ASYNC_JOB *)*f;
	int		 had = job != NULL;

	if (wait_ctx != NULL && !fiber_is()) {
		next.fn = fn;
		next.arg = arg;
		switch (ASYNC_start_job(&job, wait_ctx, rv, begin, NULL, 0)) {
		case ASYNC_PAUSE:
			npaused += !had;
			*f = (struct fiber *)job;
			return 0;
		case ASYNC_FINISH:
			npaused -= had;
			*f = NULL;
			return 1;
		}
	}
	*f = NULL;
	ERR_clear_error();		/* there was no job, or no memory */
	*rv = fn(arg);
	return 1;
}

int
fiber_is(void)
{
	return ASYNC_get_current_job() != NULL;
}

void
fiber_pause(void)
{
	ASYNC_pause_job();
	ERR_clear_error();		/* those of other connections */
}

void
fiber_rest(void)
{
	if (wait_ctx == NULL || npaused > 0)
		return;
	ASYNC_cleanup_thread();
	if (ASYNC_init_thread(FIBERS_MAX, 0) != 1) {
		ASYNC_WAIT_CTX_free(wait_ctx);
		wait_ctx = NULL;
	}
}
#else
void
fiber_start(void)
{
}

int
fiber_run(struct fiber **f, int (*fn)(void *), void *arg, int *rv)
{
	(void)f;
	*rv = fn(arg);
	return 1;
}

int
fiber_is(void)
{
	return 0;
}

void
fiber_pause(void)
{
}

void
fiber_rest(void)
{
}
#endif
