/* SPDX-License-Identifier: ISC */
/* An open package as commands look at it: entries, site table, views. */
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
	struct view_source	 src;	/* arg is this very struct: no copies */
	size_t			 touched;	/* bytes of pages, see package.c */
	int			 is_shared;	/* the site table is another's */
};

/* One -p or -P of a command: 0; -1: see e, STATUS_CANNOT. */
int	package_key(struct anchors *, int opt, const char *arg,
	    struct err *e);
/*
 * Open the package at path for reading at home.  Where keys are given, one of
 * them must prove it; without any its signature is not checked, only its
 * form.  0, or -1: see e.  End with package_close().
 */
int	package_open(struct package *, const char *path,
	    const struct anchors *, struct err *e);
/* The same for a package that is open; takes a reference of its own. */
int	package_of(struct package *, struct pkg *, struct err *e);
/* The same package for another thread; ends before the one it shares. */
int	package_share(struct package *, const struct package *of,
	    struct err *e);
void	package_close(struct package *);
/*
 * package_open() of `apeng COMMAND FILE WORD' failed: if the two seem to be
 * the wrong way round, e says that instead.
 */
void	package_swapped(const char *command, const char *file,
	    const char *word, struct err *e);

#endif
