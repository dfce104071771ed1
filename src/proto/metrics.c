/* SPDX-License-Identifier: ISC */
/*
 * Writes figures for a monitoring system, in Prometheus' text format: two
 * comment lines for each name, then a line for each value.  Names and help
 * texts are apeng's own and trusted; the value of a label is escaped.
 */
#include <inttypes.h>

#include "base/buf.h"
#include "proto/metrics.h"

void
metrics_head(struct buf *b, const char *name, enum metric_type type,
    const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
	    type == METRIC_COUNTER ? "counter" : "gauge");
}

void
metrics_value(struct buf *b, const char *name, const char *label,
    const char *value, int64_t n)
{
	buf_str(b, name);
	if (label != NULL) {
		buf_fmt(b, "{%s=\"", label);
		for (; *value != '\0'; value++) {
			if (*value == '\\' || *value == '"')
				buf_ch(b, '\\');
			if (*value == '\n')
				buf_str(b, "\\n");
			else
				buf_ch(b, *value);
		}
		buf_str(b, "\"}");
	}
	buf_fmt(b, " %" PRId64 "\n", n);
}

void
metrics_one(struct buf *b, const char *name, enum metric_type type,
    const char *help, int64_t n)
{
	metrics_head(b, name, type, help);
	metrics_value(b, name, NULL, NULL, n);
}
