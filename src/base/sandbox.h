/* SPDX-License-Identifier: ISC */
/*
 * Locking a process up for good: what is open stays usable, nothing else
 * can be opened, started or connected to.
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
void	sandbox_forget(struct sandbox *);	/* what prepare holds */
/*
 * Have standard error go to fd (-1: nowhere) in a process that is about to be
 * locked, so that it cannot write what it likes there.
 */
void	sandbox_hush(const struct sandbox *, int fd);
/*
 * No way back.  What the role does not need fails from now on, nearly all of
 * it with EPERM.  -1: see e; the process must then end.
 */
int	sandbox_enter(const struct sandbox *, enum sandbox_role,
	    const struct sandbox_fds *, struct err *e);

#endif
