#include <arpa/inet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "package/head.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/cache.h"
#include "serve/open.h"
#include "view/tree.h"

#define TABLE_PATH	"data/site.txt"

static char	*host_copy(const char *);
static int	 address(const char *, struct in6_addr *);
static int	 is_loopback(const char *);
static int	 has_host(const struct site *, const char *);
static int	 has_folder(const struct site *, const char *);
static int	 can_stand(const struct sites *, const struct site *,
		    struct err *);
static void	 share_room(struct sites *);
static int	 page(void *, const char *, const char *, const char **,
		    size_t *);

struct site *
site_new(struct pkg *pkg, struct store *store, struct err *e)
{
	struct pkg_entry	 en;
	struct site		*s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		err_nomem(e);
		store_close(store);
		pkg_close(pkg);
		return NULL;
	}
	s->count = 1;
	s->pkg = pkg;
	s->store = store;
	if (!pkg_find(pkg, TABLE_PATH, strlen(TABLE_PATH), &en)) {
		err_set(e, "%s: the package has no %s", pkg_head(pkg)->id,
		    TABLE_PATH);
		goto fail;
	}
	s->table = site_table_parse((const char *)en.data, en.size, e);
	if (s->table == NULL)
		goto fail;
	if (strcmp(s->table->id, pkg_head(pkg)->id) != 0) {
		err_set(e, "%s: %s has the id %s", pkg_head(pkg)->id,
		    TABLE_PATH, s->table->id);
		goto fail;
	}
	if ((s->cache = cache_new(SITE_CACHE)) == NULL) {
		err_nomem(e);
		goto fail;
	}
	return s;
 fail:
	site_free(s);
	return NULL;
}

struct site *
site_ref(struct site *s)
{
	s->count++;
	return s;
}

void
site_free(struct site *s)
{
	if (s == NULL || --s->count > 0)
		return;
	cache_free(s->cache);
	site_table_free(s->table);
	store_close(s->store);
	pkg_close(s->pkg);
	free(s);
}

const struct site_table *
site_table(const struct site *s)
{
	return s->table;
}

const struct pkg *
site_pkg(const struct site *s)
{
	return s->pkg;
}

void
site_cache(struct site *s, size_t bytes)
{
	cache_limit(s->cache, bytes);
}

/* "[::1]" is ::1 to us; the caller's to free. */
static char *
host_copy(const char *host)
{
	size_t	 n = strlen(host);

	if (n > 2 && host[0] == '[' && host[n - 1] == ']')
		return strndup(host + 1, n - 2);
	return strdup(host);
}

struct sites *
sites_new(const struct site_names *names, struct err *e)
{
	struct sites	*ss;
	const char	*host = names->gopher_host;
	size_t		 i;

	if (host == NULL && names->nhost > 0)
		host = names->host[0];
	if ((ss = calloc(1, sizeof(*ss))) == NULL ||
	    (ss->host = calloc(names->nhost + 1, sizeof(*ss->host))) == NULL)
		goto fail;
	for (i = 0; i < names->nhost; i++) {
		if ((ss->host[i] = host_copy(names->host[i])) == NULL)
			goto fail;
		ss->nhost++;
	}
	if (host != NULL && (ss->gopher_host = host_copy(host)) == NULL)
		goto fail;
	ss->gemini_port = names->gemini_port;
	ss->gopher_port = names->gopher_port;
	return ss;
 fail:
	err_nomem(e);
	sites_free(ss);
	return NULL;
}

/* A tree or a folder or an entry of s: what selectors may begin with. */
static int
has_folder(const struct site *s, const char *name)
{
	struct view		 list[VIEW_MAX];
	struct pkg_entry	 en;
	size_t			 i, n, len = strlen(name);

	n = tree_list(s->table, list);
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return 1;
	n = pkg_count(s->pkg);
	for (i = 0; i < n; i++) {
		pkg_at(s->pkg, i, &en);
		if (strncmp(en.path, name, len) == 0 &&
		    (en.path[len] == '/' || en.path[len] == '\0'))
			return 1;
	}
	return 0;
}

