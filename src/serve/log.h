/* SPDX-License-Identifier: ISC */
/*
 * One line a request, and the server's own messages.  Every process that logs
 * has a line of its own to the logger, the process that writes to a file, to
 * standard error or to syslog.  A worker gathers records and sends them each
 * second.  Nobody waits for the log: what does not fit is dropped and counted.
 */
#ifndef SERVE_LOG_H
#define SERVE_LOG_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "serve/logline.h"

struct err;
struct sandbox;

/* A worker's end. */
struct log {
	int		 fd;		/* -1: no log */
	size_t		 len;
	uint64_t	 dropped;	/* lines not written since the last */
	uint64_t	*lost;		/* count of them for all time */
	uint8_t		 msg[LOG_MESSAGE_MAX];
};

void	log_init(struct log *, int fd, uint64_t *lost);
/* Keep a record.  1: it is the first, so log_flush() is due in a second. */
int	log_put(struct log *, const struct log_line *);
void	log_flush(struct log *);

/* Where the logger writes. */
enum log_kind { LOG_NONE, LOG_STDERR, LOG_FILE, LOG_SYSLOG };
struct log_target {
	enum log_kind	 kind;
	const char	*path;		/* LOG_FILE */
	int		 full;		/* 1: whole addresses */
};

/*
 * The lines to the logger, which the master makes and keeps: one for each slot
 * of workers, then the signer's and its own.
 */
struct log_ends {
	size_t		 n;
	int		*to;		/* the ends to write to */
	int		*from;		/* for loggers */
};
#define LOG_SIGNER(ends)	((ends)->n - 2)
#define LOG_MASTER(ends)	((ends)->n - 1)

int	log_open(struct log_ends *, size_t nslot, struct err *);
/* The logger ends when all other processes have closed theirs, too. */
void	log_close_to(struct log_ends *);
void	log_close(struct log_ends *);
/*
 * A message of the server itself: to standard error and, when the log is
 * elsewhere, also there, by fd (-1: not open yet).
 */
void	log_say(int fd, const struct log_target *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 3, 4)));

#endif
