/* SPDX-License-Identifier: ISC */
/*
 * Looking up languages and what they say.  The tables are made from
 * src/lang/xx.txt by embed.awk; tags and texts asked for may be anything.
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

/* Languages that have no file yet, for those who choose one. */
static const struct {
	const char	*tag, *english, *own;
} names[] = {
	{ "bn", "Bengali", "বাংলা" },	{ "bo", "Tibetan", NULL },
	{ "de", "German", "Deutsch" },	{ "es", "Spanish", "Español" },
	{ "fa", NULL, "فارسی" },	{ "hi", "Hindi", "हिन्दी" },
	{ "id", "Indonesian", "Bahasa Indonesia" },
	{ "ii", "Yi", NULL },		{ "it", "Italian", NULL },
	{ "ja", "Japanese", "日本語" },	{ "kk", "Kazakh", NULL },
	{ "ko", "Korean", "한국어" },	{ "mn", "Mongolian", "Монгол" },
	{ "ms", "Malay", NULL },	{ "my", "Burmese", NULL },
	{ "ne", "Nepali", NULL },	{ "pt", "Portuguese", "Português" },
	{ "ru", "Russian", "Русский" },	{ "sw", "Swahili", "Kiswahili" },
	{ "th", "Thai", "ไทย" },	{ "tr", "Turkish", NULL },
	{ "ug", "Uyghur", NULL },	{ "vi", "Vietnamese", "Tiếng Việt" },
	{ "za", "Zhuang", NULL },
};

/* How many bytes of tag a list of tags has at most; 0: another language. */
static size_t
match(const char *tags, const char *tag)
{
	size_t	 n, best = 0;

	for (; *tags != '\0'; tags += n + (tags[n] == ' ')) {
		n = strcspn(tags, " ");
		if (n > best && strncmp(tags, tag, n) == 0 &&
		    (tag[n] == '\0' || tag[n] == '-'))
			best = n;
	}
	return best;
}

const struct language *
lang_of(const char *tag)
{
	const struct language	*found = NULL;
	size_t			 i, n, best = 0;

	for (i = 0; i < lang_nall; i++)
		if ((n = match(lang_all[i].tags, tag)) > best) {
			best = n;
			found = &lang_all[i];
		}
	return found;
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
lang_id(size_t phrase)
{
	return phrase < LANG_N ? ids[phrase] : NULL;
}

const char *
lang_english_name(const char *tag)
{
	const struct language	*l = lang_of(tag);
	size_t			 i;

	for (i = 0; l == NULL && i < sizeof(names) / sizeof(names[0]); i++)
		if (match(names[i].tag, tag) > 0)
			return names[i].english;
	return l != NULL ? l->english : NULL;
}

const char *
lang_own_name(const char *tag)
{
	const struct language	*l = lang_of(tag);
	size_t			 i;

	for (i = 0; l == NULL && i < sizeof(names) / sizeof(names[0]); i++)
		if (match(names[i].tag, tag) > 0)
			return names[i].own;
	return l != NULL ? l->name : NULL;
}
