/* SPDX-License-Identifier: ISC */
/* How many columns the bars of a chart or a series have, by their values. */
#ifndef PROTO_CHART_SCALE_H
#define PROTO_CHART_SCALE_H

#include <stddef.h>
#include <stdint.h>

#include "proto/idiom.h"

#define CHART_VALUES	(IDIOM_PERIODS * IDIOM_LINES)

enum chart_from {
	CHART_ZERO,		/* bars begin at 0 */
	CHART_APART,		/* bars begin at 0; different values get
				   different bars if columns are enough */
	CHART_CUT		/* as CHART_APART, but bars begin at
				   scale->from if the values allow it */
};

struct chart_scale {
	size_t	 cols;			/* of the longest bar, at least 1 */
	int	 decimals;		/* a step is 10^-decimals */
	int64_t	 from, top;		/* the ends of the longest, in steps */
	size_t	 n;			/* different values; they rise */
	int64_t	 at[CHART_VALUES];	/* each, in steps */
	size_t	 len[CHART_VALUES];	/* columns of its bar */
	int	 is_cut, is_apart;	/* bars begin at from, with a '/';
					   different values, different bars */
	size_t	 pushed;		/* most columns by which a bar was made
					   longer or shorter for that */
};

/* For at most CHART_VALUES numbers; the sign of a number is ignored. */
void	 chart_scale(struct chart_scale *, const double *number, size_t n,
	    size_t cols, enum chart_from);
/* Columns of the bar of one of those numbers, with its first mark. */
size_t	 chart_bar_len(const struct chart_scale *, double number);
/*
 * 1: bars from 0 would not show which values differ, or would be wrong by more
 * than a column; *start is a round value at which to begin them.
 */
int	 chart_start(const double *number, size_t n, size_t cols,
	    char start[IDIOM_START]);

#endif
