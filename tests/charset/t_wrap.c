/* SPDX-License-Identifier: ISC */
/* Lines: written cases, then the rules for random text with fixed seeds. */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/wrap.h"
#include "lib/test.h"

#define LINES	512

static struct lines {
	size_t	 n;
	char	 prefix[LINES][16];
	char	 text[LINES][512];
} got;

static int
collect(void *arg, const char *prefix, const char *s, size_t len)
{
	struct lines	*l = arg;

	assert_true(l->n < LINES && len < sizeof(l->text[0]));
	snprintf(l->prefix[l->n], sizeof(l->prefix[0]), "%s", prefix);
	memcpy(l->text[l->n], s, len);
	l->text[l->n++][len] = '\0';
	return 0;
}

static void
wrap(const struct charset *set, unsigned cols, const char *first, const char *rest,
    const char *s)
{
	struct wrap	 w = { set, cols, first, rest };

	got.n = 0;
	assert_int_equal(wrap_text(&w, s, strlen(s), collect, &got), 0);
}

static const struct {
	const char	*name;
	const struct charset	*charset;
	unsigned	 cols;
	const char	*first, *rest, *in;
	const char	*out;			/* lines parted by | */
} cases[] = {
	{ "empty", &charset_utf8, 10, "", "", "", "" },
	{ "spaces", &charset_utf8, 10, "", "", "   ", "" },
	{ "fits", &charset_utf8, 10, "", "", "one two", "one two" },
	{ "at a space", &charset_utf8, 10, "", "", "one two three",
	    "one two|three" },
	{ "exactly", &charset_utf8, 10, "", "", "abcde fghi jk",
	    "abcde fghi|jk" },
	{ "hyphen stays", &charset_utf8, 20, "", "",
	    "the line Chongqing-Huaihua is", "the line|Chongqing-Huaihua is" },
	{ "word too wide", &charset_utf8, 10, "", "", "a bcdefghijklmno p",
	    "a|bcdefghijk|lmno p" },
	{ "path too wide: after a slash", &charset_utf8, 10, "", "",
	    "x https://a/bcdefg/hij", "x|https://a/|bcdefg/hij" },
	/* U+200B of the author marks where Thai and Khmer words end. */
	{ "zero-width spaces", &charset_utf8, 8, "", "",
	    "ไป\u200bตลาด\u200bวันนี้\u200bครับ", "ไป\u200bตลาด\u200b|วันนี้\u200bครับ" },
	/* Without it by syllables: a vowel written first begins one, ะ ends one. */
	{ "Thai", &charset_utf8, 8, "", "", "ประชากรเกษตรกรรม",
	    "ประชากร|เกษตรกรร|ม" },
	{ "a silent consonant", &charset_utf8, 8, "", "", "กกกกกกกศักดิ์",
	    "กกกกกกก|ศักดิ์" },
	{ "Burmese", &charset_utf8, 8, "", "", "ဤရွာသည်မြစ်ကမ်းဘေး",
	    "ဤရွာသည်မြစ်|ကမ်းဘေး" },
	{ "Khmer", &charset_utf8, 8, "", "", "ភូមិនេះស្ថិតនៅ", "ភូមិនេះស្ថិត|នៅ" },
	{ "a conjunct stays whole", &charset_utf8, 8, "", "", "कककककककक्षक",
	    "ककककककक|क्षक" },
	{ "U+FE0F takes a column", &charset_utf8, 8, "", "", "abc \u260e\ufe0f ab",
	    "abc \u260e\ufe0f|ab" },
	{ "list", &charset_utf8, 12, "* ", "  ", "one two three four",
	    "* one two|  three four" },
	{ "dot at a line's start", &charset_utf8, 10, "", "",
	    "the ending .gpub is", "the ending| .gpub is" },
	{ "number and unit", &charset_utf8, 12, "", "", "it flows 249 km far",
	    "it flows|249 km far" },
	{ "chinese", &charset_utf8, 8, "", "", "黔江在重庆东南", "黔江在重|庆东南" },
	{ "no comma first", &charset_utf8, 8, "", "", "黔江在重，庆",
	    "黔江在|重，庆" },
	{ "no bracket last", &charset_utf8, 8, "", "", "黔江在（重庆）",
	    "黔江在|（重庆）" },
	{ "quotes are brackets", &charset_utf8, 8, "", "", "他说的“好”字",
	    "他说的|“好”字" },
	{ "unit of a number", &charset_utf8, 16, "", "", "面积共有约2402平方公里",
	    "面积共有约|2402平方公里" },
	{ "number of ten thousands", &charset_utf8, 12, "", "",
	    "人口共有55.4万人次", "人口共有|55.4万人次" },
	{ "ascii word in chinese", &charset_utf8, 10, "", "", "增长率GDP是七",
	    "增长率GDP|是七" },
	{ "dash of two", &charset_utf8, 9, "", "", "黔江区是——虎的",
	    "黔江区是|——虎的" },
	{ "name with a dot", &charset_utf8, 8, "", "", "黔江阿·蓬江",
	    "黔江|阿·蓬江" },
	{ "a mark of another script stays on", &charset_utf8, 8, "", "",
	    "黔江在重\xe0\xb9\x88。庆", "黔江在|重\xe0\xb9\x88。庆" },
	{ "a vowel of hangul stays on", &charset_utf8, 8, "", "",
	    "黔江在\xe1\x84\x80\xe1\x85\xa1。庆",
	    "黔江在|\xe1\x84\x80\xe1\x85\xa1。庆" },
	{ "a vowel sign of khmer stays on", &charset_utf8, 8, "", "",
	    "កកកកកកកកាក", "កកកកកកក|កាក" },
	{ "a visarga of devanagari stays on", &charset_utf8, 8, "", "",
	    "ककककककककःक", "ककककककक|कःक" },
	{ "a vowel sign of burmese stays on", &charset_utf8, 8, "", "",
	    "ကကကကကကကကေက", "ကကကကကကက|ကေက" },
	{ "sara am of thai stays on", &charset_utf8, 8, "", "",
	    "กกกกกกกกำก", "กกกกกกก|กำก" },
	{ "gb fills even columns", &charset_gb2312, 9, "", "", "a黔江在重庆",
	    "a黔江在|重庆" },
	{ "gb counts two", &charset_gb2312, 8, "", "", "“黔江”好", "“黔江”|好" },
};

