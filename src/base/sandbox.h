/* SPDX-License-Identifier: ISC */
/*
 * Lock a process, which it cannot undo: open descriptors can still be used, but
 * the process can open, start or connect to nothing else.  Only an opener can
 * still open files, below its folders.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <sys/types.h>

#include <stddef.h>

#include "base/role.h"

struct err;

/* Prepared once, by the process that forks the others. */
struct sandbox {
	int	 on;		/* 0: sandbox_enter() does nothing */
	int	 root;		/* folder without a name or entry, or -1 */
	int	 drop;		/* 1: become uid and gid */
	uid_t	 uid;
	gid_t	 gid;
};

/*
 * As root: find the user (NULL: apeng, else nobody) and make the empty
 * folder.  Otherwise the process keeps its user, and warn, one line, says
 * what is missing; it is "" when nothing is.  -1: see e (no such user).
 */
int	sandbox_prepare(struct sandbox *, const char *user, char *warn,
	    size_t size, struct err *e);
void	sandbox_forget(struct sandbox *);	/* close what prepare opened */
/*
 * Replace standard error by fd (-1: by /dev/null) in a process that will be
 * locked, so that it cannot write to the real one.
 */
void	sandbox_hush(const struct sandbox *, int fd);
/*
 * Lock this process, which cannot be undone.  Calls that the role does not need
 * fail from now on, nearly all with EPERM.  -1: see e; the process must then
 * end.
 */
int	sandbox_enter(const struct sandbox *, enum sandbox_role,
	    const struct sandbox_fds *, struct err *e);

#endif
