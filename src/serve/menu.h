/*
 * Finished Gopher replies turned into other forms of them.  Pure: bytes in,
 * bytes appended.
 */
#ifndef SERVE_MENU_H
#define SERVE_MENU_H

#include <stddef.h>

struct buf;

/* A menu without its last "." line; len of what is left. */
size_t	menu_without_end(const char *menu, size_t len);
/* 1: the reply's last line is "." alone. */
int	menu_has_end(const char *reply, size_t len);
/*
 * Gopher+: the menu as a directory of attributes (TAB $), one +INFO line
 * an item, info lines included.
 */
void	menu_plus_dir(const char *menu, size_t len, struct buf *out);
/*
 * Gopher+: the attributes of one reply itself (TAB !).  Its title is its
 * first line with text in it.
 */
void	menu_plus_info(const char *reply, size_t len, int is_menu,
	    const char *selector, size_t selectorlen, const char *host,
	    unsigned port, struct buf *out);
/* Gopher+: the reply as it is, behind a header line (TAB +). */
void	menu_plus_reply(const char *reply, size_t len, struct buf *out);
/*
 * The page that leads a web browser to url (of a URL: selector).  -1: not
 * a URL, or of a scheme that no capsule links to; nothing is appended.
 */
int	menu_url_page(const char *url, size_t len, struct buf *out);
/* What a web browser is told that came to the Gopher port. */
void	menu_http_answer(const char *host, unsigned port, struct buf *out);
/* Text with LF to CRLF; no line begins with '.' (it gets a space). */
void	menu_text(const char *text, size_t len, struct buf *out);

#endif
