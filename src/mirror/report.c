/* SPDX-License-Identifier: ISC */
/*
 * The status file of a mirror: when it tried last, how that ended, when it
 * last succeeded, and which edition it has.  The time of the last success is
 * the only thing that is read back from the file of before; a file that says
 * something else is as good as none.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "mirror/mirror.h"
#include "mirror/report.h"
#include "proto/metrics.h"

#define REPORT_MAX	65536
#define SUCCESS		"apeng_mirror_success_timestamp_seconds"

/* Of the report that is there; 0: never, or not known. */
static int64_t
last_success(const char *path)
{
	struct err	 e;
	const char	*at;
	char		*text;
	size_t		 len;
	int64_t		 t = 0;

	if ((text = file_read(path, REPORT_MAX, &len, &e)) == NULL)
		return 0;
	if ((at = strstr(text, "\n" SUCCESS "{")) != NULL &&
	    (at = strstr(at, "\"} ")) != NULL)
		t = strtoll(at + 3, NULL, 10);
	free(text);
	return t < 0 ? 0 : t;
}

static void
one(struct buf *b, const char *name, enum metric_type type,
    const char *help, const char *file, int64_t n)
{
	metrics_head(b, name, type, help);
	metrics_value(b, name, "file", file, n);
}

int
mirror_report(const char *path, const char *file, int64_t now, int done,
    const struct mirror_result *r, struct err *e)
{
	struct buf	 b = BUF_INIT;
	int		 rv;

	one(&b, "apeng_mirror_attempt_timestamp_seconds", METRIC_GAUGE,
	    "When the last attempt ended.", file, now);
	one(&b, "apeng_mirror_attempt_success", METRIC_GAUGE,
	    "1: it succeeded, also when nothing was new.", file, done != 0);
	one(&b, SUCCESS, METRIC_GAUGE,
	    "When an attempt last succeeded; 0: never.", file,
	    done ? now : last_success(path));
	if (r->serial != 0)
		one(&b, "apeng_mirror_serial", METRIC_GAUGE,
		    "Edition that the file is.", file, (int64_t)r->serial);
	one(&b, "apeng_mirror_attempt_received_bytes", METRIC_GAUGE,
	    "Received in the last attempt, TLS included.", file,
	    (int64_t)r->in);
	one(&b, "apeng_mirror_attempt_sent_bytes", METRIC_GAUGE,
	    "Sent in the last attempt.", file, (int64_t)r->out);
	rv = file_save(path, &b, e);
	buf_free(&b);
	return rv;
}
