/* SPDX-License-Identifier: ISC */
/*
 * The language of findings, and of what editors show of the schema.  The
 * program's own texts are English; tables give the Chinese of each that an
 * office meets.
 */
#ifndef CONTENT_TONGUE_H
#define CONTENT_TONGUE_H

#include <stddef.h>

enum tongue { TONGUE_EN, TONGUE_ZH };

struct tongue_pair {
	const char	*en, *zh;	/* en NULL: the end of a table */
};

extern const struct tongue_pair	 tongue_findings[], tongue_schema[];

/*
 * The same text, or format of the same arguments in the same order, in
 * that language; en itself when no table has it.
 */
const char	*tongue_say(enum tongue, const char *en)
		    __attribute__((__format_arg__ (2)));

#endif
