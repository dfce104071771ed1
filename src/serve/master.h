/* SPDX-License-Identifier: ISC */
/*
 * The master: binds, opens, proves, watches, forks; it never reads a byte
 * that a client sent.
 */
#ifndef SERVE_MASTER_H
#define SERVE_MASTER_H

#include <stddef.h>

#include "net/addr.h"
#include "serve/limits.h"
#include "serve/log.h"
#include "serve/packages.h"
#include "serve/worker.h"

struct err;

/* Where a protocol is served. */
struct serve_door {
	const struct net_addr	*at;
	size_t			 n;		/* 0: it is off */
	unsigned		 public_port;	/* 0: the listening one */
};

struct serve_conf {
	struct packages_conf	 packages;	/* say and arg are ours */
	const char		*certs;		/* folder */
	int			 readable_keys;	/* others may read them */
	const char *const	*host;		/* none: by certs */
	size_t			 nhost;
	struct serve_door	 door[PROTO_N];
	const char		*gopher_host;	/* NULL: first host */
	int			 portal;	/* see portal.h */
	unsigned		 workers;	/* 0: as many as processors */
	const char		*user;		/* NULL: apeng, else nobody */
	int			 sandbox;	/* 0: only for debuggers */
	struct limits_conf	 limits;
	struct log_target	 log;
	int			 log_full;	/* whole addresses */
	const char		*status;	/* file for it; NULL: none */
	const struct worker_net	*proxy;
	size_t			 nproxy;
};

/*
 * Keys, certificates and packages, without serving; says what master_run()
 * would say.  -1: see e; also when a package would be set aside.
 */
int	master_check(struct serve_conf *, struct err *);
/* Serve until SIGTERM or SIGINT.  0, or -1: see e. */
int	master_run(struct serve_conf *, struct err *);

#endif
