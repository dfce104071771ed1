/* SPDX-License-Identifier: ISC */
/* A replacement for a string that a charset lacks. */
#ifndef BASE_REPLACE_H
#define BASE_REPLACE_H

struct replace {
	char	*charset;	/* its name in capsule.yml: "ascii" */
	char	*from, *to;	/* UTF-8 */
};

#endif
