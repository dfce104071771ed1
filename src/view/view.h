/* SPDX-License-Identifier: ISC */
/*
 * What Gopher readers need, computed from gemtext pages and the site table.
 * Pure functions: no file, no clock, no socket; same input, same bytes.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stddef.h>

#include "view/source.h"

struct buf;
struct err;

enum view_kind { VIEW_NONE, VIEW_MENU, VIEW_TEXT };
/*
 * The reply to a selector (without a leading '/', no search, no TAB): the
 * whole of it with CRLF and, where due, the last `.' line.  VIEW_NONE: no
 * such selector.  -1: see e (no memory, or a page that breaks a rule).
 */
int	view_reply(const struct view_source *, const char *selector,
	    size_t len, struct buf *out, enum view_kind *kind, struct err *e);

#endif
