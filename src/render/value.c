/* Numbers as people write them: 554,000 and 55.4万. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "render/pen.h"

#define GROUP_FROM	5	/* digits: 2402 stays as it is */
#define DIGITS_MAX	15	/* what is counted in myriads at most */

static size_t	digits(const char *);
static void	grouped(const struct pen *, const char *, size_t);
static int	myriads(const struct pen *, const char *, size_t);
static void	unit_word(const struct pen *, size_t);
static int	counts_big(const char *);

static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* The first n digits of s, a mark before each group of three. */
static void
grouped(const struct pen *p, const char *s, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++) {
		if (i > 0 && n >= GROUP_FROM && (n - i) % 3 == 0)
			pen_word(p, W_THOUSANDS);
		buf_ch(p->b, s[i]);
	}
}

/* 1 when the whole number s of n digits is short when counted in 万 or 亿. */
static int
myriads(const struct pen *p, const char *s, size_t n)
{
	unsigned long long	 v, unit;
	const char		*word;

	if (n < GROUP_FROM || n > DIGITS_MAX)
		return 0;
	v = strtoull(s, NULL, 10);
	unit = v >= 100000000 && v % 1000000 == 0 ? 100000000 : 10000;
	word = unit == 10000 ? "万" : "亿";
	if (v % (unit / 100) != 0)
		return 0;
	buf_fmt(p->b, "%llu", v / unit);
	v = v % unit / (unit / 100);
	if (v % 10 != 0)
		buf_fmt(p->b, ".%02llu", v);
	else if (v != 0)
		buf_fmt(p->b, ".%llu", v / 10);
	buf_str(p->b, word);
	return 1;
}

/* 万元 and its like count in large steps by themselves. */
static int
counts_big(const char *unit)
{
	static const char	*big[] = { "十", "百", "千", "万", "亿" };
	size_t			 i;

	for (i = 0; i < sizeof(big) / sizeof(big[0]); i++)
		if (strncmp(unit, big[i], strlen(big[i])) == 0)
			return 1;
	return 0;
}

static void
unit_word(const struct pen *p, size_t unit)
{
	const char	*s;
	uint32_t	 cp;

	if (unit >= p->p->nunit)
		return;
	s = pen_in(p, &p->p->unit[unit].word);
	if (*s == '\0')
		return;
	if (text_utf8_next(s, strlen(s), &cp) == 0 ||
	    (cp != '%' && cp != 0xb0 /* degree */ && !text_is_cjk(cp)))
		buf_ch(p->b, ' ');
	buf_str(p->b, s);
}

void
pen_value(const struct pen *p, const char *value, size_t unit)
{
	const char	*s = value, *u = "", *rest;
	size_t		 n;

	if (unit < p->p->nunit)
		u = pen_in(p, &p->p->unit[unit].word);
	if (*s == '-')
		s++;
	n = digits(s);
	rest = s + n;
	if (*rest == '.' && digits(rest + 1) > 0)
		rest += 1 + digits(rest + 1);
	if (n == 0 || (*rest != '\0' && strcmp(rest, "+") != 0)) {
		buf_str(p->b, value);		/* words, as published */
		unit_word(p, unit);
		return;
	}
	if (s != value)
		buf_ch(p->b, '-');
	if (!p->v->myriads)
		grouped(p, s, n);
	else if ((s[n] != '\0' && s[n] != '+') || counts_big(u) ||
	    !myriads(p, s, n))
		buf_add(p->b, s, n);
	buf_add(p->b, s + n, (size_t)(rest - (s + n)));
	if (*rest == '+')
		buf_str(p->b, p->v->myriads ? "多" : "+");
	unit_word(p, unit);
}
