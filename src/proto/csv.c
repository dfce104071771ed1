/* SPDX-License-Identifier: ISC */
/*
 * Reads the records and fields that a spreadsheet saved, in place, and numbers
 * in the ways in which people write them.  All bytes are a stranger's; a field
 * may have any bytes but NUL.  A text that could be read in two ways is no
 * number: the caller refuses the table, and nothing is guessed.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/csv.h"

#define DIGITS_MAX	15		/* a double holds that many exactly */

/* -- records ----------------------------------------------------------- */

/* The mark that line 1 has most often outside quotes; a comma if none. */
static char
find_mark(const char *s, const char *end)
{
	static const char	 marks[] = ",;\t";
	size_t			 n[3] = { 0, 0, 0 }, i, best = 0;
	int			 quoted = 0;

	for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
		if (*s == '"')
			quoted = !quoted;
		for (i = 0; i < 3 && !quoted; i++)
			n[i] += *s == marks[i];
	}
	for (i = 1; i < 3; i++)
		if (n[i] > n[best])
			best = i;
	return marks[best];
}

void
csv_start(struct csv *c, char *data, size_t len)
{
	memset(c, 0, sizeof(*c));
	c->at = data;
	c->end = data + len;
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		c->at += 3;
	c->next_line = 1;
	if (memchr(data, '\0', len) != NULL)
		c->why = "there is a NUL byte in it";
	c->mark = find_mark(c->at, c->end);
}

static int
is_end(const struct csv *c, const char *s)
{
	return s == c->end || *s == '\n' || (*s == '\r' &&
	    (s + 1 == c->end || s[1] == '\n'));
}

/*
 * Read a field in quotes; c->at is behind its first quote, and moves behind its
 * last one.  "" is a quote in it.
 */
static int
quoted(struct csv *c, char **to)
{
	for (; c->at < c->end; c->at++) {
		if (*c->at == '"' && (++c->at == c->end || *c->at != '"'))
			return 0;
		if (*c->at == '\n')
			c->next_line++;
		*(*to)++ = *c->at;
	}
	c->why = "a quote is not closed";
	return -1;
}

/* Read one field in place.  1: another follows; 0: the record ends; -1: why. */
static int
field(struct csv *c, char **out)
{
	char	*to = c->at;

	*out = to;
	if (c->at < c->end && *c->at == '"') {
		c->at++;
		if (quoted(c, &to) == -1)
			return -1;
		if (!is_end(c, c->at) && *c->at != c->mark) {
			c->why = "there is more behind a closing quote";
			return -1;
		}
	} else
		while (!is_end(c, c->at) && *c->at != c->mark)
			*to++ = *c->at++;
	if (is_end(c, c->at)) {
		if (c->at < c->end && *c->at == '\r')
			c->at++;
		if (c->at < c->end)
			c->at++;
		c->next_line++;
		*to = '\0';
		return 0;
	}
	c->at++;
	*to = '\0';
	return 1;
}

int
csv_next(struct csv *c, char **out, size_t max, size_t *n)
{
	char	*more;
	int	 got;

	if (c->why != NULL)
		return -1;
	while (c->at < c->end && is_end(c, c->at)) {
		c->at += *c->at == '\r' && c->at + 1 < c->end ? 2 : 1;
		c->next_line++;
	}
	if (c->at == c->end)
		return 0;
	c->line = c->next_line;
	*n = 0;
	do {
		if (*n == max) {
			c->why = "there are too many columns";
			return -1;
		}
		if ((got = field(c, &more)) == -1)
			return -1;
		out[(*n)++] = more;
	} while (got == 1);
	return 1;
}

char
csv_decimal(const struct csv *c)
{
	return c->mark == ';' ? ',' : '.';
}

/* -- numbers ----------------------------------------------------------- */

/* 1: a blank or an apostrophe, which may stand between groups of digits. */
static int
is_group_mark(uint32_t cp)
{
	return cp == ' ' || cp == 0xa0 || cp == 0x202f || cp == 0x2009 ||
	    cp == '\'' || cp == 0x2019;
}

