/* SPDX-License-Identifier: ISC */
/* Network addresses as numbers only: nothing here ever asks a resolver. */
#ifndef NET_ADDR_H
#define NET_ADDR_H

#include <sys/socket.h>

#include <stddef.h>
#include <stdint.h>

struct err;

#define ADDR_TEXT	64		/* bytes for any text form, with NUL */

/* IPv4 stands as ::ffff:a.b.c.d, as a dual-stack socket would show it. */
struct net_addr {
	uint8_t		ip[16];		/* network order */
	uint16_t	port;		/* host order */
};

/*
 * "192.0.2.1:1965", "[2001:db8::1]:1965"; without a port the given one is
 * taken (an IPv6 address may then stand without brackets).  -1: see e.
 */
int		 addr_parse(const char *, unsigned port, struct net_addr *,
		    struct err *);
/* "192.0.2.0/24" or one address; bits count in the mapped form (96 + 24). */
int		 addr_parse_net(const char *, struct net_addr *,
		    unsigned *bits, struct err *);
/* -1: not an internet address. */
int		 addr_from_sa(const struct sockaddr *, struct net_addr *);
socklen_t	 addr_to_sa(const struct net_addr *,
		    struct sockaddr_storage *);
int		 addr_is_v4(const struct net_addr *);
int		 addr_is_loopback(const struct net_addr *);
int		 addr_is_any(const struct net_addr *);
/*
 * 1: the first bits are equal.  An IPv4 address is in networks of IPv4 (and
 * within ::ffff:0:0/96) alone, not in a wider one of IPv6 such as ::/0.
 */
int		 addr_in_net(const struct net_addr *,
		    const struct net_addr *net, unsigned bits);
/* The address with all but the first /24 (IPv4) or /56 bits cleared. */
void		 addr_prefix(const struct net_addr *, struct net_addr *);
void		 addr_ip(const struct net_addr *, char out[ADDR_TEXT]);
/* As URLs and ready lines show it: 192.0.2.1:70, [::1]:70. */
void		 addr_text(const struct net_addr *, char out[ADDR_TEXT]);
/* As logs show it: 192.0.2.0/24, 2001:db8:0:100::/56. */
void		 addr_short(const struct net_addr *, char out[ADDR_TEXT]);

#endif
