/* SPDX-License-Identifier: ISC */
/*
 * One connection to a source and the bytes that came and are not used yet,
 * whatever the protocol: a question goes out, and what is behind the
 * protocol's own header comes in.
 */
#ifndef MIRROR_LINE_H
#define MIRROR_LINE_H

#include <stdint.h>

#include "base/buf.h"
#include "mirror/outcome.h"
#include "mirror/run.h"

struct client;
struct http;

struct line {
	struct mirror	*m;
	struct source	*s;
	struct client	*c;		/* Gopher, Spartan, Gemini */
	struct http	*h;		/* HTTP */
	struct buf	 in;
	int		 ended;		/* no more bytes will come */
	int		 is_all;	/* members' letters stand behind this one */
	int		 is_part;	/* HTTP: the bytes begin where asked */
	uint64_t	 metered;	/* the source's meter runs since then */
};

void		 line_init(struct line *, struct mirror *, struct source *);
void		 line_free(struct line *);
/*
 * Ask for `what' below the source, such as `/apeng/up/-'; from: the first byte
 * wanted, for HTTP only, see is_part.  FETCH_WHOLE: in holds the answer's
 * first bytes or will after line_more().  *gone: the source answered that it
 * has no such thing.
 */
enum fetch	 line_ask(struct line *, const char *what, uint64_t from,
		    int *gone, struct err *);
/* The same of what stands in the buffer, which is freed. */
enum fetch	 line_ask_below(struct line *, struct buf *what,
		    uint64_t from, int *gone, struct err *);
/* Wait for bytes.  FETCH_CUT only when nothing came. */
enum fetch	 line_more(struct line *, struct err *);
/* The same in `where', such as "the head", which is not whole yet. */
enum fetch	 line_need(struct line *, const char *where, struct err *);
/*
 * Gopher has no status, so an error's text stands where an answer that begins
 * with this word would: FETCH_REFUSED and the text in e.
 */
enum fetch	 line_first_word(struct line *, const char *word,
		    struct err *);
/* Take n bytes off the front of in. */
void		 line_eat(struct line *, size_t n);

#endif
