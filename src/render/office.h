/* SPDX-License-Identifier: ISC */
/* Small blocks of an office: steps, warnings, timetables, paragraphs. */
#ifndef RENDER_OFFICE_H
#define RENDER_OFFICE_H

#include "content/profile.h"
#include "lang/lang.h"

struct pen;

void	office_steps(const struct pen *, const struct block *);
void	office_warning(const struct pen *, const struct block *);
void	office_timetable(const struct pen *, const struct block *);
/* A notice with its dates; the word for a severity. */
void	office_notice(const struct pen *, const struct notice *);
enum lang_phrase office_severity(enum severity);

#endif
