/* SPDX-License-Identifier: ISC */
/*
 * Two tables in memory that all workers share.
 *
 * The first holds sessions.  An id is random, made by us; its first bytes say
 * in which set of WAYS places it may stand.  A new session takes a place that
 * is empty or too old, else the place of the oldest.  A place has a turn: a
 * count that is odd while somebody writes there.  Who reads copies the place
 * and takes the copy only if the turn was even and is still the same.  Who
 * writes makes the turn odd first, and where another one is doing so, goes
 * without.  A worker that dies while it writes leaves an odd turn, and the
 * master then wipes the whole table.  What is too old is wiped by the master as
 * well, every few seconds, so that no secret stays for long.
 *
 * The second holds clients that came of late: when, and when they were given or
 * used a ticket.  It is two words a client, changed without care for each other:
 * the worst that a race does is a ticket too many or too few.
 *
 * A worker in a stranger's hands can write all of it: every value is checked
 * when it is read, and every loop has an end.
 */
#include <sys/mman.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "net/sessions.h"

#define WAYS		8		/* places where an id may stand */
#define NSET		512		/* sets of sessions: 4,096 of them */
#define NCAME		1024		/* sets of clients: 8,192 of them */
#define WORDS		15		/* of a session with its age */
#define RESUME_REST	6		/* lives of a session without another
					   ticket, for who did not use one */

struct session_aged {
	struct session	 s;
	uint64_t	 born;		/* monotonic ms; 0: no session */
};

_Static_assert(sizeof(struct session_aged) <= WORDS * sizeof(uint64_t),
    "a session does not fit its place");

struct session_place {
	_Atomic uint64_t	 turn;
	_Atomic uint64_t	 word[WORDS];
};

/*
 * who: the upper half names the client, the lower is when it last came.
 * ticket: the upper half is when it last used one, the lower when it was last
 * given one; 0: never.  Times are seconds of the monotonic clock.
 */
struct came_place {
	_Atomic uint64_t	 who, ticket;
};

/* A bit of used: the set may hold sessions. */
struct session_tables {
	_Atomic uint64_t	 used[NSET / 64];
	struct session_place	 place[NSET * WAYS];
	struct came_place	 came[NCAME * WAYS];
};

struct sessions {
	struct session_tables	*t;		/* shared */
	unsigned		 seconds;
	uint64_t		 seed[2];
};

struct sessions *
sessions_new(unsigned seconds, struct err *e)
{
	struct sessions	*s;
	void		*p;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	s->seconds = seconds;
	p = mmap(NULL, sizeof(*s->t), PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED || getentropy(s->seed, sizeof(s->seed)) == -1) {
		err_sys(e, "table of sessions");
		free(s);
		return NULL;
	}
	s->t = p;
#ifdef MADV_DONTDUMP
	madvise(p, sizeof(*s->t), MADV_DONTDUMP);
#endif
	sessions_share(s, 0);
	return s;
}

void
sessions_share(struct sessions *s, int on)
{
#ifdef MADV_DONTFORK
	madvise(s->t, sizeof(*s->t), on ? MADV_DOFORK : MADV_DONTFORK);
#else
	(void)s, (void)on;
#endif
}

void
sessions_free(struct sessions *s)
{
	if (s == NULL)
		return;
	munmap(s->t, sizeof(*s->t));
	free(s);
}

unsigned
sessions_seconds(const struct sessions *s)
{
	return s->seconds;
}

static int
is_alive(const struct sessions *s, uint64_t born, uint64_t now)
{
	return born != 0 && born <= now && now - born < s->seconds * 1000ULL;
}

/* Copy a place, and which turn it is.  0: it was being written. */
static int
place_read(struct session_place *p, struct session_aged *out, uint64_t *turn)
{
	uint64_t	 w[WORDS];
	size_t		 i;

	*turn = atomic_load(&p->turn);
	if ((*turn & 1) != 0)
		return 0;
	for (i = 0; i < WORDS; i++)
		w[i] = atomic_load(&p->word[i]);
	memcpy(out, w, sizeof(*out));
	explicit_bzero(w, sizeof(w));
	return atomic_load(&p->turn) == *turn;
}

