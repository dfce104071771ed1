/* SPDX-License-Identifier: ISC */
/* The process that takes everybody's lines. */
#ifndef SERVE_LOGGER_H
#define SERVE_LOGGER_H

#include <stddef.h>
#include <sys/types.h>

struct err;
struct log_ends;
struct log_target;
struct sandbox;

/*
 * Fork a logger that reads until nobody is left who could write, or until
 * *line, which the caller closes, is given to log_leave().  -1: see e.
 */
pid_t	log_start(const struct log_target *, const struct log_ends *,
	    const struct sandbox *, int *line, struct err *);
/* Its successor is there; line is closed.  -1 is fine. */
void	log_leave(int line);
/*
 * Send lines to syslog, a datagram each; the time in them is the log's own.
 * Ends the process when syslog has gone.
 */
void	log_syslog(int fd, const char *, size_t);

#endif
