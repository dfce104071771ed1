/* SPDX-License-Identifier: ISC */
/*
 * Watch folders in which somebody edits files.  Names, sizes and times of the
 * files are compared, which works on any file system; where the system
 * announces changes (inotify), a change is noticed at once.  Files whose names
 * begin with '.' or '#' or end in '~' are temporary files of editors and are
 * not compared; nor are folders inside these folders.
 */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <signal.h>
#include <stddef.h>

struct watch;				/* opaque: its body is in watch.c */

/*
 * Remember how n folders look now.  They need not exist yet, and may be removed
 * and made again.  dir is kept, not copied.  NULL: no memory.
 */
struct watch	*watch_new(const char *const *dir, size_t n);
void		 watch_free(struct watch *);	/* NULL is fine */
/*
 * Wait up to ms for a change, with this signal mask.  1: the folders differ
 * from those at the last 1 (or at watch_new()), and have not changed for 100
 * ms, or kept changing for 2 s.  0: no change; the time is up or a signal came.
 */
int		 watch_wait(struct watch *, int ms, const sigset_t *mask);

#endif
