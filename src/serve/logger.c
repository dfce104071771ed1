/* The logger's own process. */
#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "serve/log.h"
#include "serve/proc.h"

#define SYSLOG_SOCKET	"/dev/log"
#define SYSLOG_PRIORITY	30		/* daemon, informational */

static volatile sig_atomic_t	 leaving;

static void	 on_leave(int);
static int	 target_open(const struct log_target *, struct err *);
static int	 syslog_open(struct err *);
static void	 logger_main(int, int, enum log_kind)
		    __attribute__((__noreturn__));

static int
syslog_open(struct err *e)
{
	struct sockaddr_un	 sun;
	int			 fd;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	snprintf(sun.sun_path, sizeof(sun.sun_path), "%s", SYSLOG_SOCKET);
	if ((fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) == -1 ||
	    connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1) {
		err_sys(e, "%s: no syslog here; log to a file or to stderr",
		    SYSLOG_SOCKET);
		if (fd != -1)
			close(fd);
		return -1;
	}
	return fd;
}

static int
target_open(const struct log_target *t, struct err *e)
{
	int	 fd;

	if (t->kind == LOG_SYSLOG)
		return syslog_open(e);
	if (t->kind == LOG_STDERR) {
		if ((fd = fcntl(2, F_DUPFD_CLOEXEC, 3)) == -1)
			err_sys(e, "stderr");
		return fd;
	}
	fd = open(t->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
	    O_NOCTTY | O_NONBLOCK, 0640);
	if (fd == -1)
		err_sys(e, "%s", t->path);
	return fd;
}

void
log_syslog(int fd, const char *data, size_t len)
{
	char		 line[LOG_BUFFER + 64];
	const char	*end;
	size_t		 n;
	int		 k;

	while (len > 0) {
		end = memchr(data, '\n', len);
		n = end != NULL ? (size_t)(end - data) : len;
		k = snprintf(line, sizeof(line), "<%d>apeng: %.*s",
		    SYSLOG_PRIORITY, (int)(n < LOG_BUFFER ? n : LOG_BUFFER),
		    data);
		/* A syslog that restarts has a new socket: begin anew. */
		if (k > 0 && send(fd, line, (size_t)k, MSG_NOSIGNAL) == -1 &&
		    (errno == ECONNREFUSED || errno == ENOTCONN))
			_exit(STATUS_CANNOT);
		n += end != NULL;
		data += n;
		len -= n;
	}
}

static void
on_leave(int sig)
{
	(void)sig;
	leaving = 1;
}

/* LOG_LEAVE: another logger has taken over, with a new file. */
static void
logger_main(int in, int out, enum log_kind kind)
{
	struct sigaction	 sa;
	char			 buf[16 * LOG_BUFFER];
	ssize_t			 n;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_leave;
	sigaction(LOG_LEAVE, &sa, NULL);
	while (!leaving && (n = read(in, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			_exit(STATUS_CANNOT);
		if (kind == LOG_SYSLOG)
			log_syslog(out, buf, (size_t)n);
		else if (file_write_all(out, buf, (size_t)n) == -1)
			continue;	/* a full disk may get room again */
	}
	_exit(STATUS_DONE);
}

pid_t
log_start(const struct log_target *t, int in, const struct sandbox *box,
    struct err *e)
{
	int	 keep[3], out;
	pid_t	 pid;

	if ((out = target_open(t, e)) == -1)
		return -1;
	keep[0] = in;
	keep[1] = out;
	keep[2] = box->root;
	if ((pid = proc_fork(keep, 3, e)) == 0) {
		if (sandbox_enter(box, SANDBOX_FILES, e) == -1) {
			dprintf(2, "apeng serve: logger: %s\n", e->msg);
			_exit(STATUS_CANNOT);
		}
		logger_main(in, out, t->kind);
	}
	close(out);
	return pid;
}
