/* SPDX-License-Identifier: ISC */
/* The parts of a page above and below its blocks. */
#ifndef RENDER_FRAME_H
#define RENDER_FRAME_H

#include <stddef.h>

struct pen;
struct profile;
struct words;

/* Write the part above the blocks of a page, and the part below them. */
void	frame_top(const struct pen *, size_t page);
void	frame_foot(const struct pen *, size_t page);
/*
 * Write the first line of the foot: the date of the page, and as of when its
 * facts hold, unless as_of is NULL.
 */
void	frame_changed(const struct pen *, const char *date,
	    const struct words *as_of);
/*
 * The as_of of the page itself, else of the capsule if the page has facts;
 * NULL: none.
 */
const struct words *frame_as_of(const struct profile *, size_t page);
/*
 * Write the last links of the foot: up and contact, or on home all pages and
 * contact.  SIZE_MAX: a page that is not in profile.page.
 */
void	frame_ways(const struct pen *, size_t page);
/* 1: the i-th notice has not ended before the capsule's newest date. */
int	notice_holds(const struct profile *, size_t i);
/* Write the notices that hold, one on a line; or all on one line, for menus. */
void	notices_write(const struct pen *);
void	notices_in_line(const struct pen *);

#endif
