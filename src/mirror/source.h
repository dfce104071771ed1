/* SPDX-License-Identifier: ISC */
/*
 * Where a mirror copies from: the URLs it was given, and what is sent to
 * them.  A source remembers within one run how it has behaved.
 */
#ifndef MIRROR_SOURCE_H
#define MIRROR_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "proto/url.h"

struct buf;
struct err;

enum source_kind { SOURCE_FILE, SOURCE_GOPHER, SOURCE_HTTP, SOURCE_SPARTAN,
	SOURCE_GEMINI };

/*
 * Below which names a source has its answers: /apeng/ with compact letters,
 * /.apeng/ of live servers before there were such, or /apeng/ with text alone.
 */
enum source_names { NAMES_COMPACT, NAMES_DOT, NAMES_PLAIN };

/* How the rest of a blob is asked for: by its offset, or by parts. */
enum source_parts { PARTS_NONE, PARTS_USUAL, PARTS_SMALL };

struct source {
	enum source_kind kind;
	char		*url;		/* owned; as given, for messages */
	char		 host[URL_HOST_MAX + 1];
	unsigned	 port;
	int		 is_https;
	char		*path;		/* owned; file: path, else /PATH or "" */
	enum source_names names;	/* learned by asking, in each run */
	int		 is_known;	/* it has answered by these names */
	enum source_parts parts;	/* how a blob is gone on with there */
	int		 no_all;	/* knows no members of a catalogue */
	int		 no_small;	/* has no small parts */
	/* What it did in this run. */
	int		 bad;		/* refused something: not asked again */
	int		 whole;		/* its delta failed: ask for the full */
	int		 no_files;	/* sent a file with other bytes */
	int		 no_blob;	/* did not know the blob to resume */
	uint64_t	 meter_ms, meter_bytes;	/* of the current window */
	uint8_t		 offered[32];	/* hash of the blob, the last time */
	unsigned	 offers;	/* different ones in a row */
};

/*
 * gemini://HOST[:PORT][/PATH], gopher://HOST[:PORT][/TYPE][/PATH],
 * http(s)://HOST[:PORT][/PATH] or file:///PATH.  PATH is an id on a server of
 * ours, else where the files of an origin are.  0, or -1: see e, STATUS_CANNOT.  End with source_free().
 */
int	source_parse(struct source *, const char *url, struct err *);
void	source_free(struct source *);
/*
 * Sources are asked in the order given, except that Gemini comes last: the
 * package proves itself, so a mirror gains nothing by TLS.
 */
void	source_sort(struct source *, size_t n);
void	source_forgive(struct source *);	/* a new run begins */
/* What stands before `up/' and the like: `/apeng/' or `/.apeng/'. */
const char *source_below(const struct source *);
/*
 * The whole request for what is asked, such as `/apeng/up/-'; of HTTP the URL.
 */
void	source_request(const struct source *, const char *ask, struct buf *);
/*
 * What a redirect resolves against: of Gemini the URL of the same request, of
 * Spartan its path.
 */
void	source_target(const struct source *, const char *ask, struct buf *);
/* The whole request for such a target. */
void	source_ask(const struct source *, const struct buf *target,
	    struct buf *);
/*
 * Where a redirect leads: to becomes the source to ask, url the target to
 * resolve against and then the new one.  Of Gemini only gemini:// without user
 * name passes, of Spartan only a plain path of the same server.  -1: see e.
 */
int	source_redirect(struct source *to, struct buf *url, const char *meta,
	    size_t len, struct err *);

#endif
