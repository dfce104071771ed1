/* SPDX-License-Identifier: ISC */
/* The roles of processes that are locked up, and what each keeps. */
#ifndef BASE_ROLE_H
#define BASE_ROLE_H

#include <stddef.h>

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

#endif
