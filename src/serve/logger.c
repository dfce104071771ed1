/* The logger's own process. */
#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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

static int	 target_open(const struct log_target *, struct err *);
static int	 syslog_open(struct err *);
static int	 has_leave(const struct pollfd *);
static int	 pass_on(int, int, enum log_kind);
static void	 logger_main(int, int, int, enum log_kind)
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

/* Without a master its line just ends: then the last lines still count. */
static int
has_leave(const struct pollfd *line)
{
	char	 byte;

	return line->revents != 0 &&
	    recv(line->fd, &byte, 1, MSG_DONTWAIT) == 1;
}

/* What is in the pipe now.  0: it is closed, none will write any more. */
static int
pass_on(int in, int out, enum log_kind kind)
{
	char	 buf[16 * LOG_BUFFER];
	ssize_t	 n;

	if ((n = read(in, buf, sizeof(buf))) == -1) {
		if (errno != EINTR && errno != EAGAIN)
			_exit(STATUS_CANNOT);
		return 1;
	}
	if (kind == LOG_SYSLOG)
		log_syslog(out, buf, (size_t)n);
	else
		file_write_all(out, buf, (size_t)n);	/* a full disk may */
	return n > 0;					/* get room again */
}

static void
logger_main(int in, int out, int line, enum log_kind kind)
{
	struct pollfd	 pfd[2] = { { in, POLLIN, 0 }, { line, POLLIN, 0 } };

	for (;;) {
		if (poll(pfd, 2, -1) == -1 && errno != EINTR)
			_exit(STATUS_CANNOT);
		if (has_leave(&pfd[1]))
			break;
		if (pfd[1].revents != 0)
			pfd[1].fd = -1;
		if (pfd[0].revents != 0 && !pass_on(in, out, kind))
			break;
	}
	_exit(STATUS_DONE);
}

pid_t
log_start(const struct log_target *t, int in, const struct sandbox *box,
    int *line, struct err *e)
{
	static const struct sandbox_fds	 none = { 0, -1 };
	int				 keep[4], pair[2], out;
	pid_t				 pid;

	if ((out = target_open(t, e)) == -1)
		return -1;
	if (proc_pair(pair, e) == -1) {
		close(out);
		return -1;
	}
	keep[0] = in;
	keep[1] = out;
	keep[2] = box->root;
	keep[3] = pair[1];
	if ((pid = proc_fork(keep, 4, e)) == 0) {
		if (sandbox_enter(box, SANDBOX_LOGGER, &none, e) == -1) {
			dprintf(2, "apeng serve: logger: %s\n", e->msg);
			_exit(STATUS_CANNOT);
		}
		logger_main(in, out, pair[1], t->kind);
	}
	close(out);
	close(pair[1]);
	if (pid == -1)
		close(pair[0]);
	else
		*line = pair[0];
	return pid;
}

void
log_leave(int line)
{
	if (line == -1)
		return;
	send(line, "-", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(line);
}
