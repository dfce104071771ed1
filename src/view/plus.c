/* SPDX-License-Identifier: ISC */
/*
 * Gopher+ made from finished Gopher replies.  The UMN client asks for
 * attributes first and never falls back to plain Gopher, so every selector must
 * have some.  Apeng made the replies.  A client sent the selector, which is
 * written only if a menu line can hold it.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/gopher.h"
#include "view/plus.h"

void
plus_dir(const char *s, size_t len, struct buf *out)
{
	size_t	 n, whole;

	len = gopher_without_end(s, len);
	buf_str(out, "+-1\r\n");
	for (; len > 0; s += whole, len -= whole) {
		n = gopher_line(s, len, &whole);
		buf_str(out, "+INFO: ");
		buf_add(out, s, n);
		buf_str(out, "\r\n");
	}
	buf_str(out, ".\r\n");
}

/* Set the display field of *it to the first line of the reply with text. */
static void
title_of(const char *s, size_t len, int is_menu, struct gopher_item *it)
{
	const char	*why;
	size_t		 n, whole;

	for (; len > 0; s += whole, len -= whole) {
		n = gopher_line(s, len, &whole);
		if (is_menu) {
			if (gopher_item_parse(s, n, it, &why) == 0 &&
			    it->displaylen > 0)
				return;
			continue;
		}
		if (n > 0) {
			it->display = s;
			it->displaylen = n;
			return;
		}
	}
	it->display = "Untitled";
	it->displaylen = strlen(it->display);
}

void
plus_info(const char *s, size_t len, int is_menu, const char *selector,
    size_t selectorlen, const char *host, unsigned port, struct buf *out)
{
	struct gopher_item	 it;

	title_of(s, len, is_menu, &it);
	buf_str(out, "+-1\r\n+INFO: ");
	if (gopher_item_write(out, is_menu ? '1' : '0', it.display,
	    it.displaylen, selector, selectorlen, host, port) == -1)
		gopher_item_write(out, is_menu ? '1' : '0', "Untitled", 8,
		    selector, selectorlen, host, port);
	buf_str(out, ".\r\n");
}

void
plus_reply(const char *s, size_t len, struct buf *out)
{
	/* -1: the reply ends with a "." line; otherwise its size in bytes. */
	if (gopher_has_end(s, len))
		buf_str(out, "+-1\r\n");
	else
		buf_fmt(out, "+%zu\r\n", len);
	buf_add(out, s, len);
}