/* No name of s may mean another package too.  -1: see e. */
static int
can_stand(const struct sites *ss, const struct site *s, struct err *e)
{
	const struct site	*other;
	size_t			 i, j;

	for (i = 0; i < ss->n; i++) {
		other = ss->site[i];
		if (strcmp(other->table->id, s->table->id) == 0) {
			err_set(e, "%s: two packages have this id",
			    s->table->id);
			return -1;
		}
		for (j = 0; j < s->table->nhost; j++) {
			if (!has_host(other, s->table->host[j]))
				continue;
			err_set(e, "%s: the host %s is also in package %s",
			    s->table->id, s->table->host[j],
			    other->table->id);
			return -1;
		}
	}
	/* /ID/ stands beside what the first package has at its root. */
	if (ss->n > 0 && has_folder(ss->site[0], s->table->id)) {
		err_set(e, "%s: this id is also the name of a folder of "
		    "package %s", s->table->id, ss->site[0]->table->id);
		return -1;
	}
	return 0;
}

/* Sixty-four packages take no more memory than a few, of any worker. */
static void
share_room(struct sites *ss)
{
	size_t	 i, each = SITES_CACHE / ss->n;

	for (i = 0; i < ss->n; i++)
		site_cache(ss->site[i], each < SITE_CACHE ? each : SITE_CACHE);
}

int
sites_add(struct sites *ss, struct site *s, struct err *e)
{
	if (ss->n == SITES_MAX)
		err_set(e, "%s: more than %d packages in one server",
		    s->table->id, SITES_MAX);
	else if (can_stand(ss, s, e) == 0) {
		ss->site[ss->n++] = s;
		share_room(ss);
		return 0;
	}
	site_free(s);
	return -1;
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
sites_free(struct sites *ss)
{
	size_t	 i;

	if (ss == NULL)
		return;
	for (i = 0; i < ss->n; i++)
		site_free(ss->site[i]);
	for (i = 0; i < ss->nhost; i++)
		free(ss->host[i]);
	free(ss->host);
	free(ss->gopher_host);
	free(ss);
}

static int
has_host(const struct site *s, const char *host)
{
	size_t	 i;

	for (i = 0; i < s->table->nhost; i++)
		if (strcasecmp(s->table->host[i], host) == 0)
			return 1;
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

static int
is_loopback(const char *ip)
{
	struct in6_addr	 a;

	if (ip == NULL || address(ip, &a) == -1)
		return 0;
	return IN6_IS_ADDR_LOOPBACK(&a) ||
	    (IN6_IS_ADDR_V4MAPPED(&a) && a.s6_addr[12] == 127);
}

struct site *
sites_by_id(const struct sites *ss, const char *id, size_t len)
{
	size_t	 i;

	for (i = 0; i < ss->n; i++)
		if (strlen(ss->site[i]->table->id) == len &&
		    memcmp(ss->site[i]->table->id, id, len) == 0)
			return ss->site[i];
	return NULL;
}

struct site *
sites_by_host(const struct sites *ss, const struct asked *a,
    const char *host, int is_literal)
{
	struct in6_addr	 want, have;
	size_t		 i;

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
	/* No package can take this name for its own. */
	if (strcmp(host, "localhost") == 0 && is_loopback(a->local_ip))
		return ss->site[0];
	for (i = 0; i < ss->n; i++)
		if (has_host(ss->site[i], host))
			return ss->site[i];
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
	return ss->gopher_port != 0 ? ss->gopher_port : a->local_port;
}

static int
page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct site		*s = arg;
	struct pkg_entry	 en;
	char			 path[256];
	int			 n;

	n = snprintf(path, sizeof(path), "%s/%s.gmi", dir, id);
	if (n < 0 || (size_t)n >= sizeof(path) ||
	    !pkg_find(s->pkg, path, (size_t)n, &en))
		return -1;
	*text = (const char *)en.data;
	*len = en.size;
	return 0;
}

void
site_source(struct site *s, const char *host, unsigned port,
    const char *prefix, struct view_source *src)
{
	size_t	 size;

	pkg_bytes(s->pkg, &size);
	memset(src, 0, sizeof(*src));
	src->site = s->table;
	src->page = page;
	src->arg = s;
	src->host = host;
	src->port = port;
	src->prefix = prefix;
	src->package_size = size;
}
