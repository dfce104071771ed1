/* SPDX-License-Identifier: ISC */
/* Find the known name that is nearest to one that was mistyped. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

struct nearest {
	const char	*word;		/* what was written; borrowed */
	const char	*name;		/* the best so far, or NULL; borrowed */
	unsigned	 distance;	/* of it; a better one has less */
};

void	nearest_begin(struct nearest *, const char *word);
/* 1: name is nearer than those before, and is n->name now. */
int	nearest_try(struct nearest *n, const char *name);

#endif
