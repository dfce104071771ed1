/* SPDX-License-Identifier: ISC */
/* One attempt at one source over the net. */
#ifndef MIRROR_FETCH_H
#define MIRROR_FETCH_H

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
/* The bytes of /.apeng/head, at most HEAD_MAX. */
enum fetch fetch_head(struct mirror *, struct source *, struct buf *,
	    struct err *);

#endif
