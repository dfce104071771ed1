/* SPDX-License-Identifier: ISC */
/*
 * A generation: one signer and its workers, forked with everything open.
 * Another certificate or key means a new generation; the old one drains.  New
 * editions are handed to the workers that live (hand.h).
 */
#ifndef SERVE_GENERATION_H
#define SERVE_GENERATION_H

#include <sys/types.h>

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "serve/conf.h"
#include "serve/hand.h"
#include "serve/hosts.h"
#include "serve/retry.h"
#include "serve/signer.h"
#include "serve/sites.h"

struct err;
struct opener;
struct sandbox;
struct sessions;

struct gen_worker {
	pid_t		 pid;			/* 0: not running */
	int		 line;			/* -1: closed */
	int		 files;			/* the opener's end; -1:
						   closed */
	struct hand_end	 hand;
	struct retry	 again;
};

struct generation {
	struct generation	*next;
	struct signer		 signer;
	struct hosts		*hosts;
	struct tlsctx		*tls;
	struct sites		*sites;		/* the master's */
	struct site_names	 names;		/* of the server; borrowed */
	struct gen_worker	*worker;
	size_t			 nworker;
	unsigned		 number;
};

/* What all generations share; the master owns it. */
struct gen_shared {
	const struct serve_conf	*conf;
	const struct sandbox	*sandbox;
	struct limits		*limits;
	struct sessions		*sessions;	/* NULL: none is resumed */
	struct opener		*opener;
	struct hands		*hands;		/* new editions, for workers */
	struct worker_counts	*counts;	/* GEN_COUNTS a slot */
	const struct worker_port *port;		/* nport of each slot */
	size_t			 nport, nslot;
	const int		*log;		/* the worker's end in each
						   slot; NULL: none */
	int			 signer_log;	/* -1: none */
	void			(*say)(void *, const char *);
	void			*arg;
};

/*
 * A worker that answers nothing for so long is killed: by then no reader of its
 * replies is served any more.
 */
#define GEN_MUTE_MS	90000

/*
 * If more generations live at once, two share a place and their sums are a
 * little low.
 */
#define GEN_COUNTS	4

/*
 * Load certificates, start the signer, check the keys, fork the workers
 * and wait until all are ready.  NULL: see e; nothing is left behind.
 */
struct generation *gen_start(const struct gen_shared *, struct packages *,
		    unsigned number, struct err *e);
/* Only check certificates and keys, with a signer that ends again. */
int		 gen_check(const struct gen_shared *, struct err *e);
/*
 * Fork a new worker for a slot whose worker has died, and wait until it is
 * ready.  -1: see e; the slot is empty then.
 */
int		 gen_restart(const struct gen_shared *, struct generation *,
		    size_t slot, struct err *e);
/* 1: certificates and keys are those that this generation has. */
int		 gen_is_current(const struct gen_shared *,
		    const struct generation *);
/*
 * Send the workers as much of the queue as they take now.  What was sent to all
 * of them leaves the queue.
 */
void		 gen_hand(const struct gen_shared *, struct generation *);
/* Read the answers of a generation that drains. */
void		 gen_hear(struct generation *);
/*
 * As gen_hand(), and wait up to ms for a place in the queue.  A worker that is
 * too far behind then gets no more changes.
 */
void		 gen_hand_wait(const struct gen_shared *, struct generation *,
		    int ms);
/* 1: all workers have all packages. */
int		 gen_has_all(const struct gen_shared *,
		    const struct generation *);
/* 1: a worker has missed a change, so another generation must come. */
int		 gen_is_behind(const struct generation *);
/* The lines on which an answer is due; at most WORKERS_MAX. */
size_t		 gen_polls(const struct generation *, struct pollfd *);
/*
 * Kill workers that answered nonsense, or nothing for GEN_MUTE_MS, since they
 * serve nobody.  How many.
 */
size_t		 gen_end_mute(struct generation *, uint64_t now);
/* Give the opener the lines of all workers. */
void		 gen_open(struct generation *, struct opener *);
/* Send a WORKER_ message to all workers. */
void		 gen_tell(struct generation *, char what);
/* There will be no new workers: the signer may end with the last one. */
void		 gen_retire(struct generation *);
/*
 * 1: pid was one of its processes; *slot is its slot, or nworker: the signer.
 */
int		 gen_reaped(struct generation *, pid_t, size_t *slot);
size_t		 gen_alive(const struct generation *);	/* workers */
/* Where the worker of a slot counts. */
struct worker_counts *gen_counts(const struct gen_shared *,
		    const struct generation *, size_t slot);
/* What all workers have counted since the start. */
void		 gen_sum(const struct gen_shared *, struct worker_counts *);
void		 gen_kill(struct generation *);
void		 gen_free(struct generation *);		/* NULL is fine */

#endif
