/* SPDX-License-Identifier: ISC */
/*
 * The members of a catalogue while it is built: what their packages say, from
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
	struct render_member	*shown;	/* the same for pages */
	size_t			 ntext, room;
	char			**text;	/* owned strings of both */
};

void	 roster_free(struct roster *);
/*
 * Open every package in the folder of members: and in its folders of groups,
 * and prove each by the key that is said by hand, in ID.pub beside it, or on
 * its own pages, in this order.  What is wrong with any of them goes to d.
 * Nothing where p is no catalogue.  -1: d has an error, or see e.
 */
int	 roster_load(struct roster *, const struct profile *p, struct diag *d,
	    struct err *e);
/* The later one of date and the days on which the members were published. */
const char *roster_newest(const struct roster *, const char *date,
	    char out[21]);
/* Hand pages and data files to render. */
int	 roster_render(const struct roster *, const struct profile *,
	    struct render *, struct err *e);
/*
 * Against the edition that is replaced: no member may become older, be another
 * edition of the same serial, or change its key unless its own succession or a
 * key that is said by hand allows it.  -1: d has an error, or see e.
 */
int	 roster_fits(const struct roster *, const struct pkg *old,
	    struct diag *d, struct err *e);

#endif
