/* SPDX-License-Identifier: ISC */
/*
 * Locking a process up for good: what is open stays usable, nothing else
 * can be opened, started or connected to.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <sys/types.h>

#include <stddef.h>

struct err;

/* Prepared once, by the process that forks the others. */
struct sandbox {
	int	 on;		/* 0: sandbox_enter() does nothing */
	int	 root;		/* folder without a name or entry, or -1 */
	int	 drop;		/* 1: become uid and gid */
	uid_t	 uid;
	gid_t	 gid;
};

/* What a process does, which says what it may ask the system for. */
enum sandbox_role {
	SANDBOX_WORKER,		/* talks to clients */
	SANDBOX_SIGNER,		/* answers workers */
	SANDBOX_LOGGER,		/* writes to files that are open */
	SANDBOX_OPENER		/* opens files for workers */
};

/*
 * Descriptors that others have, too, are below first: those keep every
 * setting and are not shut down.  Others may come by line, and by files, which
 * is the line to the opener; -1: none may.  Below the folders an opener may
 * open and make files, elsewhere none; one that is not there is passed over.
 * Landlock does it: on a kernel without, the folders are not told apart.
 */
struct sandbox_fds {
	int		  first;
	int		  line;
	int		  files;
	char *const	 *folder;
	size_t		  nfolder;
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
