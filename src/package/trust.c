/* SPDX-License-Identifier: ISC */
/*
 * The judgement of trust.h.  A head is proven by the key of an anchor, or by
 * the line of succession that came with the package: from the step that an
 * anchor's key has signed, each step names the key that signs the next one,
 * and the last one names the key of the head.  Steps before the anchor's step
 * may be anybody's and are not used.  Of several anchors the one nearest to the
 * head counts.
 *
 * Nothing is remembered here.  A mirror remembers which key followed another,
 * and gives anchors that are limited by it (ANCHOR_ALONE, ANCHOR_GONE).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "package/trust.h"

int
anchor_is_for(const struct anchor *a, const char *id)
{
	return a->id[0] == '\0' || strcmp(a->id, id) == 0;
}

/* The `=' in front of ids at the end of s, or NULL. */
static const char *
ids_of(const char *s)
{
	const char	*eq = strrchr(s, '='), *p, *end;

	if (eq == NULL || eq == s)
		return NULL;
	for (p = eq + 1;; p = end + 1) {
		end = p + strcspn(p, ",");
		if (!head_id_ok(p, (size_t)(end - p)))
			return NULL;
		if (*end == '\0')
			return eq;
	}
}

int
anchors_is_string(const char *s)
{
	struct pub_key	 k;

	return strlen(s) >= KEY_STRING &&
	    (s[KEY_STRING] == '\0' || ids_of(s) == s + KEY_STRING) &&
	    key_parse(s, KEY_STRING, &k, NULL) == 0;
}

static int
add(struct anchors *to, const struct anchor *a, struct err *e)
{
	struct anchor	*bigger;

	if (to->n == ANCHORS_MAX) {
		err_cannot(e, "more than %d keys", ANCHORS_MAX);
		return -1;
	}
	bigger = realloc(to->v, (to->n + 1) * sizeof(*bigger));
	if (bigger == NULL) {
		err_nomem(e);
		return -1;
	}
	to->v = bigger;
	to->v[to->n++] = *a;
	return 0;
}

int
anchors_add(struct anchors *to, const char *s, int is_string, struct err *e)
{
	struct anchor	 a = { .how = ANCHOR_OPEN };
	const char	*eq = ids_of(s);
	char		 what[1024];
	size_t		 n;

	n = eq == NULL ? strlen(s) : (size_t)(eq - s);
	if (n >= sizeof(what)) {
		err_cannot(e, "%.40s...: too long", s);
		return -1;
	}
	memcpy(what, s, n);
	what[n] = '\0';
	if ((is_string ? key_parse(what, n, &a.key, e) :
	    key_load(what, &a.key, e)) == -1)
		return -1;
	do {
		if (eq != NULL) {
			n = strcspn(++eq, ",");
			snprintf(a.id, sizeof(a.id), "%.*s", (int)n, eq);
			eq += n;
		}
		if (add(to, &a, e) == -1)
			return -1;
	} while (eq != NULL && *eq == ',');
	return 0;
}

void
anchors_free(struct anchors *a)
{
	free(a->v);
	a->v = NULL;
	a->n = 0;
}

/* Judge by an anchor's own signature of the head. */
static enum trust
direct(const struct anchor *a, size_t n, const char *text, size_t len,
    const struct head *h, struct proof *p, struct err *e)
{
	enum { NOBODY, OTHER_ID, WRONG, GONE } why = NOBODY;
	char	 id[17];
	size_t	 i;

	key_id_format(h->key_id, id);
	for (i = 0; i < n; i++) {
		if (memcmp(a[i].key.id, h->key_id, 8) != 0)
			continue;
		if (a[i].how == ANCHOR_GONE)
			why = GONE;
		else if (!anchor_is_for(&a[i], h->id))
			why = why == NOBODY ? OTHER_ID : why;
		else if (head_verify(text, len, &a[i].key, 1, NULL, NULL) ==
		    -1)
			why = why != GONE ? WRONG : why;
		else {
			p->anchor = i;
			p->n = 1;
			p->key[0] = a[i].key;
			return TRUST_PROVEN;
		}
	}
	if (why == NOBODY)
		err_set(e, "head: signed with key %s, which is not one of "
		    "the %zu given", id, n);
	else if (why == OTHER_ID)
		err_set(e, "head: signed with key %s, which is not given for "
		    "\"%s\"", id, h->id);
	else if (why == WRONG)
		err_set(e, "head: the signature of key %s is wrong: changed "
		    "after signing, or not the publisher's", id);
	else
		err_set(e, "head: signed with key %s, which has been "
		    "replaced by the next key that it announced", id);
	return why == NOBODY ? TRUST_UNKNOWN : TRUST_REFUSED;
}

