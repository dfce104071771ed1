/* SPDX-License-Identifier: ISC */
/*
 * The PROXY protocol, versions 1 and 2: what a load balancer says before
 * the client's first byte.  Pure grammar; lengths are bytes.
 */
#ifndef PROTO_PROXY_H
#define PROTO_PROXY_H

#include <stddef.h>
#include <stdint.h>

#define PROXY_MAX	536		/* of a header that is accepted */

struct proxy_header {
	size_t		 used;		/* with its end */
	int		 has_peer;	/* 0: the balancer speaks for itself */
	uint8_t		 ip[16];	/* IPv4 as ::ffff:a.b.c.d */
	uint16_t	 port;
};

/* 1: *h is the header; 0: more must come; -1: not one. */
int	proxy_parse(const uint8_t *, size_t, struct proxy_header *h);

#endif
