/* SPDX-License-Identifier: ISC */
/*
 * The members of a catalogue while it is built: their packages are read from
 * the folder that capsule.yml names.
 */
#ifndef CMD_ROSTER_H
#define CMD_ROSTER_H

#include <stddef.h>

#include "package/members.h"

struct diag;
struct err;
struct pkg;
struct profile;
struct render;
struct render_member;

struct roster_one;

struct roster {				/* all 0: no catalogue */
	size_t			 n;
	struct roster_one	*one;	/* by id */
	struct render_member	*shown;	/* of each, what pages show */
	size_t			 ntext, room;
	char			**text;	/* owned strings of both */
};

void	 roster_free(struct roster *);
/*
 * Open every package in the folder of members: and in the folders of its
 * groups, and prove each by the key that members: list: gives, else by that of
 * ID.pub beside it, else by one on its own pages.  Faults of the packages go to
 * d.  Does nothing when p is no catalogue.  -1: d has an error, or see e.
 */
int	 roster_load(struct roster *, const struct profile *p, struct diag *d,
	    struct err *e);
/*
 * The latest of date and the days on which the members were published;
 * borrowed, date or out.
 */
const char *roster_newest(const struct roster *, const char *date,
	    char out[21]);
/*
 * Give to render/ what pages show of the members, and add the data files.
 * -1: see e.
 */
int	 roster_render(const struct roster *, const struct profile *,
	    struct render *, struct err *e);
/*
 * Compare with the edition that is replaced: no member may become older or be
 * another edition of the same serial, and its key may change only by its own
 * succession or when the new key is given in members: list: or ID.pub.  -1: d
 * has an error, or see e.
 */
int	 roster_fits(const struct roster *, const struct pkg *old,
	    struct diag *d, struct err *e);

#endif
