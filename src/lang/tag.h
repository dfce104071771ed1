/* SPDX-License-Identifier: ISC */
/*
 * Language tags (BCP 47, RFC 5646): whether one is well formed, and which
 * language, script and region it is of.
 */
#ifndef LANG_TAG_H
#define LANG_TAG_H

#include <stddef.h>

enum tag_fault {
	TAG_GOOD,
	TAG_LANGUAGE,		/* does not begin with a language's letters */
	TAG_MARK,		/* a character that no tag has, as "_" */
	TAG_PART,		/* a part that fits no place in a tag */
	TAG_TWICE,		/* a part that is allowed only once */
	TAG_COUNTRY		/* begins with a country's letters: jp */
};

/* Parts in small letters, ended by NUL; empty: the tag does not have it. */
struct tag {
	char	 language[9];
	char	 script[5];	/* of the tag, or the region's script */
	char	 region[4];
};

/*
 * Whether tag is well formed.  If it is not, *part and *len say which piece
 * of it is wrong; with TAG_COUNTRY *part is what to write instead.
 */
enum tag_fault	 tag_check(const char *tag, const char **part, size_t *len);
/* Read language, script and region of a tag, which may be anything. */
void		 tag_read(const char *, struct tag *);
/* 1: written from right to left, by its script or the language's usual one. */
int		 tag_is_rtl(const char *);
/*
 * How well the tag has fits the tag asked.  0: the languages differ, or has
 * names another script or region; 1: has names only the language; more: has
 * names the same script or region, too.
 */
unsigned	 tag_match(const struct tag *asked, const struct tag *has);

#endif
