/* SPDX-License-Identifier: ISC */
/*
 * One table for all workers: how many connections an address has, and how far
 * it is ahead of the clock with what it may take at a rate.
 *
 * An address counts at several levels: by itself (of IPv6 its /64, since one
 * subscriber has at least that), with its network and, for IPv6, with the site
 * that the network is part of.  The key of a level is the hash of the address,
 * cut to the bits of that level.  A key has WAYS places where it may stand.  A
 * place belongs to a key while connections are counted there or time is owed.
 * When all places of a key belong to others, the address is not limited at that
 * level, so a full table keeps nobody out.
 *
 * A rate is kept as one time, `due': when all that was taken will be worked
 * off.  Taking n units moves it on by n times the time of one unit.  Whoever
 * would come more than a burst ahead of the clock must wait.
 *
 * The table is shared memory, and a worker in a stranger's hands can write all
 * of it: every value is checked when it is read, and every loop has an end.
 */
#include <sys/mman.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "net/limits.h"

#define WAYS		8		/* places where a key may stand */
#define COUNT_BITS	24
#define COUNT_MASK	((1ULL << COUNT_BITS) - 1)
#define TRIES		1000		/* attempts to change a place; honest
					   workers need a few */
#define MINUTE_US	60000000ULL
#define SEARCH_UNIT	1000000		/* bytes of work */
#define NLEVEL		3

/*
 * who: hash of the address or prefix and its count of connections in one
 * word, so that a place changes its owner only while the count is 0.
 * due: of each rate, microseconds of the monotonic clock.
 */
struct limit_place {
	_Atomic uint64_t	 who, due[LIMIT_N];
};

/* Microseconds. most: no honest worker lets anybody come further ahead. */
struct rate {
	uint64_t		 unit, burst, most;	/* unit 0: no limit */
};

struct limits {
	struct limits_conf	 conf;
	struct rate		 rate[LIMIT_N];
	uint64_t		 seed[2];
	size_t			 nset;		/* of WAYS places, power of 2 */
	struct limit_place		*place;		/* shared */
};

/*
 * The levels: which bytes of an address count, and how many times the rates of
 * one address hold there.
 */
static const struct {
	uint8_t			 v4_bytes, v6_bytes;	/* of net_addr.ip */
	uint8_t			 times;
} levels[NLEVEL] = {
	{ 16, 8, 1 },				/* an address, a /64 */
	{ 15, 7, 5 },				/* a /24, a /56 */
	{ 0, 6, 25 },				/* a /48 */
};

static struct rate
rate_of(unsigned a_minute, unsigned burst)
{
	struct rate	 r = { 0, 0, 0 };

	if (a_minute > 0) {
		r.unit = MINUTE_US / a_minute;
		r.burst = r.most = r.unit * (burst > 0 ? burst : 1);
	}
	return r;
}

