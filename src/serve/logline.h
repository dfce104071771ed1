/* SPDX-License-Identifier: ISC */
/*
 * What workers tell the logger, and the lines it makes of it.  Workers send
 * records of fixed fields; words, time and form of a line are the logger's.
 */
#ifndef SERVE_LOGLINE_H
#define SERVE_LOGLINE_H

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct buf;

#define LOG_MESSAGE_MAX	16384		/* bytes of a message to the logger */
#define LOG_PATH_MAX	200		/* bytes of a request in a line */
#define LOG_TEXT_MAX	1024		/* bytes of other words in a line */
#define LOG_PROTO_MAX	8
#define LOG_LATE_MAX	10		/* seconds that a record may be old */

struct log_line {
	const char		*proto;		/* "gemini", "gopher" */
	const struct net_addr	*peer;
	int64_t			 time;		/* seconds, wall clock */
	unsigned		 status;
	uint64_t		 bytes, ms;
	int			 cut;		/* not all of it was sent */
	const char		*path;		/* as the client sent it */
	size_t			 pathlen;	/* more is cut off */
};

/* Begin a message of records; lost: lines that never reached the logger. */
size_t	logline_begin(uint8_t *msg, uint64_t lost);
/* Add a record at len of LOG_MESSAGE_MAX; its bytes, 0: does not fit. */
size_t	logline_add(uint8_t *msg, size_t len, const struct log_line *);
/* How many records the message has. */
uint64_t logline_count(const uint8_t *msg, size_t len);
/*
 * Turn a message of process who ("w0"), which may be hostile, into lines:
 * each begins with the time and who, has printable ASCII only and ends with
 * a newline.  now: seconds; full: show whole addresses, else networks.
 */
void	logline_write(struct buf *, const char *who, const uint8_t *msg,
	    size_t len, int64_t now, int full);
/* The same for words of the server itself, whose UTF-8 is shown. */
void	logline_say(struct buf *, const uint8_t *msg, size_t len,
	    int64_t now);

#endif
