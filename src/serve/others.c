/* SPDX-License-Identifier: ISC */
/*
 * Menus of the other packages.  A server may have thousands: each menu walks
 * over the set and shows PAGE_ITEMS of them, by the titles that the set keeps
 * in memory.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "package/head.h"
#include "proto/gopher.h"
#include "serve/open.h"
#include "serve/others.h"

#define PAGE_ITEMS	16		/* of a menu of 20 links */

static void
item(struct buf *out, const char *title, const char *selector,
    const char *host, unsigned port)
{
	gopher_item_write(out, '1', title, strlen(title), selector,
	    strlen(selector), host, port);
}

/* Those from the first-th on, n at most; how many there are in all. */
static size_t
put(const struct sites *ss, const struct site *mine, const char *host,
    unsigned port, size_t first, size_t n, struct buf *out)
{
	const struct site	*s;
	char			 sel[HEAD_ID_MAX + 3];
	size_t			 i, at = 0;

	for (i = 0; i < ss->n; i++) {
		s = ss->site[i];
		if (s == mine)
			continue;
		if (at >= first && at - first < n) {
			snprintf(sel, sizeof(sel), "/%s/", s->id);
			item(out, s->label, sel, host, port);
		}
		at++;
	}
	return at;
}

/* Items of a menu that lead somewhere. */
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
	put(ss, mine, host, port, 0, VIEW_LINKS, menu);
	if (ss->n > VIEW_LINKS || menu->len + 3 > VIEW_ROOT_BYTES ||
	    links(menu->data, menu->len) > VIEW_LINKS) {
		buf_cut(menu, n);
		item(menu, "Other places", "/" OTHERS_SELECTOR, host, port);
	}
	buf_str(menu, ".\r\n");
	return buf_ok(menu) ? 0 : -1;
}

/* Which of the menus, from 1: "" or "/N"; 0: none of them. */
static size_t
page_of(const char *s, size_t len)
{
	const size_t	 n = strlen(OTHERS_SELECTOR);
	uint64_t	 page;

	if (len < n || memcmp(s, OTHERS_SELECTOR, n) != 0)
		return 0;
	if (len == n)
		return 1;
	if (s[n] != '/' || num_parse(s + n + 1, len - n - 1, &page) == -1 ||
	    page < 2 || page > SIZE_MAX / PAGE_ITEMS)
		return 0;
	return (size_t)page;
}

int
others_menu(const struct sites *ss, const struct site *mine,
    const char *host, unsigned port, const char *selector, size_t len,
    struct buf *out)
{
	char	 sel[sizeof(OTHERS_SELECTOR) + 24];
	size_t	 page = page_of(selector, len), n, first;

	first = (page - 1) * PAGE_ITEMS;
	if (page == 0 || first + 1 >= ss->n)
		return 0;
	n = put(ss, mine, host, port, first, PAGE_ITEMS, out);
	if (first + PAGE_ITEMS < n) {
		snprintf(sel, sizeof(sel), "/" OTHERS_SELECTOR "/%zu",
		    page + 1);
		item(out, "Next", sel, host, port);
	}
	item(out, "Home", "/", host, port);
	buf_str(out, ".\r\n");
	return 1;
}
