/*
 * The language of findings, and of what editors show of the schema.  The
 * program's own texts are English; a table gives the Chinese of each that
 * an office meets.
 */
#ifndef CONTENT_TONGUE_H
#define CONTENT_TONGUE_H

#include <stddef.h>

enum tongue { TONGUE_EN, TONGUE_ZH };

/*
 * The same text, or format of the same arguments in the same order, in
 * that language; en itself when the table does not have it.
 */
const char	*tongue_say(enum tongue, const char *en)
		    __attribute__((__format_arg__ (2)));
/* The i-th pair of the table, for tests; 0 past the last. */
int		 tongue_pair(size_t i, const char **en, const char **zh);

#endif
