/* SPDX-License-Identifier: ISC */
/*
 * Gopher's request line and menu lines (RFC 1436, Gopher+, and what clients
 * send).  Pure grammar; lengths are bytes.
 */
#ifndef PROTO_GOPHER_H
#define PROTO_GOPHER_H

#include <stddef.h>
#include <stdint.h>

struct buf;

#define GOPHER_PORT	70
#define GOPHER_REQ_MAX	1024		/* of a request, before CRLF or LF */
#define GOPHER_SEL_MAX	255		/* of a selector in a menu */

enum gopher_plus {
	GOPHER_PLAIN,
	GOPHER_PLUS,			/* TAB + or TAB +TYPE/SUBTYPE */
	GOPHER_PLUS_INFO,		/* TAB ! : this item's attributes */
	GOPHER_PLUS_DIR			/* TAB $ : those of all of a menu */
};

/* Other protocols that clients speak on this port by mistake. */
enum gopher_greeting {
	GREETING_GOPHER,
	GREETING_TLS,			/* a ClientHello, by its first byte */
	GREETING_HTTP			/* "GET / HTTP/1.1" and the like */
};

struct gopher_request {
	const char		*selector;	/* borrowed; as sent */
	size_t			 len;
	int			 has_search;
	const char		*search;	/* up to the next TAB */
	size_t			 searchlen;
	enum gopher_plus	 plus;
	enum gopher_greeting	 greeting;
	size_t			 used;		/* with the line's end */
};

/*
 * 1: *r is a whole request line, ended by CRLF or LF; selector and search
 * have no control byte, but may have any byte from 0x80 up (old machines
 * search in GB2312).  If the field behind the selector is a Gopher+ token ("$",
 * "!", "+", "$+VIEWS", "+text/plain"), plus is set by it and there is no
 * search.  0: more bytes must come.  -1: no request, see *why (ASCII, and it
 * has nothing of the request in it).
 * r->greeting is set for 1 and -1.  Decided at the latest with
 * GOPHER_REQ_MAX + 2 bytes.
 */
int	gopher_request_parse(const uint8_t *, size_t,
	    struct gopher_request *r, const char **why);

struct gopher_item {
	char		 type;
	const char	*display, *selector, *host;	/* borrowed slices */
	size_t		 displaylen, selectorlen, hostlen;
	unsigned	 port;				/* 0 to 65535 */
	int		 plus;				/* a fifth field, + */
};

/*
 * Read a menu line without its line end.  0: *i is the item.  -1: it has fewer
 * than four fields, a control byte, no type, or a port above 65535; see *why.
 */
int	gopher_item_parse(const char *, size_t, struct gopher_item *i,
	    const char **why);
/*
 * Append a menu line with CRLF.  -1 and nothing appended: a control byte in
 * a field, a selector above GOPHER_SEL_MAX or a port above 65535.
 */
int	gopher_item_write(struct buf *, char type, const char *display,
	    size_t displaylen, const char *selector, size_t selectorlen,
	    const char *host, unsigned port);
/*
 * Append a whole error reply: a type 3 line with four fields, then ".".
 * text must be ASCII of at most 60 columns and have nothing of the client's.
 */
void	gopher_error_write(struct buf *, const char *text);
/* Length of a reply's first line without its end; *whole: with it. */
size_t	gopher_line(const char *, size_t len, size_t *whole);
/* 1: the reply's last line is "." alone. */
int	gopher_has_end(const char *reply, size_t len);
/* The length of a menu without its last line ".". */
size_t	gopher_without_end(const char *menu, size_t len);
/* Append text with CRLF; a line that begins with '.' gets a space before it. */
void	gopher_text_write(const char *text, size_t len, struct buf *out);

#endif
