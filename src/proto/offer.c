#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "proto/offer.h"

/* Where in a line we are; the helpers below take one part and move on. */
struct at {
	const char	*p, *end;
};

static int	 hex_value(char);
static int	 take_word(struct at *, const char *);
static int	 take_hash(struct at *, uint8_t[32]);
static int	 take_hex16(struct at *, char[OFFER_HEX16 + 1]);
static int	 take_number(struct at *, uint64_t *);

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static int
take_word(struct at *a, const char *word)
{
	size_t	 n = strlen(word);

	if ((size_t)(a->end - a->p) < n || memcmp(a->p, word, n) != 0)
		return 0;
	a->p += n;
	return 1;
}

static int
take_hash(struct at *a, uint8_t hash[32])
{
	int	 i, hi, lo;

	if (a->end - a->p < 64)
		return 0;
	for (i = 0; i < 32; i++) {
		hi = hex_value(a->p[2 * i]);
		lo = hex_value(a->p[2 * i + 1]);
		if (hi == -1 || lo == -1)
			return 0;
		hash[i] = (uint8_t)(hi << 4 | lo);
	}
	a->p += 64;
	return 1;
}

static int
take_hex16(struct at *a, char out[OFFER_HEX16 + 1])
{
	int	 i;

	if (a->end - a->p < OFFER_HEX16)
		return 0;
	for (i = 0; i < OFFER_HEX16; i++) {
		if (hex_value(a->p[i]) == -1)
			return 0;
		out[i] = a->p[i];
	}
	out[OFFER_HEX16] = '\0';
	a->p += OFFER_HEX16;
	return 1;
}

/* Decimal without sign or leading zero, at most 18 digits: one spelling. */
static int
take_number(struct at *a, uint64_t *out)
{
	uint64_t v = 0;
	int	 n = 0;

	while (a->p < a->end && *a->p >= '0' && *a->p <= '9') {
		if (++n > 18 || (n == 2 && v == 0))
			return 0;
		v = v * 10 + (uint64_t)(*a->p++ - '0');
	}
	*out = v;
	return n > 0;
}

int
offer_parse(const char *line, size_t len, struct offer *o, struct err *e)
{
	struct at	 a = { line, line + len };

	memset(o, 0, sizeof(*o));
	if (len == 11 && take_word(&a, "offer - 0 -"))
		return 0;
	if (!take_word(&a, "offer ") || !take_hash(&a, o->hash) ||
	    !take_word(&a, " ") || !take_number(&a, &o->size) ||
	    !take_word(&a, " "))
		goto bad;
	o->has_blob = 1;
	if (!take_word(&a, "-")) {
		if (!take_hex16(&a, o->base))
			goto bad;
		o->has_base = 1;
	}
	if (a.p != a.end || o->size == 0)
		goto bad;
	return 0;
 bad:
	memset(o, 0, sizeof(*o));
	err_set(e, "offer line: \"%.*s\", want \"offer SHA256 SIZE BASE16|-\"",
	    (int)(len > 100 ? 100 : len), line);
	return -1;
}

int
blob_line_parse(const char *line, size_t len, struct blob_line *b,
    struct err *e)
{
	struct at	 a = { line, line + len };

	memset(b, 0, sizeof(*b));
	if (take_word(&a, "apeng-blob ") && take_hex16(&a, b->blob) &&
	    take_word(&a, " ") && take_number(&a, &b->offset) &&
	    take_word(&a, " ") && take_number(&a, &b->total) &&
	    a.p == a.end && b->offset <= b->total)
		return 0;
	memset(b, 0, sizeof(*b));
	err_set(e, "blob line: \"%.*s\", want \"apeng-blob SHA16 OFFSET "
	    "TOTAL\"", (int)(len > 100 ? 100 : len), line);
	return -1;
}

