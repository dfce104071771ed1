/* SPDX-License-Identifier: ISC */
/* How long the bars of a chart are: for its writer and its reader alone. */
#ifndef PROTO_IDIOM_CHART_H
#define PROTO_IDIOM_CHART_H

#include <stddef.h>
#include <stdint.h>

struct idiom_bar;

struct chart_layout {
	size_t	 name_cols, value_cols;		/* of the widest */
	size_t	 bar_cols;			/* of the longest bar */
	int	 above;		/* names stand above their bars */
	int	 all_above;	/* values, too */
	double	 steps;		/* of a bar's length in one */
	int64_t	 top;		/* the longest bar in those */
};

void	 chart_measure(struct chart_layout *, const struct idiom_bar *,
	    size_t n);
/* Columns of a bar of that number. */
size_t	 chart_bar_len(const struct chart_layout *, double number);

#endif
