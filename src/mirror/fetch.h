/* SPDX-License-Identifier: ISC */
/* One attempt at one source over the net. */
#ifndef MIRROR_FETCH_H
#define MIRROR_FETCH_H

#include <stddef.h>

struct buf;
struct err;
struct mirror;
struct source;

/* fetch.c: one attempt at one source over the net. */
enum fetch {
	FETCH_WHOLE,		/* the job's blob is there */
	FETCH_NOTHING,		/* nothing is new */
	FETCH_AGAIN,		/* ask the same source at once */
	FETCH_CUT,		/* the line failed, see e */
	FETCH_SLOW,		/* too slow to wait for, see e */
	FETCH_REFUSED,		/* the source's answer is bad, see e */
	FETCH_STOP		/* no source can help, see e */
};

enum fetch fetch_source(struct mirror *, struct source *, struct err *);
/*
 * The whole of a small text, such as `head', whose first line is `first' and
 * which has at most max bytes; lines end as they were written, whatever a file
 * server makes of them.  *gone: the source has no such text.
 */
enum fetch fetch_text(struct mirror *, struct source *, const char *name,
	    const char *first, size_t max, struct buf *, int *gone,
	    struct err *);
/* The bytes of /apeng/head or /.apeng/head, at most HEAD_MAX. */
enum fetch fetch_head(struct mirror *, struct source *, struct buf *,
	    struct err *);

#endif
