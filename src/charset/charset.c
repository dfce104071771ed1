/* SPDX-License-Identifier: ISC */
/*
 * Reduce text to the characters of a charset.  charset_fit() walks a line once:
 * runs of ASCII, and of hanzi if the charset has them, are copied as they are;
 * the rest is handled character by character.  The text may be a stranger's:
 * invalid bytes become '?', control characters and piles of accents are left
 * out here.
 */
#include <string.h>

#include "base/buf.h"
#include "base/replace.h"
#include "base/text.h"
#include "charset/ascii.h"
#include "charset/charset.h"

#define ACCENTS_MAX	4		/* combining characters on one */
#define GROUP_MAX	256		/* bytes of a parenthesis, at most */

/* The state of one charset_fit(). */
struct fit_work {
	const struct fit	*fit;
	struct buf		*out;
	size_t			 start;		/* of this text in out */
	size_t			 lacking;
	unsigned		 accents;
	int			 gap;		/* a space is due before a word */
};

static const struct charset *const	all[] = {
	&charset_utf8, &charset_ascii, &charset_latin1, &charset_gb2312,
	&charset_hz,
};

const struct charset *
charset_named(const char *name)
{
	size_t	 i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i]->name[0] == name[0] &&
		    strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

void
charset_init(struct fit *f, const struct charset *charset,
    const struct replace *replace, size_t n)
{
	const char	*from;
	size_t		 i;

	memset(f, 0, sizeof(*f));
	f->charset = charset;
	if (charset->replace == NULL)
		return;
	f->replace = replace;
	f->nreplace = n;
	for (i = 0; i < n; i++) {
		from = replace[i].from;
		if (strcmp(replace[i].charset, charset->replace) != 0 ||
		    !*from)
			continue;
		f->first[(uint8_t)*from >> 3] |=
		    (uint8_t)(1u << ((uint8_t)*from & 7));
		f->ascii_first |= (uint8_t)*from < 0x80;
		f->any = 1;
	}
}

/* The longest replacement that begins here; NULL: none. */
static const struct replace *
replace_find(const struct fit *f, const char *s, size_t len)
{
	const struct replace	*r, *best = NULL;
	size_t			 i, n, bestlen = 0;

	if ((f->first[(uint8_t)*s >> 3] >> ((uint8_t)*s & 7) & 1) == 0)
		return NULL;
	for (i = 0; i < f->nreplace; i++) {
		r = &f->replace[i];
		if (r->from[0] != *s || (r->from[1] != '\0' &&
		    (len < 2 || r->from[1] != s[1])))
			continue;
		n = strlen(r->from);
		if (n > bestlen && n <= len && memcmp(r->from, s, n) == 0 &&
		    strcmp(r->charset, f->charset->replace) == 0) {
			best = r;
			bestlen = n;
		}
	}
	return best;
}

static int
is_word(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
	    (cp >= 'A' && cp <= 'Z');
}

static int
is_invisible(uint32_t cp)
{
	return text_is_unseen(cp) && (cp == 0xfeff || !text_is_hint(cp));
}

static void
put_gap(struct fit_work *w, uint32_t next)
{
	if (w->gap && is_word(next))
		buf_ch(w->out, ' ');
	w->gap = 0;
}

/*
 * Append a text of ascii_from().  A space at its start is written only between
 * two letters or digits, one at its end only before a letter or digit.
 */
static void
put_ascii(struct fit_work *w, const char *s)
{
	size_t	 len = strlen(s);
	char	 last;

	if (len == 0)
		return;
	if (*s == ' ' && len > 1) {
		s++;
		len--;
		last = w->out->len > w->start ?
		    w->out->data[w->out->len - 1] : ' ';
		w->gap = is_word((uint8_t)last);
	}
	put_gap(w, (uint8_t)*s);
	if (len > 1 && s[len - 1] == ' ') {
		len--;
		w->gap = 1;
	}
	buf_add(w->out, s, len);
}

/*
 * Append one character that fit_char() did not leave out: as it is, as ASCII
 * text, or as `?'.
 */
static void
put_char(struct fit_work *w, const char *s, size_t n, uint32_t cp)
{
	char		 room[ASCII_MAX];
	const char	*ascii;

	if (cp < 0x80 || w->fit->charset->all ||
	    w->fit->charset->has(cp)) {
		put_gap(w, cp);
		buf_add(w->out, s, n);
		return;
	}
	if ((ascii = ascii_from(cp, room)) != NULL) {
		put_ascii(w, ascii);
		return;
	}
	w->lacking++;
	if (w->fit->lacks != NULL)
		w->fit->lacks(w->fit->arg, cp);
	put_gap(w, '?');
	buf_ch(w->out, '?');
}

static void
fit_char(struct fit_work *w, const char *s, size_t n, uint32_t cp)
{
	if (cp == '\t' || cp == 0x2028 || cp == 0x2029) {
		put_char(w, " ", 1, ' ');
		w->accents = 0;
	} else if (is_invisible(cp))
		return;
	else if (cp >= 0x300 && text_char_width(cp) == 0) {
		if (w->accents++ < ACCENTS_MAX)
			put_char(w, s, n, cp);
	} else {
		w->accents = 0;
		put_char(w, s, n, cp);
	}
}

static void
fit_plain(struct fit_work *w, const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n;

	for (; len > 0; s += n, len -= n) {
		if ((n = text_utf8_next(s, len, &cp)) == 0) {
			n = 1;
			w->lacking++;
			if (w->fit->lacks != NULL)
				w->fit->lacks(w->fit->arg, 0xfffd);
			buf_ch(w->out, '?');
		} else
			fit_char(w, s, n, cp);
	}
}

