/* SPDX-License-Identifier: ISC */
/*
 * Looking up languages and what they say.  The tables are made from
 * src/lang/xx.txt by embed.awk; tags and texts asked for may be anything.
 */
#include <string.h>

#include "lang/lang.h"
#include "lang/tag.h"

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
	{ "bo", "Tibetan", NULL },
	{ "ii", "Yi", NULL },
	{ "it", "Italian", NULL },
	{ "mn", "Mongolian", "Монгол" },
	{ "ms", "Malay", NULL },
	{ "my", "Burmese", NULL },
	{ "ug", "Uyghur", NULL },
	{ "za", "Zhuang", NULL },
};

/* How much of a tag the best of a list of tags has; 0: another language. */
static unsigned
match(const char *tags, const struct tag *asked)
{
	struct tag	 has;
	char		 one[36];
	unsigned	 best = 0, k;
	size_t		 n;

	for (; *tags != '\0'; tags += n + (tags[n] == ' ')) {
		n = strcspn(tags, " ");
		if (n >= sizeof(one))
			continue;
		memcpy(one, tags, n);
		one[n] = '\0';
		tag_read(one, &has);
		if ((k = tag_match(asked, &has)) > best)
			best = k;
	}
	return best;
}

/* 1: who asks for that tag reads what the language is written in. */
static int
is_written(const struct language *l, const struct tag *asked)
{
	struct tag	 t;
	char		 s[16] = "und-";

	if (l->script == NULL || asked->script[0] == '\0' ||
	    strlen(l->script) != 4)
		return 1;
	tag_read(strcat(s, l->script), &t);
	return strcmp(t.script, asked->script) == 0;
}

const struct language *
lang_of(const char *tag)
{
	const struct language	*found = NULL;
	struct tag		 asked;
	unsigned		 n, best = 0;
	size_t			 i;

	tag_read(tag, &asked);
	for (i = 0; i < lang_nall; i++)
		if ((n = match(lang_all[i].tags, &asked)) > best &&
		    is_written(&lang_all[i], &asked)) {
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

/* The row of names[] for a tag, or their number. */
static size_t
name_of(const char *tag)
{
	struct tag	 asked;
	size_t		 i;

	tag_read(tag, &asked);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (match(names[i].tag, &asked) > 0)
			break;
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
