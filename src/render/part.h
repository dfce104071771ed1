/* SPDX-License-Identifier: ISC */
/* The parts of render/ among themselves. */
#ifndef RENDER_PART_H
#define RENDER_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "proto/site.h"
#include "render/pen.h"
#include "render/put.h"

struct err;

/*
 * What is kept of a page once its blocks are gone, in each language: list
 * lines, a name each in KEPT_NAMES; records in KEPT_CSV, cards in KEPT_CARDS,
 * events in KEPT_CALENDAR.
 */
enum kept { KEPT_FIGURES, KEPT_NAMES, KEPT_NOTES, KEPT_CSV, KEPT_CARDS,
	KEPT_CALENDAR };
#define KEPT_N	(KEPT_CALENDAR + 1)

struct render {
	render_put		 put;
	void			*arg;
	const struct profile	*p;	/* NULL before the first page */
	struct ids		*ids;
	struct voice		 voice[LANG_MAX];
	const struct render_room *room;	/* with arg, too */
	const char		*all;	/* of it; NULL until the finish */
	size_t			 roomlen, looked;	/* bytes */
	size_t			*kept;	/* kept.c: where it is */
	char			*body[GENERATE_MIRROR + 1][LANG_MAX];
					/* generated pages' own blocks */
	size_t			 npage;
	struct buf		 b;	/* the file in work */
	uint64_t		 bytes;	/* of all files put, with their
					   places in a package */
	uint64_t		 csv_bytes;
	size_t			*npart;	/* by page; of generated ones */
	size_t			 nlist[SECTION_MAX];	/* parts; 0: no list */
	int			 wants_figures, wants_names;
	int			 wants_compare;
	const struct render_member *member;	/* of a catalogue, borrowed */
	size_t			 nmember;
	int			 has_cover;
};

/* A change: of one page, or of n whose date and change note are the same. */
struct news {
	size_t	 page, n;	/* the first of them in reading order */
};

#endif
