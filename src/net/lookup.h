/* SPDX-License-Identifier: ISC */
/* Addresses of a host by its name, within a time that the caller gives. */
#ifndef NET_LOOKUP_H
#define NET_LOOKUP_H

#include <sys/socket.h>

struct err;

#define LOOKUP_MAX	8		/* addresses of a host that are used */

struct lookup_addr {
	struct sockaddr_storage	 sa;
	socklen_t		 len;
};

/*
 * host: a name or an IP literal without brackets.  The system's resolver
 * may take minutes where no answer comes, and nothing but the end of its
 * process stops it: it runs in one of its own for at most timeout ms.  The
 * count of addresses, in the resolver's order; -1: see e, whose sys is
 * ETIMEDOUT when the time was over.
 */
int	lookup_host(const char *host, unsigned port, int timeout,
	    struct lookup_addr out[LOOKUP_MAX], struct err *e);

#endif
