/* SPDX-License-Identifier: ISC */
/* Catches signals, and which of them the master of a server has received. */
#ifndef SERVE_SIGNALS_H
#define SERVE_SIGNALS_H

#include <signal.h>
#include <stddef.h>

/* 1: the signal came and was not looked at yet; got_end: SIGTERM or SIGINT. */
extern volatile sig_atomic_t	 got_hup, got_usr1, got_usr2, got_end;

/*
 * Catch these n signals with that handler from here on.  They are blocked
 * except while waiting with the mask that is put into *waiting.
 */
void	signals_catch(const int *sig, size_t n, void (*handler)(int),
	    sigset_t *waiting);
/* The same for the master's signals; they set the flags above. */
void	catch_signals(sigset_t *waiting);

#endif
