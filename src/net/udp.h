/* SPDX-License-Identifier: ISC */
/* Datagrams: sent to one address or a group, received from anybody. */
#ifndef NET_UDP_H
#define NET_UDP_H

#include "net/addr.h"

struct err;

/*
 * A socket whose send() goes to that address.  hops: how many routers a
 * datagram to a group may pass, 1 is the local network.  A broadcast address
 * works, too.  -1: see e.
 */
int	udp_sender(const struct net_addr *to, unsigned hops, struct err *e);
/*
 * A socket that receives what comes to that address; a group is joined on
 * the interface that the system chooses.  Port 0 is replaced by the port
 * found.  -1: see e.
 */
int	udp_receiver(struct net_addr *at, struct err *e);

#endif
