/* SPDX-License-Identifier: ISC */
/*
 * What a follower of a catalogue holds: one small file of lines that are only
 * added to, so that a crash costs the last line at most.
 *
 *	=base SERIAL-CORE16	all that is followed was as this edition of the
 *				catalogue lists it
 *	ID SERIAL-CORE16	the edition of a member that is installed
 */
#ifndef MIRROR_JOURNAL_H
#define MIRROR_JOURNAL_H

#include <stddef.h>

#include "package/members.h"

struct err;

struct journal {
	char		*path;		/* owned */
	int		 fd;		/* to add to; -1: not open */
	struct edition	 base;		/* serial 0: none */
	size_t		 n, room, lines;
	struct journal_held *held;	/* by id */
};

/* Every member that was ever held; a later line outranks an earlier one. */
struct journal_held {
	char		 id[HEAD_ID_MAX + 1];
	struct edition	 ed;
};

/* A file that is not there is empty.  -1: see e.  End with journal_close(). */
int	journal_open(struct journal *, const char *path, struct err *);
void	journal_close(struct journal *);
/* NULL: nothing was held of it. */
const struct edition *journal_held(const struct journal *, const char *id);
/* A member is installed: the line is on the disk on return.  -1: see e. */
int	journal_note(struct journal *, const char *id, const struct edition *,
	    struct err *);
int	journal_base(struct journal *, const struct edition *, struct err *);

#endif
