/*
 * One line per request, and the server's own messages.  Workers put lines
 * into a buffer each and hand it to a pipe by the second; the logger, a
 * process of its own, takes them to a file, to standard error or to syslog.
 * Nobody waits for a log: what does not fit is dropped and counted.
 */
#ifndef SERVE_LOG_H
#define SERVE_LOG_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct err;
struct sandbox;

#define LOG_BUFFER	4096		/* PIPE_BUF: written whole or not */
#define LOG_PATH_MAX	200		/* bytes of a request in a line */

/* A worker's end. */
struct log {
	int		 fd;		/* of the pipe; -1: no log */
	int		 full;		/* 1: whole addresses */
	size_t		 len;
	uint64_t	 dropped;	/* lines not written since the last */
	uint64_t	*lost;		/* count of them for all time */
	int64_t		 second;	/* of stamp */
	char		 stamp[21];
	char		 buf[LOG_BUFFER];
};

struct log_line {
	const char		*proto;		/* "gemini", "gopher" */
	const struct net_addr	*peer;
	int			 status;
	uint64_t		 bytes, ms;
	int			 cut;		/* not all of it was sent */
	const char		*path;		/* as the client sent it */
	size_t			 pathlen;
};

void	log_init(struct log *, int fd, int full, uint64_t *lost);
/* Into the buffer; 1: it is the first, so a flush is due in a second. */
int	log_put(struct log *, const struct log_line *);
void	log_flush(struct log *);

/* What of a request is shown: no scheme, host, query or search words. */
void	log_path(int gemini, const uint8_t *, size_t len,
	    const char **path, size_t *pathlen);

/* Where the logger writes. */
enum log_kind { LOG_NONE, LOG_STDERR, LOG_FILE, LOG_SYSLOG };
struct log_target {
	enum log_kind	 kind;
	const char	*path;		/* LOG_FILE */
};

/* The write end for workers and master; fds[0] is for loggers. */
int	log_pipe(int fds[2], struct err *);
/*
 * Fork a logger that reads until the pipe is closed, or until *line, which
 * the caller closes, is given to log_leave().  -1: see e.
 */
pid_t	log_start(const struct log_target *, int pipe_fd,
	    const struct sandbox *, int *line, struct err *);
/* Its successor is there; line is closed.  -1 is fine. */
void	log_leave(int line);
/*
 * Send lines to syslog, a datagram each; the time in them is the log's own.
 * Of one longer than LOG_BUFFER, which no honest worker writes, the rest is
 * left out.  Ends the process when syslog has gone.
 */
void	log_syslog(int fd, const char *, size_t);
/*
 * A message of the server itself, to standard error and, when the log is
 * elsewhere, there too.
 */
void	log_say(int fd, const struct log_target *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 3, 4)));

#endif
