/* SPDX-License-Identifier: ISC */
/*
 * The signals of the master and of `serve --watch'.  A handler only sets a flag.
 * The signals are blocked except while the process waits in ppoll(), so that
 * none is missed.
 */
#include <string.h>

#include "serve/signals.h"

volatile sig_atomic_t	 got_hup, got_usr1, got_usr2, got_end;

static void
on_signal(int sig)
{
	if (sig == SIGHUP)
		got_hup = 1;
	else if (sig == SIGUSR1)
		got_usr1 = 1;
	else if (sig == SIGUSR2)
		got_usr2 = 1;
	else if (sig == SIGTERM || sig == SIGINT)
		got_end = 1;
}

void
signals_catch(const int *sig, size_t n, void (*handler)(int),
    sigset_t *waiting)
{
	struct sigaction	 sa;
	sigset_t		 set;
	size_t			 i;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = handler;
	sigfillset(&sa.sa_mask);
	sigemptyset(&set);
	for (i = 0; i < n; i++) {
		sigaction(sig[i], &sa, NULL);
		sigaddset(&set, sig[i]);
	}
	sigprocmask(SIG_BLOCK, &set, waiting);
	for (i = 0; i < n; i++)
		sigdelset(waiting, sig[i]);
}

void
catch_signals(sigset_t *waiting)
{
	static const int	 sigs[] = { SIGHUP, SIGUSR1, SIGUSR2, SIGTERM,
				    SIGINT, SIGCHLD };

	signal(SIGPIPE, SIG_IGN);
	signals_catch(sigs, sizeof(sigs) / sizeof(sigs[0]), on_signal,
	    waiting);
}
