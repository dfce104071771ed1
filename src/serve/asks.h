/* SPDX-License-Identifier: ISC */
/*
 * What the handshakes of one worker ask the signer at the same time: their
 * questions go out together, and each handshake goes on with its answer.
 */
#ifndef SERVE_ASKS_H
#define SERVE_ASKS_H

#include <sys/queue.h>

#include "net/question.h"

struct loop;
struct loop_timer;
struct signer_line;

struct asking;				/* opaque: its body is in asks.c */
TAILQ_HEAD(asking_list, asking);

struct asks {
	struct signer_line	*line;
	struct loop		*loop;
	struct loop_timer	*soon;	/* calls asks_go() */
	struct asking_list	 list;	/* all whose handshakes wait */
	size_t			 n, len;	/* of msg: not sent yet */
	uint8_t			 msg[QUESTION_MESSAGE_MAX];
};

void	asks_init(struct asks *, struct signer_line *, struct loop *,
	    struct loop_timer *soon);
/* A key_sign_fn; arg is a struct asks.  Other connections may go on in it. */
ssize_t	asks_sign(void *arg, unsigned key, const struct sign_ask *,
	    uint8_t *out);
/* The line to the signer can be read. */
void	asks_hear(struct asks *);
/* Send what is to be asked; let handshakes go on that have their answers. */
void	asks_go(struct asks *);

#endif
