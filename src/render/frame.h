/* SPDX-License-Identifier: ISC */
/* What stands above and below every page's blocks. */
#ifndef RENDER_FRAME_H
#define RENDER_FRAME_H

#include <stddef.h>

struct pen;
struct profile;
struct words;

/* What stands above and below every page's blocks. */
void	frame_top(const struct pen *, size_t page);
void	frame_foot(const struct pen *, size_t page);
/* Parts of the foot: the date and as of when the facts of a page are, unless
 * as_of is NULL; up and contact (page SIZE_MAX: any other). */
void	frame_changed(const struct pen *, const char *date,
	    const struct words *as_of);
/* What page says of it, else the capsule for pages with facts; or NULL. */
const struct words *frame_as_of(const struct profile *, size_t page);
void	frame_ways(const struct pen *, size_t page);
/* 1: the capsule's newest date has not passed its i-th notice. */
int	notice_holds(const struct profile *, size_t i);
/* Those that hold: each a line; or all in one line, for menus. */
void	notices_write(const struct pen *);
void	notices_in_line(const struct pen *);

#endif
