/* SPDX-License-Identifier: ISC */
/*
 * The blocks of an office as HTML: contacts, notices, timetables.
 */
#ifndef HTML_OFFICE_H
#define HTML_OFFICE_H

#include <stddef.h>

#include "proto/idiom.h"

struct buf;
struct html_script;

/* level: of the heading, 2 or 3. */
void	html_contact(struct buf *, const struct idiom_contact *, int level,
	    const struct html_script *);
void	html_notice(struct buf *, const struct idiom_notice *,
	    const struct html_script *);
/* A row of a timetable: a name and its times. */
void	html_stop(struct buf *, const struct slice *name,
	    const struct slice *times, const struct html_script *);

#endif
