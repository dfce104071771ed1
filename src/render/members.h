/* SPDX-License-Identifier: ISC */
/*
 * The pages of a catalogue about its members: the directory by group, and the
 * members' key figures compared in tables and in data/members.csv.
 */
#ifndef RENDER_MEMBERS_H
#define RENDER_MEMBERS_H

#include <stddef.h>

#include "content/profile.h"

struct buf;
struct half;
struct pen;
struct render;

struct render_member {
	const char	*id;
	const char	*host;		/* a public name, or NULL */
	size_t		 group;		/* of profile.members, or SIZE_MAX */
	struct words	 title;		/* by the catalogue's languages */
	const char	*value[MEMBER_FIGURES];	/* as written in YAML; NULL:
						   not known */
};

/*
 * Set the members, sorted by id.  Call it before render_finish(), until whose
 * return the members are borrowed.
 */
void	render_members(struct render *, const struct render_member *,
	    size_t n);
/* Write a second half of a generated page to p->b, which is h->b. */
void	members_directory(const struct render *, const struct pen *,
	    struct half *);
void	members_compare(const struct render *, const struct pen *,
	    struct half *);
/* Append data/members.csv. */
void	members_csv(const struct render *, struct buf *);

#endif
