/* SPDX-License-Identifier: ISC */
/* The processes of a server: how they are made and how they talk. */
#ifndef SERVE_PROC_H
#define SERVE_PROC_H

#include <sys/types.h>

#include <stddef.h>

struct err;

#define PROC_FDS	2		/* descriptors in one message */

/*
 * fork().  In the child, standard input and output are /dev/null, and of the
 * other descriptors from 3 on only those in keep are open.  It ignores the
 * signals that a terminal or init may send to the whole group, because the
 * master tells its children what to do.  -1: see e.
 */
pid_t	proc_fork(const int *keep, size_t n, struct err *);
/* Two ends of a line for whole messages, close-on-exec, blocking. */
int	proc_pair(int pair[2], struct err *);
/*
 * Send a message with nfd descriptors, PROC_FDS at most, which stay open.
 * flags: 0, or MSG_DONTWAIT.  -1 with errno.
 */
int	proc_send_fds(int line, const void *, size_t, const int *fd,
	    size_t nfd, int flags);
/*
 * The bytes of a message; 0: the end; -1: see errno. fd gets at most nfd of its
 * descriptors, with -1 in the places behind them; the caller closes them.
 */
ssize_t	proc_recv_fds(int line, void *, size_t, int *fd, size_t nfd,
	    int flags);
/* "signal 11 (Segmentation fault)", "exit status 2". */
void	proc_how(int status, char *out, size_t size);

#endif
