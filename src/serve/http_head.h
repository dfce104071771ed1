/* SPDX-License-Identifier: ISC */
/* The head of an HTTP reply. */
#ifndef SERVE_HTTP_HEAD_H
#define SERVE_HTTP_HEAD_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/* How long a browser, or a cache on the way, may keep a reply. */
enum http_cache {
	CACHE_NEVER,		/* not at all: it depends on who asked, or
				   when */
	CACHE_ASK,		/* kept, but asked for each time: may be
				   "304" */
	CACHE_PAGE,		/* some minutes: another edition may come */
	CACHE_LONG		/* for good: the name is a hash of the bytes */
};

struct http_head {
	int		 status;
	const char	*type;		/* MIME; NULL: no body, ever */
	const char	*etag;		/* without quotes and z, or NULL */
	const char	*location;	/* of 301 and 302 */
	enum http_cache	 cache;
	int		 is_page;	/* a page of ours: tell what it may
					   load */
	int		 has_pictures;	/* such a page shows some */
	int		 is_gzip;
	int		 may_gzip;	/* clients that take no gzip get other
					   bytes */
	int		 has_ranges;
	uint64_t	 from, size;	/* of 206 and 416: out of size bytes */
	uint64_t	 len;		/* of the body, sent or not (HEAD) */
	unsigned	 wait;		/* seconds until the client may come
					   again; 0 */
	int		 keep, minor;	/* as the request: http_request */
};

void	http_head_write(const struct http_head *, struct buf *out);

#endif
