/* SPDX-License-Identifier: ISC */
/* Events: the block, and its part of data/events.ics. */
#ifndef RENDER_EVENTS_H
#define RENDER_EVENTS_H

struct block;
struct buf;
struct pen;

void	events_write(const struct pen *, const struct block *);
void	events_calendar(const struct pen *, const struct block *);
/* Begin and end of the calendar file. */
void	events_begin(struct buf *);
void	events_end(struct buf *);

#endif
