/* SPDX-License-Identifier: ISC */
/*
 * Datagram sockets, see udp.h.  Anybody may send to them.  Nothing is ever
 * answered, so nobody can have an address flooded by giving it as the sender.
 */
#include <sys/socket.h>

#include <netinet/in.h>

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "net/udp.h"

static int
is_group(const struct net_addr *a)
{
	return addr_is_v4(a) ? (a->ip[12] & 0xf0) == 0xe0 : a->ip[0] == 0xff;
}

static int
set_hops(int fd, const struct net_addr *to, unsigned hops)
{
	int		 n = (int)hops;
	unsigned char	 v4 = (unsigned char)hops;

	if (addr_is_v4(to))
		return setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &v4,
		    sizeof(v4));
	return setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &n,
	    sizeof(n));
}

int
udp_sender(const struct net_addr *to, unsigned hops, struct err *e)
{
	struct sockaddr_storage	 sa;
	socklen_t		 len = addr_to_sa(to, &sa);
	char			 text[ADDR_TEXT];
	int			 fd, on = 1;

	addr_text(to, text);
	if ((fd = socket(sa.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)) == -1) {
		err_sys(e, "udp://%s", text);
		return -1;
	}
	if ((is_group(to) && set_hops(fd, to, hops) == -1) ||
	    (addr_is_v4(to) && setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on,
	    sizeof(on)) == -1) ||
	    connect(fd, (struct sockaddr *)&sa, len) == -1) {
		err_sys(e, "udp://%s", text);
		close(fd);
		return -1;
	}
	return fd;
}

static int
join(int fd, const struct net_addr *at)
{
	struct ip_mreqn	 m4;
	struct ipv6_mreq m6;

	if (addr_is_v4(at)) {
		memset(&m4, 0, sizeof(m4));
		memcpy(&m4.imr_multiaddr, at->ip + 12, 4);
		return setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m4,
		    sizeof(m4));
	}
	memset(&m6, 0, sizeof(m6));
	memcpy(&m6.ipv6mr_multiaddr, at->ip, 16);
	return setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m6, sizeof(m6));
}

int
udp_receiver(struct net_addr *at, struct err *e)
{
	struct sockaddr_storage	 sa;
	socklen_t		 len = addr_to_sa(at, &sa);
	struct net_addr		 got;
	char			 text[ADDR_TEXT];
	int			 fd, on = 1;

	addr_text(at, text);
	if ((fd = socket(sa.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)) == -1) {
		err_sys(e, "udp://%s", text);
		return -1;
	}
	/* Several listeners of one group may run on a machine. */
	if ((is_group(at) && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
	    sizeof(on)) == -1) ||
	    bind(fd, (struct sockaddr *)&sa, len) == -1 ||
	    (is_group(at) && join(fd, at) == -1) ||
	    (len = sizeof(sa),
	    getsockname(fd, (struct sockaddr *)&sa, &len)) == -1 ||
	    addr_from_sa((struct sockaddr *)&sa, &got) == -1) {
		err_sys(e, "udp://%s", text);
		close(fd);
		return -1;
	}
	at->port = got.port;
	return fd;
}
