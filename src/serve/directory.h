/* SPDX-License-Identifier: ISC */
/*
 * The directory of a server's packages, as the answers need it: which requests
 * it takes, and the roll that directory/ makes its pages of.
 */
#ifndef SERVE_DIRECTORY_H
#define SERVE_DIRECTORY_H

#include <stddef.h>

struct ask;
struct hits;
struct reply;
struct roll;
struct site;
struct sites;

/*
 * The roll of what is served, made at the first request after a change: the
 * set's, until the next change.  NULL: no memory.
 */
const struct roll *directory_roll(struct sites *);
/*
 * What the words find, for hits from the first-th on.  1: in *out, the reply's
 * own; ANSWER_LATER; 0: this address must wait before it searches again; -1: no
 * memory.
 */
struct directory_search {
	const struct ask	*ask;
	const char		*words;
	size_t			 n, first, most;
	unsigned		 wait;		/* as struct asked's */
};
int		 directory_find(struct sites *, struct reply *,
		    const struct directory_search *, const struct hits **out);
/* The set has changed, or it goes. */
void		 directory_forget(struct sites *);
/* 1: there are several packages, so that there is a directory. */
int		 directory_has(const struct sites *);
/*
 * 1: the first page of that host is the directory: s is what it means for want
 * of another, and no default was named.
 */
int		 directory_first(const struct sites *, const struct site *s,
		    const char *host);
/*
 * A path of such a host, len bytes with room for DIRECTORY_ROOM, as the path of
 * the directory that it means; the length of what it is now.
 */
#define DIRECTORY_ROOM	40
size_t		 directory_path(char *path, size_t len);
/* 1: a path with its slash is one of the directory's. */
int		 directory_is(const struct sites *, const char *path,
		    size_t len);

#endif
