/* SPDX-License-Identifier: ISC */
/*
 * What an answer is told of the connection, and the reply that it makes, which
 * a connection then sends.
 */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "package/hash.h"
#include "package/own.h"

struct site;

/* What the connection knows of itself. */
struct asked {
	const char	*local_ip;	/* "192.0.2.1" or "2001:db8::1" */
	unsigned	 local_port;
	const char	*sni;		/* NULL: none was sent */
	unsigned	 search_wait;	/* seconds until this address may search
					   again; 0: now */
};

struct file_row;
struct find;
struct cached;				/* serve/cache.h */
struct search;				/* view/search.h */

/*
 * A file beside the text: what the answer wants, and what became of it.  The
 * answer sets sha and size; the worker has the opener look for it, sets state,
 * and asks once more.
 */
enum file_state { FILE_UNKNOWN, FILE_HERE, FILE_ABSENT, FILE_BUSY };
struct reply_beside {
	enum file_state	 state;
	uint8_t		 sha[SHA_LEN];
	uint64_t	 size;		/* bytes */
	struct own	 own;		/* FILE_HERE: mapped */
};

/*
 * head, then body.  body is borrowed from the site or one of its cached
 * views, which the reply holds a count of, or from own.  Set all of it with
 * reply_init(); reply_free() or reply_reset() gives the counts back.
 */
struct reply {
	int		 status;	/* Gemini's; Gopher: 20, 51, 59... for
					   the log */
	struct buf	 head;
	const uint8_t	*body;
	size_t		 len;
	size_t		 used;		/* bytes of the request, when the same
					   client may ask again; 0: it ends */
	struct buf	 own;
	struct site	*site;
	struct cached	*view;
	struct search	*search;	/* not done yet, in searched */
	struct site	*searched;
	struct find	*finder;	/* of all packages, as search */
	size_t		 worked;	/* on the search so far: search.h */
	struct reply_beside file;
};

void	reply_init(struct reply *);
void	reply_reset(struct reply *);	/* for the next one; keeps the room */
void	reply_free(struct reply *);

/* What an answer gives beside 1, 0 and -1: see answer.h. */
#define ANSWER_LATER	2
/* The same, but it waits for r->file. */
#define ANSWER_FILE	3

/* Half a millisecond of work.  1: all is done; 0: there is more. */
int	reply_work(struct reply *);


/* Hand bytes of s to the reply, which then holds a count of s. */
void	reply_borrow(struct reply *, struct site *, const void *, size_t);
/* The reply's own buffer is its body. */
void	reply_own(struct reply *);
/* All of the reply goes but its search: each answer begins so. */
void	reply_clear(struct reply *);
/* The place in the reply for a search of s; then reply_searched(). */
struct search	**reply_search(struct reply *, struct site *s);
/* An answer's value for got, a search's, whose page is in the reply's own. */
int	reply_searched(struct reply *, int got);
/*
 * The bytes of a file beside the text from this one on.  1: they are the
 * body; ANSWER_FILE; 0: it is not held here, or cannot be had now
 * (r->file.state).
 */
int	reply_file(struct reply *, const struct file_row *, uint64_t from);
/* Hand a cached reply over, with its count. */
void	reply_view(struct reply *, struct cached *);

#endif
