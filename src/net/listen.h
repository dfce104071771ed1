/* SPDX-License-Identifier: ISC */
/* Listening sockets: made by the master, kept for its whole life. */
#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include <stddef.h>

#include "net/addr.h"

struct err;

#define LISTEN_BACKLOG	4096		/* the kernel caps it */

/*
 * Bind n sockets to one address, each with a queue of its own where the
 * system shares connections among them (SO_REUSEPORT on Linux), else all
 * the same socket, duplicated.  Port 0 is replaced by the port found.  The
 * address must be free: another program, also another apeng, is EADDRINUSE.
 * On Linux accept() sees a connection once its peer has said something, or a
 * second after it was made.
 * Non-blocking, close-on-exec.  -1: see e, which names cause and remedy.
 */
int	listen_open(struct net_addr *, int *fds, size_t n, struct err *e);

/*
 * Make fd, which listen_open() made for that address, listen again if a process
 * that shares it has shut it down.  0: it was listening; 1: it listens again,
 * for all who share it; 2: another socket has the number fd now and must be
 * given to those who share the old one; -1: see e.
 */
int	listen_repair(int fd, const struct net_addr *, struct err *e);

/*
 * 1: this machine lacks the address family of a: the kernel has none, or has no
 * loopback address of it; see e.  0: it has it, or something else is wrong.
 */
int	listen_lacks(const struct net_addr *a, struct err *e);

#endif
