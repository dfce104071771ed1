/* SPDX-License-Identifier: ISC */
/*
 * What the strings of a capsule may be: ids, hosts, URLs, texts, dates and
 * figures.  Each function looks at one string, and those that return text say
 * what is wrong with it, in words for its author.  The locale has no effect.
 * The strings are the author's and may hold any character.
 */
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/schema.h"
#include "proto/trees.h"
#include "proto/url.h"

#define LOWER	"abcdefghijklmnopqrstuvwxyz"
#define UPPER	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT	"0123456789"

#define VALUE_DIGITS	15		/* a double holds that many exactly */

int
kind_is_id(const char *s, size_t min, size_t max)
{
	return text_is_id(s, strlen(s), min, max);
}

int
kind_is_host(const char *s)
{
	size_t	 len = strlen(s), n;

	if (len == 0 || len > 253)
		return 0;
	for (;;) {
		n = strspn(s, LOWER DIGIT "-");
		if (n == 0 || n > 63 || s[0] == '-' || s[n - 1] == '-')
			return 0;
		if (s[n] == '\0')
			return 1;
		if (s[n] != '.')
			return 0;
		s += n + 1;
	}
}

int
kind_is_key(const char *s)
{
	return strlen(s) == 56 && strncmp(s, "RW", 2) == 0 &&
	    strspn(s, LOWER UPPER DIGIT "+/") == 56;
}

int
kind_is_fact(const char *s)
{
	return *s != '\0' && strlen(s) <= SCHEMA_ID_MAX &&
	    strspn(s, LOWER UPPER DIGIT) > 0 &&
	    s[strspn(s, LOWER UPPER DIGIT "._-")] == '\0';
}

int
kind_is_taken(const char *s)
{
	static const char *const	own[] = { "apeng", "data", "files", "s",
					    "search", NULL };
	size_t				i;

	for (i = 0; own[i] != NULL; i++)
		if (strcmp(s, own[i]) == 0)
			return 1;
	return trees_find(s) != NULL;
}

const char *
kind_url(const char *s)
{
	const struct url_scheme	*k;
	const char		*p;
	size_t			 n;

	for (p = s; *p != '\0'; p++)
		if (*p <= ' ' || *p >= 0x7f)
			return "want ASCII without spaces, the rest as %XX";
	if (p - s > SCHEMA_STRING_MAX)
		return "at most 300 bytes";
	for (k = url_schemes; k->name != NULL; k++) {
		n = strlen(k->name);
		if (strncmp(s, k->name, n) != 0 || s[n] != ':' ||
		    (k->has_host && strncmp(s + n, "://", 3) != 0))
			continue;
		n += k->has_host ? 3 : 1;
		if (s[n] == '\0' || s[n] == '/' || s[n] == '?' || s[n] == '#')
			return "want a host or an address behind the scheme";
		return NULL;
	}
	return "want an address that begins with http://, https://, "
	    "gemini://, gopher:// or mailto:";
}

