/* SPDX-License-Identifier: ISC */
/* What a server is told to do. */
#ifndef SERVE_CONF_H
#define SERVE_CONF_H

#include <stddef.h>

#include "net/addr.h"
#include "net/limits.h"
#include "serve/log.h"
#include "serve/packages.h"
#include "serve/worker.h"

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
	int			 directory;	/* see site_names */
	unsigned		 resume;	/* seconds that a TLS session
						   can be resumed; 0: none */
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

#endif
