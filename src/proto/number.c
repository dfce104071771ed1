/* SPDX-License-Identifier: ISC */
/*
 * Writes and reads numbers in the form of a language.  The writer puts marks
 * between groups of digits and counts in myriads.  The reader takes the same
 * form and returns the number, exact to 15 digits and the same on every machine
 * and in every locale.  It takes a stranger's bytes: there may be no number,
 * and anything may follow one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/number.h"

#define MYRIAD_DIGITS	15	/* of a number that is counted in myriads */
#define DIGITS_MAX	400	/* of a number; no double needs more */
#define NUMBER_BYTES	600	/* of one in other digits, with its marks */

const struct number_form number_english = {
	.thousands = ",", .decimal = ".", .more = "+",
};
const struct number_form number_chinese = {
	.thousands = "", .decimal = ".", .more = "多",
	.myriad = "万", .myriads = "亿",
};
const struct number_form number_any = {
	.decimal = ".", .more = "+", .lakh = 1,
};
const struct number_form number_any_comma = {
	.decimal = ",", .more = "+", .lakh = 1,
};

static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* 1: a mark stands before the digit from which `left' digits are left. */
static int
is_group(const struct number_form *f, size_t left)
{
	return f->lakh && left > 3 ? (left - 3) % 2 == 0 : left % 3 == 0;
}

static void
grouped(struct buf *b, const char *s, size_t n, const struct number_form *f)
{
	size_t	 i;

	for (i = 0; i < n; i++) {
		if (i > 0 && n >= NUMBER_GROUP_FROM && is_group(f, n - i))
			buf_str(b, f->thousands);
		buf_ch(b, s[i]);
	}
}

/*
 * Write the whole number s of n digits in myriads, if two decimals at most make
 * that exact.  0: nothing was written.
 */
static int
myriads(struct buf *b, const char *s, size_t n, const struct number_form *f)
{
	unsigned long long	 v, unit;

	if (f->myriad == NULL || n < NUMBER_GROUP_FROM || n > MYRIAD_DIGITS)
		return 0;
	v = strtoull(s, NULL, 10);
	unit = v >= 100000000 && v % 1000000 == 0 ? 100000000 : 10000;
	if (v % (unit / 100) != 0)
		return 0;
	buf_fmt(b, "%llu", v / unit);
	v = v % unit / (unit / 100);
	if (v != 0)
		buf_str(b, f->decimal);
	if (v % 10 != 0)
		buf_fmt(b, "%02llu", v);
	else if (v != 0)
		buf_fmt(b, "%llu", v / 10);
	buf_str(b, unit == 10000 ? f->myriad : f->myriads);
	return 1;
}

/* Bytes of the character at s. */
static size_t
character(const char *s, const char *end)
{
	size_t	 n = 1;

	while (s + n < end && (s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

int
number_write(struct buf *b, const char *value, const struct number_form *f,
    int in_myriads)
{
	const char	*s = value + (*value == '-'), *rest;
	const size_t	 from = b->len;
	size_t		 n = digits(s), part = 0;

	rest = s + n;
	if (n > 0 && *rest == '.' && (part = digits(rest + 1)) > 0)
		rest += 1 + part;
	if (n == 0 || (*rest != '\0' && strcmp(rest, "+") != 0))
		return 0;
	if (s != value)
		buf_ch(b, '-');
	if (part > 0 || !in_myriads || !myriads(b, s, n, f))
		grouped(b, s, n, f);
	if (part > 0) {
		buf_str(b, f->decimal);
		buf_add(b, s + n + 1, part);
	}
	if (*rest == '+')
		buf_str(b, f->more);
	number_digits(b, from, f);
	return 1;
}

/* A string to read from, and what was read. */
struct number_scan {
	const char	*at, *end;
	double		 whole, scale;
	size_t		 ndigit;
};

static size_t
run(const char *s, const char *end)
{
	size_t	 n = 0;

	while (s + n < end && s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

static void
take(struct number_scan *r, size_t n, int is_part)
{
	for (; n > 0 && r->ndigit < DIGITS_MAX; n--, r->at++, r->ndigit++) {
		r->whole = r->whole * 10 + (*r->at - '0');
		r->scale *= is_part ? 10 : 1;
	}
}

static int
has(const char *s, const char *end, const char *word)
{
	size_t	 n = strlen(word);

	return n > 0 && (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

/* Bytes of the mark at s, of any language, between groups of digits; or 0. */
static size_t
any_mark(const char *s, const char *end)
{
	static const char *const marks[] = { ",", ".", "'", " ", "_", "\u2019",
	    "\u00a0", "\u202f", "\u2009", "\u066c", "\u00b7", "\u02d9" };
	size_t	 i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (has(s, end, marks[i]))
			return strlen(marks[i]);
	return 0;
}

/*
 * Read the groups behind the first digits, each behind a mark of n bytes.  They
 * have three digits each; with lakh, they may have two each and the last one
 * three.
 */
static void
groups(struct number_scan *r, size_t n, int lakh)
{
	const char	*mark = r->at, *p = r->at;
	size_t		 len, pairs = 0;

	while ((size_t)(r->end - p) > n && memcmp(p, mark, n) == 0) {
		len = run(p + n, r->end);
		if (len == 2 && lakh && r->at == mark) {
			pairs++;
			p += n + len;
			continue;
		}
		if (len != 3)
			return;
		for (; pairs > 0; pairs--) {
			r->at += n;
			take(r, 2, 0);
			len = 0;	/* no group follows */
		}
		r->at += n;
		take(r, 3, 0);
		p = r->at;
		if (len == 0)
			return;
	}
}

/* 1: a mark of n bytes and three digits stand here twice: 1.234.567. */
static int
is_repeated(const struct number_scan *r, size_t n)
{
	const char	*next = r->at + n + 3;

	return run(r->at + n, r->end) == 3 && (size_t)(r->end - next) > n &&
	    memcmp(next, r->at, n) == 0 && run(next + n, r->end) == 3;
}

/* Bytes of the mark behind which a group follows, or 0. */
static size_t
group_mark(const struct number_scan *r, const struct number_form *f)
{
	size_t	 n;

	if (f->thousands != NULL)
		return has(r->at, r->end, f->thousands) ?
		    strlen(f->thousands) : 0;
	n = any_mark(r->at, r->end);
	/* In 12.480 the mark may be the decimal one; in 1.234.567 it cannot. */
	return has(r->at, r->end, f->decimal) && !is_repeated(r, n) ? 0 : n;
}

/* Read a word that multiplies the number by 10^4 or 10^8, if there is one. */
static void
myriad_read(struct number_scan *r, const struct number_form *f)
{
	static const struct {
		const char	*word;
		double		 times;
	} all[] = {
		{ "万", 1e4 }, { "亿", 1e8 }, { "萬", 1e4 }, { "億", 1e8 },
		{ "만", 1e4 }, { "억", 1e8 },
	};
	size_t	 i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		/* A known language has only its own words. */
		if (!has(r->at, r->end, all[i].word) ||
		    (f->thousands != NULL && (f->myriad == NULL ||
		    (strcmp(f->myriad, all[i].word) != 0 &&
		    strcmp(f->myriads, all[i].word) != 0))))
			continue;
		r->whole *= all[i].times;	/* not divided yet: exact */
		r->at += strlen(all[i].word);
		return;
	}
}

void
number_digits(struct buf *b, size_t from, const struct number_form *f)
{
	const char	*s, *d, *end;
	char		 old[NUMBER_BYTES];
	size_t		 i, n;
	int		 k;

	if (f->digits == NULL || !buf_ok(b) || from >= b->len ||
	    (n = b->len - from) > sizeof(old))
		return;
	memcpy(old, b->data + from, n);
	buf_cut(b, from);
	end = f->digits + strlen(f->digits);
	for (i = 0; i < n; i++) {
		if (old[i] < '0' || old[i] > '9') {
			buf_ch(b, old[i]);
			continue;
		}
		for (d = f->digits, k = old[i] - '0'; k > 0 && d < end; k--)
			d += character(d, end);
		if (d < end)
			for (s = d; s < d + character(d, end); s++)
				buf_ch(b, *s);
	}
}

size_t
number_digit(const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n;

	if (len > 0 && *s >= '0' && *s <= '9')
		return 1;
	n = len > 0 && (*s & 0x80) != 0 ? text_utf8_next(s, len, &cp) : 0;
	return n > 0 && text_digit(cp) != -1 ? n : 0;
}

/*
 * Copy s to out, with digits of any script as ASCII; at[i] is where in s byte i
 * of out comes from.  Returns the bytes of out.
 */
static size_t
ascii_digits(const char *s, size_t len, char out[NUMBER_BYTES],
    uint16_t at[NUMBER_BYTES + 1])
{
	uint32_t	 cp;
	size_t		 i, k, n, used = 0;

	for (i = 0; i < len && used + 4 < NUMBER_BYTES; i += n) {
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0)
			break;
		at[used] = (uint16_t)i;
		if (text_digit(cp) != -1) {
			out[used++] = (char)('0' + text_digit(cp));
			continue;
		}
		for (k = 0; k < n; k++) {
			at[used] = (uint16_t)(i + k);
			out[used++] = s[i + k];
		}
	}
	at[used] = (uint16_t)i;
	return used;
}

static size_t
read_ascii(const char *s, size_t len, const struct number_form *f,
    double *out)
{
	struct number_scan	 r = { s, s + len, 0, 1, 0 };
	int			 minus = len > 0 && *s == '-';
	size_t			 n;

	r.at += minus;
	if ((n = run(r.at, r.end)) == 0)
		return 0;
	take(&r, n, 0);
	if (n <= 3 && *(r.at - n) != '0' && (n = group_mark(&r, f)) > 0)
		groups(&r, n, f->lakh);
	if (has(r.at, r.end, f->decimal) &&
	    (n = run(r.at + strlen(f->decimal), r.end)) > 0) {
		r.at += strlen(f->decimal);
		take(&r, n, 1);
	}
	myriad_read(&r, f);
	*out = (minus ? -r.whole : r.whole) / r.scale;
	return (size_t)(r.at - s);
}

size_t
number_read(const char *s, size_t len, const struct number_form *f,
    double *out)
{
	char		 ascii[NUMBER_BYTES];
	uint16_t	 at[NUMBER_BYTES + 1];
	const size_t	 minus = len > 0 && *s == '-';
	size_t		 n;

	if (f == NULL)
		f = &number_any;
	if (len <= minus || (s[minus] & 0x80) == 0)
		return read_ascii(s, len, f, out);
	if (number_digit(s + minus, len - minus) == 0)
		return 0;
	n = ascii_digits(s, len, ascii, at);
	return at[read_ascii(ascii, n, f, out)];
}

int
number_goes_on(const char *s, size_t len)
{
	size_t	 n = any_mark(s, s + len);

	return number_digit(s + n, len - n) > 0;
}
