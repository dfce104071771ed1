/* SPDX-License-Identifier: ISC */
/*
 * Parses, writes and verifies the head of a package, and reads minisign
 * public keys.  The lines have one fixed order and hold printable ASCII only;
 * any other line is an error.  A head may come from any file or peer: nothing
 * in it is proven before head_verify() has checked its signature with one of
 * the keys that the caller trusts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/num.h"
#include "base/text.h"
#include "package/b64.h"
#include "package/ed25519.h"
#include "package/hash.h"
#include "package/head.h"
#include "package/list.h"
#include "package/seal.h"

#define KEY_FILE_MAX	4096

/* The part of a head that is still to be read. */
struct lines {
	const char	*p, *end;
};

/* 1 and the next line without its LF, or 0 at the end. */
static int
line_next(struct lines *l, const char **s, size_t *len)
{
	const char	*lf;

	if (l->p == l->end ||
	    (lf = memchr(l->p, '\n', (size_t)(l->end - l->p))) == NULL)
		return 0;
	*s = l->p;
	*len = (size_t)(lf - l->p);
	l->p = lf + 1;
	return 1;
}

/*
 * Take the next line if it begins with word and a blank; *s and *len are
 * then what follows.  1 taken, 0 not.
 */
static int
line_is(struct lines *l, const char *word, const char **s, size_t *len)
{
	struct lines	 was = *l;
	size_t		 n = strlen(word);

	if (line_next(l, s, len) && *len > n && memcmp(*s, word, n) == 0 &&
	    (*s)[n] == ' ') {
		*s += n + 1;
		*len -= n + 1;
		return 1;
	}
	*l = was;
	return 0;
}

static int
printable(const char *s, size_t len, struct err *e)
{
	size_t	 i;

	if (len == 0 || len > HEAD_MAX) {
		err_set(e, "head: %zu bytes, want 1 to %d", len, HEAD_MAX);
		return 0;
	}
	for (i = 0; i < len; i++) {
		if (s[i] != '\n' && (s[i] < ' ' || s[i] > '~')) {
			err_set(e, "head: byte %zu is 0x%02x, want printable "
			    "ASCII and LF", i, (unsigned char)s[i]);
			return 0;
		}
	}
	if (s[len - 1] != '\n') {
		err_set(e, "head: no LF at its end");
		return 0;
	}
	return 1;
}

int
head_id_ok(const char *s, size_t len)
{
	return text_is_id(s, len, 3, HEAD_ID_MAX);
}

size_t
head_bytes(const char *s, size_t len)
{
	static const char	 next[] = "\n" HEAD_FIRST "\n";
	const char		*at;

	at = memmem(s, len, next, sizeof(next) - 1);
	return at == NULL ? len : (size_t)(at + 1 - s);
}

static int
parse_id(const char *s, size_t len, struct head *h)
{
	if (!head_id_ok(s, len))
		return -1;
	memcpy(h->id, s, len);
	h->id[len] = '\0';
	return 0;
}

static int
parse_time(const char *s, size_t len, int64_t *t)
{
	char	 copy[21];

	if (len != 20)
		return -1;
	memcpy(copy, s, 20);
	copy[20] = '\0';
	return (*t = clock_parse(copy)) < 0 ? -1 : 0;
}

/* SHA256 BYTES */
static int
parse_hash(const char *s, size_t len, uint8_t sha[SHA_LEN], uint64_t *size)
{
	if (len < SHA_HEX + 2 || hex_parse(s, SHA_LEN, sha) == -1 ||
	    s[SHA_HEX] != ' ' ||
	    num_parse(s + SHA_HEX + 1, len - SHA_HEX - 1, size) == -1 ||
	    *size == 0 || *size > PKG_SIZE_MAX)
		return -1;
	return 0;
}

static int
parse_lines(struct lines *l, struct head *h, struct err *e)
{
	const char	*s, *want;
	size_t		 len;

	if (!line_next(l, &s, &len) || len != strlen(HEAD_FIRST) ||
	    memcmp(s, HEAD_FIRST, len) != 0)
		want = "`" HEAD_FIRST "' as the first line";
	else if (!line_is(l, "id", &s, &len) || parse_id(s, len, h) == -1)
		want = "`id' and a name of 3 to 40 of a-z 0-9 -";
	else if (!line_is(l, "serial", &s, &len) ||
	    num_parse(s, len, &h->serial) == -1 || h->serial == 0)
		want = "`serial' and a number";
	else if (!line_is(l, "published", &s, &len) ||
	    parse_time(s, len, &h->published) == -1)
		want = "`published' and a time as 2026-11-23T00:00:00Z";
	else if (!line_is(l, "expires", &s, &len) ||
	    parse_time(s, len, &h->expires) == -1)
		want = "`expires' and a time as 2026-11-23T00:00:00Z";
	else if (!line_is(l, "core", &s, &len) ||
	    parse_hash(s, len, h->core, &h->core_size) == -1)
		want = "`core', a SHA-256 and a size";
	else if (!line_is(l, "wire", &s, &len) ||
	    parse_hash(s, len, h->wire, &h->wire_size) == -1)
		want = "`wire', a SHA-256 and a size";
	else if (line_is(l, "next-key", &s, &len)) {
		h->has_next = 1;
		want = key_parse(s, len, &h->next, NULL) == -1 ?
		    "`next-key' and a key string" : NULL;
	} else
		want = NULL;
	if (want == NULL)
		return 0;
	err_set(e, "head: want %s", want);
	return -1;
}

