/* SPDX-License-Identifier: ISC */
/*
 * Binds the addresses of the configuration for the master, which keeps the
 * sockets for its whole life: each generation of workers inherits them with
 * the connections that wait in their queues.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "net/listen.h"
#include "serve/conf.h"
#include "serve/ports.h"

int
serve_has_tls(const struct serve_conf *c)
{
	size_t	 i;

	for (i = 0; i < PROTO_N; i++)
		if (protocol_rows[i].tls && c->door[i].n > 0)
			return 1;
	return 0;
}

static size_t
count(const struct serve_conf *c)
{
	size_t	 i, n = 0;

	for (i = 0; i < PROTO_N; i++)
		n += c->door[i].n;
	return n;
}

/* The i-th of all addresses, in the order of protocols. */
static const struct net_addr *
address(const struct serve_conf *c, size_t i, enum proto *proto)
{
	int	 k;

	for (k = 0; i >= c->door[k].n; k++)
		i -= c->door[k].n;
	*proto = (enum proto)k;
	return &c->door[k].at[i];
}

int
ports_choose(struct ports *p, const struct serve_conf *c,
    void (*say)(void *, const char *), void *arg, struct err *e)
{
	char		 line[ERR_MAX];
	enum proto	 proto;
	size_t		 i, n = count(c), left[PROTO_N];

	memset(p, 0, sizeof(*p));
	if ((p->lacks = calloc(n, 1)) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < PROTO_N; i++)
		left[i] = c->door[i].n;
	for (i = 0; i < n; i++) {
		if (!listen_lacks(address(c, i, &proto), e))
			continue;
		if (--left[proto] == 0)
			return -1;
		p->lacks[i] = 1;
		snprintf(line, sizeof(line), "%.900s; going on without",
		    e->msg);
		say(arg, line);
	}
	return 0;
}

static int
bind_one(struct ports *p, const struct net_addr *at, enum proto proto,
    size_t nslot, struct err *e)
{
	int		 fds[WORKERS_MAX];
	struct net_addr	 a = *at;
	size_t		 i;

	if (p->n == WORKER_PORTS) {
		err_set(e, "more than %d listening addresses", WORKER_PORTS);
		return -1;
	}
	if (listen_open(&a, fds, nslot, e) == -1)
		return -1;
	for (i = 0; i < nslot; i++) {
		p->port[i * WORKER_PORTS + p->n].fd = fds[i];
		p->port[i * WORKER_PORTS + p->n].proto = proto;
		p->port[i * WORKER_PORTS + p->n].at = a;
	}
	p->n++;
	return 0;
}

int
ports_bind(struct ports *p, const struct serve_conf *c, size_t nslot,
    struct err *e)
{
	const struct net_addr	*at;
	enum proto		 proto;
	size_t			 i, k, n = count(c);
	int			 rv = 0;

	p->port = calloc(nslot * WORKER_PORTS, sizeof(*p->port));
	if (p->port == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; rv == 0 && i < n; i++) {
		at = address(c, i, &proto);
		if (!p->lacks[i])
			rv = bind_one(p, at, proto, nslot, e);
	}
	/* There was room for WORKER_PORTS of each slot. */
	for (i = 1; i < nslot; i++)
		for (k = 0; k < p->n; k++)
			p->port[i * p->n + k] = p->port[i * WORKER_PORTS + k];
	return rv;
}

void
ports_print(const struct ports *p)
{
	char	 text[ADDR_TEXT];
	size_t	 i;

	for (i = 0; i < p->n; i++) {
		addr_text(&p->port[i].at, text);
		printf("ready %s://%s/\n", protocol_rows[p->port[i].proto].name,
		    text);
	}
	fflush(stdout);
}

int
ports_repair(struct ports *p, size_t nslot, void (*say)(void *, const char *),
    void *arg)
{
	char		 line[ERR_MAX + ADDR_TEXT], text[ADDR_TEXT];
	struct err	 e;
	size_t		 i;
	int		 rv, wanted = 0;

	for (i = 0; i < nslot * p->n; i++) {
		rv = listen_repair(p->port[i].fd, &p->port[i].at, &e);
		if (rv == 0)
			continue;
		addr_text(&p->port[i].at, text);
		snprintf(line, sizeof(line), rv == -1 ?
		    "%s: the listening socket was shut down; trying again: "
		    "%.900s" : "%s: the listening socket was shut down, "
		    "which only a broken process does; it listens again",
		    text, e.msg);
		if (rv != -1 || !p->told)
			say(arg, line);
		p->told = rv == -1;
		wanted |= rv == 2;
	}
	return wanted;
}

void
ports_close(struct ports *p, size_t nslot)
{
	size_t	 i;

	for (i = 0; p->port != NULL && i < nslot * p->n; i++)
		close(p->port[i].fd);
	free(p->port);
	free(p->lacks);
	memset(p, 0, sizeof(*p));
}
