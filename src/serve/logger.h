/* SPDX-License-Identifier: ISC */
/* The logger: the process that writes every process's lines to the log. */
#ifndef SERVE_LOGGER_H
#define SERVE_LOGGER_H

#include <stddef.h>
#include <sys/types.h>

struct err;
struct log_ends;
struct log_target;
struct sandbox;

/*
 * Fork a logger.  It reads until no process is left that could write, or until
 * its line, which the caller closes, is given to log_leave().  -1: see e.
 */
pid_t	log_start(const struct log_target *, const struct log_ends *,
	    const struct sandbox *, int *line, struct err *);
/* Its successor is running: let it end. line is closed; -1 is fine. */
void	log_leave(int line);
/*
 * Send lines to syslog, a datagram each, with the time of the log in them.
 * Ends the process when syslog has gone.
 */
void	log_syslog(int fd, const char *, size_t);

#endif
