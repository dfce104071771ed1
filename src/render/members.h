/* SPDX-License-Identifier: ISC */
/*
 * What the pages of a catalogue show of its members: the directory by group,
 * and key figures side by side, as tables and as data/members.csv.
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
	const char	*value[MEMBER_FIGURES];	/* as YAML has it, or NULL */
};

/* Before render_finish(); all is borrowed until then. */
void	render_members(struct render *, const struct render_member *,
	    size_t n);
/* Second halves of generated pages; p->b is h->b. */
void	members_directory(const struct render *, const struct pen *,
	    struct half *);
void	members_compare(const struct render *, const struct pen *,
	    struct half *);
/* data/members.csv */
void	members_csv(const struct render *, struct buf *);

#endif
