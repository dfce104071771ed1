/* SPDX-License-Identifier: ISC */
/*
 * The messages between workers and the signer.  A worker's has up to
 * QUESTIONS_MAX questions, the signer's has the answers to one such message.
 * Both sides are the same program on one machine.
 */
#ifndef NET_QUESTION_H
#define NET_QUESTION_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/signing.h"

#define QUESTIONS_MAX	8		/* in one message */
#define QUESTION_HEAD	20		/* bytes before what is asked */
#define QUESTION_MESSAGE_MAX (QUESTIONS_MAX * (QUESTION_HEAD + KEY_MESSAGE_MAX))

struct question {
	uint32_t	 number;	/* pairs an answer with it */
	uint32_t	 key;
	struct sign_ask	 ask;		/* its data: borrowed */
};

struct told {
	uint32_t	 number;
	int32_t		 len;		/* -1: refused */
	const uint8_t	*data;		/* borrowed */
};

/*
 * Add one at len bytes of a message of QUESTION_MESSAGE_MAX: how many bytes it
 * took; 0: there is no room, or it is no question.
 */
size_t	question_add(uint8_t *msg, size_t len, const struct question *);
size_t	told_add(uint8_t *msg, size_t len, const struct told *);
/* Read the first of len bytes: how many it has; 0: malformed. */
size_t	question_next(const uint8_t *msg, size_t len, struct question *);
size_t	told_next(const uint8_t *msg, size_t len, struct told *);

#endif
