/* SPDX-License-Identifier: ISC */
/* The listening sockets of a server: one for each address and slot. */
#ifndef SERVE_PORTS_H
#define SERVE_PORTS_H

#include <stddef.h>

struct err;
struct serve_conf;
struct worker_port;

struct ports {
	struct worker_port	*port;	/* n for each slot, slot after slot */
	size_t			 n;
	int			 told;	/* that one cannot listen again was
					   logged */
	char			*lacks;	/* 1: this machine has not the family
					   of that address */
};

/*
 * Choose which addresses of conf can be bound.  A machine without IPv6 or IPv4
 * leaves out the addresses of that family, which is logged, as long as each
 * protocol keeps one.  -1: see e.
 */
int	ports_choose(struct ports *, const struct serve_conf *,
	    void (*say)(void *, const char *), void *arg, struct err *e);
/* Bind those that were chosen.  -1: see e. */
int	ports_bind(struct ports *, const struct serve_conf *, size_t nslot,
	    struct err *e);
/* A ready line for each, to standard output. */
void	ports_print(const struct ports *);
/*
 * Make each socket listen again that a process in a stranger's hands has shut
 * down; what was done is logged.  1: the workers must be replaced, because a
 * socket is another one now; 0: not.
 */
int	ports_repair(struct ports *, size_t nslot,
	    void (*say)(void *, const char *), void *arg);
void	ports_close(struct ports *, size_t nslot);

/* 1: a protocol with TLS is on. */
int	serve_has_tls(const struct serve_conf *);

#endif
