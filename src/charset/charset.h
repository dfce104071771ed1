/* SPDX-License-Identifier: ISC */
/*
 * Charsets: characters, bytes and columns.  A charset is one struct.  Text
 * stays UTF-8 until it is cut into lines: charset_fit() reduces it to the
 * characters that the charset has, charset_encode() turns a finished line into
 * its bytes.
 */
#ifndef CHARSET_CHARSET_H
#define CHARSET_CHARSET_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct replace;

struct charset {
	const char	*name;		/* of a tree's row: "latin1" */
	const char	*label;		/* in messages and menus: "ISO 8859-1" */
	const char	*replace;	/* its name under replacements: of a
					   capsule; NULL: it lacks nothing */
	/* Columns of each character beside ASCII; 0: as Unicode has it. */
	unsigned	 cell;
	int		 is_8bit;	/* its bytes from 0x80 up are no UTF-8 */
	int		 lacks_wide;	/* no hanzi: (中文) is left out */
	int		 takes_any;	/* nearly any bytes pass as its text:
					   others are tried before it */
	/* 1: it has every character, so has() and wide() need not be called. */
	int		 all;
	/* 1: it has the character cp, which is none of ASCII. */
	int		(*has)(uint32_t cp);
	/*
	 * The two bytes, the first one from 0x80 up, of a character with
	 * charset_is_plain_wide(); 0: it has none.  NULL: it has none at all.
	 */
	unsigned	(*wide)(uint32_t cp);
	/* Append a line that charset_fit() made, as bytes.  NULL: as it is. */
	void		(*encode)(const char *, size_t len, struct buf *);
	/* Append bytes as UTF-8.  -1: they are not of this charset. */
	int		(*decode)(const char *, size_t len, struct buf *);
	/*
	 * Add to *cols the columns of the characters at the start of s that
	 * need not be decoded to count them; returns their bytes.  0: the line
	 * must be decoded.  NULL: it must always be.  The caller has passed
	 * over printable ASCII before, unless `of' is set.
	 */
	size_t		(*plain)(const char *s, size_t len, size_t *cols);
	/* What is wrong with a line as a whole; NULL: nothing. */
	const char	*(*fault)(const char *, size_t len);
	/*
	 * Another charset whose lines have the same characters in the same
	 * places, and a function that turns n of its bytes into those of this
	 * one: how many it wrote, at most 3 n.
	 */
	const struct charset	*of;
	size_t		(*convert)(const char *, size_t n, char *out);
};

extern const struct charset	charset_utf8, charset_ascii, charset_latin1,
				charset_gb2312, charset_hz;

/* NULL: there is none of that name. */
const struct charset	*charset_named(const char *name);

/* A charset with a capsule's own replacements; set by charset_init(). */
struct fit {
	const struct charset	*charset;
	const struct replace	*replace;	/* borrowed, of all charsets */
	size_t			 nreplace;
	uint8_t			 first[32];	/* bytes they begin with */
	int			 ascii_first;	/* some are ASCII */
	int			 any;		/* there are some */
	/* Called with each character that the charset lacks.  May be NULL. */
	void	(*lacks)(void *arg, uint32_t cp);
	void			*arg;
};

void	charset_init(struct fit *, const struct charset *,
	    const struct replace *, size_t n);
/*
 * Append s as one line of UTF-8 with characters of the charset only.  The
 * capsule's replacements come first, then apeng's table of quotes, dashes,
 * accents and the like.  When the charset has no hanzi, a parenthesis with
 * lacking characters and without a letter, a digit or a replacement is left
 * out, with one space beside it.  Any other lacking character, and each invalid
 * byte, becomes '?' and is told to lacks().  In every charset control and
 * direction characters are left out, and all but four accents on one
 * character.  Returns how many characters were lacking.
 */
size_t	charset_fit(const struct fit *, const char *s, size_t len,
	    struct buf *out);
/* Append a line that charset_fit() made as bytes of the charset. */
void	charset_encode(const struct charset *, const char *s, size_t len,
	    struct buf *);
unsigned charset_char_width(const struct charset *, uint32_t cp);
/* Columns that cp adds behind last: U+FE0F makes a narrow emoji wide. */
unsigned charset_next_width(const struct charset *, uint32_t last,
	    uint32_t cp);
size_t	charset_width(const struct charset *, const char *s, size_t len);
/* cols, rounded down to a number of columns that lines can fill. */
unsigned charset_cols(const struct charset *, unsigned cols);

/* Hanzi, CJK marks and full-width forms: two columns, never combining. */
static inline int
charset_is_plain_wide(uint32_t cp)
{
	return (cp >= 0x4e00 && cp < 0x9fa6) ||
	    (cp >= 0x3001 && cp <= 0x3011) || (cp > 0xff00 && cp < 0xff5f);
}

#endif
