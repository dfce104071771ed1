/* SPDX-License-Identifier: ISC */
/*
 * What render says in its own words, in the language of a page: built in
 * for English and Chinese, from capsule.yml (words:) for others, English
 * where those say nothing.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include <stddef.h>

#include "proto/idiom.h"
#include "proto/number.h"

struct profile;

enum word {
	W_NEXT, W_PREVIOUS, W_UP, W_CONTACT, W_CHANGED, W_NOTICE, W_NOTE,
	W_PRINTED, W_OPEN, W_FASTER, W_BUILDING, W_PLANNED, W_SCALE, W_CHART,
	W_MAP, W_ALL_PAGES, W_FURTHER_DOWN, W_FIGURES_CSV, W_ABOUT_KB, W_NAMES,
	W_NOTES, W_FEED, W_NOTHING, W_THOUSANDS,
	W_GET, W_GET_LINK, W_GET_HERE, W_GET_READ, W_APENG, W_APENG_TEXT,
	W_APENG_STICK, W_STOCK, W_STOCK_TEXT, W_STOCK_OPEN, W_KEY, W_KEY_TEXT,
	W_KEY_FILE, W_PROVE, W_PROVE_TEXT, W_PROVE_GOOD, W_UNSIGNED, W_SHELL,
	W_SEARCH, W_SEARCH_TEXT,
	W_TIMELINE, W_TIMELINE_ORDER, W_TIMELINE_ALT, W_BC,
	W_MAX
};

struct voice {
	const char	*word[W_MAX];
	int		 wide;		/* full-width punctuation */
	const struct idiom_marks *marks;
	struct number_form number;
};

/* 1: texts of that BCP 47 tag have full-width punctuation. */
int		 words_wide(const char *tag);
/* Borrows from the profile. */
void		 words_voice(struct voice *, const struct profile *,
		    size_t lang);

#endif
