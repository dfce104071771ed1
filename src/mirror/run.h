/* What the parts of one run share; only for mirror/. */
#ifndef MIRROR_RUN_H
#define MIRROR_RUN_H

#include "mirror/job.h"
#include "mirror/mirror.h"
#include "mirror/state.h"

struct buf;
struct err;
struct pkg;
struct source;

struct mirror {
	const struct mirror_conf	*conf;
	struct mirror_result		*result;
	char				*dir;		/* FILE.mirror */
	char				*state_path, *pins_path;
	int				 lock;
	struct state			 state;
	struct pub_key			 key[STATE_KEYS];
	size_t				 nkey;		/* may sign now */
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

/* install.c: make FILE the new edition. */
/*
 * From the job's blob.  0 done; -1: see e, REFUSED: the blob is not what
 * the head says.
 */
int	install_job(struct mirror *, struct err *);
/* From a package file; FETCH_WHOLE: done, the job is over too. */
enum fetch install_file(struct mirror *, struct source *, struct err *);
/* Only the head of a package file, unproven. */
int	install_peek(const struct source *, struct head *, struct err *);

#endif
