/* SPDX-License-Identifier: ISC */
/* Whether a package may be served, and which file it was. */
#ifndef SERVE_PROVE_H
#define SERVE_PROVE_H

#include <sys/types.h>
#include <sys/stat.h>

#include <stddef.h>
#include <time.h>

#include "package/trust.h"

/*
 * Seconds after a change in which another one may leave the same time: the
 * clocks of file systems tick in steps.
 */
#define SETTLE_S	4

struct err;
struct lists;
struct pkg;
struct site;

struct packages_conf {
	const char *const	*path;		/* files and folders */
	size_t			 npath;
	const struct anchor	*anchor;	/* one must prove each */
	size_t			 nanchor;
	struct lists		*lists;		/* of catalogues; NULL: none */
	int			 unproven;	/* 1: --unsigned; 2: and log
						   nothing of it */
	int			 wait;		/* 1: start also without
						   anything to serve */
	const char		*state;		/* folder of copies; NULL: none */
	/* A line for the operator: about dates, stores, files that changed. */
	void			(*say)(void *arg, const char *line);
	/*
	 * Called after the start: site is in the place of key now, with open
	 * descriptors; NULL: it was dropped.  May be NULL.
	 */
	void			(*changed)(void *arg, const char *key,
				    struct site *);
	void			*arg;
};

/* The marks of a file, by which a change is seen. */
struct seen {
	dev_t		 dev;
	ino_t		 ino;
	off_t		 size;
	struct timespec	 mtime, ctime;
};

/*
 * The marks of a package's file and of the folder of its blobs (all 0: none).
 */
struct source_seen {
	struct seen	 file, blobs;
	int		 settled;	/* both had not changed in the seconds
					   before */
};

void		 seen_note(const struct stat *, struct seen *);
int		 seen_is(const struct seen *, const struct seen *);
/* The marks of the folder of blobs of the package at path. */
void		 seen_blobs(const char *path, struct seen *);

/* Send a line to conf's say(). */
void		 prove_say(const struct packages_conf *, const char *, ...)
		    __attribute__((__format__ (printf, 2, 3)));
/*
 * Prove the file by a key that was given, or by one that a catalogue lists.
 * is_mine: nobody else can change it, so it is not copied.  Owns fd, also on
 * failure.  NULL: see e.
 */
struct pkg	*prove_pkg(const struct packages_conf *, int fd,
		    const char *path, int is_mine, struct err *e);
/*
 * s is served in the place of key now; NULL: nothing is.  Sets s->lists.  1:
 * catalogues list other keys than before, so that all packages are to be judged
 * anew.
 */
int		 prove_list(const struct packages_conf *, const char *key,
		    struct site *s);
/* 1: a package that was proven before still is; 0: see e. */
int		 prove_again(const struct packages_conf *, const struct pkg *,
		    struct err *e);

#endif
