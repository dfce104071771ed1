/* SPDX-License-Identifier: ISC */
/* Letters as files: one edition each, from anywhere, provable alone. */
#ifndef MIRROR_LETTERFILE_H
#define MIRROR_LETTERFILE_H

#include <stddef.h>

#include "mirror/run.h"
#include "package/head.h"
#include "package/offer.h"

/* What a letter says of itself; nothing of it is proven. */
struct letterfile {
	struct head	 head;		/* letterfile_is() only */
	struct offer	 offer;
	size_t		 head_len;	/* bytes of the head's text */
	size_t		 used;		/* bytes before the blob */
};

/* 1: the file is a letter; 0: it is not; -1: a damaged one, see e. */
int		 letterfile_is(int fd, const char *name, struct letterfile *,
		    struct err *);
/*
 * Fill the job from the letter at s->path, open as fd.  FETCH_WHOLE: the
 * job's blob is there, not checked yet; FETCH_NOTHING: the edition is here.
 */
enum fetch	 letterfile_take(struct mirror *, struct source *, int fd,
		    struct err *);

#endif
