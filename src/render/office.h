/* SPDX-License-Identifier: ISC */
/* Small blocks of an office: steps, warnings, timetables, paragraphs. */
#ifndef RENDER_OFFICE_H
#define RENDER_OFFICE_H

struct block;
struct pen;
struct words;

void	office_steps(const struct pen *, const struct block *);
void	office_warning(const struct pen *, const struct block *);
void	office_timetable(const struct pen *, const struct block *);

#endif
