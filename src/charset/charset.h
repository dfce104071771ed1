/*
 * What a tree's charset can show.  Text stays UTF-8 until its lines are
 * broken: charset_fit() brings it down to the characters that the charset
 * has, charset_encode() turns a finished line into its bytes.
 */
#ifndef CHARSET_CHARSET_H
#define CHARSET_CHARSET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct buf;
struct site_table;

enum charset { CHARSET_UTF8, CHARSET_ASCII, CHARSET_GB2312, CHARSET_HZ };

/* A charset with the capsule's own replacements; set by charset_init(). */
struct fit {
	enum charset			 charset;
	const struct site_table		*site;	/* borrowed; NULL is fine */
	uint8_t				 first[32];	/* bytes they begin with */
	int				 ascii_first;	/* some are ASCII */
	int				 any;		/* there are some */
	/* Told each character that has no place.  May be NULL. */
	void	(*lacks)(void *arg, uint32_t cp);
	void				*arg;
};

void	charset_init(struct fit *, enum charset, const struct site_table *);

/*
 * Append s as one line of UTF-8 that the charset can hold: replacements
 * first, then our table of quotes, dashes, accents and the like; in ASCII a
 * parenthesis of nothing but lacking characters goes, with one space beside
 * it.  What is left over is told to lacks() and shown as '?'.  Control and
 * direction characters, broken UTF-8 and piles of accents never pass, in
 * any charset.  The number of characters without a place.
 */
size_t	charset_fit(const struct fit *, const char *s, size_t len,
	    struct buf *out);
/* A fitted line as its bytes. */
void	charset_encode(enum charset, const char *s, size_t len, struct buf *);
/* Bytes from a reader to UTF-8.  -1: they are not of this charset. */
int	charset_decode(enum charset, const char *s, size_t len, struct buf *);
/* Columns: in GB2312 all that is not ASCII fills two. */
unsigned charset_char_width(enum charset, uint32_t cp);
size_t	charset_width(enum charset, const char *s, size_t len);
const char *charset_name(enum charset);		/* "ASCII": for messages */

/*
 * text_utf8_next() with the two common cases, ASCII and hanzi, in line; a
 * bad byte counts as '?'.
 */
static inline size_t
charset_step(const char *s, size_t len, uint32_t *cp)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 n;

	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed && len >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		*cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 |
		    (p[2] & 63);
		return 3;
	}
	if ((n = text_utf8_next(s, len, cp)) > 0)
		return n;
	*cp = '?';
	return 1;
}

/*
 * How many bytes at s are printable ASCII, eight at a step: most text is.
 */
static inline size_t
charset_ascii_run(const char *s, size_t len)
{
	const uint64_t	 ones = 0x0101010101010101u;
	uint64_t	 x;
	size_t		 n;

	for (n = 0; n + 8 <= len; n += 8) {
		memcpy(&x, s + n, 8);
		/* Below 0x20, 0x7f, above: a borrow comes from such only. */
		if (((x | (x - ones * 0x20) | (x + ones)) & ones * 0x80) != 0)
			break;
	}
	while (n < len && (uint8_t)s[n] - 0x20u < 0x5f)
		n++;
	return n;
}

/* Hanzi, CJK marks and full-width forms: two columns, never combining. */
static inline int
charset_is_plain_wide(uint32_t cp)
{
	return (cp >= 0x4e00 && cp < 0x9fa6) ||
	    (cp >= 0x3001 && cp <= 0x3011) || (cp > 0xff00 && cp < 0xff5f);
}

#endif
