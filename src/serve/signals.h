/* SPDX-License-Identifier: ISC */
/* Which signals the master of a server has received. */
#ifndef SERVE_SIGNALS_H
#define SERVE_SIGNALS_H

#include <signal.h>

/* 1: the signal came and was not looked at yet; got_end: SIGTERM or SIGINT. */
extern volatile sig_atomic_t	 got_hup, got_usr1, got_usr2, got_end;

/*
 * Catch the signals from here on.  They are blocked except while waiting with
 * the mask that is put into *waiting.
 */
void	catch_signals(sigset_t *waiting);

#endif
