/* SPDX-License-Identifier: ISC */
/*
 * What office editors and input methods do to a YAML file.  damage_check()
 * looks at the bytes before YAML does; damage_lines() is asked once YAML
 * has failed, and looks for marks, spaces and dashes that only look like
 * YAML's; damage_odd() finds such a character in one value.  The bytes are an
 * author's and may be anything.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "content/damage.h"
#include "content/diag.h"

/* This many messages of a kind are enough: one file could have hundreds. */
#define PER_KIND	20

struct damage_place {
	unsigned	 line, column;
};

static struct damage_place
place_of(const char *data, size_t at)
{
	struct damage_place	 p = { 1, 1 };
	size_t		 i;

	for (i = 0; i < at; i++) {
		if (data[i] == '\n') {
			p.line++;
			p.column = 1;
		} else if (((unsigned char)data[i] & 0xc0) != 0x80)
			p.column++;
	}
	return p;
}

/* 1: every byte above 0x7f is part of a well-formed GB18030 character. */
static int
is_gb18030(const unsigned char *s, size_t len)
{
	size_t	 i = 0;

	while (i < len) {
		if (s[i] < 0x80) {
			i++;
			continue;
		}
		if (s[i] == 0x80 || s[i] == 0xff || i + 1 >= len)
			return 0;
		if (s[i + 1] >= 0x30 && s[i + 1] <= 0x39) {
			if (i + 3 >= len || s[i + 2] < 0x81 ||
			    s[i + 2] == 0xff || s[i + 3] < 0x30 ||
			    s[i + 3] > 0x39)
				return 0;
			i += 4;
		} else if (s[i + 1] >= 0x40 && s[i + 1] != 0x7f &&
		    s[i + 1] != 0xff)
			i += 2;
		else
			return 0;
	}
	return 1;
}

static int
check_encoding(const char *file, const char *data, size_t len,
    struct diag *d)
{
	const unsigned char	*s = (const unsigned char *)data;
	struct damage_place		 p;
	size_t			 bad;

	if (len >= 2 && ((s[0] == 0xff && s[1] == 0xfe) ||
	    (s[0] == 0xfe && s[1] == 0xff))) {
		diag_add(d, DIAG_ERROR, file, 1, 1, "the file is UTF-16: "
		    "save it as UTF-8 without byte order mark");
		return -1;
	}
	if ((bad = text_utf8_check(data, len)) == len)
		return 0;
	p = place_of(data, bad);
	if (is_gb18030(s, len))
		diag_add(d, DIAG_ERROR, file, p.line, p.column,
		    "byte 0x%02x: the file is GB18030 (GBK, \"ANSI\"): save "
		    "it as UTF-8", s[bad]);
	else
		diag_add(d, DIAG_ERROR, file, p.line, p.column,
		    "byte 0x%02x is not valid UTF-8: save the file as UTF-8",
		    s[bad]);
	return -1;
}

/* One of the eight bytes at s is a control character, 0x7f or 0xe2. */
static int
is_odd_word(const char *s)
{
	const uint64_t	 ones = 0x0101010101010101u, top = ones * 0x80;
	uint64_t	 x, del, e2;

	memcpy(&x, s, sizeof(x));
	del = x ^ ones * 0x7f;
	e2 = x ^ ones * 0xe2;
	return ((((x - ones * 0x20) & ~x) | ((del - ones) & ~del) |
	    ((e2 - ones) & ~e2)) & top) != 0;
}

/*
 * The code of a character of three bytes from 0xe2 on that nobody sees, or
 * 0.  Not the joiners U+200C and U+200D nor the marks U+200E and U+200F:
 * Persian, Arabic, Indian writing and emoji need them.
 */
static unsigned
odd_after_e2(const char *s)
{
	static const struct { char bytes[4]; unsigned cp; } odd[] = {
		{ "\xe2\x80\x8b", 0x200b }, { "\xe2\x80\xa8", 0x2028 },
		{ "\xe2\x80\xa9", 0x2029 }, { "\xe2\x81\xa0", 0x2060 },
	};
	size_t	 i;

	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		if (memcmp(s, odd[i].bytes, 3) == 0)
			return odd[i].cp;
	return 0;
}

