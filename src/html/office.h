/* SPDX-License-Identifier: ISC */
/*
 * An office's blocks in a browser: contacts, notices, timetables.  han: see
 * html_text().
 */
#ifndef HTML_OFFICE_H
#define HTML_OFFICE_H

#include <stddef.h>

#include "proto/idiom.h"

struct buf;

void	html_contact(struct buf *, const struct idiom_contact *,
	    const char *han);
void	html_notice(struct buf *, const struct idiom_notice *,
	    const char *han);
/* A row of a timetable: a name and its times. */
void	html_stop(struct buf *, const struct slice *name,
	    const struct slice *times, const char *han);

#endif
