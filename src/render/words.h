/* SPDX-License-Identifier: ISC */
/*
 * How pages speak in one language of a capsule: in apeng's own phrases, or
 * as capsule.yml (words:) has them; in English where neither knows them.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include <stddef.h>

#include "lang/lang.h"

struct profile;

struct voice {
	const char		*word[LANG_N];
	const struct idiom_marks *marks;
	struct number_form	 number;
	int			 wide;		/* full-width punctuation */
};

/* Borrows from the profile. */
void	 words_voice(struct voice *, const struct profile *, size_t lang);
/* The marks that a language of that BCP 47 tag is written with. */
const struct idiom_marks *words_marks(const char *tag);

#endif
