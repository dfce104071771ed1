/* SPDX-License-Identifier: ISC */
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/text.h"

#define STEPS	24			/* most parts of one character */

/* Marks that people type the plain way; 0: another character. */
static uint32_t
plain(uint32_t cp)
{
	if (cp >= 0x2018 && cp <= 0x201b)
		return '\'';
	if (cp >= 0x201c && cp <= 0x201f)
		return '"';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		return '-';
	if (cp == 0x3000 || cp == 0xa0)
		return ' ';
	return 0;
}

/* Letters that Unicode does not take apart, and that people do; "": no. */
static const char *
apart(uint32_t cp)
{
	static const struct { uint32_t cp; const char *as; } letters[] = {
		{ 0xc6, "ae" }, { 0xd8, "o" }, { 0xdf, "ss" }, { 0xe6, "ae" },
		{ 0xf8, "o" }, { 0x110, "d" }, { 0x111, "d" }, { 0x131, "i" },
		{ 0x141, "l" }, { 0x142, "l" }, { 0x152, "oe" },
		{ 0x153, "oe" },
	};
	size_t	 i;

	for (i = 0; cp < 0x180 && i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].cp == cp)
			return letters[i].as;
	return "";
}

/* The parts of cp, last first, onto the work list.  0: it has none. */
static int
unfold(uint32_t cp, ucs4_t *todo, size_t *n)
{
	ucs4_t	 parts[UC_DECOMPOSITION_MAX_LENGTH];
	int	 tag, i, got;

	got = uc_decomposition(cp, &tag, parts);
	if (got <= 0 || *n + (size_t)got > STEPS)
		return 0;
	for (i = got - 1; i >= 0; i--)
		todo[(*n)++] = parts[i];
	return 1;
}

size_t
text_fold_char(uint32_t cp, char out[TEXT_FOLD_MAX])
{
	ucs4_t		 todo[STEPS];
	const char	*as;
	uint32_t	 c;
	size_t		 n = 0, used = 0;

	if (cp < 0x80) {
		out[0] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		return 1;
	}
	if (cp >= 0x3001 && cp < 0xa000)	/* hanzi and their marks */
		return text_utf8_put(out, cp);
	todo[n++] = cp;
	while (n > 0 && used + 4 <= TEXT_FOLD_MAX) {
		cp = todo[--n];
		if ((c = plain(cp)) != 0)
			cp = c;
		else if (*(as = apart(cp)) != '\0') {
			for (; *as != '\0'; as++)
				out[used++] = *as;
			continue;
		}
		else if (cp >= 0x80 && unfold(cp, todo, &n))
			continue;
		else if (cp >= 0x80 && uc_is_general_category_withtable(cp,
		    UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Cf))
			continue;
		used += text_utf8_put(out + used, uc_tolower(cp));
	}
	return used;
}

/* The ASCII that s begins with, in lower case; bytes of it. */
static size_t
fold_ascii(const char *s, size_t len, char *out)
{
	size_t	 n;

	for (n = 0; n < len && (unsigned char)s[n] < 0x80; n++)
		out[n] = (char)(s[n] + ((unsigned char)(s[n] - 'A') < 26) *
		    32);
	return n;
}

/* A whole character from U+4000 to U+9FFF: as it is. */
static int
is_hanzi(const char *s, size_t len)
{
	const unsigned char	*p = (const unsigned char *)s;

	return p[0] >= 0xe4 && p[0] <= 0xe9 && len >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
}

void
text_fold(const char *s, size_t len, struct buf *out)
{
	uint32_t	 cp;
	size_t		 n, used = 0, room = 0;
	char		*p = NULL, c[TEXT_FOLD_MAX];

	for (; len > 0; s += n, len -= n) {
		/* Always room for what is left, and for one that grows. */
		if (room - used < len + TEXT_FOLD_MAX) {
			out->len += used;
			used = 0;
			room = len + TEXT_FOLD_MAX;
			if ((p = buf_room(out, room)) == NULL)
				return;
		}
		if ((unsigned char)*s < 0x80) {
			n = fold_ascii(s, len, p + used);
			used += n;
		} else if (is_hanzi(s, len)) {
			n = 3;
			memcpy(p + used, s, n);
			used += n;
		} else if ((n = text_utf8_next(s, len, &cp)) == 0) {
			n = 1;
			p[used++] = '?';
		} else {
			size_t k = text_fold_char(cp, c);

			memcpy(p + used, c, k);
			used += k;
		}
	}
	if (p != NULL) {
		out->len += used;
		out->data[out->len] = '\0';
	}
}
