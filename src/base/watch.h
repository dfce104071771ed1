/* SPDX-License-Identifier: ISC */
/*
 * Folders in which somebody edits: has a file there changed?  By names,
 * sizes and times of the files, so it works on any file system; where the
 * system announces changes (inotify) it is told at once.  Names that begin
 * with '.' or '#' or end in '~' are the editors' own and do not count, nor
 * do folders below.
 */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <signal.h>
#include <stddef.h>

struct watch;				/* opaque: its body is in watch.c */

/*
 * Take note of how n folders look now; they need not be there yet, or may
 * vanish and come back.  dir is kept, not copied.  NULL: no memory.
 */
struct watch	*watch_new(const char *const *dir, size_t n);
void		 watch_free(struct watch *);	/* NULL is fine */
/*
 * Wait up to ms for a change, with this signal mask.  1: the folders look
 * other than at the last 1 (or at watch_new()), and have been quiet for
 * 100 ms, or for 2 s never were.  0: not; the time is up or a signal came.
 */
int		 watch_wait(struct watch *, int ms, const sigset_t *mask);

#endif
