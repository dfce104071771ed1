/* SPDX-License-Identifier: ISC */
/*
 * A worker: one event loop that answers all protocols out of packages that the
 * master has opened.  It can open nothing itself.
 */
#ifndef SERVE_WORKER_H
#define SERVE_WORKER_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"
#include "net/loop.h"
#include "serve/protocol.h"
#include "serve/signer.h"

struct err;
struct limits;
struct sandbox;
struct sites;
struct tlsctx;

/* What the master says on a worker's line, one byte each, beside hand.h. */
#define WORKER_DRAIN	'D'	/* accept no more; end with the last client */
#define WORKER_HURRY	'H'	/* and drop clients without a whole request */
/* What a worker says, once: this, or what went wrong. */
#define WORKER_READY	"ready"

#define WORKERS_MAX	64
#define WORKER_PORTS	64		/* listening addresses, at most */

/* Counted up by one worker, read by the master. */
struct worker_counts {
	struct loop_counts	 net;
	uint64_t		 replies[PROTO_N], limited, log_lost;
};

/* A listening socket of this worker's slot. */
struct worker_port {
	int		 fd;
	enum proto	 proto;
	struct net_addr	 at;
};

/* A network whose members are proxies that speak the PROXY protocol. */
struct worker_net {
	struct net_addr	 net;
	unsigned	 bits;
};

struct worker_conf {
	const struct worker_port *port;
	size_t			 nport;
	struct sites		*sites;
	struct tlsctx		*tls;
	struct signer_line	*signer;
	struct limits		*limits;
	struct loop_limits	 caps;
	const struct worker_net	*proxy;
	size_t			 nproxy;
	const struct sandbox	*sandbox;
	int			 own_fd;	/* its connections get numbers
						   from here on */
	struct worker_counts	*counts;
	int			 line;		/* to the master */
	int			 files;		/* to the opener */
	int			 log;		/* to the logger, -1: none */
};

/* The whole life of a worker, in a process of its own.  Exit status. */
int	worker_main(const struct worker_conf *);

#endif
