/* SPDX-License-Identifier: ISC */
/*
 * Text inside an HTML document.  It comes from pages that may be a stranger's,
 * so all of it is escaped.  Chinese characters in text of another language are
 * marked as Chinese.  On a page from right to left numbers are isolated,
 * because otherwise the marks inside a date or a phone number would take the
 * direction of the letters beside it.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/text.h"

/* 1: a Chinese character; kana and hangul are none. */
static int
is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9fff) ||
	    (cp >= 0xf900 && cp <= 0xfaff) || cp == 0x3007 ||
	    (cp >= 0x20000 && cp <= 0x3ffff);
}

/* 1: a Chinese character, or a mark that may be between those of one name. */
static int
is_mark(uint32_t cp)
{
	return is_han(cp) || cp == 0xb7 || (cp >= 0x3001 && cp <= 0x3011) ||
	    (cp >= 0xff01 && cp <= 0xff1f);
}

/*
 * How many bytes at s are characters for which belongs() is 1, up to the last
 * Chinese one.
 */
static size_t
run(const char *s, size_t len, int (*belongs)(uint32_t))
{
	uint32_t	 cp;
	size_t		 n, at = 0, end = 0;

	while (at < len && (n = text_utf8_next(s + at, len - at, &cp)) > 0 &&
	    belongs(cp)) {
		at += n;
		if (is_han(cp))
			end = at;
	}
	return end;
}

/* 1: cp may be between digits of a number, a date or a time: "1,5", "8:30". */
static int
joins(uint32_t cp)
{
	return (cp >= ',' && cp <= '/') || cp == ':' || cp == '\'' ||
	    cp == 0xa0 || cp == 0x2013 || cp == 0x2019 || cp == 0x202f ||
	    cp == 0x66b || cp == 0x66c;
}

/* 1: cp may end a number behind its digits: a percent sign. */
static int
is_behind(uint32_t cp)
{
	return cp == '%' || cp == 0x2030 || cp == 0x66a;
}

/* 1: a letter of a script that is written from left to right. */
static int
is_ltr_letter(uint32_t cp)
{
	return (cp | 0x20) - 'a' < 26 || (cp >= 0xc0 && cp <= 0x58f &&
	    cp != 0xd7 && cp != 0xf7);
}

/*
 * Bytes of blanks and brackets between two groups of a phone number's digits:
 * " ", ") ", "-(" and so on, with a digit behind them; else 0.  open: whether a
 * bracket is open.
 */
static size_t
phone_gap(const char *s, size_t len, int *open)
{
	uint32_t	 cp;
	size_t		 i, n = 0;
	int		 inside = *open;

	for (i = 0; i < len && i < 3 && strchr(" -()", s[i]) != NULL &&
	    s[i] != '\0'; i++)
		if (s[i] == '(' || s[i] == ')') {
			if (inside != (s[i] == ')'))
				return 0;
			inside = !inside;
		}
	if (i < len)
		n = text_utf8_next(s + i, len - i, &cp);
	if (i == 0 || n == 0 || text_digit(cp) == -1 || (inside &&
	    memchr(s + i, ')', len - i) == NULL))
		return 0;
	*open = inside;
	return i;
}

/*
 * The bytes of a sign at s that may be in front of a number's digits, as "+",
 * "-", "<" or "(", which sets *open; 0: there is none.
 */
static size_t
number_start(const char *s, size_t len, uint32_t *cp, int *open)
{
	size_t	 n = text_utf8_next(s, len, cp);

	*open = *cp == '(';
	if (n == 0 || *cp == '\0' || (*cp != 0x2212 &&
	    (*cp > 0x7f || strchr("+-<>(", (int)*cp) == NULL)))
		return 0;
	return n;
}

/*
 * The bytes of the number, date, time or phone number that begins at s; 0: none
 * does.  One that begins with "+" or 0 may be a phone number, whose groups of
 * digits may have blanks and brackets between them.
 */