static int
is_open(uint32_t cp)
{
	return cp == '(' || cp == 0xff08;
}

static int
is_close(uint32_t cp)
{
	return cp == ')' || cp == 0xff09;
}

/*
 * s begins with a parenthesis.  Returns its bytes, with the closing mark, if a
 * character in it has no ASCII text, and none is a letter or digit of the
 * charset or begins a replacement; else 0.
 */
static size_t
lost_group(const struct fit *f, const char *s, size_t len)
{
	char		 room[ASCII_MAX];
	uint32_t	 cp;
	size_t		 at, n;
	int		 lost = 0;

	if (len > GROUP_MAX)
		len = GROUP_MAX;
	at = text_utf8_next(s, len, &cp);
	while (at < len && (n = text_utf8_next(s + at, len - at, &cp)) > 0) {
		if (replace_find(f, s + at, len - at) != NULL)
			return 0;
		at += n;
		if (is_close(cp))
			return lost ? at : 0;
		if (is_open(cp) || is_word(cp))
			return 0;
		if (cp >= 0xc0 && f->charset->has(cp))
			return 0;	/* a letter */
		if (cp >= 0x80 && ascii_from(cp, room) == NULL)
			lost = 1;
	}
	return 0;
}

/* Leave out the n bytes of such a parenthesis at s, and one space beside it. */
static size_t
skip_group(struct fit_work *w, const char *s, size_t len, size_t n)
{
	struct buf	*out = w->out;

	if (out->len > w->start && out->data[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
	else if (out->len == w->start && n < len && s[n] == ' ')
		n++;
	return n;
}

/*
 * How many bytes at s are printable ASCII that begins neither a replacement nor
 * a parenthesis.
 */
static size_t
plain_run(const struct fit *f, const char *s, size_t len)
{
	const char	*open;
	uint8_t		 c;
	size_t		 n;

	if (!f->ascii_first) {
		n = text_ascii_run(s, len);
		if (n > 0 && f->charset->lacks_wide &&
		    (open = memchr(s, '(', n)) != NULL)
			n = (size_t)(open - s);
		return n;
	}
	for (n = 0; n < len; n++) {
		c = (uint8_t)s[n];
		if (c < 0x20 || c > 0x7e || c == '(' ||
		    (f->first[c >> 3] >> (c & 7) & 1) != 0)
			break;
	}
	return n;
}

/*
 * How many bytes at s are hanzi and their marks, if the charset has them, and
 * begin no replacement.
 */
static size_t
wide_run(const struct fit *f, const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n, at;

	if (!f->charset->all && f->charset->wide == NULL)
		return 0;
	for (at = 0; at < len; at += n) {
		if ((uint8_t)s[at] < 0xe3 || (n = text_step(s + at,
		    len - at, &cp)) != 3 || !charset_is_plain_wide(cp) ||
		    (f->first[(uint8_t)s[at] >> 3] >>
		    ((uint8_t)s[at] & 7) & 1) != 0 ||
		    (!f->charset->all && !f->charset->has(cp)))
			break;
	}
	return at;
}

size_t
charset_fit(const struct fit *f, const char *s, size_t len, struct buf *out)
{
	struct fit_work		 w = { f, out, out->len, 0, 0, 0 };
	const struct replace	*r;
	uint32_t		 cp;
	size_t			 n;

	for (; len > 0 && buf_ok(out); s += n, len -= n) {
		if ((n = plain_run(f, s, len)) > 0) {
			put_gap(&w, (uint8_t)*s);
			buf_add(out, s, n);
			w.accents = 0;
			continue;
		}
		if ((n = wide_run(f, s, len)) > 0) {
			w.gap = 0;
			w.accents = 0;
			buf_add(out, s, n);
			continue;
		}
		if ((r = replace_find(f, s, len)) != NULL) {
			n = strlen(r->from);
			fit_plain(&w, r->to, strlen(r->to));
			continue;
		}
		if ((n = text_step(s, len, &cp)) == 1 && cp == '?' && *s != '?')
			fit_plain(&w, s, 1);
		else if (f->charset->lacks_wide && is_open(cp) &&
		    (n = lost_group(f, s, len)) > 0)
			n = skip_group(&w, s, len, n);
		else {
			n = text_step(s, len, &cp);
			fit_char(&w, s, n, cp);
		}
	}
	return w.lacking;
}

void
charset_encode(const struct charset *c, const char *s, size_t len,
    struct buf *out)
{
	if (c->encode != NULL)
		c->encode(s, len, out);
	else
		buf_add(out, s, len);
}

unsigned
charset_char_width(const struct charset *c, uint32_t cp)
{
	if (c->cell == 0)
		return (unsigned)text_char_width(cp);
	if (cp < 0x80)
		return cp >= 0x20 && cp < 0x7f;
	return c->cell;
}

unsigned
charset_next_width(const struct charset *c, uint32_t last, uint32_t cp)
{
	return cp == 0xfe0f && c->cell == 0 ?
	    (unsigned)text_next_width(last, cp) : charset_char_width(c, cp);
}

size_t
charset_width(const struct charset *c, const char *s, size_t len)
{
	uint32_t	 cp = 0, last = 0;
	size_t		 n, width = 0;

	for (; len > 0; s += n, len -= n, last = cp) {
		if ((uint8_t)*s < 0x80 && (n = text_ascii_run(s, len)) > 0) {
			width += n;
			cp = (uint8_t)s[n - 1];
			continue;
		}
		n = text_step(s, len, &cp);
		width += charset_is_plain_wide(cp) ? 2 :
		    charset_next_width(c, last, cp);
	}
	return width;
}

unsigned
charset_cols(const struct charset *c, unsigned cols)
{
	return c->cell > 1 ? cols - cols % c->cell : cols;
}
