/* SPDX-License-Identifier: ISC */
/* Which columns of a table hold telephone numbers, by the form of the cells. */
#ifndef CONTENT_PHONES_H
#define CONTENT_PHONES_H

#include <stddef.h>

/* Counts of a column's cells by form; all 0: none was counted. */
struct phones {
	size_t	 sure;		/* cells that can only be phone numbers */
	size_t	 others;	/* cells of digits that may be something else */
	size_t	 not;		/* numbers that are no phone numbers: 4.5 */
	size_t	 plain;		/* of others: nothing but digits */
	size_t	 digits;	/* in each of these; 0: not the same */
	int	 is_round;	/* one of these ends in 00 */
};

/* Count one cell.  Texts and empty cells count as nothing. */
void	 phones_count(struct phones *, const char *cell);
/* 1: all numbers of the column are telephone numbers. */
int	 phones_is_column(const struct phones *);
/* 1: they may be, but counts of people or money may look the same. */
int	 phones_may_be_column(const struct phones *);

#endif