static void
by_hand(void **state)
{
	struct buf	 b = BUF_INIT;
	size_t		 i, k;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		wrap(cases[i].charset, cases[i].cols, cases[i].first,
		    cases[i].rest, cases[i].in);
		buf_reset(&b);
		buf_str(&b, "");
		for (k = 0; k < got.n; k++)
			buf_fmt(&b, "%s%s%s", k > 0 ? "|" : "",
			    got.prefix[k], got.text[k]);
		if (strcmp(b.data, cases[i].out) != 0)
			fail_msg("%s: %s", cases[i].name, b.data);
	}
	buf_free(&b);
}

static uint32_t	seed;

static unsigned
dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static const char *const latin[] = {
	"a", "river", "Chongqing-Huaihua", ".gpub", "(2018)", "\"so\"", "7%",
	"35 km", "2,402", "end.", "x,", "e\xcc\x81t\xc3\xa9", "https://a.b/c",
};
static const char *const chinese[] = {
	"黔", "江", "重庆", "，", "。", "（", "）", "“", "”", "《", "》", "、",
	"2402平方公里", "55.4万人", "GDP", "——", "……", "60%", "·", "：", "年",
	"3公里", "A1", " ",
};

static void
make_text(struct buf *b, const char *const *words, size_t nword,
    const char *between)
{
	unsigned	 i, n = 1 + dice(60);

	buf_reset(b);
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_str(b, between);
		buf_str(b, words[dice((unsigned)nword)]);
	}
}

/* The lines together are the text; none is too wide or begins with a dot. */
static void
holds_text(const struct charset *set, unsigned cols, const char *s)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;
	const char	*p = s;

	for (i = 0; i < got.n; i++) {
		buf_reset(&b);
		buf_fmt(&b, "%s%s", got.prefix[i], got.text[i]);
		if (charset_width(set, b.data, b.len) > cols)
			fail_msg("too wide: %s", b.data);
		if (b.data[0] == '.')
			fail_msg("dot: %s", b.data);
		while (*p == ' ')
			p++;
		if (strncmp(p, got.text[i], strlen(got.text[i])) != 0)
			fail_msg("lost: %s", p);
		p += strlen(got.text[i]);
	}
	while (*p == ' ')
		p++;
	assert_int_equal(*p, '\0');
	buf_free(&b);
}

