/* SPDX-License-Identifier: ISC */
/*
 * The rules over finished replies.  They look at the bytes alone, so that a
 * fault in the code that made a reply is found, too.  found() is told the line
 * of the reply, from 1 (0: the reply as a whole), and the finding.  The rule of
 * a finding is crlf, end, width, charset, dot, control, fields, type, selector,
 * links, lines, info, bytes, or the name of a charset that has a rule of its
 * own.  Each function returns how many findings there were.
 */
#ifndef VIEW_CHECK_H
#define VIEW_CHECK_H

#include <stddef.h>

#include "view/finding.h"
#include "view/source.h"

typedef void (*check_found)(void *arg, size_t line, const struct finding *);

/* most: how many bytes the reply may have. */
size_t	check_menu(const struct view *, const char *, size_t len,
	    size_t most, check_found, void *arg);
size_t	check_text(const struct view *, const char *, size_t len,
	    size_t most, check_found, void *arg);

#endif
