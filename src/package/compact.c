/* SPDX-License-Identifier: ISC */
/*
 * The grammar of compact letters, see compact.h.  A number is written in
 * groups of seven bits, the lowest first, with the highest bit set in all but
 * the last byte, in as few bytes as it needs.  The bytes come from a stranger:
 * each length is checked before it is used, and every form but the one that is
 * written here is refused.  The caller proves the head that is made of them.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/b64.h"
#include "package/compact.h"
#include "package/ed25519.h"
#include "package/hash.h"
#include "package/seal.h"

#define KIND_BITS	0x03
#define BARE_BIT	0x04		/* nothing is known of the asker */
#define NEXT_BIT	0x08		/* the head announces a key */
#define TEXT_BIT	0x10		/* the trusted comment is not the
					   usual one, so it is there */
#define PARTS_BIT	0x20		/* a mirror resumes the blob by parts */
#define ALL_BITS	0x3f
#define NUMBER_MAX	9		/* bytes of a number, 63 bits */
#define TIME_MAX	253402300799u	/* the end of the year 9999 */

/* The bytes that are still to be read, and what went wrong. */
struct in {
	const uint8_t	*p, *end;
	int		 is_short;
	const char	*wrong;		/* what was wanted; NULL: all is well */
};

static void
take(struct in *in, void *out, size_t n)
{
	if ((size_t)(in->end - in->p) < n) {
		in->is_short = 1;
		in->p = in->end;
		memset(out, 0, n);
		return;
	}
	memcpy(out, in->p, n);
	in->p += n;
}

static uint64_t
take_number(struct in *in, uint64_t min, uint64_t max, const char *what)
{
	uint64_t	 v = 0;
	uint8_t		 c;
	unsigned	 i;

	for (i = 0; i < NUMBER_MAX; i++) {
		take(in, &c, 1);
		if (in->is_short)
			return min;
		v |= (uint64_t)(c & 0x7f) << 7 * i;
		if ((c & 0x80) != 0)
			continue;
		if ((i == 0 || c != 0) && v >= min && v <= max)
			return v;
		break;
	}
	if (in->wrong == NULL)
		in->wrong = what;
	return min;
}

static void
put_number(struct buf *b, uint64_t v)
{
	for (; v > 0x7f; v >>= 7)
		buf_ch(b, (char)(0x80 | (v & 0x7f)));
	buf_ch(b, (char)v);
}

int
compact_is_derived(const struct compact *c)
{
	return c->kind == COMPACT_DELTA && c->size <= COMPACT_DERIVED;
}

static int
has_blob(const struct compact *c)
{
	return c->kind == COMPACT_FULL || c->kind == COMPACT_DELTA;
}

static int
has_hashes(const struct compact *c)
{
	return c->kind != COMPACT_RENEWED && !compact_is_derived(c);
}

/* The package's id and keys, for an asker who has no edition of it. */
static void
take_bare(struct in *in, struct compact *c)
{
	uint8_t		 len;

	take(in, &len, 1);
	if (in->is_short)
		return;
	if (len > HEAD_ID_MAX) {
		in->wrong = "an id of at most 40 bytes";
		return;
	}
	take(in, c->head.id, len);
	c->head.id[len] = '\0';
	if (!in->is_short && !head_id_ok(c->head.id, len))
		in->wrong = "an id of 3 to 40 of a-z 0-9 -";
	take(in, c->head.key_id, sizeof(c->head.key_id));
	if (c->head.has_next) {
		take(in, c->head.next.id, sizeof(c->head.next.id));
		take(in, c->head.next.key, sizeof(c->head.next.key));
	}
}

static void
take_text(struct in *in, struct compact *c)
{
	size_t		 i;

	c->text_len = (size_t)take_number(in, 0, HEAD_MAX / 2,
	    "a comment of at most 1,024 bytes");
	if ((size_t)(in->end - in->p) < c->text_len) {
		in->is_short = 1;
		in->p = in->end;
		return;
	}
	c->text = (const char *)in->p;
	in->p += c->text_len;
	for (i = 0; i < c->text_len; i++)
		if (c->text[i] < ' ' || c->text[i] > '~')
			in->wrong = "a comment of printable ASCII";
	if (c->text_len == strlen(SEAL_COMMENT) &&
	    memcmp(c->text, SEAL_COMMENT, c->text_len) == 0)
		in->wrong = "the usual comment left out";
}

