/* SPDX-License-Identifier: ISC */
/*
 * The edition that is being fetched: its proven head and the offer in
 * FILE.mirror/job, the bytes so far in FILE.mirror/part.SHA16.  Both are
 * there after a crash, and the next run goes on from them.
 */
#ifndef MIRROR_JOB_H
#define MIRROR_JOB_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"
#include "package/offer.h"

struct err;
struct source;

struct job {
	int		 active;
	int		 is_proven;	/* an anchor's key signed the head */
	char		*comment;	/* owned: the head as it was sent */
	size_t		 len;
	struct offer	 offer;		/* size 0: same core, new head only */
	int		 fd;		/* of the part, -1 when there is none */
	uint64_t	 have;		/* bytes in it */
	int		 dirty;		/* some of them not flushed yet */
	/* Who sent all bytes of the part in this run; NULL: not one alone. */
	const struct source *from;
};

void	job_init(struct job *);
/*
 * A job and what came of it, from an earlier run: 1; 0: there is none.
 * -1: see e.  The caller must judge its head again.
 */
int	job_load(struct job *, const char *dir, struct err *);
/*
 * Begin with a proven head and its offer.  A part of the same blob is taken
 * up again where it ends; of others a few are kept.
 */
int	job_begin(struct job *, const char *dir, const char *comment,
	    size_t len, const struct offer *, struct err *);
int	job_append(struct job *, const struct source *, const void *,
	    size_t n, struct err *);
int	job_sync(struct job *, struct err *);	/* when dirty */
int	job_is_whole(const struct job *);	/* all bytes are there */
/* Compare the part with the offer's hash: 1 right, 0 wrong, -1: see e. */
int	job_check(const struct job *, struct err *);
/* Throw the part away, keep the job. */
int	job_drop_part(struct job *, const char *dir, struct err *);
/* The job is done or void: remove it and all parts.  */
void	job_end(struct job *, const char *dir);
void	job_close(struct job *);	/* keep the files */

#endif