int
head_parse(const char *s, size_t len, struct head *h, struct err *e)
{
	struct lines	 l = { s, s + len };
	struct seal	 sig;

	memset(h, 0, sizeof(*h));
	if (!printable(s, len, e) || parse_lines(&l, h, e) == -1)
		return -1;
	h->signed_len = (size_t)(l.p - s);
	if (l.p == l.end)
		return 0;
	if (seal_parse(l.p, (size_t)(l.end - l.p), &sig, e) == -1)
		return -1;
	h->is_signed = 1;
	memcpy(h->key_id, sig.id, sizeof(h->key_id));
	return 0;
}

void
head_write(const struct head *h, struct buf *b)
{
	char	 hex[SHA_HEX + 1], when[21], key[KEY_STRING + 1];

	buf_fmt(b, HEAD_FIRST "\nid %s\nserial %llu\n", h->id,
	    (unsigned long long)h->serial);
	clock_format(h->published, when);
	buf_fmt(b, "published %s\n", when);
	clock_format(h->expires, when);
	buf_fmt(b, "expires %s\n", when);
	hex_format(h->core, SHA_LEN, hex);
	buf_fmt(b, "core %s %llu\n", hex, (unsigned long long)h->core_size);
	hex_format(h->wire, SHA_LEN, hex);
	buf_fmt(b, "wire %s %llu\n", hex, (unsigned long long)h->wire_size);
	if (h->has_next) {
		key_format(&h->next, key);
		buf_fmt(b, "next-key %s\n", key);
	}
}

int
head_verify(const char *s, size_t len, const struct pub_key *key, size_t n,
    size_t *which, struct err *e)
{
	struct head	 h;
	struct seal	 sig;
	char		 id[17];
	size_t		 i;

	if (head_parse(s, len, &h, e) == -1)
		return -1;
	if (!h.is_signed) {
		err_set(e, "head: not signed");
		return -1;
	}
	if (seal_parse(s + h.signed_len, len - h.signed_len, &sig, e) == -1)
		return -1;
	key_id_format(h.key_id, id);
	for (i = 0; i < n; i++)
		if (memcmp(key[i].id, h.key_id, sizeof(h.key_id)) == 0)
			break;
	if (i == n) {
		err_set(e, "head: signed with key %s, which is not one of "
		    "the %zu given", id, n);
		return -1;
	}
	if (!seal_verify(&sig, s, h.signed_len, key[i].key)) {
		err_set(e, "head: the signature of key %s is wrong: changed "
		    "after signing, or not the publisher's", id);
		return -1;
	}
	if (which != NULL)
		*which = i;
	return 0;
}

static int
raw_key(const uint8_t raw[42], struct pub_key *k)
{
	if (raw[0] != 'E' || raw[1] != 'd' || !ed_key_ok(raw + 10))
		return -1;
	memcpy(k->id, raw + 2, 8);
	memcpy(k->key, raw + 10, 32);
	return 0;
}

int
key_parse(const char *s, size_t len, struct pub_key *k, struct err *e)
{
	uint8_t	 raw[42];

	if (b64_parse(s, len, raw, sizeof(raw)) == -1 ||
	    raw_key(raw, k) == -1) {
		err_set(e, "\"%.*s\": not a key string, which is %d "
		    "characters and begins with RW",
		    (int)(len > 80 ? 80 : len), s, KEY_STRING);
		return -1;
	}
	return 0;
}

void
key_format(const struct pub_key *k, char out[KEY_STRING + 1])
{
	uint8_t	 raw[42] = { 'E', 'd' };

	memcpy(raw + 2, k->id, 8);
	memcpy(raw + 10, k->key, 32);
	b64_format(raw, sizeof(raw), out);
}

void
key_id_format(const uint8_t id[8], char out[17])
{
	int	 i;

	for (i = 0; i < 8; i++)
		snprintf(out + 2 * i, 3, "%02X", id[7 - i]);
}

int
key_load(const char *path, struct pub_key *k, struct err *e)
{
	struct err	 why;
	struct lines	 l;
	const char	*s;
	char		*text;
	size_t		 len;
	int		 rv = -1;

	if ((text = file_read(path, KEY_FILE_MAX, &len, e)) == NULL)
		return -1;
	l.p = text;
	l.end = text + len;
	if (!line_next(&l, &s, &len) || len < 18 ||
	    memcmp(s, "untrusted comment:", 18) != 0)
		err_set(e, "%s: no public key file: its first line begins "
		    "with \"untrusted comment:\"", path);
	else {
		s = l.p;
		len = strcspn(s, "\r\n");	/* as minisign, LF or not */
		if ((rv = key_parse(s, len, k, &why)) == -1)
			err_set(e, "%s: second line: %s", path, why.msg);
	}
	free(text);
	return rv;
}
