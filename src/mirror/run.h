/* SPDX-License-Identifier: ISC */
/* What the parts of one run share; only for mirror/. */
#ifndef MIRROR_RUN_H
#define MIRROR_RUN_H

#include "base/buf.h"
#include "mirror/job.h"
#include "mirror/mirror.h"
#include "mirror/state.h"

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
	struct buf			 keys;		/* a proven succession */
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

/*
 * 1: an anchor's own key has signed this head, or one to which the succession
 * of m->keys leads from there.
 */
int	mirror_is_proven(const struct mirror *, const char *, size_t len);
/* Note an edition that is installed; what it announces in vain is said. */
void	mirror_note(struct mirror *, const struct head *,
	    const struct proof *, int force);

#endif