static size_t
number_run(const char *s, size_t len)
{
	uint32_t	 cp, sign = 0;
	size_t		 n, gap, at, end = 0;
	int		 open, phone;

	at = number_start(s, len, &sign, &open);
	if (at == len || text_utf8_next(s + at, len - at, &cp) == 0 ||
	    text_digit(cp) == -1)
		return 0;
	phone = sign == '+' || text_digit(cp) == 0;
	if (open && !phone)
		return 0;		/* other text in brackets */
	for (; at < len && (n = text_utf8_next(s + at, len - at, &cp)) > 0;
	    at += n) {
		if (text_digit(cp) != -1)
			end = open ? end : at + n;
		else if (phone && (gap = phone_gap(s + at, len - at,
		    &open)) > 0)
			n = gap;
		else if (end == at && joins(cp))
			phone = phone && cp == '-';
		else if (end == at && is_behind(cp))
			return at + n;
		else
			break;
	}
	if (end < len && text_utf8_next(s + end, len - end, &cp) > 0 &&
	    is_ltr_letter(cp))
		return 0;
	return end;
}

/* Bytes up to the next blank. */
static size_t
word_run(const char *s, size_t len)
{
	const char	*blank = memchr(s, ' ', len);

	return blank == NULL ? len : (size_t)(blank - s);
}

/* Append text in which no Chinese must be marked; rtl: isolate its numbers. */
static void
put_numbers(struct buf *b, const char *s, size_t len, int rtl)
{
	uint32_t	 cp;
	size_t		 i, n, step, from = 0;

	for (i = 0; rtl && i < len; i += step) {
		n = number_run(s + i, len - i);
		if (n > 0 && s[i] == '-' && i > 0 && s[i - 1] != ' ')
			n = 0;		/* it is a hyphen, no minus */
		if (n > 0) {
			text_markup(s + from, i - from, b);
			buf_str(b, "<bdi dir=\"ltr\">");
			text_markup(s + i, n, b);
			buf_str(b, "</bdi>");
			from = i + n;
			step = n;
		} else if ((step = text_utf8_next(s + i, len - i, &cp)) == 0)
			step = 1;
		else if (is_ltr_letter(cp) || text_digit(cp) != -1)
			step = word_run(s + i, len - i);	/* "km2", "A4" */
	}
	text_markup(s + from, len - from, b);
}

void
html_text(struct buf *b, const char *s, size_t len,
    const struct html_script *script)
{
	const char	*han = script->han;
	size_t		 i, n, from = 0;

	for (i = 0; han != NULL && i < len; i += n) {
		n = 1;
		if ((s[i] & 0x80) == 0 || run(s + i, len - i, is_han) == 0)
			continue;
		n = run(s + i, len - i, is_mark);
		put_numbers(b, s + from, i - from, script->rtl);
		buf_str(b, "<span lang=\"");
		text_markup(han, strlen(han), b);
		buf_str(b, "\">");
		text_markup(s + i, n, b);
		buf_str(b, "</span>");
		from = i + n;
	}
	put_numbers(b, s + from, len - from, script->rtl);
}

/* 1: XML does not allow the character, not even escaped. */
static int
is_no_xml(uint32_t cp)
{
	return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') ||
	    cp == 0xfffe || cp == 0xffff;
}

void
html_clean(struct buf *b, const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 i, n, from = 0;

	for (i = 0; i < len; i += n) {
		if ((n = text_ascii_run(s + i, len - i)) > 0)
			continue;
		n = text_utf8_next(s + i, len - i, &cp);
		if (n > 0 && !is_no_xml(cp))
			continue;
		buf_add(b, s + from, i - from);
		buf_str(b, "\xef\xbf\xbd");
		n = n > 0 ? n : 1;
		from = i + n;
	}
	buf_add(b, s + from, len - from);
}

size_t
html_phone(const char *s, size_t len)
{
	size_t	 i, end = 0;

	for (i = 0; i < len && s[i] != '\0' &&
	    strchr("+0123456789 ./()-", s[i]) != NULL; i++)
		if (s[i] >= '0' && s[i] <= '9')
			end = i + 1;
	return end;
}