size_t
offer_format(const struct offer *o, char out[OFFER_LINE_MAX])
{
	char	 hex[65];
	int	 n;

	if (!o->has_blob) {
		n = snprintf(out, OFFER_LINE_MAX, "offer - 0 -\n");
		return (size_t)n;
	}
	offer_hex(o->hash, hex);
	n = snprintf(out, OFFER_LINE_MAX, "offer %s %llu %s\n", hex,
	    (unsigned long long)o->size, o->has_base ? o->base : "-");
	return (size_t)n;
}

size_t
blob_line_format(const struct blob_line *b, char out[OFFER_LINE_MAX])
{
	int	 n;

	n = snprintf(out, OFFER_LINE_MAX, "apeng-blob %s %llu %llu\n",
	    b->blob, (unsigned long long)b->offset,
	    (unsigned long long)b->total);
	return (size_t)n;
}

int
ask_parse(const char *sel, size_t len, struct ask *q)
{
	struct at	 a = { sel, sel + len };

	memset(q, 0, sizeof(*q));
	if (!take_word(&a, "/.apeng/"))
		return -1;
	if (take_word(&a, "head")) {
		q->kind = ASK_HEAD;
	} else if (take_word(&a, "up/-")) {
		q->kind = ASK_UP;
	} else if (take_word(&a, "up/")) {
		q->kind = ASK_UP;
		q->has_base = 1;
		if (!take_number(&a, &q->serial) || !take_word(&a, "-") ||
		    !take_hex16(&a, q->core))
			return -1;
	} else if (take_word(&a, "b/")) {
		q->kind = ASK_BLOB;
		if (!take_hex16(&a, q->blob) || !take_word(&a, "/") ||
		    !take_number(&a, &q->offset))
			return -1;
	} else
		return -1;
	return a.p == a.end ? 0 : -1;
}

size_t
ask_format(const struct ask *q, char out[OFFER_ASK_MAX])
{
	int	 n = 0;

	switch (q->kind) {
	case ASK_HEAD:
		n = snprintf(out, OFFER_ASK_MAX, "/.apeng/head");
		break;
	case ASK_UP:
		if (!q->has_base)
			n = snprintf(out, OFFER_ASK_MAX, "/.apeng/up/-");
		else
			n = snprintf(out, OFFER_ASK_MAX,
			    "/.apeng/up/%llu-%s",
			    (unsigned long long)q->serial, q->core);
		break;
	case ASK_BLOB:
		n = snprintf(out, OFFER_ASK_MAX, "/.apeng/b/%s/%llu", q->blob,
		    (unsigned long long)q->offset);
		break;
	}
	return (size_t)n;
}

int
offer_split(const char *s, size_t len, size_t *head_len, size_t *line_len,
    size_t *blob_at, struct err *e)
{
	const char	*lf;
	size_t		 at = 0;

	for (;;) {
		if (at > OFFER_HEAD_MAX) {
			err_set(e, "head: no offer line after %d bytes",
			    OFFER_HEAD_MAX);
			return -1;
		}
		lf = memchr(s + at, '\n', len - at);
		if (len - at >= 6 && memcmp(s + at, "offer ", 6) == 0)
			break;
		if (lf == NULL) {
			if (len <= OFFER_HEAD_MAX + 6)
				return 0;
			at = len;
			continue;
		}
		at = (size_t)(lf - s) + 1;
	}
	if (lf == NULL ? len - at >= OFFER_LINE_MAX :
	    lf - (s + at) >= OFFER_LINE_MAX) {
		err_set(e, "offer line: over %d bytes", OFFER_LINE_MAX);
		return -1;
	}
	if (lf == NULL || lf + 1 == s + len)
		return 0;
	if (lf[1] != '\n') {
		err_set(e, "offer line: not followed by an empty line");
		return -1;
	}
	*head_len = at;
	*line_len = (size_t)(lf - s) - at;
	*blob_at = (size_t)(lf - s) + 2;
	return 1;
}

void
offer_hex16(const uint8_t hash[32], char out[OFFER_HEX16 + 1])
{
	int	 i;

	for (i = 0; i < 8; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

void
offer_hex(const uint8_t hash[32], char out[65])
{
	int	 i;

	for (i = 0; i < 32; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}
