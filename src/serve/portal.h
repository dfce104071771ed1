/* SPDX-License-Identifier: ISC */
/* A network without a way out, where every name leads to this server. */
#ifndef SERVE_PORTAL_H
#define SERVE_PORTAL_H

#include <stddef.h>

#include "serve/protocols.h"


struct asked;
struct sites;

#define PORTAL_HOME	96		/* bytes of a URL, with its NUL */

/* 1: a path by which phones and computers look for the Internet. */
int	portal_is_probe(const char *path, size_t len);
/* The home page by the address that the connection came to. */
void	portal_home(const struct sites *, const struct asked *, enum proto,
	    char url[PORTAL_HOME]);

#endif
