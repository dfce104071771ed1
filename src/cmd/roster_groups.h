/* SPDX-License-Identifier: ISC */
/*
 * Writes the files of a catalogue that tell of its groups.
 */
#ifndef CMD_ROSTER_GROUPS_H
#define CMD_ROSTER_GROUPS_H

struct buf;
struct err;
struct profile;
struct render;

/* Put what b has into an entry of the package, and free b.  -1: see e. */
int	roster_put(struct render *, const char *path, struct buf *b,
	    struct err *e);
/* data/groups.txt and data/parents.txt, each only if it has a line. */
int	roster_put_groups(const struct profile *, struct render *, struct err *);

#endif
