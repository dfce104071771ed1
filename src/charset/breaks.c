/* SPDX-License-Identifier: ISC */
/*
 * Find where lines may end, by UAX #14 (libunistring's tables) and the rules of
 * Chinese typesetting.  Text that has only hanzi, common marks, letters, digits
 * and spaces, as most text does, needs no tables.  The text may be a
 * stranger's.
 */
#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>

#include "base/text.h"
#include "charset/breaks.h"
#include "charset/syllable.h"

#define MULTIPLIERS	4		/* at most, between number and unit */

/* Characters that never start a line, and those that never end one; sorted. */
static const uint16_t no_start[] = {
	'!', '%', ')', ',', '.', ':', ';', '?', ']', '}', 0x00b0, 0x00b7,
	0x2019, 0x201d, 0x2026, 0x2030, 0x2032, 0x2033, 0x203a, 0x2103,
	0x3001, 0x3002, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011,
	0x3015, 0x3017, 0x30fb, 0x30fc, 0xff01, 0xff05, 0xff09, 0xff0c,
	0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d, 0xff5e,
};
static const uint16_t no_end[] = {
	'#', '$', '(', '[', '{', 0x00a3, 0x00a5, 0x00b7, 0x2018, 0x201c,
	0x2039, 0x20ac, 0x3008, 0x300a, 0x300c, 0x300e, 0x3010, 0x3014,
	0x3016, 0x30fb, 0xff04, 0xff08, 0xff3b, 0xff5b, 0xffe1, 0xffe5,
};

static const char *const units_zh[] = {
	"平方公里", "平方千米", "平方米", "立方米", "摄氏度", "百分点",
	"公里", "千米", "厘米", "毫米", "公顷", "公斤", "千克", "小时",
	"分钟", "个月", "人次", "美元", "欧元", "千瓦", "海里", "架次",
	"世纪", "年代", "周年",
};
static const char *const multiply_zh = "十百千万亿多余";

static const char *const units_en[] = {
	"%", "C", "F", "CNY", "EUR", "GW", "GWh", "KB", "MB", "MW", "MWh",
	"RMB", "USD", "bit/s", "cm", "deg", "g", "ha", "h", "kW", "kWh", "kg",
	"km", "km/h", "km2", "km²", "m", "m2", "m²", "m3", "m³", "min", "mm",
	"mu", "s", "t", "°C", "yuan",
};

#define N(a)	(sizeof(a) / sizeof((a)[0]))

static int
is_in(const uint16_t *set, size_t n, uint32_t cp)
{
	size_t	 i;

	if (cp >= 0x3100 && cp < 0xff00)
		return 0;		/* the common case, hanzi */
	for (i = 0; i < n && set[i] <= cp; i++)
		if (set[i] == cp)
			return 1;
	return 0;
}

static int
is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static int
is_word(uint32_t cp)
{
	return is_digit(cp) || (cp >= 'a' && cp <= 'z') ||
	    (cp >= 'A' && cp <= 'Z');
}

/* Bytes of the unit at s, an ASCII word or another; 0: there is none. */
static size_t
unit_en(const char *s, size_t len)
{
	size_t	 i, n = 0;

	while (n < len && s[n] != ' ' && strchr(",.;:)", s[n]) == NULL)
		n++;
	for (i = 0; i < N(units_en); i++)
		if (strlen(units_en[i]) == n && memcmp(units_en[i], s, n) == 0)
			return n;
	return 0;
}

/*
 * After a digit: bytes of 万, 亿 and the like and of the unit behind them; of
 * one character when there is neither.
 */
static size_t
unit_zh(const char *s, size_t len)
{
	const char	*m;
	size_t		 at = 0, i, n;
	unsigned	 turns;

	for (turns = 0; turns < MULTIPLIERS && len - at >= 3; turns++) {
		for (m = multiply_zh; *m != '\0'; m += 3)
			if (memcmp(m, s + at, 3) == 0)
				break;
		if (*m == '\0')
			break;
		at += 3;
	}
	for (i = 0; i < N(units_zh); i++) {
		n = strlen(units_zh[i]);
		if (n <= len - at && memcmp(units_zh[i], s + at, n) == 0)
			return at + n;
	}
	return at > 0 ? at : 3;
}

/*
 * Whether a line may end between a and b.  uax: the answer of UAX #14; before:
 * the character in front of a.
 */
static enum brk
judge(uint32_t before, uint32_t a, uint32_t b, char uax)
{
	int	 possible = uax == UC_BREAK_POSSIBLE;
	int	 cjk_a = text_is_cjk(a), cjk_b = text_is_cjk(b);

	if (a == ' ') {
		if (b < 0x80)		/* also before ".gpub" */
			return b != ' ' && (before < 0x80 || !is_in(no_end,
			    N(no_end), before)) ? BRK_YES : BRK_NO;
		if (is_in(no_start, N(no_start), b) || (before >= 0x80 &&
		    is_in(no_end, N(no_end), before)))
			return BRK_NO;
		return possible ? BRK_YES : BRK_NO;
	}
	if (b == ' ' || is_in(no_start, N(no_start), b) ||
	    is_in(no_end, N(no_end), a))
		return BRK_NO;
	if (a == 0x200b)
		return BRK_YES;
	if (!cjk_a && !cjk_b) {
		if ((a == 0x201d && is_word(b)) || (is_word(a) && b == 0x201c))
			return BRK_YES;		/* a number beside a quote */
		return possible ? BRK_WEAK : BRK_NO;
	}
	/* Chinese quotation marks are brackets; UAX #14 cannot know. */
	if (b == 0x201c || b == 0x2018 || a == 0x201d || a == 0x2019)
		return BRK_YES;
	if (is_digit(a))
		return BRK_NO;
	return possible ? BRK_YES : BRK_NO;
}

