/* SPDX-License-Identifier: ISC */
/*
 * The status file: the workers' counters and, for each package, its serial and
 * when it expires.  Workers write the counters, so a worker in a stranger's
 * hands can write false ones; they are only shown and decide nothing.  The file
 * is replaced whole, so nobody reads half of it.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/head.h"
#include "proto/metrics.h"
#include "serve/packages.h"
#include "serve/protocol.h"
#include "serve/status.h"
#include "serve/worker.h"

#define DAY	86400

void
status_line(const struct worker_counts *c, char *line, size_t size)
{
	char	 words[PROTO_N * 32] = "";
	size_t	 i, n;

	for (i = 0; i < PROTO_N; i++) {
		n = strlen(words);
		snprintf(words + n, sizeof(words) - n, "%s %llu ",
		    protocol_rows[i].name, (unsigned long long)c->replies[i]);
	}
#define U(x)	((unsigned long long)c->x)
	snprintf(line, size, "counters: %slimited %llu "
	    "accepted %llu turned-away %llu evicted %llu pauses %llu "
	    "handshakes %llu failed %llu late-handshake %llu late-request "
	    "%llu late-reply %llu bytes %llu log-lost %llu tickets %llu "
	    "resumed %llu", words,
	    U(limited), U(net.accepted), U(net.turned_away),
	    U(net.evicted), U(net.pauses), U(net.handshakes),
	    U(net.handshakes_failed), U(net.late_handshake),
	    U(net.late_request), U(net.late_reply), U(net.bytes),
	    U(log_lost), U(net.tickets), U(net.resumed));
#undef U
}

static void
write_connections(const struct worker_counts *c, struct buf *b)
{
	const char	*total = "apeng_connections_total";
	uint64_t	 open;

	open = c->net.opened > c->net.closed ?
	    c->net.opened - c->net.closed : 0;
	metrics_one(b, "apeng_open_connections", METRIC_GAUGE,
	    "Connections open now.", (int64_t)open);
	metrics_head(b, total, METRIC_COUNTER, "Connections since the start: "
	    "all, not let in, and dropped to make room.");
	metrics_value(b, total, "kind", "accepted", (int64_t)c->net.accepted);
	metrics_value(b, total, "kind", "turned_away",
	    (int64_t)c->net.turned_away);
	metrics_value(b, total, "kind", "evicted", (int64_t)c->net.evicted);
	total = "apeng_late_total";
	metrics_head(b, total, METRIC_COUNTER, "Connections cut at the "
	    "deadline of a state.");
	metrics_value(b, total, "state", "handshake",
	    (int64_t)c->net.late_handshake);
	metrics_value(b, total, "state", "request",
	    (int64_t)c->net.late_request);
	metrics_value(b, total, "state", "reply", (int64_t)c->net.late_reply);
	total = "apeng_handshakes_total";
	metrics_head(b, total, METRIC_COUNTER, "TLS handshakes.");
	metrics_value(b, total, "result", "done", (int64_t)c->net.handshakes);
	metrics_value(b, total, "result", "failed",
	    (int64_t)c->net.handshakes_failed);
	total = "apeng_tickets_total";
	metrics_head(b, total, METRIC_COUNTER, "Tickets of TLS sessions: given, "
	    "and sessions resumed by them.");
	metrics_value(b, total, "kind", "given", (int64_t)c->net.tickets);
	metrics_value(b, total, "kind", "resumed", (int64_t)c->net.resumed);
}

static void
write_requests(const struct worker_counts *c, struct buf *b)
{
	const char	*total = "apeng_requests_total";
	size_t		 i;

	metrics_head(b, total, METRIC_COUNTER, "Requests answered.");
	for (i = 0; i < PROTO_N; i++)
		metrics_value(b, total, "protocol", protocol_rows[i].name,
		    (int64_t)c->replies[i]);
	metrics_one(b, "apeng_limited_total", METRIC_COUNTER,
	    "Requests refused for their address had too many.",
	    (int64_t)c->limited);
	metrics_one(b, "apeng_sent_bytes_total", METRIC_COUNTER,
	    "Bytes sent, TLS included.", (int64_t)c->net.bytes);
	metrics_one(b, "apeng_log_lost_total", METRIC_COUNTER,
	    "Lines of the log that could not be written.",
	    (int64_t)c->log_lost);
}

static void
write_packages(const struct status *s, struct buf *b)
{
	static const struct {
		const char	*name, *help;
	} what[] = {
		{ "apeng_package_serial", "Edition that is served." },
		{ "apeng_package_published_timestamp_seconds",
		    "When it was published." },
		{ "apeng_package_expires_timestamp_seconds",
		    "When it expires." },
		{ "apeng_package_expiry_days",
		    "Whole days until then; below 0: expired." },
	};
	const struct head	*h;
	int64_t			 left, v[4];
	size_t			 i, k;

	for (k = 0; k < sizeof(what) / sizeof(what[0]); k++) {
		metrics_head(b, what[k].name, METRIC_GAUGE, what[k].help);
		for (i = 0; (h = packages_head(s->packages, i)) != NULL; i++) {
			left = h->expires - s->now;
			v[0] = (int64_t)h->serial;
			v[1] = h->published;
			v[2] = h->expires;
			v[3] = left / DAY - (left % DAY < 0);
			metrics_value(b, what[k].name, "id", h->id, v[k]);
		}
	}
}

void
status_write(const struct status *s, struct buf *b)
{
	metrics_one(b, "apeng_start_time_seconds", METRIC_GAUGE,
	    "When the server was started.", s->started);
	metrics_one(b, "apeng_status_timestamp_seconds", METRIC_GAUGE,
	    "When these figures were written.", s->now);
	metrics_one(b, "apeng_workers", METRIC_GAUGE,
	    "Processes that answer.", (int64_t)s->workers);
	write_connections(s->counts, b);
	write_requests(s->counts, b);
	write_packages(s, b);
}

int
status_save(const struct status *s, const char *path, struct err *e)
{
	struct buf	 b = BUF_INIT;
	int		 rv;

	status_write(s, &b);
	rv = file_save(path, &b, e);
	buf_free(&b);
	return rv;
}
