/* An open package as commands look at it: entries, site table, views. */
#ifndef CMD_CAPSULE_H
#define CMD_CAPSULE_H

#include "package/reader.h"
#include "view/view.h"

struct err;
struct site_table;

struct capsule {
	struct pkg		*pkg;
	struct site_table	*site;
	struct view_source	 src;	/* arg is this very struct: no copies */
	size_t			 touched;	/* bytes of pages, see capsule.c */
	int			 is_shared;	/* the site table is another's */
};

/*
 * Open the package at path for reading at home: its signature is not
 * checked, only its form.  0, or -1: see e.  End with capsule_close().
 */
int	capsule_open(struct capsule *, const char *path, struct err *e);
/* The same for a package that is open; takes a reference of its own. */
int	capsule_of(struct capsule *, struct pkg *, struct err *e);
/* The same package for another thread; ends before the one it shares. */
int	capsule_share(struct capsule *, const struct capsule *of,
	    struct err *e);
void	capsule_close(struct capsule *);
/*
 * capsule_open() of `apeng COMMAND FILE WORD' failed: if the two seem to be
 * the wrong way round, e says that instead.
 */
void	capsule_swapped(const char *command, const char *file,
	    const char *word, struct err *e);

#endif
