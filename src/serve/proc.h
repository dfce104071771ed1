/* SPDX-License-Identifier: ISC */
/* The processes of a server: how they are made and how they talk. */
#ifndef SERVE_PROC_H
#define SERVE_PROC_H

#include <sys/types.h>

#include <stddef.h>

struct err;

/*
 * fork().  In the child: standard input and output are /dev/null, of the
 * other descriptors from 3 up only those in keep are open; signals a
 * terminal or init may send to the whole group are ignored, for the master
 * tells its children what to do.  -1: see e.
 */
pid_t	proc_fork(const int *keep, size_t n, struct err *);
/* Two ends of a line for whole messages, close-on-exec, blocking. */
int	proc_pair(int pair[2], struct err *);
/* Send a message with a descriptor (-1: none).  -1 with errno. */
int	proc_send_fd(int line, const void *, size_t, int fd);
/* Bytes of a message, 0 at the end; *fd: the descriptor or -1. */
ssize_t	proc_recv_fd(int line, void *, size_t, int *fd);
/* "signal 11 (Segmentation fault)", "exit status 2". */
void	proc_how(int status, char *out, size_t size);

#endif