struct limits *
limits_new(const struct limits_conf *conf, struct err *e)
{
	struct limits	*l;
	void		*p;

	if ((l = calloc(1, sizeof(*l))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	l->conf = *conf;
	l->rate[LIMIT_REQUEST] = rate_of(conf->requests, conf->burst);
	l->rate[LIMIT_HANDSHAKE] = rate_of(conf->requests * 2,
	    conf->burst * 2);
	/*
	 * The cost of a search is known only when it is done, hence one burst
	 * more.
	 */
	l->rate[LIMIT_SEARCH] = rate_of(conf->search, conf->search / 3);
	l->rate[LIMIT_SEARCH].most *= 2;
	l->nset = 64;
	while (l->nset * WAYS < (size_t)conf->connections * 4 &&
	    l->nset < (1u << 20))
		l->nset *= 2;
	p = mmap(NULL, l->nset * WAYS * sizeof(struct limit_place), PROT_READ |
	    PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED || getentropy(l->seed, sizeof(l->seed)) == -1) {
		err_sys(e, "table of limits");
		free(l);
		return NULL;
	}
	l->place = p;
	return l;
}

void
limits_free(struct limits *l)
{
	if (l == NULL)
		return;
	munmap(l->place, l->nset * WAYS * sizeof(struct limit_place));
	free(l);
}

static uint64_t
mix(uint64_t v)
{
	v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ (v >> 27)) * 0x94d049bb133111ebULL;
	return v ^ (v >> 31);
}

/*
 * The key of an address at a level; 0: it has no such level.  The seed keeps
 * strangers from choosing addresses whose keys collide.
 */
static uint64_t
key_at(const struct limits *l, const struct net_addr *a, size_t level)
{
	uint64_t	 w[2] = { 0, 0 }, h;
	size_t		 n;

	n = addr_is_v4(a) ? levels[level].v4_bytes : levels[level].v6_bytes;
	if (n == 0)
		return 0;
	memcpy(w, a->ip, n);
	h = mix(mix(mix(l->seed[0] ^ w[0]) ^ l->seed[1]) ^ w[1] ^ level);
	return h >> COUNT_BITS != 0 ? h : h | 1ULL << 63;
}

static struct limit_place *
find(const struct limits *l, uint64_t h)
{
	struct limit_place	*set = l->place + (h & (l->nset - 1)) * WAYS;
	size_t		 i;

	for (i = 0; i < WAYS; i++)
		if ((atomic_load(&set[i].who) ^ h) >> COUNT_BITS == 0)
			return &set[i];
	return NULL;
}

/* 1: the owner of the place still owes time. */
static int
is_owing(const struct limits *l, struct limit_place *p, uint64_t now)
{
	uint64_t	 due;
	int		 i;

	for (i = 0; i < LIMIT_N; i++) {
		due = atomic_load(&p->due[i]);
		if (due > now && due - now <= l->rate[i].most)
			return 1;
	}
	return 0;
}

/* A place for a new key, with add connections counted; NULL: all are in use. */
static struct limit_place *
claim(const struct limits *l, uint64_t h, unsigned add)
{
	struct limit_place	*set = l->place + (h & (l->nset - 1)) * WAYS;
	uint64_t	 was, now = clock_mono_ms() * 1000;
	size_t		 i, k;

	for (i = 0; i < WAYS; i++) {
		was = atomic_load(&set[i].who);
		if ((was & COUNT_MASK) != 0 || (was != 0 &&
		    is_owing(l, &set[i], now)))
			continue;
		if (atomic_compare_exchange_strong(&set[i].who, &was,
		    (h & ~COUNT_MASK) | add)) {
			for (k = 0; k < LIMIT_N; k++)
				atomic_store(&set[i].due[k], 0);
			return &set[i];
		}
	}
	return NULL;
}

/*
 * The count with this connection; 0: no place was free, so nothing is limited.
 * A full count stays as it is: only a worker in a stranger's hands can have
 * written it, and it must not keep the others in a loop.
 */
static unsigned
enter(const struct limits *l, uint64_t h)
{
	struct limit_place	*p;
	uint64_t	 was;
	int		 i;

	for (i = 0; (p = find(l, h)) != NULL; i++) {
		if (i == TRIES)
			return 0;
		was = atomic_load(&p->who);
		if ((was ^ h) >> COUNT_BITS != 0)
			continue;
		if ((was & COUNT_MASK) == COUNT_MASK ||
		    atomic_compare_exchange_weak(&p->who, &was, was + 1))
			return (unsigned)(was & COUNT_MASK) + 1;
	}
	return claim(l, h, 1) != NULL;
}

static void
leave(const struct limits *l, uint64_t h)
{
	struct limit_place	*p;
	uint64_t	 was;
	int		 i;

	for (i = 0; i < TRIES && (p = find(l, h)) != NULL; i++) {
		was = atomic_load(&p->who);
		if ((was ^ h) >> COUNT_BITS != 0)
			continue;
		if ((was & COUNT_MASK) == 0 ||
		    atomic_compare_exchange_weak(&p->who, &was, was - 1))
			return;
	}
}

static int
is_free(const struct limits *l, const struct net_addr *a)
{
	return !l->conf.loopback && addr_is_loopback(a);
}

/* Give back the levels of an address below n. */
static void
leave_levels(struct limits *l, const struct net_addr *a, size_t n)
{
	uint64_t	 h;

	while (n-- > 0)
		if ((h = key_at(l, a, n)) != 0)
			leave(l, h);
}

int
limits_admit(struct limits *l, const struct net_addr *a)
{
	const unsigned	 most[NLEVEL] = { l->conf.per_address,
			    l->conf.per_prefix, l->conf.per_prefix * 4 };
	uint64_t	 h;
	size_t		 i;

	if (is_free(l, a))
		return 1;
	for (i = 0; i < NLEVEL; i++) {
		if ((h = key_at(l, a, i)) == 0 || enter(l, h) <= most[i] ||
		    most[i] == 0)
			continue;
		leave_levels(l, a, i + 1);
		return 0;
	}
	return 1;
}

void
limits_leave(struct limits *l, const struct net_addr *a)
{
	if (!is_free(l, a))
		leave_levels(l, a, NLEVEL);
}

/*
 * How far a place is ahead of the clock.  Only a worker in a stranger's hands
 * can have written more than `most'; what is above it is taken off, so that the
 * wait ends.
 */
static uint64_t
ahead(_Atomic uint64_t *at, const struct rate *r, uint64_t now_us)
{
	uint64_t	 due = atomic_load(at);

	if (due <= now_us)
		return 0;
	if (due - now_us <= r->most)
		return due - now_us;
	atomic_compare_exchange_strong(at, &due, now_us + r->most);
	return r->most;
}

/*
 * Move the due time of a place on by cost.  0; or how many microseconds too
 * early that is, and then nothing is counted.
 */
static uint64_t
take(_Atomic uint64_t *at, const struct rate *r, uint64_t cost,
    uint64_t now_us)
{
	uint64_t	 due, had;
	int		 i = 0;

	do {
		had = ahead(at, r, now_us);
		if (had + cost > r->burst)
			return had + cost - r->burst;
		due = atomic_load(at);
	} while (!atomic_compare_exchange_weak(at, &due, now_us + had +
	    cost) && ++i < TRIES);
	return 0;
}

/* The place where a key's rates stand, NULL: none is free. */
static struct limit_place *
place_of(struct limits *l, const struct net_addr *a, size_t level)
{
	uint64_t	 h = key_at(l, a, level);
	struct limit_place	*p = find(l, h);

	return p != NULL ? p : claim(l, h, 0);
}

/*
 * Networks of IPv4 have no rate, because each address may be a whole village.
 */
static size_t
rate_levels(const struct net_addr *a)
{
	return addr_is_v4(a) ? 1 : NLEVEL;
}

unsigned
limits_take(struct limits *l, const struct net_addr *a, enum limit what,
    uint64_t now_us)
{
	const struct rate	*r = &l->rate[what];
	struct limit_place		*p;
	uint64_t		 cost, early;
	size_t			 i;

	if (r->unit == 0 || is_free(l, a))
		return 0;
	for (i = 0; i < rate_levels(a); i++) {
		if ((p = place_of(l, a, i)) == NULL)
			continue;
		cost = r->unit / levels[i].times;
		early = take(&p->due[what], r, cost > 0 ? cost : 1, now_us);
		if (early > 0)
			return (unsigned)(early / 1000000) + 1;
	}
	return 0;
}

uint64_t
limits_searched(struct limits *l, const struct net_addr *a, size_t work,
    uint64_t now_us)
{
	const struct rate	*r = &l->rate[LIMIT_SEARCH];
	struct limit_place		*p;
	_Atomic uint64_t	*at;
	uint64_t		 due, had, first = 0, cost;
	size_t			 i;

	if (r->unit == 0 || is_free(l, a))
		return 0;
	for (i = 0; i < rate_levels(a); i++) {
		if ((p = place_of(l, a, i)) == NULL)
			continue;
		at = &p->due[LIMIT_SEARCH];
		cost = work * r->unit / SEARCH_UNIT / levels[i].times;
		had = ahead(at, r, now_us) + cost;
		if (had > r->most)
			had = r->most;
		due = atomic_load(at);
		/*
		 * A charge that another worker overtakes is lost; it is a slice
		 * at most.
		 */
		if (cost > 0)
			atomic_compare_exchange_strong(at, &due, now_us + had);
		if (i == 0)
			first = had;
	}
	return first;
}

unsigned
limits_search_wait(struct limits *l, const struct net_addr *a,
    uint64_t now_us)
{
	const struct rate	*r = &l->rate[LIMIT_SEARCH];
	struct limit_place		*p;
	uint64_t		 had;
	size_t			 i;

	if (r->unit == 0 || is_free(l, a))
		return 0;
	for (i = 0; i < rate_levels(a); i++) {
		if ((p = find(l, key_at(l, a, i))) == NULL)
			continue;
		had = ahead(&p->due[LIMIT_SEARCH], r, now_us);
		if (had > r->burst)
			return (unsigned)((had - r->burst) / 1000000) + 1;
	}
	return 0;
}

int
limits_same(const struct net_addr *a, const struct net_addr *b)
{
	return addr_is_v4(a) == addr_is_v4(b) && memcmp(a->ip, b->ip,
	    addr_is_v4(a) ? levels[0].v4_bytes : levels[0].v6_bytes) == 0;
}

void
limits_forget(struct limits *l)
{
	size_t	 i;

	for (i = 0; i < l->nset * WAYS; i++)
		atomic_store(&l->place[i].who, 0);
}
