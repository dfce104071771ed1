/* SPDX-License-Identifier: ISC */
/*
 * The roll: all packages of a server in groups and in order, from which the
 * pages and menus of its directory are made.  It is built anew when a package
 * is added or removed, and borrows strings of the packages.
 */
#ifndef DIRECTORY_ROLL_H
#define DIRECTORY_ROLL_H

#include <stddef.h>

#include "proto/site.h"

struct buf;
struct grams;

#define ROLL_PREFIX	"/apeng/packages"	/* of all its pages */
#define ROLL_GROUP_MAX	95			/* bytes of a group's id */
#define ROLL_ALL	64	/* more places without groups stand by initial */
#define ROLL_NO_GROUP	"-"

struct roll_place {
	const struct site_table	*t;		/* borrowed: a brief one */
	const char		*label;		/* borrowed: a title in ASCII */
	size_t			 group;		/* index, ROLL_NONE: none */
	void			*arg;		/* the package, for page() */
	struct grams		**grams;	/* borrowed: its filter, made by
						   the first search (find.h) */
	char			*folded;	/* see roll_folded() */
};
#define ROLL_NONE	((size_t)-1)

/* A page of a package. */
struct roll_page {
	const char	*dir;		/* of the brief table */
	char		 id[64];
	const char	*text;		/* gemtext, borrowed */
	size_t		 len;
};

struct roll_title {
	char	*dir, *title;
};

struct roll_group {
	char			 id[ROLL_GROUP_MAX + 1];
	size_t			 ntitle;
	struct roll_title	*title;		/* of each language */
	size_t			 parent;	/* the group that it is a part of:
						   an index, or ROLL_NONE */
	size_t			 first, n;	/* its places and those of its
						   parts */
	size_t			 own;		/* places in no part; they stand
						   before the others */
	size_t			 part, nparts;	/* its parts are groups that
						   follow each other */
};

struct roll {
	struct site_table	 table;		/* the languages and trees of
						   all; a language's title says
						   how many places there are,
						   catalogues aside */
	size_t			 nplace;
	struct roll_place	*place;		/* group by group, by label */
	size_t			 ngroup;	/* 0: there are few places */
	struct roll_group	*group;		/* each has a place; one that has
						   parts stands before them */
	size_t			 ntop;
	size_t			*top;		/* those that are parts of none */
	size_t			 ncatalogue;	/* stand before the groups: the
						   first places of all */
	size_t			 places, groups, langs;	/* allocated */
	size_t			*used;		/* how many have a language */
	int			 failed;	/* no memory */
	unsigned		 count;		/* of holders */
	int			 gone;		/* 1: the packages have changed,
						   nothing of it may be read */
	/*
	 * Get the page with index *i of a package, or the next one that there
	 * is, and set *i to its index.  0: there is none.
	 */
	int			(*page)(void *arg, size_t *i,
				    struct roll_page *);
	/* Give up the memory of a package's pages; may be NULL. */
	void			(*rest)(void *arg);
};

/* NULL: no memory.  End with roll_free(). */
struct roll	*roll_new(void);
struct roll	*roll_ref(struct roll *);
void		 roll_free(struct roll *);	/* gives a count back; NULL is fine */
/*
 * A group's title in the language of folder dir.  Groups stand in the order in
 * which they are first named.
 */
void		 roll_group(struct roll *, const char *id, const char *dir,
		    const char *title);
/*
 * A group is a part of another one, as a prefecture is of its province.  The
 * other one must be a part of none; there are two levels.
 */
void		 roll_part(struct roll *, const char *id, const char *parent);
/*
 * A package; group: the id of its group, or ROLL_NO_GROUP.  is_catalogue: it
 * lists others, so that it stands before the groups.
 */
void		 roll_place(struct roll *, const struct site_table *,
		    const char *label, const char *group, int is_catalogue,
		    void *arg, struct grams **);
/* After the last place: sort all.  -1: no memory, now or before. */
int		 roll_done(struct roll *);

/* A language of the roll by its folder; NULL: none. */
const struct site_lang *roll_lang(const struct roll *, const char *dir,
		    size_t len);
/* ROLL_NONE: there is none of that id. */
size_t		 roll_find(const struct roll *, const char *id, size_t len);
/*
 * Append the title in the language of folder dir, or in another when there is
 * none; dir "": in all languages, " / " between them.
 */
void		 roll_put_place(const struct roll_place *, const char *dir,
		    struct buf *);
void		 roll_put_group(const struct roll *, const struct roll_group *,
		    const char *dir, struct buf *);
/* A place's id and titles, folded for searches; NULL: no memory. */
const char	*roll_folded(struct roll *, const struct roll_place *);
/* The heading of the first page: how many places there are. */
void		 roll_put_heading(const struct roll *, const char *dir,
		    struct buf *);

#endif
