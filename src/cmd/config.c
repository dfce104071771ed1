/* SPDX-License-Identifier: ISC */
/*
 * The settings, a table: each has its name in the file and on the command line,
 * its kind, and its place in struct config.  Values come from the operator, who
 * is trusted but may mistype: an error tells the line, and the nearest known
 * name.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "cmd/config.h"
#include "content/diag.h"
#include "content/yaml.h"

enum config_kind { LIST, TEXT, YESNO, NUMBER };

struct setting {
	const char	*key;		/* "group.name" or "name" */
	const char	*option;
	enum config_kind	 kind;
	size_t		 at;		/* offset in struct config */
	unsigned	 min, max;	/* NUMBER; items of a LIST, 0: usual */
};

#define AT(x)	offsetof(struct config, x)

#define DOOR(id, name)							\
	{ name ".listen", name "-listen", LIST, AT(listen[PROTO_##id]),	\
	    0, 0 },							\
	{ name ".public_port", name "-public-port", NUMBER,		\
	    AT(public_port[PROTO_##id]), 0, 65535 },

static const struct setting	 settings[] = {
	{ "packages", "packages", LIST, AT(packages), 0, UINT_MAX },
	{ "keys", "keys", LIST, AT(keys), 0, 0 },
	{ "unsigned", "unsigned", YESNO, AT(unproven), 0, 0 },
	{ "wait", "wait", YESNO, AT(wait), 0, 0 },
	{ "hosts", "hosts", LIST, AT(hosts), 0, 0 },
	{ "certs", "certs", TEXT, AT(certs), 0, 0 },
	{ "readable_keys", "readable-keys", YESNO, AT(readable_keys), 0, 0 },
	PROTOCOLS(DOOR)
	{ "gopher.public_host", "gopher-public-host", TEXT, AT(gopher_host),
	    0, 0 },
	{ "portal", "portal", YESNO, AT(portal), 0, 0 },
	{ "directory", "directory", YESNO, AT(directory), 0, 0 },
	{ "resume", "resume", NUMBER, AT(resume), 0, 3600 },
	{ "workers", "workers", NUMBER, AT(workers), 0, 64 },
	{ "user", "user", TEXT, AT(user), 0, 0 },
	{ "sandbox", "sandbox", YESNO, AT(sandbox), 0, 0 },
	{ "proxy_from", "proxy-from", LIST, AT(proxy_from), 0, 0 },
	{ "limits.connections", "limits-connections", NUMBER,
	    AT(connections), 1, 1000000 },
	{ "limits.half_open", "limits-half-open", NUMBER, AT(half_open), 1,
	    1000000 },
	{ "limits.reply_rate", "limits-reply-rate", NUMBER, AT(reply_rate),
	    0, 1000000 },
	{ "limits.reply_span", "limits-reply-span", NUMBER, AT(reply_span),
	    1, 86400 },
	{ "limits.per_address", "limits-per-address", NUMBER,
	    AT(per_address), 0, 1000000 },
	{ "limits.per_prefix", "limits-per-prefix", NUMBER, AT(per_prefix),
	    0, 1000000 },
	{ "limits.requests", "limits-requests", NUMBER, AT(requests), 0,
	    60000000 },
	{ "limits.burst", "limits-burst", NUMBER, AT(burst), 1, 1000000 },
	{ "limits.search", "limits-search", NUMBER, AT(search), 0, 1000000 },
	{ "limits.loopback", "limits-loopback", YESNO, AT(loopback), 0, 0 },
	{ "state", "state", TEXT, AT(state), 0, 0 },
	{ "status", "status", TEXT, AT(status), 0, 0 },
	{ "log.to", "log-to", TEXT, AT(log_to), 0, 0 },
	{ "log.full_addresses", "log-full-addresses", YESNO, AT(log_full),
	    0, 0 },
};

#define NSETTINGS	(sizeof(settings) / sizeof(settings[0]))

struct reading {			/* the reading of one file */
	struct config	*c;
	const char	*name;
	struct diag	*d;
	int		 bad;
};

int
config_init(struct config *c)
{
	memset(c, 0, sizeof(*c));
	c->sandbox = 1;
	c->directory = CONFIG_UNSAID;
	c->resume = 600;
	c->connections = 10000;
	c->half_open = 2000;
	c->reply_rate = 8;
	c->reply_span = 600;
	c->per_address = 200;
	c->per_prefix = 1000;
	c->requests = 600;
	c->burst = 200;
	c->search = 3000;
	c->certs = strdup("certs");
	c->log_to = strdup("stderr");
	return c->certs != NULL && c->log_to != NULL ? 0 : -1;
}

void
config_free(struct config *c)
{
	struct config_list	*l;
	size_t			 i, k;

	for (i = 0; i < NSETTINGS; i++) {
		if (settings[i].kind == TEXT)
			free(*(char **)((char *)c + settings[i].at));
		if (settings[i].kind != LIST)
			continue;
		l = (struct config_list *)((char *)c + settings[i].at);
		for (k = 0; k < l->n; k++)
			free(l->item[k]);
		free(l->item);
	}
	memset(c, 0, sizeof(*c));
}

void
config_overrule(struct config *c)
{
	size_t	 i;

	for (i = 0; i < NSETTINGS; i++)
		if (settings[i].kind == LIST)
			((struct config_list *)((char *)c +
			    settings[i].at))->fresh = 1;
}

const char *
config_key(size_t i, const char **option)
{
	if (i >= NSETTINGS)
		return NULL;
	*option = settings[i].option;
	return settings[i].key;
}

/* Find the setting `name' of a group, "" or "limits."; NULL: there is none. */
static const struct setting *
find(const char *group, size_t grouplen, const char *name)
{
	size_t	 i;

	for (i = 0; i < NSETTINGS; i++)
		if (strncmp(settings[i].key, group, grouplen) == 0 &&
		    strcmp(settings[i].key + grouplen, name) == 0)
			return &settings[i];
	return NULL;
}

static int
list_add(struct config_list *l, const char *s, size_t len, size_t max)
{
	char	**more;
	size_t	  room = l->room == 0 ? 4 : l->room * 2;

	if (l->fresh) {
		while (l->n > 0)
			free(l->item[--l->n]);
		l->fresh = 0;
	}
	if (l->n == (max == 0 ? CONFIG_LIST_MAX : max))
		return -1;
	if (l->n == l->room) {
		more = reallocarray(l->item, room, sizeof(*more));
		if (more == NULL)
			return -1;
		l->item = more;
		l->room = room;
	}
	if ((l->item[l->n] = strndup(s, len)) == NULL)
		return -1;
	l->n++;
	return 0;
}

/* Store a value in its place.  -1: why says what is wanted. */
static int
put(struct config *c, const struct setting *s, const char *value, size_t len,
    char *why, size_t size)
{
	void		*at = (char *)c + s->at;
	char		*copy;
	unsigned long	 v = 0;
	size_t		 i;

	if (memchr(value, '\0', len) != NULL || len == 0) {
		snprintf(why, size, "want a value");
		return -1;
	}
	switch (s->kind) {
	case LIST:
		if (list_add(at, value, len, s->max) == -1) {
			snprintf(why, size, "more than %d", CONFIG_LIST_MAX);
			return -1;
		}
		return 0;
	case TEXT:
		if ((copy = strndup(value, len)) == NULL) {
			snprintf(why, size, "out of memory");
			return -1;
		}
		free(*(char **)at);
		*(char **)at = copy;
		return 0;
	case YESNO:
		if ((len == 3 && memcmp(value, "yes", 3) == 0) ||
		    (len == 4 && memcmp(value, "true", 4) == 0))
			*(unsigned *)at = 1;
		else if ((len == 2 && memcmp(value, "no", 2) == 0) ||
		    (len == 5 && memcmp(value, "false", 5) == 0))
			*(unsigned *)at = 0;
		else {
			snprintf(why, size, "want yes or no");
			return -1;
		}
		return 0;
	case NUMBER:
		for (i = 0; i < len && value[i] >= '0' && value[i] <= '9' &&
		    i < 9; i++)
			v = v * 10 + (unsigned long)(value[i] - '0');
		if (i < len || v < s->min || v > s->max) {
			snprintf(why, size, "want a whole number, %u to %u",
			    s->min, s->max);
			return -1;
		}
		*(unsigned *)at = (unsigned)v;
	}
	return 0;
}

int
config_set(struct config *c, const char *key, const char *value,
    struct err *e)
{
	const struct setting	*s = find("", 0, key);
	char			 why[80];

	if (s == NULL) {
		err_set(e, "no setting \"%s\"", key);
		return -1;
	}
	if (put(c, s, value, strlen(value), why, sizeof(why)) == -1) {
		err_set(e, "%s: \"%s\", %s", key, value, why);
		return -1;
	}
	return 0;
}

/* The setting in that group whose name is nearest; NULL: none is near. */
static const char *
nearest(const char *group, const char *name)
{
	const char	*best = NULL, *key;
	struct nearest	 near;
	char		 part[64];
	size_t		 i, n = strlen(group);

	nearest_begin(&near, name);
	for (i = 0; i < NSETTINGS; i++) {
		key = settings[i].key;
		if (strncmp(key, group, n) != 0)
			continue;
		snprintf(part, sizeof(part), "%.*s",
		    (int)strcspn(key + n, "."), key + n);
		if (nearest_try(&near, part))
			best = key + n;
	}
	return best;
}

static void
complain(struct reading *r, const struct yaml_node *n, const char *group)
{
	const char	*near = nearest(group, n->key);

	r->bad = 1;
	if (near != NULL)
		diag_add(r->d, DIAG_ERROR, r->name, n->key_line,
		    n->key_column, "%s%s: no such setting; is %s%.*s meant?",
		    group, n->key, group, (int)strcspn(near, "."), near);
	else
		diag_add(r->d, DIAG_ERROR, r->name, n->key_line,
		    n->key_column, "%s%s: no such setting, see apeng.yml(5)",
		    group, n->key);
}

static void
read_value(struct reading *r, const struct setting *s,
    const struct yaml_node *n)
{
	struct config_list	*l;
	const struct yaml_node	*i;
	char			 why[80];

	if (s->kind == LIST && n->kind == YAML_LIST) {
		l = (struct config_list *)((char *)r->c + s->at);
		l->fresh = n->child != NULL;
		for (i = n->child; i != NULL; i = i->next)
			if (i->kind != YAML_SCALAR || put(r->c, s, i->text,
			    i->len, why, sizeof(why)) == -1)
				break;
		if (i == NULL)
			return;
		n = i;
	}
	if (n->kind != YAML_SCALAR)
		snprintf(why, sizeof(why), "found %s", yaml_kind_name(n));
	else if (put(r->c, s, n->text, n->len, why, sizeof(why)) == 0)
		return;
	r->bad = 1;
	diag_add(r->d, DIAG_ERROR, r->name, n->line, n->column, "%s: %s",
	    s->key, why);
}

static void
read_map(struct reading *r, const struct yaml_node *map, const char *group)
{
	const struct setting	*s;
	const struct yaml_node	*n;
	char			 inner[64];
	size_t			 i, len;

	for (n = map->child; n != NULL; n = n->next) {
		if ((s = find(group, strlen(group), n->key)) != NULL) {
			read_value(r, s, n);
			continue;
		}
		len = strlen(n->key);
		for (i = 0; i < NSETTINGS; i++)
			if (*group == '\0' &&
			    strncmp(settings[i].key, n->key, len) == 0 &&
			    settings[i].key[len] == '.')
				break;
		if (i == NSETTINGS) {
			complain(r, n, group);
		} else if (n->kind == YAML_MAP) {
			snprintf(inner, sizeof(inner), "%s.", n->key);
			read_map(r, n, inner);
		} else {
			r->bad = 1;
			diag_add(r->d, DIAG_ERROR, r->name, n->line,
			    n->column, "%s: found %s, want settings below it",
			    n->key, yaml_kind_name(n));
		}
	}
}

static int
read_doc(struct config *c, const char *name, struct yaml *y, struct diag *d)
{
	const struct yaml_node	*root;
	struct reading		 r = { c, name, d, 0 };

	if (y == NULL)
		return -1;
	if ((root = yaml_root(y)) != NULL && root->kind != YAML_MAP) {
		r.bad = 1;
		diag_add(d, DIAG_ERROR, name, root->line, root->column,
		    "found %s, want settings", yaml_kind_name(root));
	} else if (root != NULL)
		read_map(&r, root, "");
	yaml_close(y);
	return r.bad ? -1 : 0;
}

int
config_load(struct config *c, const char *path, struct diag *d)
{
	return read_doc(c, path, yaml_open(path, d), d);
}

int
config_load_text(struct config *c, const char *name, const char *text,
    size_t len, struct diag *d)
{
	return read_doc(c, name, yaml_open_text(name, text, len, d), d);
}