/* Write a place, unless another has done so since that turn. */
static void
place_write(struct session_place *p, const struct session_aged *in,
    uint64_t turn)
{
	uint64_t	 w[WORDS] = { 0 };
	size_t		 i;

	if (!atomic_compare_exchange_strong(&p->turn, &turn, turn + 1))
		return;
	memcpy(w, in, sizeof(*in));
	for (i = 0; i < WORDS; i++)
		atomic_store(&p->word[i], w[i]);
	atomic_store(&p->turn, turn + 2);
	explicit_bzero(w, sizeof(w));
}

static size_t
set_of(const uint8_t *id)
{
	uint64_t	 h;

	memcpy(&h, id, sizeof(h));
	return (size_t)(h % NSET);
}

void
sessions_put(struct sessions *s, const struct session *in, uint64_t now)
{
	size_t			 at = set_of(in->id), i;
	struct session_place	*set = s->t->place + at * WAYS, *to = NULL;
	struct session_aged	 a;
	uint64_t		 turn, to_turn = 0, oldest = UINT64_MAX;

	for (i = 0; i < WAYS && oldest > 0; i++) {
		if (!place_read(&set[i], &a, &turn))
			continue;
		if (!is_alive(s, a.born, now))
			a.born = 0;
		if (a.born < oldest) {
			oldest = a.born;
			to = &set[i];
			to_turn = turn;
		}
	}
	if (to != NULL) {
		memset(&a, 0, sizeof(a));
		a.s = *in;
		a.born = now > 0 ? now : 1;
		atomic_fetch_or(&s->t->used[at / 64], 1ULL << at % 64);
		place_write(to, &a, to_turn);
	}
	explicit_bzero(&a, sizeof(a));
}

int
sessions_get(struct sessions *s, const uint8_t id[SESSION_ID],
    const uint8_t bind[SESSION_BIND], uint64_t now, struct session *out)
{
	struct session_place	*set = s->t->place + set_of(id) * WAYS;
	struct session_aged	 a;
	uint64_t		 turn;
	size_t			 i;
	int			 rv = 0;

	for (i = 0; i < WAYS && rv == 0; i++) {
		if (place_read(&set[i], &a, &turn) &&
		    is_alive(s, a.born, now) &&
		    memcmp(a.s.id, id, SESSION_ID) == 0 &&
		    memcmp(a.s.bind, bind, SESSION_BIND) == 0 &&
		    a.s.len <= SESSION_SECRET) {
			*out = a.s;
			rv = 1;
		}
	}
	explicit_bzero(&a, sizeof(a));
	return rv;
}

/* Wipe what is too old in a set.  1: sessions are left there. */
static int
sweep_set(struct sessions *s, struct session_place *set, uint64_t now)
{
	static const struct session_aged	 none;
	struct session_aged	 a;
	uint64_t		 turn;
	size_t			 i;
	int			 left = 0;

	for (i = 0; i < WAYS; i++) {
		if (!place_read(&set[i], &a, &turn))
			left = 1;
		else if (is_alive(s, a.born, now))
			left = 1;
		else if (a.born != 0)
			place_write(&set[i], &none, turn);
	}
	explicit_bzero(&a, sizeof(a));
	return left;
}

void
sessions_sweep(struct sessions *s, uint64_t now)
{
	uint64_t	 used;
	size_t		 i, k;

	for (i = 0; i < NSET / 64; i++) {
		if (atomic_load(&s->t->used[i]) == 0)
			continue;
		used = atomic_exchange(&s->t->used[i], 0);
		for (k = 0; k < 64; k++)
			if ((used >> k & 1) != 0 && sweep_set(s, s->t->place +
			    (i * 64 + k) * WAYS, now))
				atomic_fetch_or(&s->t->used[i], 1ULL << k);
	}
}

static uint64_t
mix(uint64_t v)
{
	v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ (v >> 27)) * 0x94d049bb133111ebULL;
	return v ^ (v >> 31);
}