/* Judge whether an anchor proves the i-th step, and so all steps behind it. */
static enum trust
by_step(const struct anchor *a, size_t n, const struct chain *c, size_t i,
    struct proof *p, struct err *e)
{
	const struct chain_step	*s = &c->step[i];
	enum trust		 rv = TRUST_UNKNOWN;
	char			 id[17], next[17];
	size_t			 k, j;

	key_id_format(s->signer, id);
	key_id_format(s->next.id, next);
	for (k = 0; k < n; k++) {
		if (memcmp(a[k].key.id, s->signer, 8) != 0 ||
		    !anchor_is_for(&a[k], c->id) || a[k].how == ANCHOR_GONE)
			continue;
		if (head_verify(s->text, s->len, &a[k].key, 1, NULL, NULL) ==
		    -1) {
			err_set(e, "succession: the signature of key %s under "
			    "the step to key %s is wrong", id, next);
			rv = TRUST_REFUSED;
		} else if (a[k].how == ANCHOR_ALONE) {
			err_set(e, "succession: key %s announces key %s, but "
			    "it had announced another one before, and only "
			    "the first counts", id, next);
			rv = TRUST_REFUSED;
		} else {
			p->anchor = k;
			p->n = 1;
			p->key[0] = a[k].key;
			for (j = i; j < c->n; j++)
				p->key[p->n++] = c->step[j].next;
			return TRUST_PROVEN;
		}
	}
	return rv;
}

static enum trust
by_chain(const struct anchor *a, size_t n, const struct chain *c,
    const char *text, size_t len, const struct head *h, struct proof *p,
    struct err *e)
{
	const struct pub_key	*last = &c->step[c->n - 1].next;
	enum trust		 rv = TRUST_UNKNOWN, one;
	char			 id[17], first[17];
	size_t			 i;

	key_id_format(h->key_id, id);
	key_id_format(c->step[0].signer, first);
	if (strcmp(c->id, h->id) != 0) {
		err_set(e, "succession: of the keys of \"%s\", the package is "
		    "\"%s\"", c->id, h->id);
		return TRUST_REFUSED;
	}
	if (head_verify(text, len, last, 1, NULL, NULL) == -1) {
		err_set(e, "succession: does not end at key %s, which signed "
		    "the head", id);
		return TRUST_REFUSED;
	}
	for (i = c->n; i-- > 0 && rv == TRUST_UNKNOWN;) {
		one = by_step(a, n, c, i, p, e);
		if (one != TRUST_UNKNOWN)
			rv = one;
	}
	if (rv == TRUST_UNKNOWN)
		err_set(e, "head: signed with key %s, which is not one of the "
		    "%zu given, nor does its succession, which begins at key "
		    "%s, lead there from one of them", id, n, first);
	return rv == TRUST_PROVEN ? rv : TRUST_REFUSED;
}

enum trust
trust_judge(const struct anchor *a, size_t n, const char *text, size_t len,
    const char *keys, size_t nkeys, struct proof *p, struct err *e)
{
	struct chain	 c;
	struct proof	 mine;
	struct head	 h;
	enum trust	 rv;

	if (p == NULL)
		p = &mine;
	memset(p, 0, sizeof(*p));
	if (head_parse(text, len, &h, e) == -1)
		return TRUST_REFUSED;
	if (!h.is_signed) {
		err_set(e, "head: not signed");
		return TRUST_REFUSED;
	}
	rv = direct(a, n, text, len, &h, p, e);
	if (rv != TRUST_UNKNOWN || nkeys == 0)
		return rv;
	if (chain_parse(&c, keys, nkeys, e) == -1)
		return TRUST_REFUSED;
	return by_chain(a, n, &c, text, len, &h, p, e);
}
