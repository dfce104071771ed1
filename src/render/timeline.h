/* SPDX-License-Identifier: ISC */
/* The drawing of a timeline.  A single event, or too many, are not drawn. */
#ifndef RENDER_TIMELINE_H
#define RENDER_TIMELINE_H

struct block;
struct pen;

void	timeline_draw(const struct pen *, const struct block *);

#endif
