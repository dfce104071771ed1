/* SPDX-License-Identifier: ISC */
/*
 * A worker's questions to the signer.  Each wakes another process and waits for
 * it, which costs more than the signature.  So a handshake that needs one gives
 * way to other connections (net/shake.c), and when all that was ready has been
 * served, the questions of all of them go out in one message.  The answers come
 * in one message, too.
 *
 * A handshake that cannot give way waits for its own answer at once, and answers
 * to others that come meanwhile are kept for them.  The signer is trusted for
 * its signatures, not for the form of what it sends.
 */
#include <string.h>

#include "net/loop.h"
#include "net/shake.h"
#include "serve/asks.h"
#include "serve/signer.h"

/* One question, on its handshake's stack. */
struct asking {
	TAILQ_ENTRY(asking)	 link;
	struct conn		*conn;	/* gives way; NULL: it does not */
	uint32_t		 number;
	uint8_t			*out;
	int32_t			 len;	/* of the signature; -1: none */
	int			 done;
};

void
asks_init(struct asks *as, struct signer_line *line, struct loop *loop,
    struct loop_timer *soon)
{
	as->line = line;
	as->loop = loop;
	as->soon = soon;
	as->n = as->len = 0;
	TAILQ_INIT(&as->list);
}

/* Those from this number on get no signature. */
static void
fail_from(struct asks *as, uint32_t number)
{
	struct asking	*a;

	TAILQ_FOREACH(a, &as->list, link)
		if (as->line->dead || (int32_t)(a->number - number) >= 0)
			a->done = 1;
	loop_soon(as->soon);
}

static void
flush(struct asks *as)
{
	struct question	 first;

	if (as->n == 0)
		return;
	question_next(as->msg, as->len, &first);
	if (signer_send(as->line, as->msg, as->len) == -1)
		fail_from(as, first.number);
	as->n = as->len = 0;
}

/* Take one message of answers.  0, or -1: none has come. */
static int
hear(struct asks *as, int wait)
{
	uint8_t		 msg[QUESTION_MESSAGE_MAX];
	struct told	 t;
	struct asking	*a;
	ssize_t		 len;
	size_t		 at, took;

	if ((len = signer_hear(as->line, msg, wait)) == -1) {
		if (as->line->dead)
			fail_from(as, 0);
		return -1;
	}
	for (at = 0; at < (size_t)len; at += took) {
		if ((took = told_next(msg + at, (size_t)len - at, &t)) == 0) {
			as->line->dead = 1;
			fail_from(as, 0);
			return -1;
		}
		TAILQ_FOREACH(a, &as->list, link)
			if (a->number == t.number && !a->done)
				break;
		if (a == NULL)		/* its client has gone */
			continue;
		if (t.len > 0)
			memcpy(a->out, t.data, (size_t)t.len);
		a->len = t.len;
		a->done = 1;
	}
	loop_soon(as->soon);
	return 0;
}

static int
add(struct asks *as, struct asking *a, unsigned key, const struct sign_ask *ask)
{
	struct question	 q = { a->number, key, *ask };
	size_t		 n;

	if (as->n == QUESTIONS_MAX)
		flush(as);
	if ((n = question_add(as->msg, as->len, &q)) == 0)
		return -1;
	as->len += n;
	as->n++;
	return 0;
}

ssize_t
asks_sign(void *arg, unsigned key, const struct sign_ask *ask, uint8_t *out)
{
	struct asks	*as = arg;
	struct asking	 a = { .conn = shake_now(as->loop), .out = out,
			    .len = -1 };

	a.number = ++as->line->number;
	if (as->line->dead || add(as, &a, key, ask) == -1)
		return -1;
	TAILQ_INSERT_TAIL(&as->list, &a, link);
	if (a.conn == NULL) {
		flush(as);
		while (!a.done && hear(as, 1) == 0)
			continue;
	} else {
		loop_soon(as->soon);
		while (!a.done && shake_wait(a.conn))
			continue;
	}
	TAILQ_REMOVE(&as->list, &a, link);
	return a.done ? a.len : -1;
}

void
asks_hear(struct asks *as)
{
	if (hear(as, 0) == 0)
		asks_go(as);
}

void
asks_go(struct asks *as)
{
	struct asking	*a;

	flush(as);
	for (;;) {		/* each that goes on leaves the list */
		TAILQ_FOREACH(a, &as->list, link)
			if (a->done && a->conn != NULL)
				break;
		if (a == NULL)
			break;
		shake_on(a->conn);
	}
}
