#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/ascii.h"
#include "charset/charset.h"
#include "charset/gb2312.h"
#include "proto/site.h"

#define ACCENTS_MAX	4		/* combining characters on one */
#define GROUP_MAX	256		/* bytes of a parenthesis looked at */

/* One charset_fit() on its way. */
struct fit_work {
	const struct fit	*fit;
	struct buf		*out;
	size_t			 start;		/* of this text in out */
	size_t			 lacking;
	unsigned		 accents;
	int			 gap;		/* a space is due before a word */
};

const char *
charset_name(enum charset c)
{
	switch (c) {
	case CHARSET_ASCII:
		return "ASCII";
	case CHARSET_GB2312:
	case CHARSET_HZ:
		return "GB2312";
	default:
		return "UTF-8";
	}
}

/* The name that the site table's replacements go by; NULL: none. */
static const char *
replace_name(enum charset c)
{
	if (c == CHARSET_UTF8)
		return NULL;
	return c == CHARSET_ASCII ? "ascii" : "gb2312";
}

void
charset_init(struct fit *f, enum charset charset,
    const struct site_table *site)
{
	const char	*name = replace_name(charset);
	const char	*from;
	size_t		 i;

	memset(f, 0, sizeof(*f));
	f->charset = charset;
	f->site = site;
	if (name == NULL || site == NULL)
		return;
	for (i = 0; i < site->nreplace; i++) {
		from = site->replace[i].from;
		if (strcmp(site->replace[i].charset, name) != 0 || !*from)
			continue;
		f->first[(uint8_t)*from >> 3] |=
		    (uint8_t)(1u << ((uint8_t)*from & 7));
		f->ascii_first |= (uint8_t)*from < 0x80;
		f->any = 1;
	}
}

/* The longest replacement that begins here; NULL: none. */
static const struct site_replace *
replace_find(const struct fit *f, const char *s, size_t len)
{
	const char			*name;
	const struct site_replace	*r, *best = NULL;
	size_t				 i, n, bestlen = 0;

	if ((f->first[(uint8_t)*s >> 3] >> ((uint8_t)*s & 7) & 1) == 0)
		return NULL;
	name = replace_name(f->charset);
	for (i = 0; i < f->site->nreplace; i++) {
		r = &f->site->replace[i];
		if (r->from[0] != *s || (r->from[1] != '\0' &&
		    (len < 2 || r->from[1] != s[1])))
			continue;
		n = strlen(r->from);
		if (n > bestlen && n <= len && memcmp(r->from, s, n) == 0 &&
		    strcmp(r->charset, name) == 0) {
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

/* A character that the charset shows as it is; 0 otherwise. */
static int
is_own(enum charset c, uint32_t cp)
{
	if (cp < 0x80 || c == CHARSET_UTF8)
		return 1;
	return c != CHARSET_ASCII && gb2312_has(cp);
}

static void
put_gap(struct fit_work *w, uint32_t next)
{
	if (w->gap && is_word(next))
		buf_ch(w->out, ' ');
	w->gap = 0;
}

/* What ascii_from() gave: its outer spaces only where words would touch. */
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

/* One character, controls and accents already dealt with. */
static void
put_char(struct fit_work *w, const char *s, size_t n, uint32_t cp)
{
	char		 room[ASCII_MAX];
	const char	*ascii;

	if (is_own(w->fit->charset, cp)) {
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
	else if (cp >= 0x300 && charset_char_width(CHARSET_UTF8, cp) == 0) {
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
 * s opens a parenthesis: the bytes up to and with its end when ASCII has no
 * word for anything in it, else 0.
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
		if (cp >= 0x80 && ascii_from(cp, room) == NULL)
			lost = 1;
	}
	return 0;
}

/* Leave out the n bytes of a lost group at s, and one space beside it. */
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

/* Printable ASCII that begins neither a replacement nor a parenthesis. */
static size_t
plain_run(const struct fit *f, const char *s, size_t len)
{
	const char	*open;
	uint8_t		 c;
	size_t		 n;

	if (!f->ascii_first) {
		n = charset_ascii_run(s, len);
		if (n > 0 && f->charset == CHARSET_ASCII &&
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

/* The same for hanzi and their marks, where the charset has them. */
static size_t
wide_run(const struct fit *f, const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n, at;

	if (f->charset == CHARSET_ASCII)
		return 0;
	for (at = 0; at < len; at += n) {
		if ((uint8_t)s[at] < 0xe3 || (n = charset_step(s + at,
		    len - at, &cp)) != 3 || !charset_is_plain_wide(cp) ||
		    (f->first[(uint8_t)s[at] >> 3] >>
		    ((uint8_t)s[at] & 7) & 1) != 0 ||
		    (f->charset != CHARSET_UTF8 && !gb2312_has(cp)))
			break;
	}
	return at;
}

size_t
charset_fit(const struct fit *f, const char *s, size_t len, struct buf *out)
{
	struct fit_work			 w = { f, out, out->len, 0, 0, 0 };
	const struct site_replace	*r;
	uint32_t			 cp;
	size_t				 n;

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
		if ((n = charset_step(s, len, &cp)) == 1 && cp == '?' && *s != '?')
			fit_plain(&w, s, 1);
		else if (f->charset == CHARSET_ASCII && is_open(cp) &&
		    (n = lost_group(f, s, len)) > 0)
			n = skip_group(&w, s, len, n);
		else {
			n = charset_step(s, len, &cp);
			fit_char(&w, s, n, cp);
		}
	}
	return w.lacking;
}

void
charset_encode(enum charset c, const char *s, size_t len, struct buf *out)
{
	if (c == CHARSET_GB2312)
		gb2312_encode(s, len, out);
	else if (c == CHARSET_HZ)
		hz_encode(s, len, out);
	else
		buf_add(out, s, len);
}

int
charset_decode(enum charset c, const char *s, size_t len, struct buf *out)
{
	size_t	 i;

	if (c == CHARSET_GB2312)
		return gb2312_decode(s, len, out);
	if (c == CHARSET_HZ)
		return hz_decode(s, len, out);
	if (c == CHARSET_ASCII) {
		for (i = 0; i < len; i++)
			if ((uint8_t)s[i] >= 0x80)
				return -1;
	} else if (text_utf8_check(s, len) != len)
		return -1;
	buf_add(out, s, len);
	return 0;
}

unsigned
charset_char_width(enum charset c, uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	if ((cp >= 0x4e00 && cp < 0x9fa6) || (cp >= 0x3000 && cp < 0x302a) ||
	    (cp >= 0xff01 && cp < 0xff61))
		return 2;		/* the common cases */
	if (c == CHARSET_GB2312 || c == CHARSET_HZ)
		return cp < 0x80 ? 0 : 2;
	return (unsigned)text_char_width(cp);
}

size_t
charset_width(enum charset c, const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n, width = 0;

	for (; len > 0; s += n, len -= n) {
		if ((uint8_t)*s < 0x80 && (n = charset_ascii_run(s,
		    len)) > 0) {
			width += n;
			continue;
		}
		n = charset_step(s, len, &cp);
		width += charset_is_plain_wide(cp) ? 2 :
		    charset_char_width(c, cp);
	}
	return width;
}
