/* SPDX-License-Identifier: ISC */
/*
 * The protocols that a server speaks.  A protocol is one line of protocols.h,
 * one row in protocol.c, a grammar in proto/ and an answer_NAME.c; nothing else
 * knows how many there are, nor which one it serves.
 */
#ifndef SERVE_PROTOCOL_H
#define SERVE_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

#include "serve/protocols.h"

struct asked;
struct buf;
struct reply;
struct sites;

struct protocol {
	const char	*name;		/* in settings, URLs, the log */
	unsigned	 port;		/* without one in a setting */
	int		 usual;		/* 1: listens on the loopback by
					   default */
	int		 tls;
	unsigned	 request_ms;	/* for a request, in all */
	size_t		 request_max;	/* with so many bytes answer()
					   decides */
	const char	*end;		/* a request is whole, and is counted,
					   with it */
	/* As answer.h says. */
	int		(*answer)(struct sites *, const struct asked *,
			    const uint8_t *, size_t len, struct reply *);
	/*
	 * Append a whole reply to that request (0 bytes: it is not known any
	 * more) which says: come again in `wait' seconds. why: ASCII.
	 */
	void		(*busy)(struct buf *, const uint8_t *, size_t len,
			    const char *why, unsigned wait);
	/*
	 * What a log line shows of a request: no words of a search as they were
	 * typed.
	 */
	void		(*shown)(const uint8_t *, size_t len,
			    const char **path, size_t *pathlen);
};

extern const struct protocol	 protocol_rows[PROTO_N];

#endif
