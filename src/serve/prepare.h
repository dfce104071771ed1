/* SPDX-License-Identifier: ISC */
/*
 * The members of a server's master, for master.c and prepare.c alone; and how
 * it begins and ends.
 */
#ifndef SERVE_PREPARE_H
#define SERVE_PREPARE_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "base/sandbox.h"
#include "serve/conf.h"
#include "serve/generation.h"
#include "serve/logger.h"
#include "serve/opener.h"
#include "serve/ports.h"
#include "serve/retry.h"

struct err;

#define LOOK_MS		2000		/* between two looks at the files */

struct master {
	struct serve_conf	*conf;
	struct gen_shared	 shared;
	struct sandbox		 sandbox;
	struct packages		*packages;
	struct ports		 ports;
	struct generation	*now, *old;
	unsigned		 number;
	struct retry		 turn;		/* when `now' is replaced by a
						   new generation */
	const char		*why;		/* why a new one is wanted */
	int			 quiet;		/* it was said before */
	struct log_ends		 log;
	pid_t			 logger;
	int			 log_line;	/* to the logger; -1: none */
	struct retry		 log_again;
	struct opener		 opener;	/* pid 0: it is not running, or
						   no package names a file */
	struct retry		 open_again;
	uint64_t		 look;		/* ms: the next look at the
						   files */
	int64_t			 started;	/* seconds since 1970 */
	uint64_t		 status_due;	/* ms; 0: no status file */
	int			 status_failed;	/* that it failed was logged */
	int			 worked;	/* something was done since
						   rest_code() */
	size_t			 changed;	/* changes that were not logged
						   yet */
};

/* A line for the operator; arg is the master. */
void	master_say(void *arg, const char *line);
void	master_sayf(struct master *, const char *, ...)
	    __attribute__((__format__ (printf, 2, 3)));
/* Open and prove all that serving needs, except the ports.  -1: see e. */
int	master_prepare(struct master *, struct serve_conf *, struct err *);
/* Bind the ports.  -1: see e. */
int	master_open_ports(struct master *, struct err *);
/* Free what is left, also of a master that was only prepared in part. */
void	master_clean(struct master *);

#endif
