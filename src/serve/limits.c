#include <sys/mman.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "serve/limits.h"

#define WAYS		8		/* places where a key may stand */
#define COUNT_BITS	24
#define COUNT_MASK	((1ULL << COUNT_BITS) - 1)
#define TRIES		1000		/* honest workers need a few */

/*
 * who: hash of the address or prefix and its count of connections in one
 * word, so that a place changes its owner only while the count is 0.
 * due: when the requests so far are worked off, microseconds.
 */
struct place {
	_Atomic uint64_t	 who, due;
};

struct limits {
	struct limits_conf	 conf;
	uint64_t		 seed[2];
	size_t			 nset;		/* of WAYS places, power of 2 */
	struct place		*place;		/* shared */
};

static uint64_t		 mix(uint64_t);
static uint64_t		 hash(const struct limits *, const struct net_addr *);
static struct place	*find(const struct limits *, uint64_t);
static struct place	*claim(const struct limits *, uint64_t, unsigned add);
static unsigned		 enter(const struct limits *, uint64_t);
static void		 leave(const struct limits *, uint64_t);
static int		 is_free(const struct limits *,
			    const struct net_addr *);
static uint64_t		 request_us(const struct limits *);
static uint64_t		 burst_us(const struct limits *);

/* What a request costs, and how far ahead of the clock one may get. */
static uint64_t
request_us(const struct limits *l)
{
	return l->conf.requests > 0 ? 60000000ULL / l->conf.requests : 0;
}

static uint64_t
burst_us(const struct limits *l)
{
	return request_us(l) * (l->conf.burst > 0 ? l->conf.burst : 1);
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
	l->nset = 64;
	while (l->nset * WAYS < (size_t)conf->connections * 4 &&
	    l->nset < (1u << 20))
		l->nset *= 2;
	p = mmap(NULL, l->nset * WAYS * sizeof(struct place), PROT_READ |
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
	munmap(l->place, l->nset * WAYS * sizeof(struct place));
	free(l);
}

static uint64_t
mix(uint64_t v)
{
	v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ (v >> 27)) * 0x94d049bb133111ebULL;
	return v ^ (v >> 31);
}

/* The seed keeps strangers from choosing addresses that collide. */
static uint64_t
hash(const struct limits *l, const struct net_addr *a)
{
	uint64_t	 w[2], h;

	memcpy(w, a->ip, sizeof(w));
	h = mix(mix(mix(l->seed[0] ^ w[0]) ^ l->seed[1]) ^ w[1]);
	return h >> COUNT_BITS != 0 ? h : h | 1ULL << 63;
}

static struct place *
find(const struct limits *l, uint64_t h)
{
	struct place	*set = l->place + (h & (l->nset - 1)) * WAYS;
	size_t		 i;

	for (i = 0; i < WAYS; i++)
		if ((atomic_load(&set[i].who) ^ h) >> COUNT_BITS == 0)
			return &set[i];
	return NULL;
}

/* A place for a newcomer, with add connections; NULL: all are in use. */
static struct place *
claim(const struct limits *l, uint64_t h, unsigned add)
{
	struct place	*set = l->place + (h & (l->nset - 1)) * WAYS;
	uint64_t	 was, due, now = clock_mono_ms() * 1000;
	size_t		 i;

	for (i = 0; i < WAYS; i++) {
		was = atomic_load(&set[i].who);
		due = atomic_load(&set[i].due);
		/* One further ahead than a burst nobody honest has written. */
		if ((was & COUNT_MASK) != 0 || (was != 0 && due > now &&
		    due - now <= burst_us(l)))
			continue;
		if (atomic_compare_exchange_strong(&set[i].who, &was,
		    (h & ~COUNT_MASK) | add)) {
			atomic_store(&set[i].due, 0);
			return &set[i];
		}
	}
	return NULL;
}

/*
 * The count with this one; 0: no place was free, so nothing is limited.  A
 * full count stays as it is: only a worker gone wild can have written it,
 * and that must not make the others turn in a circle.
 */
static unsigned
enter(const struct limits *l, uint64_t h)
{
	struct place	*p;
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
	struct place	*p;
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

int
limits_admit(struct limits *l, const struct net_addr *a)
{
	struct net_addr	 prefix;
	uint64_t	 ha, hp;

	if (is_free(l, a))
		return 1;
	ha = hash(l, a);
	if (enter(l, ha) > l->conf.per_address && l->conf.per_address > 0) {
		leave(l, ha);
		return 0;
	}
	addr_prefix(a, &prefix);
	hp = ~hash(l, &prefix);
	if (enter(l, hp) > l->conf.per_prefix && l->conf.per_prefix > 0) {
		leave(l, hp);
		leave(l, ha);
		return 0;
	}
	return 1;
}

void
limits_leave(struct limits *l, const struct net_addr *a)
{
	struct net_addr	 prefix;

	if (is_free(l, a))
		return;
	addr_prefix(a, &prefix);
	leave(l, ~hash(l, &prefix));
	leave(l, hash(l, a));
}

/*
 * Each request takes its share of a minute; who is more than a burst ahead
 * of the clock has to wait.  Further ahead than that only a worker gone wild
 * can have put somebody: it counts as a burst, which ends.
 */
unsigned
limits_request(struct limits *l, const struct net_addr *a, uint64_t now_us)
{
	struct place	*p;
	uint64_t	 h, share, due, base, ahead, most;
	int		 i = 0;

	if (l->conf.requests == 0 || is_free(l, a))
		return 0;
	h = hash(l, a);
	if ((p = find(l, h)) == NULL && (p = claim(l, h, 0)) == NULL)
		return 0;
	share = request_us(l);
	most = burst_us(l);
	due = atomic_load(&p->due);
	do {
		base = due > now_us ? due : now_us;
		if (base - now_us > most) {
			base = now_us + most;
			atomic_compare_exchange_strong(&p->due, &due, base);
		}
		ahead = base + share - now_us;
		if (ahead > most)
			return (unsigned)((ahead - most) / 1000000) + 1;
	} while (!atomic_compare_exchange_weak(&p->due, &due, base + share) &&
	    ++i < TRIES);
	return 0;
}

void
limits_forget(struct limits *l)
{
	size_t	 i;

	for (i = 0; i < l->nset * WAYS; i++)
		atomic_store(&l->place[i].who, 0);
}
