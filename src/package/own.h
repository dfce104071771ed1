/* SPDX-License-Identifier: ISC */
/*
 * Files whose bytes nobody else can change.  What was proven must still be the
 * same when it is read; and when another program cuts a mapped file short, its
 * reader is killed (SIGBUS).  Sizes are bytes.
 */
#ifndef PACKAGE_OWN_H
#define PACKAGE_OWN_H

#include <stddef.h>
#include <stdint.h>

struct err;

#define OWN_MEMORY	(8u << 20)	/* bytes of a copy in memory, at most */
#define OWN_MEMORY_ALL	(64u << 20)	/* all copies of a process there */

/* All 0 but fd -1 (OWN_INIT) is empty; own_free() is fine then. */
struct own {
	const uint8_t	*data;		/* mapped; NULL when size is 0 */
	size_t		 size;
	int		 fd;		/* for reading; -1: closed */
	int		 ro;		/* of the same file, read-only, while fd
					   is written */
	size_t		 memory;	/* counted in OWN_MEMORY_ALL */
};
#define OWN_INIT	{ .fd = -1, .ro = -1 }

/*
 * Copy a regular file, which stays open, and map the copy.  The copy is a
 * sealed file in memory, or one without a name in the folder of the path near
 * or in TMPDIR (shared with the original where the file system can).  A file
 * on a medium that is mounted read-only is mapped itself if it is too large
 * for memory.  A change that somebody makes meanwhile may or may not be in the
 * copy.  -1: see e; o is empty then.
 */
int	own_copy(struct own *o, int fd, const char *near, struct err *e);
/*
 * A new empty file of that kind, which will hold about `expect' bytes: write to
 * o->fd, then call own_finish(), which maps it and makes o->fd read-only.
 */
int	own_begin(struct own *o, uint64_t expect, const char *near,
	    struct err *e);
int	own_finish(struct own *o, struct err *e);
/*
 * Map a file that is already of that kind, or that only this process can
 * change.  Takes fd over, also on failure.
 */
int	own_take(struct own *o, int fd, struct err *e);
/* The same when the caller knows the size: the system is not asked for it. */
int	own_take_size(struct own *o, int fd, size_t size, struct err *e);
/*
 * The file fd, which nobody else can change, was written with o's bytes.  If it
 * still has them, it is mapped instead of what o had mapped, and o->data
 * changes.  Takes fd over, also on failure.  -1: see e; o is as it was.
 */
int	own_swap(struct own *o, int fd, struct err *e);
/* Close the descriptor; the mapping stays. */
void	own_shut(struct own *o);
/* Empty it: what is mapped is gone. */
void	own_free(struct own *o);

#endif