static int
is_space(uint32_t cp)
{
	return cp == ' ' || cp == 0xa0 || cp == 0x1680 || cp == 0x3000 ||
	    (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f;
}

/*
 * Why no text may hold a character, mostly since readers would not see what is
 * there; NULL: a text may hold it.
 */
static const char *
text_char(uint32_t cp)
{
	if (cp == '\n')
		return "has a line break: want one line (write >- for a "
		    "folded text)";
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return "has a control character";
	if (cp == 0xfeff)
		return "has a byte order mark (U+FEFF) inside: remove it";
	if (cp == 0xfffd)
		return "has the mark of a failed conversion (U+FFFD): write "
		    "the lost character again";
	if (cp == 0xfffe || cp == 0xffff)	/* XML cannot hold them */
		return "has a code that is not a character (U+FFFE or "
		    "U+FFFF): remove it";
	if (cp == 0x2028 || cp == 0x2029)
		return "has a line separator: want one line";
	if ((cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069))
		return "has an invisible mark of writing direction: remove "
		    "it";
	return NULL;
}

/* A space at either end, what nobody may see, or a space of YAML's. */
static const char *
text_chars(const char *s, size_t len, int folded)
{
	const char	*p, *end = s + len, *why;
	uint32_t	 cp = 0, last = 0, before = 0;
	size_t		 n;

	for (p = s; p < end; p += n) {
		const unsigned char	 c = (unsigned char)*p;

		/* Most bytes need no text_char(): decode only the others. */
		n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
		if (c >= 0x20 && c < 0x7f)
			n = 1;
		else if (c < 0xc3 || c == 0xe2 || c == 0xef) {
			if ((n = text_utf8_next(p, (size_t)(end - p), &cp)) ==
			    0)
				return "is not valid UTF-8";
			if ((why = text_char(cp)) != NULL)
				return why;
		}
		if (!folded && p > s && p + n < end)
			continue;
		if (text_utf8_next(p, (size_t)(end - p), &cp) == 0)
			return "is not valid UTF-8";
		if (p == s && is_space(cp))
			return "begins with a space: remove it";
		if (folded && last == ' ' && text_is_cjk(before) &&
		    text_is_cjk(cp))
			return "spans lines, and YAML puts a space at a line's"
			    " end: write Chinese on one line";
		before = last;
		last = cp;
	}
	return is_space(last) ? "ends in a space: remove it" : NULL;
}

const char *
kind_text(const char *s, size_t len, int line_start, int folded)
{
	static const char *const starts[] = { "=>", "#", "* ", ">", "```" };
	const char	*why;
	size_t		 i;

	if (len == 0)
		return "is empty";
	if ((*s == '!' && s[1] == '[') || strncmp(s, "data:image/", 11) == 0)
		return "is a pasted picture: put its file into files/ and "
		    "name it in a block \"image\"";
	if (len > SCHEMA_TEXT_MAX)
		return "is longer than 4000 bytes: make two of it";
	if ((why = text_chars(s, len, folded)) != NULL)
		return why;
	if (!line_start || strchr(".=#*>`", *s) == NULL)
		return NULL;
	if (*s == '.')
		return "begins with \".\", which ends a text on Gopher: begin "
		    "with something else";
	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(s, starts[i], strlen(starts[i])) == 0)
			return "begins as a line of gemtext with a meaning of "
			    "its own (=> # * > ```): begin with something "
			    "else";
	return NULL;
}

/* n digits as a number; -1: not all are digits. */
static int
digits(const char *s, size_t n)
{
	int	 v = 0;

	for (; n > 0; n--, s++) {
		if (*s < '0' || *s > '9')
			return -1;
		v = v * 10 + (*s - '0');
	}
	return v;
}

int
kind_moment(const char *s, int plain, struct moment *to)
{
	size_t	 len = strlen(s), minus = *s == '-';
	int	 year, month = 0, day = 0;

	if (!minus && (len == 7 || len == 10) && s[4] == '-') {
		year = digits(s, 4);
		month = digits(s + 5, 2);
		if (len == 10)
			day = digits(s + 8, 2);
		if (!clock_is_day(year, month, len == 10 ? day : 1) ||
		    (len == 10 && s[7] != '-'))
			return 0;
	} else if (plain && len - minus >= 1 && len - minus <= 4 &&
	    s[minus] != '0') {
		if ((year = digits(s + minus, len - minus)) == -1)
			return 0;
		if (minus)
			year = -year;
	} else
		return 0;
	if (year < MOMENT_YEAR_MIN || year > MOMENT_YEAR_MAX)
		return 0;
	*to = (struct moment){ year, (unsigned)month, (unsigned)day };
	return 1;
}

/* 1: words that multiply it by ten thousand or a hundred million. */
static int
is_multiplied(const char *s)
{
	static const char *const words[] = { "万", "亿", "萬", "億" };
	size_t	 i;

	s += strspn(s, " ");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(s, words[i], strlen(words[i])) == 0)
			return 1;
	return 0;
}

#define OTHER_DIGITS	"want the digits 0 to 9 in a number, as 2402"

/*
 * What people put between groups of digits, and a digit behind it: what is
 * wrong, or NULL.  s begins right behind a digit.
 */
static const char *
separator(const char *s)
{
	const char	*first = s;
	uint32_t	 cp, mark = 0;
	size_t		 n;

	while ((n = text_utf8_next(s, strlen(s), &cp)) != 0 &&
	    (is_space(cp) || cp == '\'' || cp == '`' || cp == '_' ||
	    cp == ',' || cp == '.' || cp == 0xb4 || cp == 0xb7 ||
	    cp == 0x2bc || cp == 0x60c || cp == 0x66b || cp == 0x66c ||
	    cp == 0x2018 || cp == 0x2019 || cp == 0x2032 || cp == 0x3001 ||
	    cp == 0xff0c || cp == 0xff0e || cp == 0x2d9)) {
		mark = cp;
		s += n;
	}
	if (n == 0 || text_digit(cp) == -1)
		return NULL;
	if (s == first)
		return OTHER_DIGITS;
	return is_space(mark) ? "want a number without spaces in it, as 12000 "
	    "(apeng writes the separators of thousands)" :
	    "want a number without separators of thousands, and with a point "
	    "before decimals, as 12000 or 4.5 (apeng writes the separators)";
}