static void
take_all(struct in *in, struct compact *c, uint8_t flags)
{
	struct head	*h = &c->head;

	h->serial = take_number(in, 1, INT64_MAX, "a serial");
	h->published = (int64_t)take_number(in, 0, TIME_MAX, "a time");
	h->expires = (int64_t)take_number(in, 0, TIME_MAX, "a time");
	if (c->is_bare)
		take_bare(in, c);
	else
		take(in, c->keys, sizeof(c->keys));
	if (has_blob(c))
		c->size = take_number(in, 1, INT64_MAX, "the blob's size");
	if (in->is_short || in->wrong != NULL)
		return;
	if (has_hashes(c)) {
		take(in, h->core, SHA_LEN);
		h->core_size = take_number(in, 1, INT64_MAX, "a size");
		take(in, h->wire, SHA_LEN);
	}
	if (c->kind != COMPACT_RENEWED)
		h->wire_size = take_number(in, 1, INT64_MAX, "a size");
	if (has_blob(c) && has_hashes(c))
		take(in, c->sha, SHA_LEN);
	if (in->is_short || in->wrong != NULL)
		return;
	if ((flags & TEXT_BIT) != 0)
		take_text(in, c);
	take(in, c->sig, ED_SIG);
	take(in, c->all, ED_SIG);
}

int
compact_parse(const uint8_t *s, size_t len, struct compact *c, size_t *used,
    struct err *e)
{
	struct in	 in = { s, s + len, 0, NULL };
	uint8_t		 first[COMPACT_FIRST_LEN], flags;
	size_t		 n;

	memset(c, 0, sizeof(*c));
	c->text = SEAL_COMMENT;
	c->text_len = strlen(SEAL_COMMENT);
	n = len < COMPACT_FIRST_LEN ? len : COMPACT_FIRST_LEN;
	if (memcmp(s, COMPACT_FIRST, n) != 0) {
		err_set(e, "answer: no compact letter");
		return -1;
	}
	take(&in, first, sizeof(first));
	take(&in, &flags, 1);
	if (in.is_short)
		return 0;
	c->kind = (enum compact_kind)(flags & KIND_BITS);
	c->is_bare = (flags & BARE_BIT) != 0;
	c->in_parts = (flags & PARTS_BIT) != 0;
	c->head.has_next = (flags & NEXT_BIT) != 0;
	c->head.is_signed = 1;
	if ((flags & ~ALL_BITS) != 0)
		in.wrong = "bits that are known";
	else if (c->is_bare && (c->kind == COMPACT_DELTA ||
	    c->kind == COMPACT_RENEWED))
		in.wrong = "a letter for somebody who has nothing";
	else
		take_all(&in, c, flags);
	if (in.wrong != NULL) {
		err_set(e, "answer: compact letter: want %s", in.wrong);
		return -1;
	}
	*used = (size_t)(in.p - s);
	return !in.is_short;
}

static void
put_bare(const struct head *h, struct buf *b)
{
	size_t		 n = strlen(h->id);

	buf_ch(b, (char)n);
	buf_add(b, h->id, n);
	buf_add(b, h->key_id, sizeof(h->key_id));
	if (h->has_next) {
		buf_add(b, h->next.id, sizeof(h->next.id));
		buf_add(b, h->next.key, sizeof(h->next.key));
	}
}

