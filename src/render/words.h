/* SPDX-License-Identifier: ISC */
/*
 * The phrases, marks and form of numbers of one language of a capsule.  A
 * phrase comes from capsule.yml (words:), else from apeng; it is English when
 * neither has it in that language.
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

/* Set the voice of a language; it borrows from the profile. */
void	 words_voice(struct voice *, const struct profile *, size_t lang);
/* The marks of the language with that BCP 47 tag. */
const struct idiom_marks *words_marks(const char *tag);

#endif