/* A number that is being read: its digits in ASCII, and its groups. */
struct csv_digits {
	char		 digit[DIGITS_MAX];
	size_t		 n;
	uint32_t	 mark;		/* between groups; 0: none yet */
	size_t		 group;		/* digits since the last mark */
	size_t		 between;	/* digits of a group that has a mark
					   on both sides; 0: none yet */
};

/*
 * 1: the group that ends here fits: three digits, or two between two marks; all
 * groups between two marks have the same number of digits.
 */
static int
group_ends(struct csv_digits *p, int is_last)
{
	if (p->mark == 0)
		return 1;
	if (is_last)
		return p->group == 3;
	/* A group between two marks; in India it has two digits. */
	if (p->between != 0 && p->group != p->between)
		return 0;
	p->between = p->group;
	return p->group == 3 || p->group == 2;
}

/* Read the whole part; *s moves behind it.  0: it is none. */
static int
whole(const char **s, char decimal, struct csv_digits *p)
{
	const char	*at = *s;
	uint32_t	 cp;
	size_t		 n;
	int		 digit, is_first = 1;

	for (; *at != '\0' && (n = text_utf8_next(at, strlen(at), &cp)) != 0;
	    at += n) {
		if ((digit = text_digit(cp)) != -1) {
			if (p->n == DIGITS_MAX)
				return 0;
			p->digit[p->n++] = (char)('0' + digit);
			p->group++;
			continue;
		}
		if (cp == (uint32_t)decimal || (!is_group_mark(cp) &&
		    cp != (decimal == ',' ? '.' : ',')))
			break;
		if ((p->mark != 0 && cp != p->mark) || p->group == 0 ||
		    (is_first ? p->group > 3 : !group_ends(p, 0)))
			return 0;
		p->mark = cp;
		p->group = 0;
		is_first = 0;
	}
	*s = at;
	return p->n > 0 && group_ends(p, 1);
}

/* Read the digits behind the decimal mark; *n: how many.  0: none, too many. */
static int
decimals(const char **s, struct csv_digits *p, size_t *n)
{
	uint32_t	 cp;
	size_t		 len;
	int		 digit;

	for (*n = 0; **s != '\0' && (len = text_utf8_next(*s, strlen(*s),
	    &cp)) != 0 && (digit = text_digit(cp)) != -1; *s += len) {
		if (p->n == DIGITS_MAX)
			return 0;
		p->digit[p->n++] = (char)('0' + digit);
		++*n;
	}
	return *n > 0;
}

int
csv_number(const char *s, char decimal, struct buf *out)
{
	const char	 minus[] = "\u2212";
	struct csv_digits	 p;
	size_t		 first, part = 0;
	int		 is_minus;

	memset(&p, 0, sizeof(p));
	while (*s == ' ')
		s++;
	if ((is_minus = *s == '-'))
		s++;
	else if ((is_minus = strncmp(s, minus, strlen(minus)) == 0))
		s += strlen(minus);
	if (!whole(&s, decimal, &p))
		return 0;
	first = p.n;
	if (first > 1 && p.digit[0] == '0')
		return 0;
	if (*s == decimal && (s++, !decimals(&s, &p, &part)))
		return 0;
	if (*s != '\0' && strcmp(s, "+") != 0)
		return 0;
	if (is_minus)
		buf_ch(out, '-');
	buf_add(out, p.digit, first);
	if (part > 0) {
		buf_ch(out, '.');
		buf_add(out, p.digit + first, part);
	}
	buf_str(out, s);
	return 1;
}

int
csv_looks_number(const char *s)
{
	uint32_t	 cp;
	size_t		 n, digits = 0;

	if (*s == '-')
		s++;
	for (; *s != '\0'; s += n) {
		if ((n = text_utf8_next(s, strlen(s), &cp)) == 0)
			return 0;
		if (text_digit(cp) != -1)
			digits++;
		else if (!is_group_mark(cp) && cp != '.' && cp != ',')
			return 0;
	}
	return digits > 1;
}
