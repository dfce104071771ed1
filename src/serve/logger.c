/* SPDX-License-Identifier: ISC */
/*
 * The logger's own process.  It makes each line itself (logline.c), and the
 * descriptor tells it who sent a message.  So a worker in a stranger's hands
 * can say something false about its own clients, but nothing in another
 * process's name, and no more than RATE bytes a second.  It locks itself into
 * the sandbox with the log open.
 */
#include <sys/socket.h>
#include <sys/un.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "serve/log.h"
#include "serve/logger.h"
#include "serve/proc.h"
#include "serve/worker.h"

#define SYSLOG_SOCKET	"/dev/log"
#define SYSLOG_PRIORITY	30		/* daemon, informational */
#define SOURCES_MAX	(WORKERS_MAX + 2)
#define RATE		(1U << 20)	/* bytes a second of one process */
#define BURST		(4U << 20)	/* bytes that may come at once */
#define PAUSE_MS	100		/* between looks at who may send
					   again */

/* How much a process may still send now. */
struct log_source {
	uint64_t	 room;		/* bytes */
	uint64_t	 since;		/* ms: when room was counted */
};

struct logger {
	const struct log_target	*target;
	int			 out;
	size_t			 n;	/* sources; the last is the master */
	struct pollfd		 pfd[SOURCES_MAX + 1];
	struct log_source		 source[SOURCES_MAX];
	struct buf		 lines;
};

static uint64_t	 room(struct log_source *, uint64_t);
static void	 logger_main(struct logger *) __attribute__((__noreturn__));

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
	char		 line[LOG_MESSAGE_MAX];
	const char	*end;
	size_t		 n;
	int		 k;

	while (len > 0) {
		end = memchr(data, '\n', len);
		n = end != NULL ? (size_t)(end - data) : len;
		k = snprintf(line, sizeof(line), "<%d>apeng: %.*s",
		    SYSLOG_PRIORITY, (int)n, data);
		/* A syslog that restarts has a new socket: open it again. */
		if (k > 0 && k < (int)sizeof(line) &&
		    send(fd, line, (size_t)k, MSG_NOSIGNAL) == -1 &&
		    (errno == ECONNREFUSED || errno == ENOTCONN))
			_exit(STATUS_CANNOT);
		n += end != NULL;
		data += n;
		len -= n;
	}
}

/* When the master dies its line ends; the last messages are still read. */
static int
has_leave(const struct pollfd *line)
{
	char	 byte;

	return line->revents != 0 &&
	    recv(line->fd, &byte, 1, MSG_DONTWAIT) == 1;
}

static uint64_t
room(struct log_source *s, uint64_t now)
{
	uint64_t	 more = (now - s->since) * RATE / 1000;

	if (more > 0) {
		s->room = s->room + more < BURST ? s->room + more : BURST;
		s->since = now;
	}
	return s->room;
}

static void
put_out(struct logger *l)
{
	if (!buf_ok(&l->lines))
		buf_free(&l->lines);	/* no memory: these lines are lost */
	else if (l->target->kind == LOG_SYSLOG)
		log_syslog(l->out, l->lines.data, l->lines.len);
	else
		file_write_all(l->out, l->lines.data, l->lines.len);
	buf_reset(&l->lines);
}

/* Read one message.  0: nobody is left who could send one. */
static int
take(struct logger *l, size_t i)
{
	struct log_source	*s = &l->source[i];
	uint8_t		 msg[LOG_MESSAGE_MAX];
	char		 who[24];
	ssize_t		 n;

	if ((n = recv(l->pfd[i].fd, msg, sizeof(msg), 0)) == -1) {
		if (errno != EINTR && errno != EAGAIN)
			_exit(STATUS_CANNOT);
		return 1;
	}
	if (n == 0)
		return 0;
	if (i == l->n - 1)
		logline_say(&l->lines, msg, (size_t)n, clock_wall());
	else {
		if (i == l->n - 2)
			snprintf(who, sizeof(who), "signer");
		else
			snprintf(who, sizeof(who), "w%zu", i);
		logline_write(&l->lines, who, msg, (size_t)n, clock_wall(),
		    l->target->full);
	}
	s->room -= l->lines.len < s->room ? l->lines.len : s->room;
	put_out(l);				/* a full disk may have */
	return 1;				/* space again later */
}

/*
 * A process that has sent too much is not read for a while; its line fills, and
 * it counts what it could not send.  How long to wait.
 */
static int
choose(struct logger *l)
{
	uint64_t	 now = clock_mono_ms();
	size_t		 i;
	int		 wait = -1;

	for (i = 0; i < l->n; i++) {
		l->pfd[i].events = POLLIN;
		if (l->pfd[i].fd == -1 || room(&l->source[i], now) > 0)
			continue;
		l->pfd[i].events = 0;
		wait = PAUSE_MS;
	}
	return wait;
}

static int
is_anybody_left(const struct logger *l)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		if (l->pfd[i].fd != -1)
			return 1;
	return 0;
}

/* The last entry of pfd is the line to the master. */
static void
logger_main(struct logger *l)
{
	size_t	 i;
	int	 wait;

	while (is_anybody_left(l)) {
		wait = choose(l);
		if (poll(l->pfd, l->n + 1, wait) == -1 && errno != EINTR)
			_exit(STATUS_CANNOT);
		if (has_leave(&l->pfd[l->n]))
			break;
		if (l->pfd[l->n].revents != 0)
			l->pfd[l->n].fd = -1;
		for (i = 0; i < l->n; i++)
			if (l->pfd[i].events != 0 && l->pfd[i].revents != 0 &&
			    !take(l, i))
				l->pfd[i].fd = -1;
	}
	_exit(STATUS_DONE);
}

pid_t
log_start(const struct log_target *t, const struct log_ends *ends,
    const struct sandbox *box, int *line, struct err *e)
{
	static const struct sandbox_fds	 none = { 0, -1, -1, NULL, 0 };
	struct logger			 l;
	int				 keep[SOURCES_MAX + 3], pair[2], out;
	size_t				 i;
	pid_t				 pid;

	assert(ends->n <= SOURCES_MAX);
	if ((out = target_open(t, e)) == -1)
		return -1;
	if (proc_pair(pair, e) == -1) {
		close(out);
		return -1;
	}
	memcpy(keep, ends->from, ends->n * sizeof(int));
	keep[ends->n] = out;
	keep[ends->n + 1] = box->root;
	keep[ends->n + 2] = pair[1];
	if ((pid = proc_fork(keep, ends->n + 3, e)) == 0) {
		if (sandbox_enter(box, SANDBOX_LOGGER, &none, e) == -1) {
			dprintf(2, "apeng serve: logger: %s\n", e->msg);
			_exit(STATUS_CANNOT);
		}
		memset(&l, 0, sizeof(l));
		l.target = t;
		l.out = out;
		l.n = ends->n;
		for (i = 0; i < l.n; i++) {
			l.pfd[i].fd = ends->from[i];
			l.source[i].room = BURST;
			l.source[i].since = clock_mono_ms();
		}
		l.pfd[l.n].fd = pair[1];
		l.pfd[l.n].events = POLLIN;
		logger_main(&l);
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
