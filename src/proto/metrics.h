/* SPDX-License-Identifier: ISC */
/*
 * Figures in Prometheus' text format (0.0.4), which its node exporter reads
 * from files and which a person can read too.
 */
#ifndef PROTO_METRICS_H
#define PROTO_METRICS_H

#include <stdint.h>

struct buf;

enum metric_type { METRIC_COUNTER, METRIC_GAUGE };

/* Call it once for each name, before its values.  help: one line of ASCII. */
void	metrics_head(struct buf *, const char *name, enum metric_type,
	    const char *help);
/* label NULL: none.  value of the label: any bytes, escaped here. */
void	metrics_value(struct buf *, const char *name, const char *label,
	    const char *value, int64_t n);
/* Both, for a name that has one value. */
void	metrics_one(struct buf *, const char *name, enum metric_type,
	    const char *help, int64_t n);

#endif
