/* SPDX-License-Identifier: ISC */
/* Whether a line may end before a byte. */
#ifndef CHARSET_BRK_H
#define CHARSET_BRK_H

enum brk {
	BRK_NO,
	BRK_WEAK,		/* only inside a word wider than the line */
	BRK_YES,
	BRK_NEVER		/* not even there: inside a syllable */
};

#endif
