/* SPDX-License-Identifier: ISC */
/*
 * The PROXY protocol, versions 1 and 2: the header that a load balancer sends
 * before the client's first byte.  Pure grammar; lengths are bytes.
 */
#ifndef PROTO_PROXY_H
#define PROTO_PROXY_H

#include <stddef.h>
#include <stdint.h>

#define PROXY_MAX	536		/* of a header that is accepted */

struct proxy_header {
	size_t		 used;		/* bytes of the header */
	int		 has_peer;	/* ip and port are the client's; 0: the
					   header names no client */
	uint8_t		 ip[16];	/* IPv4 as ::ffff:a.b.c.d */
	uint16_t	 port;
};

/* 1: *h is the header; 0: more must come; -1: not one. */
int	proxy_parse(const uint8_t *, size_t, struct proxy_header *h);

#endif
