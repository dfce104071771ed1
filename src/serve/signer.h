/* SPDX-License-Identifier: ISC */
/*
 * The signer: the only process that has ever read the TLS keys.  It signs what
 * handshakes need and can do nothing else.
 */
#ifndef SERVE_SIGNER_H
#define SERVE_SIGNER_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/key.h"

struct err;
struct sandbox;

struct signer {
	pid_t	 pid;			/* 0: not running */
	int	 line;			/* the master's end, -1: closed */
};

/* A worker's end of its line; copied by fork(), used by one process only. */
struct signer_line {
	int		 fd;
	uint32_t	 number;	/* of the last question */
	int		 dead;		/* the signer has gone */
};

/*
 * Fork it, have it load the n keys and lock itself up.  any: keys that
 * others may read are taken, too.  log: where its standard error goes, -1:
 * nowhere.  -1: see e, which says what is wrong with which key.
 */
int	signer_start(struct signer *, const char *const *path, size_t n, int any,
	    const struct sandbox *, int log, struct err *e);
/* A new line for one worker: its end; -1: see e. */
int	signer_new_line(struct signer *, struct err *e);
/* It ends when the last worker that has a line to it has gone. */
void	signer_leave(struct signer *);
/*
 * A message to the signer, and one of its answers (question.h), for which
 * signer_hear() may wait some seconds.  -1: not now; or for ever, if l->dead.
 */
int	signer_send(struct signer_line *, const uint8_t *msg, size_t len);
ssize_t	signer_hear(struct signer_line *, uint8_t *msg, int wait);
/* A key_sign_fn for one question at a time; arg is a struct signer_line. */
ssize_t	signer_ask(void *arg, unsigned key, const struct sign_ask *,
	    uint8_t *out);

#endif