/* 1: the letter before at is of a script that is written without spaces. */
static int
needs_breaks(const char *data, size_t at)
{
	uint32_t	 cp;

	if (at < 3 || text_utf8_next(data + at - 3, 3, &cp) != 3)
		return 0;
	return (cp >= 0x0e00 && cp <= 0x0eff) ||	/* Thai, Lao */
	    (cp >= 0x1000 && cp <= 0x109f) ||		/* Burmese */
	    (cp >= 0x1780 && cp <= 0x17ff);		/* Khmer */
}

/* 1: check_controls() has nothing to report, as in most files: be quick. */
static int
is_clean(const char *data, size_t len)
{
	size_t	 i, n;

	for (i = 0; i < len; i += n) {
		const unsigned char	 c = (unsigned char)data[i];

		n = 8;
		if (len - i >= n && !is_odd_word(data + i))
			continue;
		n = 1;
		if ((c < 0x20 && c != '\n' && c != '\r') || c == 0x7f)
			return 0;
		if (c == 0xe2 && len - i >= 3 && (data[i + 1] == '\x80' ||
		    data[i + 1] == '\x81') && odd_after_e2(data + i) != 0)
			return 0;
	}
	return 1;
}

/*
 * Tabs, other control characters and the line breaks of YAML 1.1.  -1 when
 * libyaml would not read on.
 */
static int
check_controls(const char *file, const char *data, size_t len,
    struct diag *d)
{
	unsigned	 line = 1, column = 1, tabs = 0, others = 0;
	unsigned	 tab_line = 0, unseen = 0, cp;
	size_t		 i;

	if (is_clean(data, len))
		return 0;
	for (i = 0; i < len; i++) {
		const unsigned char	 c = (unsigned char)data[i];

		if (c == '\n') {
			line++;
			column = 1;
			continue;
		}
		if (c == '\t') {
			if (line != tab_line && tabs++ < PER_KIND)
				diag_add(d, DIAG_ERROR, file, line, column,
				    "a tab: write spaces instead");
			tab_line = line;
		} else if ((c < 0x20 && c != '\r') || c == 0x7f) {
			if (others++ < PER_KIND)
				diag_add(d, DIAG_ERROR, file, line, column,
				    "control character 0x%02x: remove it", c);
		} else if (c != 0xe2 || i + 2 >= len ||
		    (cp = odd_after_e2(data + i)) == 0) {
			;
		} else if (cp == 0x2028 || cp == 0x2029) {
			if (others++ < PER_KIND)
				diag_add(d, DIAG_ERROR, file, line, column,
				    "line separator U+%04X: remove it", cp);
		} else if (!needs_breaks(data, i) && unseen++ < PER_KIND)
			diag_add(d, DIAG_WARNING, file, line, column, "an "
			    "invisible space without width, U+%04X, as web "
			    "pages have them: remove it", cp);
		if ((c & 0xc0) != 0x80)
			column++;
	}
	return others > 0 ? -1 : 0;
}

int
damage_check(const char *file, const char *data, size_t len, size_t *start,
    struct diag *d)
{
	const char	*cr;
	struct damage_place	 p;
	size_t		 skip = 0;

	*start = 0;
	if (check_encoding(file, data, len, d) == -1)
		return -1;
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
		diag_add(d, DIAG_ERROR, file, 1, 1, "the file begins with a "
		    "byte order mark (BOM): save it as UTF-8 without BOM");
		skip = 3;
	}
	*start = skip;
	if ((cr = memchr(data, '\r', len)) != NULL) {
		p = place_of(data, (size_t)(cr - data));
		diag_add(d, DIAG_ERROR, file, p.line, p.column, "%s: save the "
		    "file with LF (Unix) line ends", diag_say(d,
		    cr + 1 < data + len && cr[1] == '\n' ?
		    "the lines end in CRLF" : "a carriage return"));
	}
	return check_controls(file, data + skip, len - skip, d);
}

