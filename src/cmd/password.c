/* SPDX-License-Identifier: ISC */
/*
 * Ask for a password: on a terminal with echo off, else read a line of standard
 * input.  When a signal ends or stops the program while it asks, echo is turned
 * on again before; after `fg' the question is printed again and echo is off
 * again.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "cmd/password.h"
#include "package/sign.h"

/*
 * The signals that could end, stop or continue the program while echo is off.
 */
static const int	sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP,
    SIGTTIN, SIGTTOU, SIGCONT, SIGALRM, SIGPIPE, SIGUSR1, SIGUSR2, SIGXCPU,
    SIGVTALRM, SIGPROF };
#define NSIGS		(sizeof(sigs) / sizeof(sigs[0]))

static volatile sig_atomic_t	caught;

static void
on_signal(int sig)
{
	caught = sig;
}

/*
 * Read one byte, as read() does.  Unless waiting is NULL, the signals that this
 * mask lets through end the wait with -1, also one that came before it began.
 */
static ssize_t
next_byte(int fd, const sigset_t *waiting, char *c)
{
	struct pollfd	 pfd = { .fd = fd, .events = POLLIN };

	if (waiting != NULL && ppoll(&pfd, 1, NULL, waiting) == -1)
		return -1;
	return read(fd, c, 1);
}

/*
 * Read a line, one byte at a time, so that what follows it stays for the next
 * reader.  -1: see e.
 */
static int
read_line(int fd, const sigset_t *waiting, char *out, size_t size,
    struct err *e)
{
	size_t	 n = 0;
	ssize_t	 r;
	char	 c = '\0';

	while ((r = next_byte(fd, waiting, &c)) == 1 && c != '\n') {
		if (n + 1 >= size) {
			err_cannot(e, "password: longer than %zu bytes",
			    size - 1);
			return -1;
		}
		out[n++] = c;
	}
	out[n] = '\0';
	if (r == -1)
		err_sys(e, "password");
	else if (r == 0 && n == 0)
		err_cannot(e, "password: nothing on standard input");
	else if (strlen(out) != n)
		err_cannot(e, "password: holds a NUL");
	else
		return 0;
	return -1;
}

/* 1: the program may go on after this signal. */
static int
is_stop(int sig)
{
	return sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU ||
	    sig == SIGCONT;
}

/* Ask once.  -1: see e; if a signal ended it, caught is its number. */
static int
ask_once(int fd, const char *prompt, const char *what, char *out,
    size_t size, struct err *e)
{
	struct sigaction	 act = { .sa_handler = on_signal };
	struct sigaction	 old[NSIGS];
	struct termios		 was, quiet;
	sigset_t		 block, mask;
	size_t			 i;
	int			 rv = -1;

	caught = 0;
	if (tcgetattr(fd, &was) == -1) {
		err_sys(e, "/dev/tty");
		return -1;
	}
	/*
	 * The signals are blocked except while read_line() waits.  SIGTTIN and
	 * SIGTTOU are never blocked: a process in the background that blocks
	 * them could change the terminal of the process in the foreground.
	 */
	sigemptyset(&block);
	for (i = 0; i < NSIGS; i++)
		if (sigs[i] != SIGTTIN && sigs[i] != SIGTTOU)
			sigaddset(&block, sigs[i]);
	sigprocmask(SIG_BLOCK, &block, &mask);
	for (i = 0; i < NSIGS; i++) {
		sigaction(sigs[i], NULL, &old[i]);
		/* A signal that our caller ignores (nohup) stays ignored. */
		if (old[i].sa_handler != SIG_IGN)
			sigaction(sigs[i], &act, NULL);
	}
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	dprintf(fd, "%s %s: ", prompt, what);
	if (tcsetattr(fd, TCSAFLUSH, &quiet) == -1)
		err_sys(e, "/dev/tty");
	else
		rv = read_line(fd, &mask, out, size, e);
	tcsetattr(fd, TCSAFLUSH, &was);
	file_write_all(fd, "\n", 1);
	/* A signal that came since then reaches on_signal() here. */
	sigprocmask(SIG_SETMASK, &mask, NULL);
	for (i = 0; i < NSIGS; i++)
		sigaction(sigs[i], &old[i], NULL);
	return rv;
}

static int
ask_tty(const char *prompt, const char *what, char *out, size_t size,
    struct err *e)
{
	int	 fd, rv;

	if ((fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) == -1) {
		err_sys(e, "/dev/tty");
		return -1;
	}
	for (;;) {
		rv = ask_once(fd, prompt, what, out, size, e);
		if (caught == 0)
			break;
		sign_wipe(out, size);
		rv = -1;
		raise(caught);		/* with the terminal as it was */
		if (!is_stop(caught))
			break;		/* our caller has a handler for it */
	}
	close(fd);
	return rv;
}

static int
ask(const char *prompt, const char *what, char *out, size_t size,
    struct err *e)
{
	if (isatty(STDIN_FILENO))
		return ask_tty(prompt, what, out, size, e);
	return read_line(STDIN_FILENO, NULL, out, size, e);
}

int
cmd_password(void *arg, const char *what, char *out, size_t size,
    struct err *e)
{
	(void)arg;
	return ask("Password for", what, out, size, e);
}

int
cmd_password_new(const char *what, char *out, size_t size, struct err *e)
{
	char	 again[SIGN_PASSWORD_MAX];
	int	 tries, same = 0, rv = 0;

	for (tries = 0; tries < 3 && !same && rv == 0; tries++) {
		if ((rv = ask("New password for", what, out, size, e)) == 0 &&
		    out[0] == '\0') {
			err_cannot(e, "password: empty; -W makes a key "
			    "without one");
			rv = -1;
		}
		if (rv == 0)
			rv = ask("Once more for", what, again,
			    size < sizeof(again) ? size : sizeof(again), e);
		same = rv == 0 && strcmp(out, again) == 0;
		if (rv == 0 && !same && (!isatty(STDIN_FILENO) ||
		    tries == 2)) {
			err_cannot(e, "password: the two are not the same");
			rv = -1;
		}
	}
	sign_wipe(again, sizeof(again));
	return rv;
}
