/* SPDX-License-Identifier: ISC */
/* Make FILE the new edition. */
#ifndef MIRROR_INSTALL_H
#define MIRROR_INSTALL_H

#include "mirror/run.h"

struct err;
struct letterfile;
struct mirror;
struct source;

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