/*
 * Characters whose breaks need no tables: hanzi, the marks that close or
 * open, letters, digits, spaces.
 */
enum plain { HAN, CLOSE, OPEN, LETTER, DIGIT, SPACE, OTHER };

static enum plain
plain_class(uint32_t cp)
{
	if (cp >= 0x4e00 && cp < 0x9fa6)
		return HAN;
	if (cp < 0x80)
		return cp == ' ' ? SPACE : is_digit(cp) ? DIGIT :
		    is_word(cp) ? LETTER : OTHER;
	switch (cp) {
	case 0x3001: case 0x3002: case 0x300b: case 0x300d: case 0x300f:
	case 0x3011: case 0xff01: case 0xff09: case 0xff0c: case 0xff1a:
	case 0xff1b: case 0xff1f:
		return CLOSE;
	case 0x300a: case 0x300c: case 0x300e: case 0x3010: case 0xff08:
		return OPEN;
	default:
		return OTHER;
	}
}

/*
 * As breaks_find(), for text that has only such characters.  0: it has others,
 * a number that may have a unit behind it, or an opening mark behind a letter
 * or digit.
 */
static int
breaks_plain(const char *s, size_t len, char *brk)
{
	enum plain	 a = OPEN, b, before = OPEN;
	uint32_t	 cp;
	size_t		 i, n;

	memset(brk, BRK_NO, len);
	for (i = 0; i < len; i += n, a = b) {
		n = text_step(s + i, len - i, &cp);
		b = plain_class(cp);
		if (b == OTHER || (b == OPEN && (a == LETTER ||
		    a == DIGIT)) || (a == DIGIT && b == HAN) ||
		    (a == SPACE && before == DIGIT))
			return 0;
		if (b == SPACE) {
			if (a != SPACE)
				before = a;
		} else if (b == CLOSE || a == OPEN ||
		    (a == SPACE && before == OPEN))
			continue;
		else if ((a != LETTER && a != DIGIT) || b == HAN)
			brk[i] = BRK_YES;
	}
	return 1;
}

/* 1: a is a sign that joins the letter before it with b, of the same script. */
static int
is_joiner(uint32_t a, uint32_t b)
{
	switch (a) {
	case 0x094d: case 0x09cd: case 0x0a4d: case 0x0acd: case 0x0b4d:
	case 0x0c4d: case 0x0ccd: case 0x0d4d: case 0x0dca:
		return b >> 7 == a >> 7;	/* a block of 128 each */
	case 0x1039: case 0x17d2: case 0x1a60:
		return b >> 8 == a >> 8;
	default:
		return 0;
	}
}

int
breaks_cluster(uint32_t a, uint32_t b)
{
	/*
	 * For Unicode some Burmese vowel signs do not belong to the cluster
	 * before them (UAX #29, SpacingMark), but they must not start a line
	 * either.
	 */
	if (b == 0x200b || a == 0x200b)		/* a line may end here */
		return b == 0x200b;
	return text_char_width(b) == 0 || !uc_is_grapheme_break(a, b) ||
	    is_joiner(a, b) ||
	    uc_is_general_category_withtable(b, UC_CATEGORY_MASK_M);
}

void
breaks_find(const char *s, size_t len, char *brk)
{
	uint32_t	 a = 0, b, before = 0, last = 0;
	size_t		 i, n, glued = 0;
	int		 mark;

	if (breaks_plain(s, len, brk))
		return;
	u8_possible_linebreaks((const uint8_t *)s, len, "UTF-8", brk);
	for (i = 0; i < len; i += n, last = b) {
		n = text_step(s + i, len - i, &b);
		/* A mark stays with its base character, in all scripts. */
		mark = breaks_joins(last, b);
		brk[i] = i == 0 || i < glued || mark ? BRK_NO :
		    (char)judge(before, a, b, brk[i]);
		if (syllable_is_in(b) && syllable_is_in(last) &&
		    brk[i] == BRK_NO && !mark)
			brk[i] = (char)syllable_break(s, i, len);
		if (n > 1)
			memset(brk + i + 1, BRK_NO, n - 1);
		if (is_digit(a) && text_is_cjk(b) && i >= glued &&
		    len - i >= 3)
			glued = i + unit_zh(s + i, len - i);
		if (a == ' ' && is_digit(before) && brk[i] == BRK_YES &&
		    unit_en(s + i, len - i) > 0)
			brk[i] = BRK_NO;
		if (!mark) {
			if (a != ' ')	/* spaces count as one */
				before = a;
			a = b;
		}
	}
}

/* 1: a line of ASCII may end before i: at a space, but not before a unit. */
static int
is_break_ascii(const char *s, size_t len, size_t i)
{
	return s[i - 1] == ' ' && s[i] != ' ' && (i < 2 ||
	    !is_digit((uint8_t)s[i - 2]) || unit_en(s + i, len - i) == 0);
}

size_t
breaks_ascii(const char *s, size_t len, size_t start, unsigned cols)
{
	size_t	 at, over = start + cols;

	while (over < len && s[over] == ' ')
		over++;
	if (over >= len)
		return len;
	for (at = over; at > start; at--)
		if (is_break_ascii(s, len, at))
			return at;
	return over;
}