uint64_t
sessions_who(const struct sessions *s, const struct net_addr *a,
    const uint8_t *data, size_t len)
{
	uint64_t	 w[2] = { 0, 0 }, h;

	memcpy(w, a->ip, addr_is_v4(a) ? 16 : 8);
	h = mix(mix(mix(s->seed[0] ^ w[0]) ^ s->seed[1]) ^ w[1] ^ len);
	for (; len > 0; data += 8, len -= 8) {
		w[0] = 0;
		memcpy(w, data, len < 8 ? len : 8);
		h = mix(h ^ w[0]);
		if (len < 8)
			break;
	}
	return h;
}

static uint32_t
seconds_of(uint64_t now)
{
	return (uint32_t)(now / 1000) + 1;	/* never 0 */
}

/* 1: less than so many seconds have passed since then. */
static int
is_within(uint32_t then, uint32_t now, uint64_t seconds)
{
	return then != 0 && then <= now && now - then < seconds;
}

static struct came_place *
came_set(struct sessions *s, uint64_t who)
{
	return s->t->came + who % NCAME * WAYS;
}

/* The place of a client; NULL: it has none. */
static struct came_place *
came_find(struct sessions *s, uint64_t who)
{
	struct came_place	*set = came_set(s, who);
	size_t			 i;

	for (i = 0; i < WAYS; i++)
		if (((atomic_load(&set[i].who) ^ who) >> 32) == 0)
			return &set[i];
	return NULL;
}

/* A place for a client that has none: that of who came longest ago. */
static struct came_place *
came_claim(struct sessions *s, uint64_t who)
{
	struct came_place	*set = came_set(s, who), *p = set;
	uint32_t		 at, first = UINT32_MAX;
	size_t			 i;

	for (i = 0; i < WAYS; i++) {
		at = (uint32_t)atomic_load(&set[i].who);
		if (at < first) {
			first = at;
			p = &set[i];
		}
	}
	atomic_store(&p->ticket, 0);
	return p;
}

int
sessions_came(struct sessions *s, uint64_t who, uint64_t now)
{
	struct came_place	*p = came_find(s, who);
	uint64_t		 was = 0, ticket = 0, rest;
	uint32_t		 sec = seconds_of(now);

	if (p != NULL) {
		was = atomic_load(&p->who);
		ticket = atomic_load(&p->ticket);
	} else
		p = came_claim(s, who);
	atomic_store(&p->who, (who & ~(uint64_t)UINT32_MAX) | sec);
	rest = (uint64_t)s->seconds * RESUME_REST;
	if (is_within((uint32_t)(ticket >> 32), sec, rest))
		return 1;
	return is_within((uint32_t)was, sec, s->seconds) &&
	    !is_within((uint32_t)ticket, sec, rest);
}

void
sessions_gave(struct sessions *s, uint64_t who, uint64_t now)
{
	struct came_place	*p = came_find(s, who);
	uint64_t		 was;

	if (p == NULL)
		return;
	was = atomic_load(&p->ticket);
	atomic_store(&p->ticket, (was & ~(uint64_t)UINT32_MAX) |
	    seconds_of(now));
}

void
sessions_used(struct sessions *s, uint64_t who, uint64_t now)
{
	struct came_place	*p = came_find(s, who);
	uint64_t		 sec = seconds_of(now);

	if (p == NULL)
		return;
	atomic_store(&p->who, (who & ~(uint64_t)UINT32_MAX) | sec);
	atomic_store(&p->ticket, sec << 32 |
	    (uint32_t)atomic_load(&p->ticket));
}

void
sessions_forget(struct sessions *s)
{
	struct session_place	*p;
	size_t			 i, k;

	for (i = 0; i < NSET * WAYS; i++) {
		p = &s->t->place[i];
		if (atomic_load(&p->turn) == 0)
			continue;
		for (k = 0; k < WORDS; k++)
			atomic_store(&p->word[k], 0);
		atomic_store(&p->turn, 0);
	}
	for (i = 0; i < NCAME * WAYS; i++) {
		if (atomic_load(&s->t->came[i].who) == 0)
			continue;
		atomic_store(&s->t->came[i].who, 0);
		atomic_store(&s->t->came[i].ticket, 0);
	}
}
