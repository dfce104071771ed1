/* SPDX-License-Identifier: ISC */
/*
 * The other packages of a server, for Gopher: at the end of the root menu
 * or, where they would make it too large for an old machine, on menus of
 * their own.  Pure.
 */
#ifndef SERVE_OTHERS_H
#define SERVE_OTHERS_H

#include <stddef.h>

struct buf;
struct site;
struct sites;

#define OTHERS_SELECTOR	".apeng/packages"	/* page 2 is .../2 */

/*
 * Put them into mine's finished root menu, items or one that leads to them.
 * -1: no memory.
 */
int	others_root(const struct sites *, const struct site *mine,
	    const char *host, unsigned port, struct buf *menu);
/*
 * The menu of them that a selector (without a leading '/') asks for.  1
 * appended; 0: the selector is another's, or there is no such page.
 */
int	others_menu(const struct sites *, const struct site *mine,
	    const char *host, unsigned port, const char *selector, size_t len,
	    struct buf *out);

#endif
