/* SPDX-License-Identifier: ISC */
/*
 * Parses and writes editions, offers and the first lines of resumed blobs,
 * and finds head and offer at the start of an answer.  The parser of a line
 * takes known parts off its front; what is left over is an error.  The bytes
 * come from the other side, mirror or origin, and are not trusted: head and
 * lines have a greatest length, and an offer proves nothing about its blob.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/num.h"
#include "package/hash.h"
#include "package/head.h"
#include "package/offer.h"

#define BLOB_WORD	"apeng-blob "
#define OFFER_WORD	"offer "

/* Take a word off the front: 0, or -1 when the line has another one. */
static int
skip(const char **s, size_t *len, const char *word)
{
	size_t	 n = strlen(word);

	if (*len < n || memcmp(*s, word, n) != 0)
		return -1;
	*s += n;
	*len -= n;
	return 0;
}

/*
 * Take a number and the character end behind it; end '\0': the number is all
 * that is left.
 */
static int
number(const char **s, size_t *len, char end, uint64_t *v)
{
	const char	*stop = *s + *len;

	if (end != '\0' && (stop = memchr(*s, end, *len)) == NULL)
		return -1;
	if (num_parse(*s, (size_t)(stop - *s), v) == -1)
		return -1;
	*len -= (size_t)(stop - *s) + (end != '\0');
	*s = stop + (end != '\0');
	return 0;
}

static int
digits(const char **s, size_t *len, uint8_t *out, size_t n)
{
	if (*len < 2 * n || hex_parse(*s, n, out) == -1)
		return -1;
	*s += 2 * n;
	*len -= 2 * n;
	return 0;
}

int
edition_parse(const char *s, size_t len, struct edition *ed)
{
	memset(ed, 0, sizeof(*ed));
	if (len == 1 && *s == '-')
		return 0;
	if (len > EDITION_MAX || number(&s, &len, '-', &ed->serial) == -1 ||
	    ed->serial == 0 || digits(&s, &len, ed->core, SHORT_LEN) == -1 ||
	    len != 0)
		return -1;
	return 0;
}

int
offer_parse(const char *s, size_t len, struct offer *o)
{
	memset(o, 0, sizeof(*o));
	if (len >= OFFER_LINE_MAX || skip(&s, &len, OFFER_WORD) == -1)
		return -1;
	if (len == 5 && memcmp(s, "- 0 -", 5) == 0)
		return 0;
	if (digits(&s, &len, o->sha, SHA_LEN) == -1 ||
	    skip(&s, &len, " ") == -1 ||
	    number(&s, &len, ' ', &o->size) == -1 || o->size == 0)
		return -1;
	if (len == 1 && *s == '-')
		return 0;
	o->has_base = 1;
	return digits(&s, &len, o->base, SHORT_LEN) == -1 || len != 0 ?
	    -1 : 0;
}

int
blob_line_parse(const char *s, size_t len, struct blob_line *b)
{
	if (len >= OFFER_LINE_MAX || skip(&s, &len, BLOB_WORD) == -1 ||
	    digits(&s, &len, b->sha, SHORT_LEN) == -1 ||
	    skip(&s, &len, " ") == -1 ||
	    number(&s, &len, ' ', &b->offset) == -1 ||
	    number(&s, &len, '\0', &b->total) == -1 || b->offset > b->total)
		return -1;
	return 0;
}

int
blob_at_parse(const char *s, size_t len, uint8_t sha[SHORT_LEN],
    uint64_t *offset)
{
	if (digits(&s, &len, sha, SHORT_LEN) == -1 ||
	    skip(&s, &len, "/") == -1)
		return -1;
	return number(&s, &len, '\0', offset);
}

void
edition_write(const struct edition *ed, struct buf *b)
{
	char	 core[SHORT_HEX + 1];

	if (ed->serial == 0) {
		buf_ch(b, '-');
		return;
	}
	hex_format(ed->core, SHORT_LEN, core);
	buf_fmt(b, "%llu-%s", (unsigned long long)ed->serial, core);
}

void
offer_write(const struct offer *o, struct buf *b)
{
	char	 sha[SHA_HEX + 1], base[SHORT_HEX + 1] = "-";

	if (o->size == 0) {
		buf_str(b, OFFER_WORD "- 0 -\n");
		return;
	}
	hex_format(o->sha, SHA_LEN, sha);
	if (o->has_base)
		hex_format(o->base, SHORT_LEN, base);
	buf_fmt(b, OFFER_WORD "%s %llu %s\n", sha,
	    (unsigned long long)o->size, base);
}

void
blob_line_write(const struct blob_line *l, struct buf *b)
{
	char	 sha[SHORT_HEX + 1];

	hex_format(l->sha, SHORT_LEN, sha);
	buf_fmt(b, BLOB_WORD "%s %llu %llu\n", sha,
	    (unsigned long long)l->offset, (unsigned long long)l->total);
}

int
offer_answer(const char *s, size_t len, size_t *head_len, struct offer *o,
    size_t *used, struct err *e)
{
	static const char	 first[] = "apeng-head ", mark[] = "\noffer ";
	const size_t		 nmark = sizeof(mark) - 1;
	const char		*line, *lf;
	size_t			 n, left;

	n = len < sizeof(first) - 1 ? len : sizeof(first) - 1;
	if (n > 0 && memcmp(s, first, n) != 0) {
		err_set(e, "answer: \"%.*s\", want a head",
		    (int)(len > 60 ? 60 : len), s);
		return -1;
	}
	n = len < HEAD_MAX + nmark ? len : HEAD_MAX + nmark;
	if (n == 0 || (line = memmem(s, n, mark, nmark)) == NULL) {
		if (n == len)
			return 0;
		err_set(e, "answer: no offer within %d bytes", HEAD_MAX);
		return -1;
	}
	line++;
	*head_len = (size_t)(line - s);
	left = len - *head_len;
	n = left < OFFER_LINE_MAX ? left : OFFER_LINE_MAX;
	lf = memchr(line, '\n', n);
	if (lf == NULL && left < OFFER_LINE_MAX)
		return 0;
	if (lf == NULL || offer_parse(line, (size_t)(lf - line), o) == -1) {
		err_set(e, "answer: \"%.*s\", want an offer",
		    (int)(lf == NULL ? n : (size_t)(lf - line)), line);
		return -1;
	}
	*used = (size_t)(lf + 2 - s);
	if (*used > len)
		return 0;
	if (lf[1] != '\n') {
		err_set(e, "answer: no empty line behind the offer");
		return -1;
	}
	return 1;
}
