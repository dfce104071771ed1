/* SPDX-License-Identifier: ISC */
/*
 * ASCII, 7 bits for any machine, and how it says other characters: by a table
 * first, else by Unicode's own decomposition, with accents left out.  Other
 * charsets use the same for what they lack.
 */
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include "base/buf.h"
#include "charset/ascii.h"
#include "charset/charset.h"

#define STEPS	32			/* most parts of one character */

/* Sorted by first; last is included. */
static const struct range {
	uint32_t	 first, last;
	const char	*text;
} table[] = {
	{ 0x00a0, 0x00a0, " " },	{ 0x00a1, 0x00a1, "!" },
	{ 0x00a2, 0x00a2, " cents " },	{ 0x00a3, 0x00a3, " GBP " },
	{ 0x00a5, 0x00a5, " CNY " },	{ 0x00a6, 0x00a6, "|" },
	{ 0x00a7, 0x00a7, " section " }, { 0x00a9, 0x00a9, "(C)" },
	{ 0x00ab, 0x00ab, "\"" },	{ 0x00ad, 0x00ad, "" },
	{ 0x00ae, 0x00ae, "(R)" },	{ 0x00b0, 0x00b0, " deg " },
	{ 0x00b1, 0x00b1, "+/-" },	{ 0x00b4, 0x00b4, "'" },
	{ 0x00b5, 0x00b5, "u" },	{ 0x00b7, 0x00b7, "-" },
	{ 0x00bb, 0x00bb, "\"" },	{ 0x00bc, 0x00bc, " 1/4 " },
	{ 0x00bd, 0x00bd, " 1/2 " },	{ 0x00be, 0x00be, " 3/4 " },
	{ 0x00bf, 0x00bf, "?" },	{ 0x00c6, 0x00c6, "AE" },
	{ 0x00d0, 0x00d0, "D" },	{ 0x00d7, 0x00d7, "x" },
	{ 0x00d8, 0x00d8, "O" },	{ 0x00de, 0x00de, "Th" },
	{ 0x00df, 0x00df, "ss" },	{ 0x00e6, 0x00e6, "ae" },
	{ 0x00f0, 0x00f0, "d" },	{ 0x00f7, 0x00f7, "/" },
	{ 0x00f8, 0x00f8, "o" },	{ 0x00fe, 0x00fe, "th" },
	{ 0x0110, 0x0110, "D" },	{ 0x0111, 0x0111, "d" },
	{ 0x0126, 0x0126, "H" },	{ 0x0127, 0x0127, "h" },
	{ 0x0131, 0x0131, "i" },	{ 0x0141, 0x0141, "L" },
	{ 0x0142, 0x0142, "l" },	{ 0x0152, 0x0152, "OE" },
	{ 0x0153, 0x0153, "oe" },	{ 0x02bb, 0x02bc, "'" },
	{ 0x02c7, 0x02c7, "" },		{ 0x02c9, 0x02cb, "" },
	{ 0x0300, 0x036f, "" },		{ 0x1e9e, 0x1e9e, "SS" },
	{ 0x2000, 0x200a, " " },	{ 0x200b, 0x200f, "" },
	{ 0x2010, 0x2013, "-" },	{ 0x2014, 0x2015, "--" },
	{ 0x2016, 0x2016, "||" },	{ 0x2018, 0x201b, "'" },
	{ 0x201c, 0x201f, "\"" },	{ 0x2020, 0x2021, "+" },
	{ 0x2022, 0x2023, "*" },	{ 0x2026, 0x2026, "..." },
	{ 0x2028, 0x2029, " " },	{ 0x202a, 0x202e, "" },
	{ 0x202f, 0x202f, " " },	{ 0x2030, 0x2030, " per mille " },
	{ 0x2032, 0x2032, "'" },	{ 0x2033, 0x2033, "\"" },
	{ 0x2039, 0x203a, "'" },	{ 0x203b, 0x203b, "*" },
	{ 0x2044, 0x2044, "/" },	{ 0x2060, 0x206f, "" },
	{ 0x20a9, 0x20a9, " KRW " },	{ 0x20ac, 0x20ac, " EUR " },
	{ 0x20b9, 0x20b9, " INR " },	{ 0x20bd, 0x20bd, " RUB " },
	{ 0x2103, 0x2103, " deg C " },	{ 0x2109, 0x2109, " deg F " },
	{ 0x2116, 0x2116, "No. " },	{ 0x2122, 0x2122, "(TM)" },
	{ 0x2190, 0x2190, "<-" },	{ 0x2191, 0x2191, "^" },
	{ 0x2192, 0x2192, "->" },	{ 0x2193, 0x2193, "v" },
	{ 0x2194, 0x2194, "<->" },	{ 0x2195, 0x2195, "|" },
	{ 0x2212, 0x2212, "-" },	{ 0x2215, 0x2215, "/" },
	{ 0x2219, 0x2219, "-" },	{ 0x2236, 0x2236, ":" },
	{ 0x223c, 0x223c, "~" },	{ 0x2248, 0x2248, "~" },
	{ 0x2260, 0x2260, "!=" },	{ 0x2264, 0x2264, "<=" },
	{ 0x2265, 0x2265, ">=" },	{ 0x2500, 0x2501, "-" },
	{ 0x2502, 0x2503, "|" },	{ 0x2504, 0x2505, "-" },
	{ 0x2506, 0x2507, "|" },	{ 0x2508, 0x2509, "-" },
	{ 0x250a, 0x250b, "|" },	{ 0x250c, 0x254b, "+" },
	{ 0x254c, 0x254d, "-" },	{ 0x254e, 0x254f, "|" },
	{ 0x2550, 0x2550, "=" },	{ 0x2551, 0x2551, "|" },
	{ 0x2552, 0x2570, "+" },	{ 0x2571, 0x2571, "/" },
	{ 0x2572, 0x2572, "\\" },	{ 0x2573, 0x2573, "x" },
	{ 0x2574, 0x2574, "-" },	{ 0x2575, 0x2575, "|" },
	{ 0x2576, 0x2576, "-" },	{ 0x2577, 0x2577, "|" },
	{ 0x2580, 0x2590, "#" },	{ 0x2591, 0x2591, ":" },
	{ 0x2592, 0x2593, "#" },	{ 0x25a0, 0x25a0, "#" },
	{ 0x25a1, 0x25a1, "o" },	{ 0x25b2, 0x25b3, "^" },
	{ 0x25b6, 0x25b7, ">" },	{ 0x25bc, 0x25bd, "v" },
	{ 0x25c0, 0x25c1, "<" },	{ 0x25c6, 0x25c7, "*" },
	{ 0x25cb, 0x25cb, "o" },	{ 0x25cf, 0x25cf, "*" },
	{ 0x2605, 0x2606, "*" },	{ 0x2713, 0x2714, "x" },
	{ 0x3000, 0x3000, " " },	{ 0x3001, 0x3001, "," },
	{ 0x3002, 0x3002, "." },	{ 0x3008, 0x3008, "<" },
	{ 0x3009, 0x3009, ">" },	{ 0x300a, 0x300f, "\"" },
	{ 0x3010, 0x3010, "[" },	{ 0x3011, 0x3011, "]" },
	{ 0x3014, 0x3014, "[" },	{ 0x3015, 0x3015, "]" },
	{ 0x301c, 0x301c, "~" },	{ 0x301d, 0x301f, "\"" },
	{ 0x30fb, 0x30fb, "-" },	{ 0xfe00, 0xfe0f, "" },
	{ 0xfeff, 0xfeff, "" },		{ 0xffe0, 0xffe0, " cents " },
	{ 0xffe1, 0xffe1, " GBP " },	{ 0xffe5, 0xffe5, " CNY " },
	{ 0xffe6, 0xffe6, " KRW " },
};

