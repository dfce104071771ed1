/* SPDX-License-Identifier: ISC */
/*
 * A language tag has parts with "-" between: a language of two or three letters
 * (zh), perhaps a script of four (Hant), a region of two letters or three
 * digits (TW), then variants and extensions, which apeng does not need.  Small
 * and capital letters are the same.  Tags come from authors and from strangers'
 * packages: they may be anything.
 */
#include <string.h>

#include "lang/tag.h"

/* The script that a region uses when the tag names none. */
static const struct {
	char	 language[3], region[3], script[5];
} written[] = {
	{ "zh", "tw", "hant" }, { "zh", "hk", "hant" },
	{ "zh", "mo", "hant" }, { "zh", "cn", "hans" },
	{ "zh", "sg", "hans" }, { "kk", "cn", "arab" },
	{ "kk", "mn", "arab" }, { "ky", "cn", "arab" },
	{ "pa", "pk", "arab" }, { "sd", "in", "deva" },
	{ "mn", "cn", "mong" }, { "uz", "af", "arab" },
	{ "tg", "pk", "arab" }, { "ms", "cc", "arab" },
	{ "az", "ir", "arab" }, { "az", "iq", "arab" },
};

/* Country codes that are no language codes, and the language that is meant. */
static const struct {
	char	 country[3], tag[6];
} countries[] = {
	{ "cn", "zh" }, { "cz", "cs" }, { "dk", "da" }, { "ir", "fa" },
	{ "jp", "ja" }, { "kz", "kk" }, { "np", "ne" }, { "vn", "vi" },
};

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* 1: the part has n1 to n2 letters and nothing else. */
static int
letters(const char *s, size_t len, size_t n1, size_t n2)
{
	size_t	 i;

	if (len < n1 || len > n2)
		return 0;
	for (i = 0; i < len; i++)
		if (!is_letter(s[i]))
			return 0;
	return 1;
}

static int
digits(const char *s, size_t len, size_t n)
{
	size_t	 i;

	if (len != n)
		return 0;
	for (i = 0; i < len; i++)
		if (!is_digit(s[i]))
			return 0;
	return 1;
}

static int
is_script(const char *s, size_t len)
{
	return letters(s, len, 4, 4);
}

static int
is_region(const char *s, size_t len)
{
	return letters(s, len, 2, 2) || digits(s, len, 3);
}

static int
is_variant(const char *s, size_t len)
{
	return (len >= 5 && len <= 8) || (len == 4 && is_digit(*s));
}

static int
is_same(const char *a, const char *b, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if (small(a[i]) != small(b[i]))
			return 0;
	return 1;
}

/* The parts of a tag one after another. */
struct tag_parts {
	const char	*at;
	size_t		 len;
};

static void
next(struct tag_parts *p)
{
	p->at += p->len + (p->at[p->len] == '-');
	p->len = strcspn(p->at, "-");
}

/* 1: the part at p is also among those from s to p. */
static int
is_again(const char *s, const struct tag_parts *p)
{
	struct tag_parts	 q = { s, strcspn(s, "-") };

	for (; q.at < p->at; next(&q))
		if (q.len == p->len && is_same(q.at, p->at, p->len))
			return 1;
	return 0;
}

/* Check extensions (u-ca-buddhist) and private parts (x-...) from p on. */
static enum tag_fault
check_extensions(struct tag_parts *p)
{
	const char	*first = p->at;
	int		 is_private = 0;
	size_t		 n = 1;

	for (; p->len > 0; next(p)) {
		if (!is_private && p->len == 1) {
			if (n == 0)
				return TAG_PART;
			if (is_again(first, p))
				return TAG_TWICE;
			is_private = small(*p->at) == 'x';
			n = 0;
		} else if (p->len > 8)
			return TAG_PART;
		else
			n++;
	}
	return n == 0 || *p->at != '\0' ? TAG_PART : TAG_GOOD;
}

