/* SPDX-License-Identifier: ISC */
/*
 * When to start again what has died or could not be started: a process, a
 * generation, the opening of a file.
 *
 * The pause doubles from RETRY_FIRST_MS up to RETRY_SOON_MS or, after a failed
 * start, a bound that the caller gives.  It is forgotten once the thing has run
 * for RETRY_WELL_MS.  The caller gives the time, so a test needs no clock.  The
 * last complaint is kept as a hash, so that the same one is logged once.
 */
#include "serve/retry.h"

static void
plan(struct retry *r, uint64_t now, unsigned most)
{
	if (r->pause > most)
		r->pause = most;
	r->due = now + r->pause;
	r->pause = r->pause == 0 ? RETRY_FIRST_MS : r->pause * 2;
}

void
retry_began(struct retry *r, uint64_t now)
{
	r->due = 0;
	r->since = now;
	r->said = 0;
}

void
retry_wanted(struct retry *r, uint64_t now)
{
	r->due = now;
	r->pause = 0;
	r->said = 0;
}

void
retry_died(struct retry *r, uint64_t now)
{
	r->said = 0;
	if (now - r->since >= RETRY_WELL_MS)
		r->pause = 0;
	plan(r, now, RETRY_SOON_MS);
}

void
retry_failed(struct retry *r, uint64_t now, unsigned most)
{
	/* The first failure since it ran well. */
	if (r->due == 0 && now - r->since >= RETRY_WELL_MS)
		r->pause = 0;
	if (r->pause == 0)
		r->pause = RETRY_FIRST_MS;
	plan(r, now, most);
}

int
retry_is_due(const struct retry *r, uint64_t now)
{
	return r->due != 0 && r->due <= now;
}

uint64_t
retry_next(const struct retry *r, uint64_t next)
{
	return r->due != 0 && r->due < next ? r->due : next;
}

int
retry_is_news(struct retry *r, const char *complaint)
{
	uint32_t	 h = 2166136261U;

	for (; *complaint != '\0'; complaint++)
		h = (h ^ (uint8_t)*complaint) * 16777619U;
	h |= 1;				/* 0: none */
	if (h == r->said)
		return 0;
	r->said = h;
	return 1;
}