static void
random_latin(void **state)
{
	struct buf	 b = BUF_INIT;
	unsigned	 turn, cols;
	size_t		 i, k, w;
	char		*word, *save;

	(void)state;
	seed = 1;
	for (turn = 0; turn < 4000; turn++) {
		make_text(&b, latin, N(latin), " ");
		cols = 20 + dice(60);
		wrap(&charset_utf8, cols, "", "", b.data);
		holds_text(&charset_utf8, cols, b.data);
		/* No word is split. */
		for (i = 0; i < got.n; i++) {
			for (word = strtok_r(got.text[i], " ", &save);
			    word != NULL; word = strtok_r(NULL, " ", &save)) {
				for (k = 0; k < N(latin); k++) {
					w = strlen(word);
					if (strcmp(latin[k], word) == 0 ||
					    (strcmp(latin[k], "35 km") == 0 &&
					    (strcmp(word, "35") == 0 ||
					    (strcmp(word, "km") == 0 && w > 0))))
						break;
				}
				if (k == N(latin))
					fail_msg("split: %s", word);
			}
		}
	}
	buf_free(&b);
}

static int
begins(const char *s, const char *const *set, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strncmp(s, set[i], strlen(set[i])) == 0)
			return 1;
	return 0;
}

static int
ends(const char *s, const char *const *set, size_t n)
{
	size_t	 i, len = strlen(s), k;

	for (i = 0; i < n; i++) {
		k = strlen(set[i]);
		if (k <= len && strcmp(s + len - k, set[i]) == 0)
			return 1;
	}
	return 0;
}

/* 1: there is a run of marks so long that the rules cannot be kept. */
static int
is_hard(const char *s, unsigned cols)
{
	static const char *const glue[] = {
		"，", "。", "（", "）", "“", "”", "《", "》", "、", "——", "……",
		"·", "：", "%",
	};
	uint32_t	 cp;
	size_t		 n, run = 0;

	for (; *s != '\0'; s += n) {
		n = text_utf8_next(s, strlen(s), &cp);
		if (begins(s, glue, N(glue)) || cp < 0x80)
			run += 2;
		else
			run = 0;
		if (run + 24 > cols)
			return 1;
	}
	return 0;
}

static void
random_chinese(void **state)
{
	static const char *const closing[] = {
		"，", "。", "）", "”", "》", "、", "·", "：", "%",
	};
	static const char *const opening[] = { "（", "“", "《", "·" };
	static const char *const units[] = { "平", "方", "公里", "万人", "人" };
	struct buf	 b = BUF_INIT;
	unsigned	 turn, cols, tried = 0;
	size_t		 i, len;

	(void)state;
	seed = 2;
	for (turn = 0; turn < 6000; turn++) {
		const struct charset *set = turn % 2 ? &charset_gb2312 : &charset_utf8;

		make_text(&b, chinese, N(chinese), "");
		cols = 38 + dice(30);
		wrap(set, cols, "", "", b.data);
		holds_text(set, set == &charset_utf8 ? cols : cols & ~1u,
		    b.data);
		if (is_hard(b.data, cols))
			continue;
		tried++;
		for (i = 0; i < got.n; i++) {
			const char *s = got.text[i];

			len = strlen(s);
			if (i > 0 && begins(s, closing, N(closing)))
				fail_msg("closing mark first: %s", s);
			if (i + 1 < got.n && ends(s, opening, N(opening)))
				fail_msg("opening mark last: %s", s);
			if (i + 1 < got.n && len > 0 && s[len - 1] >= '0' &&
			    s[len - 1] <= '9' && begins(got.text[i + 1],
			    units, N(units)))
				fail_msg("unit lost: %s", s);
			if (i > 0 && (strncmp(s, "DP", 2) == 0 ||
			    strncmp(s, "P", 1) == 0))
				fail_msg("word split: %s", s);
		}
	}
	assert_true(tried > 1000);
	buf_free(&b);
}

