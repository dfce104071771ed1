/* SPDX-License-Identifier: ISC */
/*
 * The grammar of parts, see part.h: bytes in, struct out and back.  A part has
 * one form, and every other is refused.  Nothing in a part is proven here: only
 * its check (CRC-32, against accidental damage) is compared.
 */
#include <string.h>

#include <openssl/evp.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/crc.h"
#include "package/head.h"
#include "package/part.h"

#define FORMAT		0xa5
#define CHECK		4
#define LINE_MAX_LEN	(2 * PART_MAX)

static const char	 base45[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

uint32_t
part_count(const struct part *p)
{
	return p->size / p->symbol + (p->size % p->symbol != 0);
}

static size_t
number_len(uint64_t v)
{
	size_t		 n = 1;

	while (v >>= 7)
		n++;
	return n;
}

size_t
part_over(const struct part *p)
{
	return 2 + strlen(p->id) + number_len(p->serial) + PART_TAG +
	    number_len(p->size) + number_len(p->symbol) +
	    number_len(p->number) + CHECK;
}

static void
number_write(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_ch(b, (char)(v | 0x80));
	buf_ch(b, (char)v);
}

/*
 * Read a number of at most max in its shortest form.  0: *v is set and *at is
 * behind it; -1: it is no such number.
 */
static int
number_read(const uint8_t *s, size_t n, size_t *at, uint64_t max, uint64_t *v)
{
	unsigned	 shift = 0;
	uint64_t	 got = 0;
	uint8_t		 c;

	do {
		if (*at == n || shift > 56)
			return -1;
		c = s[(*at)++];
		got |= (uint64_t)(c & 0x7f) << shift;
		shift += 7;
	} while (c & 0x80);
	if ((c == 0 && shift > 7) || got > max)
		return -1;
	*v = got;
	return 0;
}

void
part_write(const struct part *p, struct buf *b)
{
	size_t		 start = b->len;
	uint32_t	 crc;
	int		 i;

	buf_ch(b, (char)FORMAT);
	buf_ch(b, (char)strlen(p->id));
	buf_str(b, p->id);
	number_write(b, p->serial);
	buf_add(b, p->tag, sizeof(p->tag));
	number_write(b, p->size);
	number_write(b, p->symbol);
	number_write(b, p->number);
	buf_add(b, p->payload, p->len);
	if (!buf_ok(b))
		return;
	crc = crc_add(0, b->data + start, b->len - start);
	for (i = 24; i >= 0; i -= 8)
		buf_ch(b, (char)(crc >> i));
}

/* The fields before the payload; *at is behind them. */
static int
parse_fields(const uint8_t *s, size_t n, size_t *at, struct part *p)
{
	uint64_t	 size, symbol, number;
	size_t		 len;

	if (n < 2 || s[0] != FORMAT || (len = s[1]) > n - 2 ||
	    !head_id_ok((const char *)s + 2, len))
		return -1;
	memcpy(p->id, s + 2, len);
	p->id[len] = '\0';
	*at = 2 + len;
	if (number_read(s, n, at, INT64_MAX, &p->serial) == -1 ||
	    n - *at < PART_TAG)
		return -1;
	memcpy(p->tag, s + *at, PART_TAG);
	*at += PART_TAG;
	if (number_read(s, n, at, PART_SIZE_MAX, &size) == -1 ||
	    number_read(s, n, at, PART_SYMBOL_MAX, &symbol) == -1 ||
	    number_read(s, n, at, PART_NUMBER_MAX, &number) == -1 ||
	    size == 0 || symbol == 0)
		return -1;
	p->size = (uint32_t)size;
	p->symbol = (uint32_t)symbol;
	p->number = (uint32_t)number;
	return 0;
}

int
part_parse(const uint8_t *s, size_t n, struct part *p, struct err *e)
{
	size_t		 at, want;
	uint32_t	 crc = 0;
	int		 i;

	memset(p, 0, sizeof(*p));
	if (n > PART_MAX || n <= CHECK || s[0] != FORMAT) {
		err_set(e, "no part of a letter: %zu bytes%s", n,
		    n > 0 && s[0] != FORMAT ? ", another first byte" : "");
		return -1;
	}
	n -= CHECK;
	for (i = 0; i < CHECK; i++)
		crc = crc << 8 | s[n + (size_t)i];
	if (crc != crc_add(0, s, n)) {
		err_set(e, "a part of a letter is damaged: its check is %08x, "
		    "want %08x", crc, crc_add(0, s, n));
		return -1;
	}
	if (parse_fields(s, n, &at, p) == -1) {
		err_set(e, "a part of a letter has malformed fields");
		return -1;
	}
	want = p->symbol;
	if (p->number + 1 == part_count(p))
		want = p->size - (size_t)p->number * p->symbol;
	p->payload = s + at;
	p->len = n - at;
	if (p->len != want) {
		err_set(e, "part %u of %s %llu carries %zu bytes, want %zu",
		    p->number + 1, p->id, (unsigned long long)p->serial,
		    p->len, want);
		return -1;
	}
	return 0;
}

void
part_armour(const uint8_t *s, size_t n, struct buf *b)
{
	unsigned	 v;
	size_t		 i;

	buf_str(b, PART_ARMOUR);
	for (i = 0; i + 1 < n; i += 2) {
		v = (unsigned)s[i] << 8 | s[i + 1];
		buf_ch(b, base45[v % 45]);
		buf_ch(b, base45[v / 45 % 45]);
		buf_ch(b, base45[v / 2025]);
	}
	if (i < n) {
		buf_ch(b, base45[s[i] % 45]);
		buf_ch(b, base45[s[i] / 45]);
	}
}

/* The value of one to three characters, or -1. */
static int
value45(const char *s, size_t n)
{
	const char	*at;
	int		 v = 0;

	while (n-- > 0) {
		if (s[n] == '\0' || (at = strchr(base45, s[n])) == NULL)
			return -1;
		v = v * 45 + (int)(at - base45);
	}
	return v;
}

int
part_unarmour(const char *s, size_t len, struct buf *b)
{
	size_t		 i, n;
	int		 v;

	for (i = 0; i < len; i += n) {
		n = len - i < 3 ? len - i : 3;
		v = value45(s + i, n);
		if (n == 1 || v < 0 || v > (n == 3 ? 0xffff : 0xff))
			return -1;
		if (n == 3)
			buf_ch(b, (char)(v >> 8));
		buf_ch(b, (char)v);
	}
	return buf_ok(b) ? 0 : -1;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* A line of hex digits only, of either case. */
static int
from_hex(const char *s, size_t len, struct buf *b)
{
	size_t		 i;
	int		 hi, lo;

	if (len % 2 != 0)
		return -1;
	for (i = 0; i < len; i += 2) {
		hi = hex_digit(s[i]);
		lo = hex_digit(s[i + 1]);
		if (hi == -1 || lo == -1)
			return -1;
		buf_ch(b, (char)(hi << 4 | lo));
	}
	return buf_ok(b) ? 0 : -1;
}

static int
from_base64(const char *s, size_t len, struct buf *b)
{
	char		*room;
	int		 n;

	if (len % 4 != 0 || (room = buf_room(b, len)) == NULL)
		return -1;
	n = EVP_DecodeBlock((unsigned char *)room, (const unsigned char *)s,
	    (int)len);
	if (n < 0)
		return -1;
	/* The decoder counts the padding as zeros. */
	n -= len > 0 && s[len - 1] == '=';
	n -= len > 1 && s[len - 2] == '=';
	b->len = (size_t)n;
	b->data[n] = '\0';
	return 0;
}

int
part_from_line(const char *s, size_t len, struct buf *b)
{
	const char	*at;
	size_t		 n = strlen(PART_ARMOUR);

	buf_reset(b);
	if (len > LINE_MAX_LEN)
		return 0;
	if ((at = memmem(s, len, PART_ARMOUR, n)) != NULL)
		return part_unarmour(at + n, len - (size_t)(at + n - s), b) ==
		    0;
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	if (len < 8)
		return 0;
	if (from_hex(s, len, b) == -1) {
		buf_reset(b);
		if (from_base64(s, len, b) == -1)
			return 0;
	}
	return b->len > 0 && (uint8_t)b->data[0] == FORMAT;
}
