/* SPDX-License-Identifier: ISC */
/*
 * The set of open packages of one process.  They stand in the order of their
 * keys, which the master gives by the place of their files; the first is the
 * default.  Ids and host names are found by hash tables.  A site is put in,
 * replaced or taken out as a whole; replies under way keep a count of the one
 * they read from.
 *
 * The set refuses what would make one name mean two packages: the packages
 * are proven, but their publishers need not be friends.
 */
#include <arpa/inet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "package/reader.h"
#include "serve/cache.h"
#include "serve/directory.h"
#include "serve/open.h"
#include "serve/reply.h"
#include "serve/site.h"
#include "serve/sites.h"
#include "view/tree.h"

/* "[::1]" without its brackets; the caller frees it. */
static char *
host_copy(const char *host)
{
	size_t	 n = strlen(host);

	if (n > 2 && host[0] == '[' && host[n - 1] == ']')
		return strndup(host + 1, n - 2);
	return strdup(host);
}

static int
copy_names(struct sites *ss, const struct site_names *names)
{
	const char	*host = names->gopher_host;
	size_t		 i;

	if (host == NULL && names->nhost > 0)
		host = names->host[0];
	if ((ss->host = calloc(names->nhost + 1, sizeof(*ss->host))) == NULL)
		return -1;
	for (i = 0; i < names->nhost; i++) {
		if ((ss->host[i] = host_copy(names->host[i])) == NULL)
			return -1;
		ss->nhost++;
	}
	if (host != NULL && (ss->gopher_host = host_copy(host)) == NULL)
		return -1;
	memcpy(ss->port, names->port, sizeof(ss->port));
	ss->portal = names->portal;
	ss->directory = names->directory;
	return 0;
}

static void
free_names(struct sites *ss)
{
	size_t	 i;

	for (i = 0; i < ss->nhost; i++)
		free(ss->host[i]);
	free(ss->host);
	free(ss->gopher_host);
}

struct sites *
sites_new(const struct site_names *names, struct err *e)
{
	struct sites	*ss;

	if ((ss = calloc(1, sizeof(*ss))) == NULL ||
	    copy_names(ss, names) == -1 ||
	    (ss->cache = cache_new(SITE_CACHE)) == NULL) {
		err_nomem(e);
		sites_free(ss);
		return NULL;
	}
	ss->hosts.fold = 1;
	return ss;
}

int
sites_rename(struct sites *ss, const struct site_names *names, struct err *e)
{
	struct sites	 new;

	memset(&new, 0, sizeof(new));
	if (copy_names(&new, names) == -1) {
		free_names(&new);
		err_nomem(e);
		return -1;
	}
	free_names(ss);
	ss->host = new.host;
	ss->nhost = new.nhost;
	ss->gopher_host = new.gopher_host;
	memcpy(ss->port, new.port, sizeof(ss->port));
	ss->portal = new.portal;
	ss->directory = new.directory;
	return 0;
}

/* The place of that key, or where it would be; *found says which. */
static size_t
place_of(const struct sites *ss, const char *key, int *found)
{
	size_t	 lo = 0, hi = ss->n, mid;
	int	 c;

	*found = 0;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((c = strcmp(ss->site[mid]->key, key)) == 0) {
			*found = 1;
			return mid;
		}
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The first segment of a path, if it may be an id; 0: it cannot be one. */
static int
first_part(char *out, const char *path)
{
	size_t	 n = strcspn(path, "/");

	if (n > HEAD_ID_MAX)
		return 0;
	memcpy(out, path, n);
	out[n] = '\0';
	return 1;
}

/*
 * A site other than s and `but' (NULL: none) whose id is a tree, a folder or an
 * entry of s, the default.  Its selectors /ID/ would be those of s.
 */
static struct site *
in_folder(const struct sites *ss, struct site *s, const struct site *but)
{
	const struct site_table	*t = site_table(s);
	struct view		 list[VIEW_MAX];
	struct pkg_entry	 en;
	struct site		*f;
	char			 name[HEAD_ID_MAX + 1];
	size_t			 i, n;

	n = t != NULL ? tree_list(t, list) : 0;
	for (i = 0; i < n + pkg_count(s->pkg); i++) {
		if (i >= n)
			pkg_at(s->pkg, i - n, &en);
		if (first_part(name, i < n ? list[i].name : en.path) &&
		    (f = sites_by_id(ss, name, strlen(name))) != NULL &&
		    f != but && f != s)
			return f;
	}
	return NULL;
}

/* 1: an id that is a tree, a folder or an entry of s, the default. */
static int
has_folder(struct site *s, const char *id)
{
	const struct site_table	*t = site_table(s);
	struct view		 list[VIEW_MAX];
	struct pkg_entry	 en;
	size_t			 i, n, len = strlen(id);

	n = t != NULL ? tree_list(t, list) : 0;
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, id) == 0)
			return 1;
	return pkg_find(s->pkg, id, len, &en) ||
	    pkg_has_folder(s->pkg, id, len);
}

