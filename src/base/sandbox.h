/*
 * Locking a process up for good: what is open stays usable, nothing else
 * can be opened, started or connected to.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <sys/types.h>

struct err;

/* Prepared once, by the process that forks the others. */
struct sandbox {
	int	 on;		/* 0: sandbox_enter() does nothing */
	int	 root;		/* folder without a name or entry, or -1 */
	int	 drop;		/* 1: become uid and gid */
	uid_t	 uid;
	gid_t	 gid;
	void	*filter;	/* seccomp's program, nfilter steps */
	size_t	 nfilter;
};

#define SANDBOX_FILES	1	/* may write to open regular files */

/*
 * As root: find the user (NULL: apeng, else nobody) and make the empty
 * folder.  Otherwise the process keeps its user, and warn, one line, says
 * what is missing; it is "" when nothing is.  -1: see e (no such user).
 */
int	sandbox_prepare(struct sandbox *, const char *user, char *warn,
	    size_t size, struct err *e);
void	sandbox_forget(struct sandbox *);	/* what prepare holds */
/*
 * No way back.  Open, create, execute, fork, socket, connect and their kin
 * answer EPERM from now on.  -1: see e; the process must then end.
 */
int	sandbox_enter(const struct sandbox *, int flags, struct err *e);

#endif
