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

/* What the connection knows about itself. */
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
 * A file beside the text: which one the answer wants, and whether it is here.
 * The answer sets sha and size; the worker asks the opener for the file, sets
 * state and asks for the answer again.
 */
enum file_state { FILE_UNKNOWN, FILE_HERE, FILE_ABSENT, FILE_BUSY };
struct reply_beside {
	enum file_state	 state;
	uint8_t		 sha[SHA_LEN];
	uint64_t	 size;		/* bytes */
	struct own	 own;		/* FILE_HERE: mapped */
};

/*
 * A reply is head, then body. body points into the site, into one of its cached
 * views (the reply holds a count of either), or into own. reply_init() sets all
 * of it; reply_free() or reply_reset() gives the counts back.
 */
struct reply {
	int		 status;	/* Gemini's; Gopher: 20, 51, 59... for
					   the log */
	struct buf	 head;
	const uint8_t	*body;
	size_t		 len;
	size_t		 used;		/* bytes of the request, when the same
					   client may ask again; 0: it ends */
	int		 resumes;	/* as in struct conn_reply */
	struct buf	 own;
	struct site	*site;
	struct cached	*view;
	struct search	*search;	/* still running, in the site
					   searched */
	struct site	*searched;
	struct find	*finder;	/* the same, in all packages */
	size_t		 worked;	/* search_work() of the search so far */
	struct reply_beside file;
};

void	reply_init(struct reply *);
void	reply_reset(struct reply *);	/* for the next request; keeps its
					   memory */
void	reply_free(struct reply *);

/* What an answer gives beside 1, 0 and -1: see answer.h. */
#define ANSWER_LATER	2
/* The same, but it waits for r->file. */
#define ANSWER_FILE	3

/* Work on the search for half a millisecond.  1: it is done; 0: not yet. */
int	reply_work(struct reply *);


/* The body is these bytes of s; the reply then holds a count of s. */
void	reply_borrow(struct reply *, struct site *, const void *, size_t);
/* The body is the reply's own buffer. */
void	reply_own(struct reply *);
/* Drop everything of the reply but its search; each answer begins so. */
void	reply_clear(struct reply *);
/* The place in the reply for a search of s; reply_searched() comes next. */
struct search	**reply_search(struct reply *, struct site *s);
/* The answer's value for got, a search's value, whose page is in own. */
int	reply_searched(struct reply *, int got);
/*
 * The bytes of a file beside the text from this one on.  1: they are the
 * body; ANSWER_FILE; 0: it is not held here, or cannot be had now
 * (r->file.state).
 */
int	reply_file(struct reply *, const struct file_row *, uint64_t from);
/* The body is this cached reply; its count goes to the reply. */
void	reply_view(struct reply *, struct cached *);

#endif