/*
 * The ASCII character that an input method's wide one or a word processor's
 * space or dash stands for, 0 for none; NOTHING for what should not be there.
 */
#define NOTHING		'\1'

static char
narrow(uint32_t cp)
{
	static const struct { uint32_t from, to; char c; } more[] = {
		{ 0xa0, 0xa0, ' ' }, { 0x1680, 0x1680, ' ' },
		{ 0x2000, 0x200a, ' ' }, { 0x2010, 0x2015, '-' },
		{ 0x202f, 0x202f, ' ' }, { 0x205f, 0x205f, ' ' },
		{ 0x2212, 0x2212, '-' }, { 0x3000, 0x3000, ' ' },
		{ 0x3010, 0x3010, '[' }, { 0x3011, 0x3011, ']' },
		{ 0xfeff, 0xfeff, NOTHING },
	};
	size_t	 i;

	if (cp >= 0xff01 && cp <= 0xff5e)
		return (char)(cp - 0xfee0);
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (cp >= more[i].from && cp <= more[i].to)
			return more[i].c;
	return 0;
}

/*
 * 1: a word processor's quote stands at an end of the value, where YAML's is
 * meant.  Within a text such quotes are right.
 */
static int
curly_at_end(const char *s, size_t len, struct damage_odd *odd)
{
	static const struct { char curly[4], c; } quotes[] = {
		{ "“", '"' }, { "”", '"' }, { "‘", '\'' }, { "’", '\'' },
	};
	size_t	 i;

	for (i = 0; len >= 3 && i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (memcmp(s, quotes[i].curly, 3) == 0 ||
		    memcmp(s + len - 3, quotes[i].curly, 3) == 0) {
			memcpy(odd->text, quotes[i].curly, 4);
			odd->ascii = quotes[i].c;
			return 1;
		}
	return 0;
}

int
damage_odd(const char *s, size_t len, struct damage_odd *odd)
{
	size_t	 n;

	odd->cp = 0;
	if (curly_at_end(s, len, odd))
		return 1;
	for (; len > 0; s += n, len -= n) {
		if ((n = text_utf8_next(s, len, &odd->cp)) == 0)
			n = 1;
		else if ((odd->ascii = narrow(odd->cp)) != 0) {
			memcpy(odd->text, s, n);
			odd->text[n] = '\0';
			return 1;
		}
	}
	return 0;
}

void
damage_remedy(const struct damage_odd *odd, struct diag *d, char *out,
    size_t size)
{
	if (odd->ascii == NOTHING)
		snprintf(out, size, diag_say(d, "remove the byte order mark "
		    "(U+%04X)"), odd->cp);
	else if (odd->ascii == ' ' && odd->cp != 0x3000)
		snprintf(out, size, diag_say(d, "the space U+%04X should be "
		    "an ordinary one"), odd->cp);
	else if (odd->ascii == '-' && odd->cp < 0xff00)
		snprintf(out, size, diag_say(d, "the dash U+%04X should be "
		    "the ASCII \"-\""), odd->cp);
	else
		snprintf(out, size, diag_say(d, "the full-width \"%s\" "
		    "should be the ASCII \"%c%s\""), odd->text, odd->ascii,
		    odd->ascii == ':' || odd->ascii == ',' ? " " : "");
}

/* 1: between the last separator and at there is a bare key. */
static int
key_before(const char *line, const char *at)
{
	const char	*p = at;

	while (p > line && p[-1] == ' ')
		p--;
	if (p == line)
		return 0;
	while (p > line && ((p[-1] >= 'a' && p[-1] <= 'z') ||
	    (p[-1] >= '0' && p[-1] <= '9') || p[-1] == '_' || p[-1] == '-'))
		p--;
	if (p == at || *p == '-')
		return 0;
	while (p > line && p[-1] == ' ')
		p--;
	return p == line || p[-1] == '-' || p[-1] == '{' || p[-1] == ',' ||
	    (p - line >= 3 && (memcmp(p - 3, "，", 3) == 0 ||
	    memcmp(p - 3, "｛", 3) == 0));
}

/* 1: from line to p there are only spaces, of whatever kind. */
static int
is_indent(const char *line, const char *p)
{
	uint32_t	 cp;
	size_t		 n;

	for (; line < p; line += n)
		if ((n = text_utf8_next(line, (size_t)(p - line), &cp)) == 0 ||
		    (cp != ' ' && narrow(cp) != ' '))
			return 0;
	return 1;
}

/*
 * Does the odd character at p, which means the ASCII one c, stand where YAML
 * has its own marks, and not within a text?  after: what follows it.
 */
static int
is_structure(const char *line, const char *p, const char *after,
    const char *end, char c)
{
	const char	*q;
	uint32_t	 cp;

	switch (c) {
	case ':':
		return key_before(line, p);
	case '-':		/* of a list's item */
		return is_indent(line, p) && after < end &&
		    text_utf8_next(after, (size_t)(end - after), &cp) != 0 &&
		    (cp == ' ' || narrow(cp) == ' ');
	case ' ':
		return is_indent(line, p) || p[-1] == ' ' || p[-1] == '-' ||
		    p[-1] == ':';
	case NOTHING:
		return p == line || p[-1] == ' ';
	case '{':
	case '[':
		return p > line && (p[-1] == ' ' || p[-1] == ':');
	case ',':
		for (q = after; q < end && *q == ' '; q++)
			;
		while (q < end && *q >= 'a' && *q <= 'z')
			q++;
		return q < end && (*q == ':' ||
		    (end - q >= 3 && memcmp(q, "：", 3) == 0));
	default:
		return 0;
	}
}

static void
say_structure(const char *file, unsigned line, unsigned column,
    const char *s, size_t n, uint32_t cp, char c, struct diag *d)
{
	if (c == NOTHING)
		diag_add(d, DIAG_ERROR, file, line, column, "a byte order "
		    "mark (U+%04X) inside the file, as joined files have it: "
		    "remove it", cp);
	else if (c == ' ' && cp != 0x3000)
		diag_add(d, DIAG_ERROR, file, line, column, "the space "
		    "U+%04X, as word processors and web pages have it: YAML "
		    "wants an ordinary one", cp);
	else if (c == '-' && cp < 0xff00)
		diag_add(d, DIAG_ERROR, file, line, column, "the dash U+%04X, "
		    "as word processors make it: YAML wants the ASCII \"-\"",
		    cp);
	else
		diag_add(d, DIAG_ERROR, file, line, column,
		    "full-width \"%.*s\": YAML wants the ASCII \"%s\"",
		    (int)n, s, c == ':' ? ": " : c == ',' ? ", " :
		    c == '{' ? "{" : c == '[' ? "[" : c == '-' ? "-" : " ");
}

static size_t
wide_in_line(const char *file, const char *s, size_t len, unsigned line,
    struct diag *d)
{
	const char	*end = s + len, *p;
	unsigned	 column = 1;
	uint32_t	 cp;
	size_t		 n, found = 0;
	char		 c;

	for (p = s; p < end; p += n, column++) {
		if (*p == '#' && (p == s || p[-1] == ' '))
			break;			/* a comment may hold any */
		if ((n = text_utf8_next(p, (size_t)(end - p), &cp)) == 0) {
			n = 1;
			continue;
		}
		if ((c = narrow(cp)) == 0 ||
		    !is_structure(s, p, p + n, end, c))
			continue;
		/* One message for a whole indent of such spaces. */
		if (c != ' ' || found == 0 || !is_indent(s, p))
			say_structure(file, line, column, p, n, cp, c, d);
		found++;
	}
	return found;
}

size_t
damage_lines(const char *file, const char *data, size_t len,
    unsigned first_line, struct diag *d)
{
	const char	*p = data, *end = data + len, *lf;
	size_t		 found = 0;

	for (; p < end && found < PER_KIND; p = lf + 1, first_line++) {
		if ((lf = memchr(p, '\n', (size_t)(end - p))) == NULL)
			lf = end;
		found += wide_in_line(file, p, (size_t)(lf - p), first_line,
		    d);
		if (lf == end)
			break;
	}
	return found;
}
