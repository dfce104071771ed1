/* SPDX-License-Identifier: ISC */
/* What the parts of one run share; only for mirror/. */
#ifndef MIRROR_RUN_H
#define MIRROR_RUN_H

#include "mirror/job.h"
#include "mirror/mirror.h"
#include "mirror/state.h"

struct buf;
struct err;
struct letterfile;
struct pkg;
struct source;

struct mirror {
	const struct mirror_conf	*conf;
	struct mirror_result		*result;
	char				*dir;		/* FILE.mirror */
	char				*state_path, *pins_path;
	int				 lock;
	struct state			 state;
	struct anchor			*anchor;	/* owned */
	size_t				 nanchor;
	struct pkg			*cur;		/* FILE; NULL: none */
	struct job			 job;
	unsigned			 wrong_blobs;
	uint64_t			 begun_ms;	/* for the rate */
	uint64_t			 got;		/* blob bytes of this run */
};

void	mirror_say(const struct mirror *, enum mirror_say, const char *fmt,
	    ...) __attribute__((__format__ (printf, 3, 4)));
/*
 * Judge a head for this run, say its warnings; NEW also for the edition
 * that was installed when its file is no longer there.
 */
enum verdict mirror_judge(const struct mirror *, const struct source *,
	    const char *, size_t len, struct head *, struct err *);

/* 1: an anchor's own key has signed this head. */
int	mirror_is_proven(const struct mirror *, const char *, size_t len);
/* Note an edition that is installed; what it announces in vain is said. */
void	mirror_note(struct mirror *, const struct head *,
	    const struct proof *, int force);

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

/*
 * take.c: judge a head and its offer; FETCH_WHOLE: they are the job, which is
 * to be filled from job.have on (or is whole); FETCH_AGAIN: ask s for all.
 * o's size becomes 0 when only the head is new.
 */
enum fetch take_offer(struct mirror *, struct source *, const char *text,
	    size_t len, struct offer *o, struct err *);

/* install.c: make FILE the new edition. */
/*
 * From the job's blob.  0 done; -1: see e, REFUSED: the blob is not what
 * the head says.
 */
int	install_job(struct mirror *, struct err *);
/* From a package file, open as fd; FETCH_WHOLE: done, the job is over too. */
enum fetch install_file(struct mirror *, struct source *, int fd,
	    struct err *);
/*
 * What a package or a letter says of itself, unproven.  1: a letter; 0: a
 * package, then only l->head is filled in; -1: neither, see e.
 */
int	install_peek(const char *path, struct letterfile *l, struct err *);

#endif