/* 0: no name of s means a package other than `old'; -1: see e. */
static int
is_fresh(const struct sites *ss, struct site *s, const struct site *old,
    struct err *e)
{
	struct site	*f;
	size_t		 i;

	f = names_find(&ss->ids, s->id, strlen(s->id));
	if (f != NULL && f != old) {
		err_set(e, "%s: two packages have this id", s->id);
		return -1;
	}
	for (i = 0; i < s->nhost; i++) {
		f = names_find(&ss->hosts, s->host[i], strlen(s->host[i]));
		if (f == NULL || f == old)
			continue;
		err_set(e, "%s: the host %s is also in package %s", s->id,
		    s->host[i], f->id);
		return -1;
	}
	return 0;
}

int
sites_fit(const struct sites *ss, const char *key, struct site *s,
    struct err *e)
{
	struct site	*old, *bad = NULL, *first = s;
	size_t		 at;
	int		 found;

	at = place_of(ss, key, &found);
	old = found ? ss->site[at] : NULL;
	if (is_fresh(ss, s, old, e) == -1)
		return -1;
	if (at == 0) {
		bad = in_folder(ss, s, old);
	} else {
		first = ss->site[0];
		if (has_folder(first, s->id))
			bad = s;
	}
	if (bad == NULL)
		return 0;
	err_set(e, "%s: this id is also the name of a folder of package %s",
	    bad->id, first->id);
	return -1;
}

struct site *
sites_shadowed(const struct sites *ss)
{
	return ss->n > 1 ? in_folder(ss, ss->site[0], NULL) : NULL;
}

/* Make room for one more site with nhost names. */
static int
make_room(struct sites *ss, size_t nhost)
{
	struct site	**more;
	size_t		  room = ss->room == 0 ? 4 : ss->room * 2;

	if (names_room(&ss->ids, 1) == -1 ||
	    names_room(&ss->hosts, nhost) == -1)
		return -1;
	if (ss->n < ss->room)
		return 0;
	if ((more = reallocarray(ss->site, room, sizeof(*more))) == NULL)
		return -1;
	ss->site = more;
	ss->room = room;
	return 0;
}

/* There is room.  A host may stand twice in one site table. */
static void
take_names(struct sites *ss, struct site *s)
{
	size_t	 i;

	names_add(&ss->ids, s->id, s);
	for (i = 0; i < s->nhost; i++)
		if (names_find(&ss->hosts, s->host[i], strlen(s->host[i])) ==
		    NULL)
			names_add(&ss->hosts, s->host[i], s);
}

static void
drop_names(struct sites *ss, struct site *s)
{
	size_t	 i;

	names_drop(&ss->ids, s->id, s);
	for (i = 0; i < s->nhost; i++)
		names_drop(&ss->hosts, s->host[i], s);
}

/* Many packages take no more memory of a worker than a few. */
static void
set_cache(struct sites *ss)
{
	size_t	 most = ss->n < SITES_CACHE / SITE_CACHE ?
		    (ss->n + (ss->n == 0)) * SITE_CACHE : SITES_CACHE;

	cache_limit(ss->cache, most);
}

int
sites_put(struct sites *ss, const char *key, struct site *s, struct err *e)
{
	size_t	 at;
	int	 found;

	if (sites_fit(ss, key, s, e) == -1) {
		site_free(s);
		return -1;
	}
	free(s->key);
	if ((s->key = strdup(key)) == NULL ||
	    make_room(ss, s->nhost) == -1) {
		err_nomem(e);
		site_free(s);
		return -1;
	}
	at = place_of(ss, key, &found);
	directory_forget(ss);
	if (found) {
		drop_names(ss, ss->site[at]);
		site_free(ss->site[at]);
	} else {
		memmove(ss->site + at + 1, ss->site + at,
		    (ss->n - at) * sizeof(*ss->site));
		ss->n++;
	}
	ss->site[at] = s;
	take_names(ss, s);
	set_cache(ss);
	ss->version++;
	return 0;
}

int
sites_add(struct sites *ss, struct site *s, struct err *e)
{
	char	 key[24];

	snprintf(key, sizeof(key), "%020zu", ss->added++);
	return sites_put(ss, key, s, e);
}

void
sites_drop(struct sites *ss, const char *key)
{
	size_t	 at;
	int	 found;

	at = place_of(ss, key, &found);
	if (!found)
		return;
	directory_forget(ss);
	drop_names(ss, ss->site[at]);
	site_free(ss->site[at]);
	ss->n--;
	memmove(ss->site + at, ss->site + at + 1,
	    (ss->n - at) * sizeof(*ss->site));
	set_cache(ss);
	ss->version++;
}

int
sites_named(const struct sites *ss, const char *host)
{
	size_t	 i;

	for (i = 0; i < ss->nhost; i++)
		if (strcasecmp(ss->host[i], host) == 0)
			return 1;
	return 0;
}

size_t
sites_count(const struct sites *ss)
{
	return ss->n;
}

struct site *
sites_at(const struct sites *ss, size_t i)
{
	return ss->site[i];
}

