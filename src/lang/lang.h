/* SPDX-License-Identifier: ISC */
/*
 * Apeng's own words, a file a language (src/lang/xx.txt), with how the
 * language writes numbers and marks.  All is constant: the files are made
 * into C at build time (embed.awk).  The first part of such a file has phrases
 * with an id, which pages and menus show.  The second part has texts that are
 * found by their English: findings, the schema's descriptions, --help and the
 * starter capsule.  A text that is missing is shown in English.
 */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include <stddef.h>

#include "lang/phrases.h"
#include "lang/tag.h"
#include "proto/idiom.h"
#include "proto/number.h"

#define LANG_CONSTANT(constant, id)	LANG_ ## constant,
enum lang_phrase {
	LANG_PUBLIC_PHRASES(LANG_CONSTANT)
	LANG_OTHER_PHRASES(LANG_CONSTANT)
	LANG_N
};
#undef LANG_CONSTANT

/* A text without an id, by its English; en NULL: the end. */
struct lang_message {
	const char	*en, *text;
};

struct language {
	const char		*tags;		/* "nb no": BCP 47 */
	const char		*script;	/* "hans"; NULL: any */
	const char		*name;		/* 中文 */
	const char		*english;	/* "Chinese" */
	const char		*plural;	/* ending of a counted word,
						   unless there is one of it */
	int			 zero_one;	/* 1: none for a count of 0 */
	const struct idiom_marks *marks;
	struct number_form	 number;
	const char *const	*text;		/* by enum lang_phrase, English
						   where it has none */
	const struct lang_message *said;
};

/* A tag of a language's file, by the language's place in lang_all. */
struct lang_tag {
	size_t			 lang;
	struct tag		 is;
};

extern const struct lang_tag	lang_tags[];
extern const size_t		lang_ntags;
/* English is the first. */
extern const struct language	lang_all[];
extern const size_t		lang_nall;

/*
 * The language whose tags match the given tag best.  A language in another
 * script does not match: zh-TW is not served in simplified characters.  NULL:
 * apeng does not have that language.
 */
const struct language	*lang_of(const char *tag);
/* The same; English when there is none. */
const struct language	*lang_or_english(const char *tag);
/*
 * The text en in that language, or a format with the same arguments in the same
 * order; en itself when the language's file does not have it.
 */
const char		*lang_say(const struct language *, const char *en)
			    __attribute__((__format_arg__ (2)));
/* The ending of a word that counts n: "s" in "%zu warning%s". */
const char		*lang_plural(const struct language *, size_t n);
/* "next" of LANG_NEXT; only the first lang_npublic are for capsules. */
const char		*lang_id(size_t phrase);
extern const size_t	 lang_npublic;
/*
 * The name of a language in English, and in itself; also for some languages
 * that apeng has no file of.  NULL: not known.
 */
const char		*lang_english_name(const char *tag);
const char		*lang_own_name(const char *tag);

#endif
