/* SPDX-License-Identifier: ISC */
/*
 * The other packages of a server on the root menu of the default, by the titles
 * that the set keeps in memory: all of them, or an item that leads to the
 * directory.  Titles are the publishers', proven.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "directory/roll.h"
#include "package/head.h"
#include "proto/gopher.h"
#include "serve/open.h"
#include "serve/others.h"

static void
item(struct buf *out, const char *title, const char *selector,
    const char *host, unsigned port)
{
	gopher_item_write(out, '1', title, strlen(title), selector,
	    strlen(selector), host, port);
}

static void
put(const struct sites *ss, const struct site *mine, const char *host,
    unsigned port, struct buf *out)
{
	const struct site	*s;
	char			 sel[HEAD_ID_MAX + 3];
	size_t			 i;

	for (i = 0; i < ss->n && i <= VIEW_LINKS; i++) {
		s = ss->site[i];
		if (s == mine)
			continue;
		snprintf(sel, sizeof(sel), "/%s/", s->id);
		item(out, s->label, sel, host, port);
	}
}

/* How many items of a menu lead somewhere. */
static size_t
links(const char *s, size_t len)
{
	const char	*lf;
	size_t		 n = 0;

	for (; len > 0 && (lf = memchr(s, '\n', len)) != NULL;
	    len -= (size_t)(lf + 1 - s), s = lf + 1)
		n += *s != 'i' && *s != '.';
	return n;
}

int
others_root(const struct sites *ss, const struct site *mine,
    const char *host, unsigned port, struct buf *menu)
{
	size_t	 n = gopher_without_end(menu->data, menu->len);

	if (ss->n == 1)
		return 0;
	buf_cut(menu, n);
	put(ss, mine, host, port, menu);
	if (ss->n > VIEW_LINKS || menu->len + 3 > VIEW_ROOT_BYTES ||
	    links(menu->data, menu->len) > VIEW_LINKS) {
		buf_cut(menu, n);
		item(menu, "Other places", ROLL_PREFIX, host, port);
	}
	buf_str(menu, ".\r\n");
	return buf_ok(menu) ? 0 : -1;
}
