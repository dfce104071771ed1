/* SPDX-License-Identifier: ISC */
/* The types that the files of render/ share. */
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
 * What is kept of a page when its blocks are freed.  In each language items of
 * lists: KEPT_FIGURES, KEPT_NAMES (each item one name) and KEPT_NOTES.  In the
 * first language alone: KEPT_CSV has records, KEPT_CARDS cards and
 * KEPT_CALENDAR events.
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
	const struct render_keeper *keeper;	/* is called with arg, too */
	const char		*all;	/* all that was kept; NULL before
					   kept_all() */
	size_t			 keptlen, looked;	/* bytes kept so far;
						   the offset of the first
						   read since rest() */
	size_t			*kept;	/* kept.c: offsets in all */
	char			*body[GENERATE_MIRROR + 1][LANG_MAX];
					/* the blocks of generated pages */
	size_t			 npage;
	struct buf		 b;	/* the file that is being written */
	uint64_t		 bytes;	/* of all files put, and of their
					   headers in a package */
	uint64_t		 csv_bytes;	/* of data/figures.csv */
	size_t			*npart;	/* by page: its parts; 0: one */
	size_t			 nlist[SECTION_MAX];	/* by section: parts
							   of its list; 0: it
							   has no list */
	int			 wants_figures, wants_names;
	int			 wants_compare;
	const struct render_member *member;	/* of a catalogue, borrowed */
	size_t			 nmember;
	int			 has_cover;
};

/* A change: of one page, or of n pages with the same date and change note. */
struct news {
	size_t	 page, n;	/* page: the first of them in reading order */
};

#endif
