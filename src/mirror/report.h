/* SPDX-License-Identifier: ISC */
/* How the last job went, as a file for a monitoring system. */
#ifndef MIRROR_REPORT_H
#define MIRROR_REPORT_H

#include <stdint.h>

struct err;
struct mirror_result;

/*
 * Replace the file at path by the figures of a job on file that ended at
 * now (seconds since 1970, UTC).  done: it succeeded, also when nothing was
 * new.  When it did not, the time of the last success is taken over from the
 * file that is there.  -1: see e.
 */
int	mirror_report(const char *path, const char *file, int64_t now,
	    int done, const struct mirror_result *, struct err *e);

#endif
