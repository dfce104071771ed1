/* SPDX-License-Identifier: ISC */
/* The columns of a chart's parts; for the writer and the reader of charts. */
#ifndef PROTO_IDIOM_CHART_H
#define PROTO_IDIOM_CHART_H

#include <stddef.h>

#include "proto/chart_scale.h"

struct chart_layout {
	size_t	 name_cols, value_cols;	/* of the widest name and value */
	size_t	 bar_cols;		/* of the longest bar */
	int	 above;		/* names stand above their bars */
	int	 all_above;	/* values, too */
	struct chart_scale scale;
};

/* Compute the layout and the scale of at most IDIOM_BARS_MAX bars. */
void	 chart_measure(struct chart_layout *, const struct idiom_bar *,
	    size_t n, enum chart_from);

#endif
