/* SPDX-License-Identifier: ISC */
/* What the parts of one run share; only for mirror/. */
#ifndef MIRROR_RUN_H
#define MIRROR_RUN_H

#include "base/buf.h"
#include "mirror/conf.h"
#include "mirror/job.h"
#include "mirror/state.h"

struct pkg;

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
	struct pkg			*other;		/* conf->base; NULL: none */
	struct job			 job;
	struct buf			 keys;		/* a proven succession */
	unsigned			 wrong_blobs;
	uint64_t			 begun_ms;	/* for the rate */
	uint64_t			 got;		/* blob bytes of this run */
};

/*
 * What a delta may begin with: the edition that is here, else that of another
 * package; NULL: nothing.
 */
const struct pkg *mirror_base(const struct mirror *);
void	mirror_say(const struct mirror *, enum mirror_say, const char *fmt,
	    ...) __attribute__((__format__ (printf, 3, 4)));
#endif
