/* SPDX-License-Identifier: ISC */
/* How many columns the bars of a chart or a series have, by their values. */
#ifndef PROTO_CHART_SCALE_H
#define PROTO_CHART_SCALE_H

#include <stddef.h>
#include <stdint.h>

#include "proto/idiom.h"

#define CHART_VALUES	(IDIOM_PERIODS * IDIOM_LINES)

enum chart_from {
	CHART_ZERO,		/* bars begin at nothing */
	CHART_APART,		/* so, and different values differ */
	CHART_CUT		/* they begin at scale->from, and differ */
};

struct chart_scale {
	size_t	 cols;			/* of the longest bar, at least 1 */
	int	 decimals;		/* of a value in whole steps */
	int64_t	 from, top;		/* the ends of the longest, in steps */
	size_t	 n;			/* different values, rising */
	int64_t	 at[CHART_VALUES];	/* each, in steps */
	size_t	 len[CHART_VALUES];	/* columns of its bar */
	int	 is_cut, is_apart;
	size_t	 pushed;		/* columns that a bar is off at most,
					   so that another differs from it */
};

/* At most CHART_VALUES numbers, below 0 counts as above. */
void	 chart_scale(struct chart_scale *, const double *number, size_t n,
	    size_t cols, enum chart_from);
/* Columns of the bar of one of those numbers, with its first mark. */
size_t	 chart_bar_len(const struct chart_scale *, double number);
/*
 * 1: from nothing these bars would not tell different values apart, or not
 * without being wrong by more than a column, and *start is a rounder value
 * to cut them at.
 */
int	 chart_start(const double *number, size_t n, size_t cols,
	    char start[IDIOM_START]);

#endif
