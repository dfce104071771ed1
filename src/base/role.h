/* SPDX-License-Identifier: ISC */
/* The roles of locked processes, and the descriptors and folders of each. */
#ifndef BASE_ROLE_H
#define BASE_ROLE_H

#include <stddef.h>

/* What a process does; this decides which system calls it may make. */
enum sandbox_role {
	SANDBOX_WORKER,		/* talks to clients */
	SANDBOX_SIGNER,		/* answers workers */
	SANDBOX_LOGGER,		/* writes to files that are open */
	SANDBOX_OPENER		/* opens files for workers */
};

/*
 * Descriptors below `first' are shared with other processes: their settings may
 * not be changed, and they may not be shut down.  Descriptors of other
 * processes may arrive only by the socket `line' to the master, and by the
 * socket `files' to the opener; -1: by none.  At an opener they may arrive by
 * any socket.  An opener may open and make files only below the folders; a
 * folder that is missing is passed over.  Landlock enforces this; on a kernel
 * without Landlock the folders are not enforced.
 */
struct sandbox_fds {
	int		  first;
	int		  line;
	int		  files;
	char *const	 *folder;
	size_t		  nfolder;
};

#endif
