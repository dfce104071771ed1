/* SPDX-License-Identifier: ISC */
/*
 * Find a language by its tag, and its texts.  The tables are made from
 * src/lang/xx.txt by embed.awk; the tags and texts to be found may be anything.
 */
#include <string.h>

#include "lang/lang.h"

#define LANG_ID(constant, id)	id,
static const char *const	ids[] = {
	LANG_PUBLIC_PHRASES(LANG_ID)
	LANG_OTHER_PHRASES(LANG_ID)
};
#undef LANG_ID
#define LANG_ONE(constant, id)	+ 1
const size_t	lang_npublic = 0 LANG_PUBLIC_PHRASES(LANG_ONE);
#undef LANG_ONE

/* Names of languages that have no file yet. */
static const struct {
	const char	*tag, *english, *own;
} names[] = {
	{ "bo", "Tibetan", NULL },
	{ "ii", "Yi", NULL },
	{ "it", "Italian", NULL },
	{ "mn", "Mongolian", "Монгол" },
	{ "ms", "Malay", NULL },
	{ "my", "Burmese", NULL },
	{ "ug", "Uyghur", NULL },
	{ "za", "Zhuang", NULL },
};

/*
 * 1: the language is written in the script asked for, or one of the two names
 * none.
 */
static int
is_written(const struct language *l, const struct tag *asked)
{
	return l->script == NULL || asked->script[0] == '\0' ||
	    strcmp(l->script, asked->script) == 0;
}

static const struct language *
look(const char *tag)
{
	const struct language	*found = NULL;
	const struct lang_tag	*t;
	struct tag		 asked;
	unsigned		 n, best = 0;

	tag_read(tag, &asked);
	for (t = lang_tags; t < lang_tags + lang_ntags; t++)
		if (t->is.language[0] == asked.language[0] &&
		    (n = tag_match(&asked, &t->is)) > best &&
		    is_written(&lang_all[t->lang], &asked)) {
			best = n;
			found = &lang_all[t->lang];
		}
	return found;
}

/*
 * A menu calls this for each of its items, so each thread keeps its last
 * result.
 */
const struct language *
lang_of(const char *tag)
{
	static _Thread_local struct {
		char			 tag[16];
		const struct language	*is;
	} last;
	size_t			 n = strnlen(tag, sizeof(last.tag));

	if (n == sizeof(last.tag))
		return look(tag);
	if (n == 0 || memcmp(last.tag, tag, n + 1) != 0) {
		last.is = look(tag);
		memcpy(last.tag, tag, n + 1);
	}
	return last.is;
}

const struct language *
lang_or_english(const char *tag)
{
	const struct language	*l = lang_of(tag);

	return l != NULL ? l : &lang_all[0];
}

const char *
lang_say(const struct language *l, const char *en)
{
	const struct lang_message	*m;

	for (m = l->said; m->en != NULL; m++)
		if (strcmp(m->en, en) == 0)
			return m->text;
	return en;
}

const char *
lang_plural(const struct language *l, size_t n)
{
	if (n == 1 || (n == 0 && l->zero_one) || l->plural == NULL)
		return "";
	return l->plural;
}

const char *
lang_id(size_t phrase)
{
	return phrase < LANG_N ? ids[phrase] : NULL;
}

/* The index in names[] of a tag's language, or the number of rows. */
static size_t
name_of(const char *tag)
{
	struct tag	 asked, has;
	size_t		 i;

	tag_read(tag, &asked);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		tag_read(names[i].tag, &has);
		if (tag_match(&asked, &has) > 0)
			break;
	}
	return i;
}

const char *
lang_english_name(const char *tag)
{
	const struct language	*l = lang_of(tag);
	size_t			 i;

	if (l != NULL)
		return l->english;
	i = name_of(tag);
	return i < sizeof(names) / sizeof(names[0]) ? names[i].english : NULL;
}

const char *
lang_own_name(const char *tag)
{
	const struct language	*l = lang_of(tag);
	size_t			 i;

	if (l != NULL)
		return l->name;
	i = name_of(tag);
	return i < sizeof(names) / sizeof(names[0]) ? names[i].own : NULL;
}
