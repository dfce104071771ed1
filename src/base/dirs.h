/* SPDX-License-Identifier: ISC */
/*
 * Folders below one folder, the last few of them kept open: whoever goes
 * through many files, folder by folder, has one name looked up for each file
 * and not a whole path.  No symbolic link below the top is followed.
 */
#ifndef BASE_DIRS_H
#define BASE_DIRS_H

struct err;

#define DIRS_KEPT	8

struct dirs {
	const char	*top;		/* borrowed; its name in errors */
	int		 at;		/* the top itself; -1: not open */
	unsigned	 now;		/* counts the uses */
	struct {
		char		*path;	/* relative; NULL: this row is empty */
		int		 fd;
		unsigned	 used;	/* when, as now counts */
	}		 kept[DIRS_KEPT];
};

#define DIRS_INIT	{ .at = -1 }

/* The top may be a symbolic link.  -1: see e, errno is set. */
int	 dirs_open(struct dirs *, const char *top, struct err *e);
/*
 * The descriptor of the folder that the relative path is in, and where its
 * last name begins.  It is borrowed until the next call.  make: folders that
 * are not there are made.  -1: see e, errno is set.
 */
int	 dirs_of(struct dirs *, const char *path, int make, const char **name,
	    struct err *e);
/* Let go of what is kept, below a folder that was removed, too. */
void	 dirs_close(struct dirs *);

#endif
