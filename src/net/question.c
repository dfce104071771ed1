/* SPDX-License-Identifier: ISC */
/*
 * Writes and reads the messages between workers and the signer: heads of 32-bit
 * numbers, each followed by its bytes.  Either side may be in a stranger's
 * hands, so each length is checked against what is there; the signer alone
 * knows what the bytes mean (net/signing.c).
 */
#include <string.h>

#include "net/question.h"

struct question_head {
	uint32_t	 number, key, form, scheme, len;
};
struct told_head {
	uint32_t	 number;
	int32_t		 len;
};

_Static_assert(sizeof(struct question_head) == QUESTION_HEAD &&
    sizeof(struct told_head) <= QUESTION_HEAD, "a head has another size");

size_t
question_add(uint8_t *msg, size_t len, const struct question *q)
{
	const struct question_head	 h = { q->number, q->key, q->ask.form,
					    q->ask.scheme, (uint32_t)q->ask.len };

	if (q->ask.len == 0 || q->ask.len > KEY_MESSAGE_MAX ||
	    sizeof(h) + q->ask.len > QUESTION_MESSAGE_MAX - len)
		return 0;
	memcpy(msg + len, &h, sizeof(h));
	memcpy(msg + len + sizeof(h), q->ask.data, q->ask.len);
	return sizeof(h) + q->ask.len;
}

size_t
question_next(const uint8_t *msg, size_t len, struct question *q)
{
	struct question_head	 h;

	if (len < sizeof(h))
		return 0;
	memcpy(&h, msg, sizeof(h));
	if (h.len == 0 || h.len > KEY_MESSAGE_MAX || h.len > len - sizeof(h))
		return 0;
	q->number = h.number;
	q->key = h.key;
	q->ask.form = h.form;
	q->ask.scheme = h.scheme;
	q->ask.data = msg + sizeof(h);
	q->ask.len = h.len;
	return sizeof(h) + h.len;
}

size_t
told_add(uint8_t *msg, size_t len, const struct told *t)
{
	const struct told_head	 h = { t->number, t->len };
	size_t			 n = t->len > 0 ? (size_t)t->len : 0;

	if (n > KEY_MESSAGE_MAX ||
	    sizeof(h) + n > QUESTION_MESSAGE_MAX - len)
		return 0;
	memcpy(msg + len, &h, sizeof(h));
	if (n > 0)
		memcpy(msg + len + sizeof(h), t->data, n);
	return sizeof(h) + n;
}

size_t
told_next(const uint8_t *msg, size_t len, struct told *t)
{
	struct told_head	 h;
	size_t			 n;

	if (len < sizeof(h))
		return 0;
	memcpy(&h, msg, sizeof(h));
	n = h.len > 0 ? (size_t)h.len : 0;
	if (n > KEY_MESSAGE_MAX || n > len - sizeof(h))
		return 0;
	t->number = h.number;
	t->len = n > 0 ? h.len : -1;
	t->data = msg + sizeof(h);
	return sizeof(h) + n;
}
