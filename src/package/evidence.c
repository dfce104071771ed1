/* SPDX-License-Identifier: ISC */
/*
 * Two signed heads as evidence, see evidence.h.  The text may come from
 * anybody: it has one form, and counts only when both signatures are right.
 * The keys stand in the text, so that it can be checked without anything else.
 * The reader must know whose keys they are.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/evidence.h"
#include "package/hash.h"

#define KEY_WORD	"key "

int
evidence_holds(const struct evidence *v, struct err *e)
{
	const struct head *a = &v->side[0].head, *b = &v->side[1].head;
	struct err	 why;
	int		 i;

	if (strcmp(a->id, b->id) != 0) {
		err_set(e, "evidence: heads of two packages, %s and %s: that "
		    "proves nothing", a->id, b->id);
		return 0;
	}
	if (a->serial != b->serial) {
		err_set(e, "evidence: editions %llu and %llu: two serials may "
		    "differ", (unsigned long long)a->serial,
		    (unsigned long long)b->serial);
		return 0;
	}
	if (memcmp(a->core, b->core, SHA_LEN) == 0) {
		err_set(e, "evidence: both heads have the same core: that "
		    "proves nothing");
		return 0;
	}
	for (i = 0; i < 2; i++)
		if (head_verify(v->side[i].text, v->side[i].len,
		    &v->side[i].key, 1, NULL, &why) == -1) {
			err_set(e, "evidence: %s", why.msg);
			return 0;
		}
	return 1;
}

static int
set_side(struct evidence *v, int i, const char *s, size_t n,
    const struct pub_key *key, struct err *e)
{
	v->side[i].text = s;
	v->side[i].len = n;
	v->side[i].key = *key;
	return head_parse(s, n, &v->side[i].head, e);
}

int
evidence_make(struct evidence *v, const char *a, size_t na,
    const struct pub_key *ka, const char *b, size_t nb,
    const struct pub_key *kb, struct err *e)
{
	struct head	 ha, hb;
	int		 first;

	memset(v, 0, sizeof(*v));
	if (head_parse(a, na, &ha, e) == -1 || head_parse(b, nb, &hb, e) == -1)
		return -1;
	first = memcmp(ha.core, hb.core, SHA_LEN) > 0;
	if (set_side(v, first, a, na, ka, e) == -1 ||
	    set_side(v, !first, b, nb, kb, e) == -1)
		return -1;
	return evidence_holds(v, e) ? 0 : -1;
}

/*
 * One `key' line and the head behind it, up to the next such line or the end.
 */
static int
parse_side(struct evidence *v, int i, const char **s, size_t *len,
    struct err *e)
{
	static const char	 next[] = "\n" KEY_WORD;
	const size_t		 line = strlen(KEY_WORD) + KEY_STRING + 1;
	struct pub_key		 key;
	const char		*end;
	size_t			 n;

	if (*len <= line || memcmp(*s, KEY_WORD, strlen(KEY_WORD)) != 0 ||
	    (*s)[line - 1] != '\n') {
		err_set(e, "evidence: want `key' and a key string before each "
		    "of two heads");
		return -1;
	}
	if (key_parse(*s + strlen(KEY_WORD), KEY_STRING, &key, e) == -1)
		return -1;
	*s += line;
	*len -= line;
	end = i == 0 ? memmem(*s, *len, next, sizeof(next) - 1) : NULL;
	n = end == NULL ? *len : (size_t)(end + 1 - *s);
	if (set_side(v, i, *s, n, &key, e) == -1)
		return -1;
	*s += n;
	*len -= n;
	return 0;
}

int
evidence_parse(struct evidence *v, const char *s, size_t len, struct err *e)
{
	static const char	 first[] = EVIDENCE_FIRST "\n";
	const size_t		 n = sizeof(first) - 1;

	memset(v, 0, sizeof(*v));
	if (len > EVIDENCE_MAX || len <= n || memcmp(s, first, n) != 0) {
		err_set(e, "evidence: want `" EVIDENCE_FIRST "' as the first "
		    "line and two heads behind it");
		return -1;
	}
	s += n;
	len -= n;
	if (parse_side(v, 0, &s, &len, e) == -1 ||
	    parse_side(v, 1, &s, &len, e) == -1)
		return -1;
	if (!evidence_holds(v, e))
		return -1;
	if (memcmp(v->side[0].head.core, v->side[1].head.core, SHA_LEN) > 0) {
		err_set(e, "evidence: the heads are not in order");
		return -1;
	}
	return 0;
}

void
evidence_write(const struct evidence *v, struct buf *b)
{
	char	 key[KEY_STRING + 1];
	int	 i;

	buf_str(b, EVIDENCE_FIRST "\n");
	for (i = 0; i < 2; i++) {
		key_format(&v->side[i].key, key);
		buf_fmt(b, KEY_WORD "%s\n", key);
		buf_add(b, v->side[i].text, v->side[i].len);
	}
}
