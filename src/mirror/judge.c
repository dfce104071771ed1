/* SPDX-License-Identifier: ISC */
/*
 * The rules by which a mirror judges a head: who signed it, which package it is
 * of, its serial, its dates, its size.  The head is a stranger's until
 * trust_judge() has proven it.  The clock of this machine is believed unless
 * something shows that it is wrong.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "mirror/judge.h"
#include "mirror/state.h"

#define DAY		86400
#define AHEAD_DAYS	366		/* that a serial may be from the future */
/*
 * Nobody ran this program before 2026: a clock that says so has lost its
 * battery.
 */
#define CLOCK_FLOOR	1767225600

uint64_t
judge_serial_limit(int64_t now, int64_t published)
{
	int64_t	 late = now > published ? now : published;

	return (uint64_t)clock_day(late + (int64_t)AHEAD_DAYS * DAY) * 100 +
	    99;
}

/*
 * A mirror that has seen no edition yet, and whose clock is evidently wrong,
 * has nothing to compare a date with; the date must not stop it.
 */
static int
is_far_ahead(const struct judge *j, const struct state *s,
    const struct head *h)
{
	int64_t	 late = j->now > s->published ? j->now : s->published;

	if (s->id[0] == '\0' && j->now < CLOCK_FLOOR)
		return 0;
	return h->serial > judge_serial_limit(j->now, s->published) ||
	    h->published > late + (int64_t)AHEAD_DAYS * DAY;
}

/*
 * Serials are dates with a number of the day.  This machine's clock may be late
 * by days, so a date beyond it only causes a warning.  A serial far beyond
 * the clock and everything seen would keep out all editions until then: a
 * mistyped year would do that, or a thief.
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
	if (is_far_ahead(j, s, h)) {
		clock_format(j->now, now);
		err_set(e, "fast-forward: edition %" PRIu64 " is from the far "
		    "future (it is %.10s here); if the publisher stands by "
		    "it, --accept-serial %" PRIu64, h->serial, now,
		    h->serial);
		return VERDICT_REFUSED;
	}
	if (h->published > j->now + DAY)
		*warn |= WARN_AHEAD;
	return VERDICT_NEW;
}

enum verdict
judge_head(const struct judge *j, const struct state *s, const char *text,
    size_t len, struct head *h, int *warn, struct err *e)
{
	const char	*id = s->id[0] != '\0' ? s->id : j->id;
	enum verdict	 v;
	enum trust	 t;
	int64_t		 now;

	*warn = 0;
	if (head_parse(text, len, h, e) == -1)
		return VERDICT_REFUSED;
	t = trust_judge(j->anchor, j->nanchor, text, len, NULL, 0, NULL, e);
	/* The succession may be of another head: it only proves. */
	if (t == TRUST_UNKNOWN && j->nkeys > 0 && trust_judge(j->anchor,
	    j->nanchor, text, len, j->keys, j->nkeys, NULL, NULL) ==
	    TRUST_PROVEN)
		t = TRUST_PROVEN;
	if (t == TRUST_REFUSED)
		return VERDICT_REFUSED;
	if (t == TRUST_UNKNOWN)
		*warn |= WARN_UNPROVEN;
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
	/*
	 * This machine's clock may be late: the true time is not before the
	 * newest date of an edition that was seen, this one included.
	 */
	now = j->now > s->published ? j->now : s->published;
	if (h->published > now)
		now = h->published;
	if (h->expires < now)
		*warn |= WARN_EXPIRED;
	return v;
}
