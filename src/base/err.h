/* SPDX-License-Identifier: ISC */
/* An error: what went wrong, where, and what to do, in one line. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>

#define ERR_MAX	1024			/* bytes with the NUL */

/*
 * Exit statuses of every subcommand.  A failing function puts one of the
 * last two into its error; cmd/ returns it from main().
 */
#define STATUS_DONE	0
#define STATUS_REFUSED	1		/* the input is at fault */
#define STATUS_CANNOT	2		/* the machine or the command line is
					   at fault */

struct err {
	int	status;			/* STATUS_REFUSED or STATUS_CANNOT */
	int	sys;			/* errno of err_sys(), else 0 */
	char	msg[ERR_MAX];		/* one line of UTF-8 without LF; may
					   be cut between two characters */
};

/*
 * Fill in e (NULL is fine: then nothing is kept).  A new message replaces
 * an older one.  Control characters in the result are shown as \xNN, so
 * that a message can quote a peer's bytes.
 */
void	err_set(struct err *, const char *fmt, ...)	/* STATUS_REFUSED */
	    __attribute__((__format__ (printf, 2, 3)));
void	err_cannot(struct err *, const char *fmt, ...)	/* STATUS_CANNOT */
	    __attribute__((__format__ (printf, 2, 3)));
void	err_sys(struct err *, const char *fmt, ...)	/* adds strerror */
	    __attribute__((__format__ (printf, 2, 3)));
void	err_nomem(struct err *);			/* STATUS_CANNOT */

#endif