static const char *
lookup(uint32_t cp)
{
	size_t	 lo = 0, hi = sizeof(table) / sizeof(table[0]), mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (cp < table[mid].first)
			hi = mid;
		else if (cp > table[mid].last)
			lo = mid + 1;
		else
			return table[mid].text;
	}
	return NULL;
}

/* Put cp on the work list in reverse, so that its parts come in order. */
static int
unfold(uint32_t cp, ucs4_t *todo, size_t *n)
{
	ucs4_t	 parts[UC_DECOMPOSITION_MAX_LENGTH];
	int	 tag, i, got;

	got = uc_decomposition(cp, &tag, parts);
	if (got <= 0 || *n + (size_t)got > STEPS)
		return -1;
	for (i = got - 1; i >= 0; i--)
		todo[(*n)++] = parts[i];
	return 0;
}

const char *
ascii_from(uint32_t cp, char room[ASCII_MAX])
{
	ucs4_t		 todo[STEPS];
	const char	*s;
	size_t		 n = 0, used = 0, len, turns;

	if ((s = lookup(cp)) != NULL)
		return s;
	todo[n++] = cp;
	for (turns = 0; n > 0 && turns < 2 * STEPS; turns++) {
		cp = todo[--n];
		if (cp >= 0x20 && cp < 0x7f) {
			if (used + 2 > ASCII_MAX)
				return NULL;
			room[used++] = (char)cp;
		} else if ((s = lookup(cp)) != NULL) {
			len = strlen(s);
			if (used + len + 1 > ASCII_MAX)
				return NULL;
			memcpy(room + used, s, len);
			used += len;
		} else if (!uc_is_general_category_withtable(cp,
		    UC_CATEGORY_MASK_Mn) && unfold(cp, todo, &n) == -1)
			return NULL;
	}
	room[used] = '\0';
	return n == 0 ? room : NULL;
}

static int
has(uint32_t cp)
{
	return cp < 0x80;
}

static int
decode(const char *s, size_t len, struct buf *out)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if ((uint8_t)s[i] >= 0x80)
			return -1;
	buf_add(out, s, len);
	return 0;
}

const struct charset	charset_ascii = {
	.name = "ascii", .label = "ASCII", .replace = "ascii",
	.lacks_wide = 1, .has = has, .decode = decode,
};
