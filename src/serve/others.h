/* SPDX-License-Identifier: ISC */
/*
 * The other packages of a server, for Gopher: at the end of the default's root
 * menu or, where they would make it too large for an old machine, behind an
 * item that leads to the directory.  Pure.
 */
#ifndef SERVE_OTHERS_H
#define SERVE_OTHERS_H

#include <stddef.h>

struct buf;
struct site;
struct sites;

/*
 * Put them into mine's finished root menu: an item for each, or one item that
 * leads to the directory.  -1: no memory.
 */
int	others_root(const struct sites *, const struct site *mine,
	    const char *host, unsigned port, struct buf *menu);

#endif
