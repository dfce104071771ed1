/* SPDX-License-Identifier: ISC */
/* What the master of a server was told by signals. */
#ifndef SERVE_SIGNALS_H
#define SERVE_SIGNALS_H

#include <signal.h>

/* 1: it came, and nobody has looked yet; got_end: SIGTERM or SIGINT. */
extern volatile sig_atomic_t	 got_hup, got_usr1, got_usr2, got_end;

/*
 * Take note of them from here on, and block them except while waiting for
 * something with the mask that is put in *waiting.
 */
void	catch_signals(sigset_t *waiting);

#endif
