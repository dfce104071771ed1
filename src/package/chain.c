/* SPDX-License-Identifier: ISC */
/*
 * Lines of succession as text and as a table of steps.  The text is one line
 * that names the format, then signed heads one after the other.  Each step
 * but the first is proven here by the key that the step before it announces.
 * The first step is not proven here, because its key is not in the text: only a
 * reader who has that key can check it.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/chain.h"

/* 1: the key with this id has signed one of the steps. */
static int
is_known(const struct chain *c, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < c->n; i++)
		if (memcmp(c->step[i].signer, id, 8) == 0)
			return 1;
	return 0;
}

static int
check_step(const struct chain *c, const char *text, size_t len,
    const struct head *h, struct err *e)
{
	const struct pub_key	*by;
	char			 id[17];

	if (!h->is_signed || !h->has_next) {
		err_set(e, "succession: edition %llu %s",
		    (unsigned long long)h->serial, h->is_signed ?
		    "announces no next key" : "is not signed");
		return -1;
	}
	key_id_format(h->next.id, id);
	if (memcmp(h->next.id, h->key_id, 8) == 0 ||
	    is_known(c, h->next.id)) {
		err_set(e, "succession: leads back to key %s", id);
		return -1;
	}
	if (c->n == 0)
		return 0;
	if (strcmp(c->id, h->id) != 0) {
		err_set(e, "succession: from \"%s\" to \"%s\", want one id",
		    c->id, h->id);
		return -1;
	}
	by = &c->step[c->n - 1].next;
	key_id_format(by->id, id);
	if (head_verify(text, len, by, 1, NULL, NULL) == -1) {
		err_set(e, "succession: edition %llu is not signed by key %s, "
		    "which the one before announces",
		    (unsigned long long)h->serial, id);
		return -1;
	}
	return 0;
}

int
chain_add(struct chain *c, const char *text, size_t len, struct err *e)
{
	struct chain_step	*s;
	struct head		 h;
	struct err		 why;

	if (c->n == CHAIN_STEPS) {
		err_set(e, "succession: more than %d steps", CHAIN_STEPS);
		return -1;
	}
	if (head_parse(text, len, &h, &why) == -1) {
		err_set(e, "succession: step %zu: %s", c->n + 1, why.msg);
		return -1;
	}
	if (check_step(c, text, len, &h, e) == -1)
		return -1;
	memcpy(c->id, h.id, sizeof(c->id));
	s = &c->step[c->n++];
	s->text = text;
	s->len = len;
	s->serial = h.serial;
	memcpy(s->signer, h.key_id, sizeof(s->signer));
	s->next = h.next;
	return 0;
}

int
chain_parse(struct chain *c, const char *s, size_t len, struct err *e)
{
	static const char	 first[] = CHAIN_FIRST "\n";
	const size_t		 nfirst = sizeof(first) - 1;
	size_t			 n;

	memset(c, 0, sizeof(*c));
	if (len > CHAIN_MAX) {
		err_set(e, "succession: %zu bytes, at most %zu", len,
		    (size_t)CHAIN_MAX);
		return -1;
	}
	if (len <= nfirst || memcmp(s, first, nfirst) != 0) {
		err_set(e, "succession: want `" CHAIN_FIRST "' as the first "
		    "line and a head behind it");
		return -1;
	}
	for (s += nfirst, len -= nfirst; len > 0; s += n, len -= n) {
		n = head_bytes(s, len);
		if (chain_add(c, s, n, e) == -1)
			return -1;
	}
	return 0;
}

void
chain_write(const struct chain *c, struct buf *b)
{
	size_t	 i;

	buf_str(b, CHAIN_FIRST "\n");
	for (i = 0; i < c->n; i++)
		buf_add(b, c->step[i].text, c->step[i].len);
}
