/* SPDX-License-Identifier: ISC */
/*
 * A protocol answer is a pure function of the request bytes and the open
 * sites: no socket, no file, no clock.  Server, unit tests and fuzzers run
 * the same code.
 */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "proto/gemini.h"		/* GEMINI_URL_MAX */
#include "proto/gopher.h"		/* GOPHER_REQ_MAX */
#include "proto/http.h"			/* HTTP_HEAD_MAX */
#include "proto/spartan.h"		/* SPARTAN_LINE_MAX */
#include "serve/reply.h"

struct buf;
struct sites;				/* serve/site.h: open packages */
struct site;

/*
 * len bytes have arrived so far.  1: *r is the reply; 0: not a whole
 * request yet; the caller stops at its deadline or at MAX + 2 bytes, where
 * the answer is never 0.  -1: no memory, drop the client.  ANSWER_LATER: it
 * takes more work: call reply_work() until all is done, then ask again with
 * the same bytes and the same reply.
 */
int	answer_gemini(struct sites *, const struct asked *,
	    const uint8_t *, size_t len, struct reply *);
int	answer_gopher(struct sites *, const struct asked *,
	    const uint8_t *, size_t len, struct reply *);
int	answer_spartan(struct sites *, const struct asked *,
	    const uint8_t *, size_t len, struct reply *);
int	answer_http(struct sites *, const struct asked *,
	    const uint8_t *, size_t len, struct reply *);
int	answer_https(struct sites *, const struct asked *,
	    const uint8_t *, size_t len, struct reply *);
/* As struct protocol's busy and shown: protocol.h. */
void	busy_gemini(struct buf *, const uint8_t *, size_t, const char *why,
	    unsigned wait);
void	busy_gopher(struct buf *, const uint8_t *, size_t, const char *why,
	    unsigned wait);
void	busy_spartan(struct buf *, const uint8_t *, size_t, const char *why,
	    unsigned wait);
void	busy_http(struct buf *, const uint8_t *, size_t, const char *why,
	    unsigned wait);
void	shown_gemini(const uint8_t *, size_t, const char **path, size_t *n);
void	shown_gopher(const uint8_t *, size_t, const char **path, size_t *n);
void	shown_spartan(const uint8_t *, size_t, const char **path, size_t *n);
void	shown_http(const uint8_t *, size_t, const char **path, size_t *n);
/* The length up to a line's end or the byte `end', for a shown function. */
size_t	answer_shown(const uint8_t *, size_t, char end);
/*
 * /apeng/REST or /.apeng/REST, alike on all protocols: fills the reply's own
 * and body.  1 answered; 0 no such thing; -1 malformed; -2 no memory;
 * ANSWER_FILE.
 */
int	answer_mirror(struct sites *, struct site *, const char *rest,
	    size_t len, struct reply *);

#endif