/* Any characters: nothing is lost, no line is too wide. */
static void
random_bytes(void **state)
{
	static const struct charset *const sets[] = {
		&charset_utf8, &charset_ascii, &charset_latin1,
		&charset_gb2312, &charset_hz
	};
	struct buf	 raw = BUF_INIT, b = BUF_INIT;
	struct fit	 f;
	unsigned	 turn, i, n, cols;
	char		 s[4];

	(void)state;
	seed = 3;
	for (turn = 0; turn < 4000; turn++) {
		const struct charset *set = sets[turn % N(sets)];

		buf_reset(&raw);
		buf_reset(&b);
		n = dice(120);
		for (i = 0; i < n; i++)
			buf_add(&raw, s, text_utf8_put(s, dice(3) == 0 ?
			    dice(0x110000) : dice(2) ? 0x20 + dice(0x60) :
			    0x2000 + dice(0x3000)));
		charset_init(&f, set, NULL, 0);
		buf_str(&b, "");
		charset_fit(&f, raw.data == NULL ? "" : raw.data, raw.len, &b);
		cols = 8 + dice(70);
		wrap(set, cols, "", "", b.data);
		holds_text(set, cols, b.data);
	}
	buf_free(&raw);
	buf_free(&b);
}

/* In any number of columns no line begins or ends inside a syllable. */
static void
syllables(void **state)
{
	static const char *const texts[] = {
	    ("ตำบลแม่ปายตั้งอยู่ในหุบเขาทางทิศเหนือของอำเภอปายมีประชากรห้าพันกว่าคนส่วนใหญ่เป็นชาวไทยใหญ่กะเหรี่ยง"
	    "ลีซอและลาหู่ประกอบอาชีพเกษตรกรรมปลูกข้าวกระเทียมถั่วเหลืองและเลี้ยงสัตว์การเดินทางใช้เวลาสามชั่วโมง"),
	    "ບ້ານນີ້ຕັ້ງຢູ່ແຄມແມ່ນໍ້າຂອງແລະປະຊາຊົນເຮັດນາເຮັດສວນລ້ຽງສັດຂາຍຢູ່ຕະຫຼາດທຸກມື້",
	    "ဤရွာသည်မြစ်ကမ်းဘေးတွင်တည်ရှိပြီးရွာသူရွာသားများသည်စိုက်ပျိုးရေးဖြင့်အသက်မွေးဝမ်းကျောင်းကြသည်မန္တလေး",
	    "ភូមិនេះស្ថិតនៅលើភ្នំខ្ពស់ហើយប្រជាជនរស់នៅដោយការធ្វើស្រែចម្ការនិងនេសាទត្រីនៅក្នុងទន្លេធំជិតផ្សារ",
	    "ग्रामपंचायतकार्यालयसेनदीकेकिनारेतकजानेवालीसड़कपरपुरानामंदिरऔरबाजारदोनोंमिलतेहैं",
	};
	/* These must not be first in a line; these must not be last. */
	static const char	*first = "ะาำๅๆฯະາຳຽໆ\u17d2\u1039",
				*last = "เแโใไເແໂໃໄ\u17d2\u1039\u094d";
	unsigned	 cols, i;
	uint32_t	 cp, end;
	size_t		 k, n, at;
	char		 one[5];

	(void)state;
	for (i = 0; i < N(texts); i++)
		for (cols = 8; cols < 70; cols++) {
			wrap(&charset_utf8, cols, "", "", texts[i]);
			for (k = 0; k < got.n; k++) {
				n = text_utf8_next(got.text[k],
				    strlen(got.text[k]), &cp);
				for (at = n, end = cp;
				    got.text[k][at] != '\0'; at += n)
					n = text_step(got.text[k] + at,
					    strlen(got.text[k] + at), &end);
				one[text_utf8_put(one, cp)] = '\0';
				if (k > 0 && (strstr(first, one) != NULL ||
				    text_char_width(cp) == 0))
					fail_msg("%u: %s|%s", cols,
					    got.text[k - 1], got.text[k]);
				one[text_utf8_put(one, end)] = '\0';
				if (k + 1 < got.n && strstr(last, one) != NULL)
					fail_msg("%u: %s|%s", cols,
					    got.text[k], got.text[k + 1]);
			}
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(syllables),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(random_latin),
		cmocka_unit_test(random_chinese),
		cmocka_unit_test(random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
