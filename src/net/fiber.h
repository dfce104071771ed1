/* SPDX-License-Identifier: ISC */
/*
 * A call that may be left in its midst and gone on with later, on a stack of
 * its own.  A handshake is one, because libssl cannot wait for a signature in
 * any other way.
 */
#ifndef NET_FIBER_H
#define NET_FIBER_H

struct fiber;				/* opaque */

/*
 * Once in each process that wants fibers.  Where there are none (LibreSSL, a
 * sanitizer's build, no memory), fiber_run() is a plain call.
 */
void	 fiber_start(void);
/*
 * *f NULL: call fn(arg); else go on with *f.  1: fn has returned *rv, and *f is
 * NULL; 0: it has paused, and *f is to be gone on with.
 */
int	 fiber_run(struct fiber **f, int (*fn)(void *), void *arg, int *rv);
/* 1: within fn, which may pause; fiber_pause() then returns when it goes on. */
int	 fiber_is(void);
void	 fiber_pause(void);
/* Give back the stacks that are not in use, if none is. */
void	 fiber_rest(void);

#endif
