/* SPDX-License-Identifier: ISC */
/* Whether a package may be served, and which file it was. */
#ifndef SERVE_PROVE_H
#define SERVE_PROVE_H

#include <sys/types.h>
#include <sys/stat.h>

#include <stddef.h>
#include <time.h>

#include "package/trust.h"

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
	int			 unproven;	/* 1: --unsigned; 2: don't tell */
	int			 wait;		/* 1: nothing to serve is fine */
	const char		*state;		/* folder of copies; NULL: none */
	/* A line for the operator: dates, stores, files that changed. */
	void			(*say)(void *arg, const char *line);
	/* After the start: site is in the place of key now, with descriptors
	   that are open; NULL: it was dropped.  NULL: nobody wants to know. */
	void			(*changed)(void *arg, const char *key,
				    struct site *);
	void			*arg;
};

/* Which file it was. */
struct seen {
	dev_t		 dev;
	ino_t		 ino;
	off_t		 size;
	struct timespec	 mtime, ctime;
};

/* The file of a package and the folder of its blobs (all 0: there is none). */
struct source_seen {
	struct seen	 file, blobs;
	int		 settled;	/* both had not changed just before */
};

void		 seen_note(const struct stat *, struct seen *);
int		 seen_is(const struct seen *, const struct seen *);
/* The folder of blobs of the package at path. */
void		 seen_blobs(const char *path, struct seen *);

/* Say a line by conf. */
void		 prove_say(const struct packages_conf *, const char *, ...)
		    __attribute__((__format__ (printf, 2, 3)));
/*
 * Prove the file by a key that was given, or by what a catalogue lists.
 * is_mine: it is not copied, nobody else can change it.  Owns fd, also on
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
/* 1: a package that was proven once still is; 0: see e. */
int		 prove_again(const struct packages_conf *, const struct pkg *,
		    struct err *e);

#endif
