/* SPDX-License-Identifier: ISC */
/* What breaks a rule of the Gopher views, for people and for programs. */
#ifndef VIEW_FINDING_H
#define VIEW_FINDING_H

#include <stddef.h>

#define FINDING_ARGS	2
#define FINDING_ARG	64		/* bytes of one with its NUL */

struct finding {
	const char	*rule;		/* its name: "width" */
	/* English, with a %s for each argument in their order.  Constant. */
	const char	*text;
	char		 arg[FINDING_ARGS][FINDING_ARG];
};

/* A finding without arguments, to be given some. */
void	finding_set(struct finding *, const char *rule, const char *text);
void	finding_number(struct finding *, size_t arg, size_t n);
/* A charset and the character that it lacks: "黔 (U+9ED4)". */
void	finding_lacks(struct finding *, const char *charset, unsigned cp);
/*
 * "rule: text" with the arguments in place; text may be the finding's own in
 * another language.  Cut to size bytes.
 */
void	finding_say(const struct finding *, const char *text, char *out,
	    size_t size);

#endif