/* Number first: digits, perhaps a point and digits.  NULL: *end is behind. */
static const char *
decimal(const char *s, const char **end, double *number)
{
	const char	*p = s;
	double		 whole = 0, scale = 1;
	uint32_t	 cp;
	size_t		 n, ndigit = 0;

	if (*p == '-')
		p++;
	n = strspn(p, DIGIT);
	if (n == 0 && text_utf8_next(p, strlen(p), &cp) != 0 &&
	    text_digit(cp) != -1 && cp < 0xff00)
		return OTHER_DIGITS;
	if (n == 0)
		return "want a number";
	if (n > 1 && *p == '0')
		return "want a number without leading zeros";
	for (; *p >= '0' && *p <= '9'; p++, ndigit++)
		whole = whole * 10 + (*p - '0');
	if (*p == '.') {
		if (strspn(++p, DIGIT) == 0)
			return "want a digit behind the point";
		for (; *p >= '0' && *p <= '9'; p++, ndigit++) {
			whole = whole * 10 + (*p - '0');
			scale *= 10;
		}
	}
	if (ndigit > VALUE_DIGITS)
		return "want at most 15 digits";
	*number = (*s == '-' ? -whole : whole) / scale;
	*end = p;
	return NULL;
}

/*
 * Figures that offices publish and nobody can draw: "<5", ">=10", "~300",
 * "ca. 850", "3-5", "n/a".  NULL: one of them, *number is the first number in
 * it, or 0.
 */
static const char *
published(const char *s, double *number)
{
	static const char *const before[] = { "<=", ">=", "<", ">", "≤", "≥",
	    "~", "ca. " };
	const char	*p;
	double		 second;
	size_t		 i, n;

	*number = 0;
	if (strcmp(s, "n/a") == 0)
		return NULL;
	for (i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		n = strlen(before[i]);
		if (strncmp(s, before[i], n) == 0 && s[n] != '-' &&
		    decimal(s + n, &p, number) == NULL)
			return *p == '\0' ? NULL : "want a plain decimal "
			    "number, as 7 or 8.5";
	}
	if (*s == '-' || decimal(s, &p, number) != NULL)
		return "want a number";
	n = *p == '-' ? 1 : strncmp(p, "–", 3) == 0 ? 3 : 0;
	if (n == 0 || p[n] == '-' || decimal(p + n, &p, &second) != NULL ||
	    *p != '\0' || second <= *number)
		return "want a number";
	return NULL;
}

/*
 * A decimal number, perhaps with a + behind it ("1800+"), perhaps with words:
 * *is_worded says so.  *number is its value, exact to 15 digits in any
 * locale; with words it is only what they begin with.
 */
const char *
kind_value(const char *s, int plain_number, double *number, int *is_worded)
{
	const char	*p, *why;

	*is_worded = VALUE_NUMBER;
	if (!plain_number && published(s, number) == NULL) {
		*is_worded = VALUE_PUBLISHED;
		return NULL;
	}
	if ((why = decimal(s, &p, number)) != NULL)
		return why;
	if (*p == '\0' || strcmp(p, "+") == 0)
		return NULL;
	if ((why = separator(p)) != NULL)
		return why;
	if (plain_number || strchr(LOWER UPPER, *p) != NULL)
		return "want a plain decimal number, as 7 or 8.5";
	if (*p == ',' || *p == '.' || *p == '_')
		return "want a number without separators of thousands, and "
		    "with a point before decimals, as 12000 or 4.5 (apeng "
		    "writes the separators)";
	if (is_multiplied(p))
		return "want the number in full, 85000 for 8.5万: charts and "
		    "tables would leave the word out, and pages in Chinese "
		    "write it by themselves";
	if (strlen(s) > SCHEMA_VALUE_MAX)
		return "at most 60 bytes";
	if ((why = kind_text(s, strlen(s), 0, 0)) != NULL)
		return why;
	*is_worded = VALUE_WORDED;
	return NULL;
}
