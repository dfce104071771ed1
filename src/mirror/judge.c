/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "mirror/state.h"

#define DAY		86400
/*
 * Nobody ran this program before 2026: a clock that says so has lost its
 * battery.
 */
#define CLOCK_FLOOR	1767225600

static enum verdict	judge_serial(const struct judge *,
			    const struct state *, const struct head *, int *,
			    struct err *);

uint64_t
judge_serial_limit(int64_t now)
{
	return (uint64_t)clock_day(now + DAY) * 100 + 99;
}

/*
 * Serials are dates with a number of the day: a higher one than tomorrow's
 * would lock out all editions until that day.  A date of publishing from the
 * future would make the clock look wrong to the next head, which could then
 * have any serial.  A clock that is evidently wrong cannot tell, and must
 * not stop a mirror.
 */
static enum verdict
judge_serial(const struct judge *j, const struct state *s,
    const struct head *h, int *warn, struct err *e)
{
	char	 now[21];

	if (h->serial == s->serial && s->id[0] != '\0' &&
	    memcmp(h->core, s->core, sizeof(s->core)) == 0)
		return VERDICT_SAME;
	if (h->serial == j->accept_serial)
		return VERDICT_NEW;
	if (h->serial < s->serial) {
		err_set(e, "rollback: edition %" PRIu64 " is older than %"
		    PRIu64 ", which is here", h->serial, s->serial);
		return VERDICT_REFUSED;
	}
	if (h->serial == s->serial && s->id[0] != '\0') {
		err_set(e, "equivocation: edition %" PRIu64 " is signed with "
		    "other contents than the one that is here; tell the "
		    "publisher", h->serial);
		return VERDICT_REFUSED;
	}
	if (j->now < CLOCK_FLOOR || j->now < s->published - DAY) {
		*warn |= WARN_CLOCK;
		return VERDICT_NEW;
	}
	if (h->serial > judge_serial_limit(j->now) ||
	    h->published > j->now + DAY) {
		clock_format(j->now, now);
		err_set(e, "fast-forward: edition %" PRIu64 " is from the "
		    "future (it is %.10s); if the publisher stands by it, "
		    "--accept-serial %" PRIu64, h->serial, now, h->serial);
		return VERDICT_REFUSED;
	}
	return VERDICT_NEW;
}

enum verdict
judge_head(const struct judge *j, const struct state *s, const char *text,
    size_t len, struct head *h, int *warn, struct err *e)
{
	const char	*id = s->id[0] != '\0' ? s->id : j->id;
	enum verdict	 v;
	int64_t		 now;

	*warn = 0;
	if (head_parse(text, len, h, e) == -1 ||
	    head_verify(text, len, j->key, j->nkey, NULL, e) == -1)
		return VERDICT_REFUSED;
	if (id != NULL && strcmp(id, h->id) != 0) {
		err_set(e, "other id: the package is \"%s\", want \"%s\"",
		    h->id, id);
		return VERDICT_REFUSED;
	}
	if ((v = judge_serial(j, s, h, warn, e)) == VERDICT_REFUSED)
		return v;
	if (h->core_size > j->max_size || h->wire_size > j->max_size) {
		err_set(e, "too large: a package of %" PRIu64 " bytes, at "
		    "most %" PRIu64 " (--max-size)", h->core_size > h->wire_size
		    ? h->core_size : h->wire_size, j->max_size);
		return VERDICT_REFUSED;
	}
	/* A clock that lost its battery is at least as late as what it saw. */
	now = j->now > s->published ? j->now : s->published;
	if (h->published > now)
		now = h->published;
	if (h->expires < now)
		*warn |= WARN_EXPIRED;
	return v;
}