void
sites_cache(struct sites *ss, size_t bytes)
{
	cache_limit(ss->cache, bytes);
}

void
sites_free(struct sites *ss)
{
	size_t	 i;

	if (ss == NULL)
		return;
	directory_forget(ss);
	for (i = 0; i < ss->n; i++)
		site_free(ss->site[i]);
	free(ss->site);
	names_free(&ss->ids);
	names_free(&ss->hosts);
	free_names(ss);
	if (ss->cache != NULL)
		cache_free(ss->cache);
	free(ss);
}

/*
 * Have its table in memory; it may be freed after SITES_AWAKE others were asked
 * for.
 */
int
sites_wake(struct sites *ss, struct site *s)
{
	struct site	*old = NULL;
	size_t		 i, n = 0;

	s->used = ++ss->tick;
	if (s->table != NULL)
		return 0;
	if (site_table(s) == NULL)
		return -1;
	if (++ss->awake <= SITES_AWAKE)
		return 0;
	for (i = 0; i < ss->n; i++) {
		if (ss->site[i]->table == NULL)
			continue;
		n++;
		if (ss->site[i]->count == 1 && ss->site[i] != s &&
		    (old == NULL || ss->site[i]->used < old->used))
			old = ss->site[i];
	}
	ss->awake = n;
	if (n > SITES_AWAKE && old != NULL) {
		site_sleep(old);
		ss->awake--;
	}
	return 0;
}

/* An IPv4 address as IPv6, or an IPv6 one; -1: neither. */
static int
address(const char *s, struct in6_addr *out)
{
	struct in_addr	 in;

	if (inet_pton(AF_INET6, s, out) == 1)
		return 0;
	if (inet_pton(AF_INET, s, &in) != 1)
		return -1;
	memset(out, 0, sizeof(*out));
	out->s6_addr[10] = out->s6_addr[11] = 0xff;
	memcpy(out->s6_addr + 12, &in, sizeof(in));
	return 0;
}

/* Only the connection's own address is asked about, in addr_ip()'s form. */
static int
is_loopback(const char *ip)
{
	if (ip == NULL)
		return 0;
	if (strncasecmp(ip, "::ffff:", 7) == 0)
		ip += 7;
	return strncmp(ip, "127.", 4) == 0 || strcmp(ip, "::1") == 0;
}

struct site *
sites_by_id(const struct sites *ss, const char *id, size_t len)
{
	return names_find(&ss->ids, id, len);
}

struct site *
sites_by_host(const struct sites *ss, const struct asked *a,
    const char *host, int is_literal)
{
	struct in6_addr	 want, have;
	struct site	*s;
	size_t		 i;

	if (ss->n == 0)
		return NULL;
	if (is_literal) {
		if (address(host, &want) == -1)
			return NULL;
		if (a->local_ip != NULL && address(a->local_ip, &have) == 0 &&
		    memcmp(&want, &have, sizeof(want)) == 0)
			return ss->site[0];
		for (i = 0; i < ss->nhost; i++)
			if (address(ss->host[i], &have) == 0 &&
			    memcmp(&want, &have, sizeof(want)) == 0)
				return ss->site[0];
		return NULL;
	}
	/* No package can take the name localhost for itself. */
	if (strcmp(host, "localhost") == 0 && is_loopback(a->local_ip))
		return ss->site[0];
	if ((s = names_find(&ss->hosts, host, strlen(host))) != NULL)
		return s;
	return sites_named(ss, host) ? ss->site[0] : NULL;
}

const char *
sites_gopher_host(const struct sites *ss, const struct asked *a)
{
	/* `localhost' in a menu would lead other machines to themselves. */
	if (ss->gopher_host != NULL && (a->local_ip == NULL ||
	    strcmp(ss->gopher_host, "localhost") != 0 ||
	    is_loopback(a->local_ip)))
		return ss->gopher_host;
	if (a->local_ip == NULL)
		return "localhost";
	if (strncasecmp(a->local_ip, "::ffff:", 7) == 0)
		return a->local_ip + 7;
	return a->local_ip;
}

unsigned
sites_gopher_port(const struct sites *ss, const struct asked *a)
{
	return ss->port[PROTO_GOPHER] != 0 ? ss->port[PROTO_GOPHER] :
	    a->local_port;
}

int
sites_claims(const struct sites *ss, const struct site *was,
    const struct site *site, struct err *e)
{
	size_t	 j, k;

	if (ss->n == 0 || (was == ss->site[0] && !ss->directory))
		return 0;
	for (j = 0; j < site->nhost; j++) {
		if (!sites_named(ss, site->host[j]))
			continue;
		for (k = 0; was != NULL && k < was->nhost; k++)
			if (strcasecmp(was->host[k], site->host[j]) == 0)
				break;
		if (was != NULL && k < was->nhost)
			continue;
		err_set(e, "%s: it asks for %s, a name of this server, which "
		    "the edition before did not; SIGHUP lets it", site->id,
		    site->host[j]);
		return 1;
	}
	return 0;
}
