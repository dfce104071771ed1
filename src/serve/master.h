/* SPDX-License-Identifier: ISC */
/*
 * The master of a server: it binds, opens, proves, watches and forks, and never
 * reads a byte that a client sent.
 */
#ifndef SERVE_MASTER_H
#define SERVE_MASTER_H

#include "serve/conf.h"

struct err;

/*
 * Keys, certificates and packages, without serving; says what master_run()
 * would say.  -1: see e; also when a package would be set aside.
 */
int	master_check(struct serve_conf *, struct err *);
/* Serve until SIGTERM or SIGINT.  0, or -1: see e. */
int	master_run(struct serve_conf *, struct err *);

#endif
