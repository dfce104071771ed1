/* SPDX-License-Identifier: ISC */
/* An open package as the commands use it: entries, site table, views. */
#ifndef CMD_PACKAGE_H
#define CMD_PACKAGE_H

#include "package/reader.h"
#include "view/view.h"

struct anchors;
struct err;
struct site_table;

struct package {
	struct pkg		*pkg;
	struct site_table	*site;
	/* src.arg points to this struct, so it must not be copied. */
	struct view_source	 src;
	size_t			 touched;	/* of pages, since pkg_rest() */
	int			 is_shared;	/* does not own the site */
};

/*
 * Add the key of an option -p or -P to the anchors.  0; -1: see e,
 * STATUS_CANNOT.
 */
int	package_key(struct anchors *, int opt, const char *arg,
	    struct err *e);
/*
 * Call run() with no anchors yet, for a command that takes -p and -P, and free
 * those that it adds.  Returns what run() returns.
 */
int	package_command(int argc, char **argv,
	    int (*run)(int, char **, struct anchors *));
/*
 * Open the package at path for reading.  When keys are given, one of them must
 * prove it; without any only its form is checked, not its signature.  0, or
 * -1: see e.  End with package_close().
 */
int	package_open(struct package *, const char *path,
	    const struct anchors *, struct err *e);
/* The same for a package that is open; takes a reference of its own. */
int	package_of(struct package *, struct pkg *, struct err *e);
/* Open the same package for another thread; it must be closed before `of'. */
int	package_share(struct package *, const struct package *of,
	    struct err *e);
void	package_close(struct package *);
/*
 * Call it when package_open() of `apeng COMMAND FILE WORD' failed: if there is
 * no FILE but WORD can be read, e says that the two must be exchanged.
 */
void	package_swapped(const char *command, const char *file,
	    const char *word, struct err *e);

#endif