void
compact_write(const struct compact *c, struct buf *b)
{
	const struct head *h = &c->head;
	int		 is_other;

	is_other = c->text_len != strlen(SEAL_COMMENT) ||
	    memcmp(c->text, SEAL_COMMENT, c->text_len) != 0;
	buf_add(b, COMPACT_FIRST, COMPACT_FIRST_LEN);
	buf_ch(b, (char)((int)c->kind | (c->is_bare ? BARE_BIT : 0) |
	    (h->has_next ? NEXT_BIT : 0) | (is_other ? TEXT_BIT : 0) |
	    (c->in_parts ? PARTS_BIT : 0)));
	put_number(b, h->serial);
	put_number(b, (uint64_t)h->published);
	put_number(b, (uint64_t)h->expires);
	if (c->is_bare)
		put_bare(h, b);
	else
		buf_add(b, c->keys, sizeof(c->keys));
	if (has_blob(c))
		put_number(b, c->size);
	if (has_hashes(c)) {
		buf_add(b, h->core, SHA_LEN);
		put_number(b, h->core_size);
		buf_add(b, h->wire, SHA_LEN);
	}
	if (c->kind != COMPACT_RENEWED)
		put_number(b, h->wire_size);
	if (has_blob(c) && has_hashes(c))
		buf_add(b, c->sha, SHA_LEN);
	if (is_other) {
		put_number(b, c->text_len);
		buf_add(b, c->text, c->text_len);
	}
	buf_add(b, c->sig, ED_SIG);
	buf_add(b, c->all, ED_SIG);
}

/* The keys of a head in few bytes: who signed, and which key comes next. */
static int
keys_of(const struct head *h, uint8_t out[COMPACT_KEYS], struct err *e)
{
	uint8_t		 raw[8 + 8 + 32], sha[SHA_LEN];
	size_t		 n = 8;

	memcpy(raw, h->key_id, 8);
	if (h->has_next) {
		memcpy(raw + n, h->next.id, 8);
		memcpy(raw + n + 8, h->next.key, 32);
		n += 40;
	}
	if (sha_bytes(raw, n, sha, e) == -1)
		return -1;
	memcpy(out, sha, COMPACT_KEYS);
	return 0;
}

int
compact_make(struct compact *c, const char *head, size_t len,
    const struct edition *asker, const struct offer *o, struct err *e)
{
	struct head	*h = &c->head;
	struct seal	 seal;

	memset(c, 0, sizeof(*c));
	if (head_parse(head, len, h, e) == -1 || seal_parse(head +
	    h->signed_len, len - h->signed_len, &seal, e) == -1)
		return -1;
	memcpy(c->sig, seal.sig, sizeof(c->sig));
	memcpy(c->all, seal.all, sizeof(c->all));
	c->text = seal.text;
	c->text_len = seal.text_len;
	c->is_bare = asker->serial == 0;
	c->size = o->size;
	memcpy(c->sha, o->sha, sizeof(c->sha));
	if (o->size != 0)
		c->kind = o->has_base ? COMPACT_DELTA : COMPACT_FULL;
	else if (!c->is_bare && memcmp(asker->core, h->core, SHORT_LEN) == 0)
		c->kind = COMPACT_RENEWED;
	else
		c->kind = COMPACT_HEAD;
	return keys_of(h, c->keys, e);
}

int
compact_fill(struct compact *c, const struct head *asker)
{
	struct head	*h = &c->head;
	struct head	 own = *asker;
	uint8_t		 keys[COMPACT_KEYS];

	own.has_next = h->has_next;
	if (asker->has_next < h->has_next || keys_of(&own, keys, NULL) == -1 ||
	    memcmp(keys, c->keys, sizeof(keys)) != 0)
		return 0;
	memcpy(h->id, own.id, sizeof(h->id));
	memcpy(h->key_id, own.key_id, sizeof(h->key_id));
	h->next = own.next;
	if (c->kind == COMPACT_RENEWED) {
		memcpy(h->core, own.core, sizeof(h->core));
		memcpy(h->wire, own.wire, sizeof(h->wire));
		h->core_size = own.core_size;
		h->wire_size = own.wire_size;
	}
	return 1;
}

void
compact_text(const struct compact *c, struct buf *b)
{
	struct seal	 seal;

	memcpy(seal.id, c->head.key_id, sizeof(seal.id));
	memcpy(seal.sig, c->sig, sizeof(seal.sig));
	memcpy(seal.all, c->all, sizeof(seal.all));
	seal.text = c->text;
	seal.text_len = c->text_len;
	head_write(&c->head, b);
	seal_write(&seal, b);
}
