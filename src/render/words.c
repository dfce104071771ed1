/* SPDX-License-Identifier: ISC */
/*
 * Collects the phrases, the marks and the form of numbers of a page's language.
 * They come from lang/; phrases that capsule.yml has under words: replace them.
 * Trusts the profile, which content/ has checked.
 */
#include <string.h>

#include "content/profile.h"
#include "render/words.h"

const struct idiom_marks *
words_marks(const char *tag)
{
	const struct language	*l = lang_of(tag);

	return l != NULL ? l->marks : &idiom_narrow;
}

void
words_voice(struct voice *v, const struct profile *p, size_t lang)
{
	const char		*tag = p->lang[lang].tag, *own;
	const struct language	*l = lang_or_english(tag);
	size_t			 i, j;

	v->marks = words_marks(tag);
	v->wide = v->marks != &idiom_narrow && v->marks != &idiom_french;
	v->number = l->number;
	for (i = 0; i < LANG_N; i++)
		v->word[i] = l->text[i];
	for (j = 0; j < p->nwords; j++) {
		if ((own = p->words[j].word.in[lang]) == NULL)
			continue;
		for (i = 0; i < lang_npublic; i++)
			if (strcmp(p->words[j].id, lang_id(i)) == 0)
				v->word[i] = own;
	}
	v->number.thousands = v->word[LANG_THOUSANDS];
	v->number.decimal = v->word[LANG_DECIMAL];
	v->number.digits = strcmp(v->word[LANG_DIGITS], "0123456789") == 0 ?
	    NULL : v->word[LANG_DIGITS];
}
