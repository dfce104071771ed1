#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "cmd/password.h"
#include "package/sign.h"

static volatile sig_atomic_t	caught;

static void	 on_signal(int);
static int	 read_line(int, char *, size_t, struct err *);
static int	 ask_tty(const char *, const char *, char *, size_t,
		    struct err *);
static int	 ask(const char *, const char *, char *, size_t,
		    struct err *);

static void
on_signal(int sig)
{
	caught = sig;
}

/* One byte at a time: what follows the line is for the next reader. */
static int
read_line(int fd, char *out, size_t size, struct err *e)
{
	size_t	 n = 0;
	ssize_t	 r;
	char	 c = '\0';

	while ((r = read(fd, &c, 1)) == 1 && c != '\n') {
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

static int
ask_tty(const char *prompt, const char *what, char *out, size_t size,
    struct err *e)
{
	static const int	 sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction	 act = { .sa_handler = on_signal }, old[4];
	struct termios		 was, quiet;
	size_t			 i;
	int			 fd, rv = -1;

	if ((fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) == -1 ||
	    tcgetattr(fd, &was) == -1) {
		err_sys(e, "/dev/tty");
		if (fd != -1)
			close(fd);
		return -1;
	}
	caught = 0;
	for (i = 0; i < 4; i++)
		sigaction(sigs[i], &act, &old[i]);
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	dprintf(fd, "%s %s: ", prompt, what);
	if (tcsetattr(fd, TCSAFLUSH, &quiet) == -1)
		err_sys(e, "/dev/tty");
	else
		rv = read_line(fd, out, size, e);
	tcsetattr(fd, TCSAFLUSH, &was);
	file_write_all(fd, "\n", 1);
	for (i = 0; i < 4; i++)
		sigaction(sigs[i], &old[i], NULL);
	close(fd);
	if (caught != 0) {
		sign_wipe(out, size);
		raise(caught);		/* with the terminal as it was */
	}
	return rv;
}

static int
ask(const char *prompt, const char *what, char *out, size_t size,
    struct err *e)
{
	if (isatty(STDIN_FILENO))
		return ask_tty(prompt, what, out, size, e);
	return read_line(STDIN_FILENO, out, size, e);
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
