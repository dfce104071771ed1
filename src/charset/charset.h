/* SPDX-License-Identifier: ISC */
/*
 * What bytes and columns can say.  A charset is one struct: text stays UTF-8
 * until its lines are broken, charset_fit() brings it down to the characters
 * that the charset has, charset_encode() turns a finished line into its bytes.
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
	int		 lacks_wide;	/* it has no hanzi: (中文) goes */
	int		 takes_any;	/* nearly any bytes pass as its text:
					   others are tried before it */
	/* 1: it has every character, and nobody need ask has() or wide(). */
	int		 all;
	/* 1: it has that character, which is not ASCII. */
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
	 * Add the columns of what begins at s as far as it needs no closer
	 * look: bytes used, 0 when it does.  NULL: always.  Printable ASCII
	 * has been passed unless `of' is set.
	 */
	size_t		(*plain)(const char *s, size_t len, size_t *cols);
	/* What is wrong with a line as a whole; NULL: nothing. */
	const char	*(*fault)(const char *, size_t len);
	/*
	 * A charset whose lines hold the same characters in the same places,
	 * and how n of its bytes become ours: bytes put, at most 3 n.
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
	/* Told each character that has no place.  May be NULL. */
	void	(*lacks)(void *arg, uint32_t cp);
	void			*arg;
};

void	charset_init(struct fit *, const struct charset *,
	    const struct replace *, size_t n);
/*
 * Append s as one line of UTF-8 that the charset can hold: replacements
 * first, then our table of quotes, dashes, accents and the like; where hanzi
 * are lacking, a parenthesis of nothing but lacking characters goes, with one
 * space beside it.  What is left over is told to lacks() and shown as '?'.
 * Control and direction characters, broken UTF-8 and piles of accents never
 * pass, in any charset.  The number of characters without a place.
 */
size_t	charset_fit(const struct fit *, const char *s, size_t len,
	    struct buf *out);
/* A fitted line as its bytes. */
void	charset_encode(const struct charset *, const char *s, size_t len,
	    struct buf *);
unsigned charset_char_width(const struct charset *, uint32_t cp);
/* What cp adds behind last: U+FE0F makes a narrow emoji a wide one. */
unsigned charset_next_width(const struct charset *, uint32_t last,
	    uint32_t cp);
size_t	charset_width(const struct charset *, const char *s, size_t len);
/* The most columns up to cols that lines can fill. */
unsigned charset_cols(const struct charset *, unsigned cols);

/* Hanzi, CJK marks and full-width forms: two columns, never combining. */
static inline int
charset_is_plain_wide(uint32_t cp)
{
	return (cp >= 0x4e00 && cp < 0x9fa6) ||
	    (cp >= 0x3001 && cp <= 0x3011) || (cp > 0xff00 && cp < 0xff5f);
}

#endif
