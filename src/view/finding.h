/* SPDX-License-Identifier: ISC */
/* What breaks a rule of the Gopher views, for people and for programs. */
#ifndef VIEW_FINDING_H
#define VIEW_FINDING_H

#include <stddef.h>
#include <stdint.h>

#define FINDING_ARGS	2
#define FINDING_ARG	64		/* bytes of an argument with NUL */

struct finding {
	const char	*rule;		/* name of the rule: "width" */
	/* English, with a %s for each argument in their order.  Constant. */
	const char	*text;
	char		 arg[FINDING_ARGS][FINDING_ARG];
};

/* Begin a finding without arguments; the next two add them. */
void	finding_set(struct finding *, const char *rule, const char *text);
void	finding_number(struct finding *, size_t arg, size_t n);

/* The characters of one text that a charset lacks.  Start with zeros. */
#define LACKING_SHOWN	3
struct lacking {
	size_t		 n;		/* different characters */
	uint32_t	 cp[32];	/* the first of them */
};

void	lacking_add(struct lacking *, uint32_t cp);
/*
 * The finding for a text that lacks something: "黔 (U+9ED4), 江 (U+6C5F), +3".
 * drops: the charset leaves out a parenthesis that holds only characters it
 * lacks.  A parenthesis with another one in it is not left out, and the finding
 * then says so.
 */
void	finding_lacks(struct finding *, const char *charset, int drops,
	    const struct lacking *, const char *text, size_t len);
/*
 * "rule: text" with the arguments in place; text may be the finding's own in
 * another language.  The result is cut to size bytes.
 */
void	finding_say(const struct finding *, const char *text, char *out,
	    size_t size);

#endif