static enum tag_fault
check_parts(struct tag_parts *p)
{
	const char	*first;
	size_t		 n;

	if (small(*p->at) == 'x' && p->len == 1)
		return check_extensions(p);
	if (!letters(p->at, p->len, 2, 8))
		return TAG_LANGUAGE;
	n = p->len;
	next(p);
	if (n <= 3)
		for (n = 0; n < 3 && letters(p->at, p->len, 3, 3); n++)
			next(p);
	if (is_script(p->at, p->len))
		next(p);
	if (is_region(p->at, p->len))
		next(p);
	for (first = p->at; is_variant(p->at, p->len); next(p))
		if (is_again(first, p))
			return TAG_TWICE;
	if (p->len == 1)
		return check_extensions(p);
	return p->len > 0 || *p->at != '\0' ? TAG_PART : TAG_GOOD;
}

enum tag_fault
tag_check(const char *tag, const char **part, size_t *len)
{
	struct tag_parts	 p = { tag, strcspn(tag, "-") };
	enum tag_fault	 fault;
	size_t		 i;

	for (i = 0; tag[i] != '\0'; i++)
		if (!is_letter(tag[i]) && !is_digit(tag[i]) &&
		    tag[i] != '-') {
			*part = tag + i;
			*len = 1;
			return TAG_MARK;
		}
	for (i = 0; i < sizeof(countries) / sizeof(countries[0]); i++)
		if (p.len == 2 && is_same(tag, countries[i].country, 2)) {
			*part = countries[i].tag;
			*len = strlen(countries[i].tag);
			return TAG_COUNTRY;
		}
	fault = check_parts(&p);
	if (fault == TAG_GOOD && i > 0 && tag[strlen(tag) - 1] == '-')
		fault = TAG_PART;
	*part = p.at;
	*len = p.len;
	return fault;
}

static void
take(char *out, size_t size, const struct tag_parts *p)
{
	size_t	 i;

	for (i = 0; i < p->len && i + 1 < size; i++)
		out[i] = small(p->at[i]);
	out[i] = '\0';
}

void
tag_read(const char *tag, struct tag *t)
{
	struct tag_parts	 p = { tag, strcspn(tag, "-") };
	size_t		 i;

	memset(t, 0, sizeof(*t));
	if (p.len < sizeof(t->language))
		take(t->language, sizeof(t->language), &p);
	for (next(&p), i = 0; i < 3 && letters(p.at, p.len, 3, 3); i++)
		next(&p);
	if (is_script(p.at, p.len)) {
		take(t->script, sizeof(t->script), &p);
		next(&p);
	}
	if (is_region(p.at, p.len))
		take(t->region, sizeof(t->region), &p);
	for (i = 0; t->script[0] == '\0' &&
	    i < sizeof(written) / sizeof(written[0]); i++)
		if (strcmp(t->language, written[i].language) == 0 &&
		    strcmp(t->region, written[i].region) == 0)
			strcpy(t->script, written[i].script);
}

int
tag_is_rtl(const char *tag)
{
	static const char *const scripts[] = { "adlm", "arab", "hebr", "nkoo",
	    "rohg", "syrc", "thaa" };
	static const char *const languages[] = { "ar", "ckb", "dv", "fa", "he",
	    "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi" };
	struct tag	 t;
	size_t		 i;

	tag_read(tag, &t);
	for (i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (strcmp(t.script, scripts[i]) == 0)
			return 1;
	for (i = 0; t.script[0] == '\0' &&
	    i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(t.language, languages[i]) == 0)
			return 1;
	return 0;
}

unsigned
tag_match(const struct tag *asked, const struct tag *has)
{
	unsigned	 n = 1;

	if (has->language[0] == '\0' ||
	    strcmp(asked->language, has->language) != 0)
		return 0;
	if (has->script[0] != '\0') {
		if (strcmp(asked->script, has->script) != 0)
			return 0;
		n += 2;
	}
	if (has->region[0] != '\0') {
		if (strcmp(asked->region, has->region) != 0)
			return 0;
		n++;
	}
	return n;
}
