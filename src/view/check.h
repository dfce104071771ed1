/* SPDX-License-Identifier: ISC */
/*
 * The rules over finished replies, so that a build stands for them whatever
 * the code that made the reply believes.  found() is told the line of the
 * reply, from 1 (0: the reply as a whole), and what is wrong, by a rule that
 * is crlf, end, width, charset, dot, control, fields, type, selector, links,
 * lines, info, bytes or the name of a charset whose own rule it is.  Each
 * returns how often it was.
 */
#ifndef VIEW_CHECK_H
#define VIEW_CHECK_H

#include <stddef.h>

#include "view/finding.h"
#include "view/source.h"

typedef void (*check_found)(void *arg, size_t line, const struct finding *);

/* most: bytes it may have. */
size_t	check_menu(const struct view *, const char *, size_t len,
	    size_t most, check_found, void *arg);
size_t	check_text(const struct view *, const char *, size_t len,
	    size_t most, check_found, void *arg);

#endif
