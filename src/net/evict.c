/* SPDX-License-Identifier: ISC */
/*
 * Chooses which connection ends when all places are taken.  First those whose
 * peers lose nothing: the reply is with the system already, or no request has
 * come yet.  Then readers who have stopped reading, and at last the slowest
 * reader of a long reply.
 *
 * Each reply is looked at every LOOK_MS.  The bytes that its reader took are
 * kept for the last LOOKS looks and put the connection on one of PACE_N lists,
 * one for each power of two of bytes a second.  The slowest is the head of the
 * first list that is not empty, however many connections there are.
 *
 * Long replies never take all places, so a reader of a page finds one, whatever
 * others download.
 * A reader's speed is measured, so it can seem fast only by being fast.
 */
#include "base/err.h"
#include "net/inner.h"

#define SHORT_REPLY	(32 * 1024)	/* bytes; 18 minutes at 300 bit/s */
#define KEPT		8		/* one of so many places is never taken
					   by a long reply */
#define QUIET		16		/* one of so many places is kept for
					   clients that have just come */
#define STALLED_MS	10000		/* without a byte of progress */
#define MOMENT_MS	1000		/* time for a handshake and a request */
#define STALLED_LOOK	32		/* replies looked at to find one that
					   has stopped */
#define LOOKS_MIN	2		/* looks before a reader is called
					   slow */

static int
is_long(const struct conn *c)
{
	return c->reply.headlen + c->reply.bodylen > SHORT_REPLY;
}

/* A reply begins.  Nothing is known of its reader's speed yet. */
void
pace_begin(struct conn *c)
{
	c->paced = 1;
	c->pace = PACE_N;
	c->looks = 0;
	c->look_acked = c->acked;
	c->is_long = is_long(c);
	c->loop->nlong += c->is_long;
}

static void
pace_unlink(struct conn *c)
{
	if (c->pace != PACE_N)
		TAILQ_REMOVE(&c->loop->pace[c->is_long][c->pace], c,
		    pace_link);
	c->pace = PACE_N;
}

/* The reply has ended.  Does nothing when none had begun. */
void
pace_end(struct conn *c)
{
	if (!c->paced)
		return;
	pace_unlink(c);
	c->loop->nlong -= c->is_long;
	c->paced = 0;
}

/* LOOK_MS have passed since the last look, and c->acked is up to date. */
void
pace_look(struct conn *c)
{
	uint64_t	 rate = 0;
	unsigned	 i, n;

	if (!c->paced)
		return;
	c->took[c->looks % LOOKS] = (uint32_t)(c->acked - c->look_acked);
	c->look_acked = c->acked;
	c->looks = c->looks < 2 * LOOKS - 1 ? c->looks + 1 : LOOKS;
	n = c->looks < LOOKS ? c->looks : LOOKS;
	if (n < LOOKS_MIN)
		return;
	for (i = 0; i < n; i++)
		rate += c->took[i];
	rate = rate * 1000 / (n * LOOK_MS);
	for (i = 0; i < PACE_N - 1 && rate > 0; i++)
		rate /= 2;
	pace_unlink(c);
	c->pace = (uint8_t)i;
	TAILQ_INSERT_TAIL(&c->loop->pace[c->is_long][i], c, pace_link);
}

/*
 * The slowest reader of a long (or short) reply; NULL: no speed is known yet.
 */
static struct conn *
slowest(struct loop *l, int of_long)
{
	struct conn	*c = NULL;
	int		 i;

	for (i = 0; c == NULL && i < PACE_N; i++)
		c = TAILQ_FIRST(&l->pace[of_long][i]);
	return c;
}

/*
 * A reader who has taken nothing for STALLED_MS, or NULL.  Only the first
 * STALLED_LOOK of the list are looked at: their progress was last brought up to
 * date longest ago, which is a few seconds.
 */
static struct conn *
stalled(struct loop *l)
{
	struct conn	*c, *worst = NULL;
	unsigned	 n = 0;

	TAILQ_FOREACH(c, &l->wait[WAIT_REPLY], link) {
		if (worst == NULL || c->progress < worst->progress)
			worst = c;
		if (++n == STALLED_LOOK)
			break;
	}
	if (worst == NULL || l->now - worst->progress < STALLED_MS)
		return NULL;
	return worst;
}

/* The oldest connection that has not sent a whole request yet. */
static struct conn *
silent(struct loop *l)
{
	static const enum wait_list	 waiting[] = { WAIT_HANDSHAKE,
					    WAIT_REQUEST, WAIT_TYPING };
	struct conn			*c, *oldest = NULL;
	size_t				 i;

	for (i = 0; i < sizeof(waiting) / sizeof(waiting[0]); i++) {
		c = TAILQ_FIRST(&l->wait[waiting[i]]);
		if (c != NULL && (oldest == NULL || c->began < oldest->began))
			oldest = c;
	}
	return oldest;
}

static void
evict(struct loop *l, struct conn *c)
{
	if (c->paced)
		conn_reset(c);
	l->counts->evicted++;
	conn_drop(c);
}

/* The connection whose end costs its peer least. */
static struct conn *
cheapest(struct loop *l)
{
	struct conn	*c, *quiet = silent(l);

	if ((c = TAILQ_FIRST(&l->wait[WAIT_LEAVING])) != NULL ||
	    (c = TAILQ_FIRST(&l->wait[WAIT_PARTING])) != NULL)
		return c;
	if ((c = TAILQ_FIRST(&l->wait[WAIT_KEPT])) != NULL)
		return c;
	if (quiet != NULL && l->now - quiet->began >= MOMENT_MS)
		return quiet;
	if ((c = TAILQ_FIRST(&l->wait[WAIT_GOODBYE])) != NULL)
		return c;
	if ((c = stalled(l)) != NULL)
		return c;
	/*
	 * A client that has just come keeps its place for MOMENT_MS, as long as
	 * such clients are few.  When they are many, they go first, so that a
	 * flood of new connections does not end replies.
	 */
	if (quiet != NULL && l->nquiet * QUIET >= l->limits.conns)
		return quiet;
	if ((c = slowest(l, 1)) != NULL || (c = slowest(l, 0)) != NULL)
		return c;
	return quiet;
}

int
evict_one(struct loop *l, int any)
{
	struct conn	*c = any ? cheapest(l) : silent(l);

	if (c == NULL)
		return 0;
	evict(l, c);
	return 1;
}

int
evict_for(struct conn *c)
{
	struct loop	*l = c->loop;
	struct conn	*slow;

	if (!is_long(c) || l->nlong < l->limits.conns - l->limits.conns / KEPT)
		return 0;
	if ((slow = slowest(l, 1)) == NULL)
		return -1;
	evict(l, slow);
	return 0;
}
