/* SPDX-License-Identifier: ISC */
/* The small texts of a source, such as its `head'; only for mirror/. */
#ifndef MIRROR_ASK_H
#define MIRROR_ASK_H

#include <stddef.h>

#include "mirror/outcome.h"

struct buf;
struct err;
struct mirror;
struct source;

/*
 * The whole of a small text, such as `head', whose first line is `first' and
 * which has at most max bytes; lines end as they were written, whatever a file
 * server makes of them.  *gone: the source has no such text.
 */
enum fetch ask_text(struct mirror *, struct source *, const char *name,
	    const char *first, size_t max, struct buf *, int *gone,
	    struct err *);
/* The bytes of /apeng/head or /.apeng/head, at most HEAD_MAX. */
enum fetch ask_head(struct mirror *, struct source *, struct buf *,
	    struct err *);
/*
 * File servers that take an answer for text end its lines with CR LF.  1: the
 * first line of it does.
 */
int	 ask_has_cr(const struct buf *);
/* Take all CRs out of the first n bytes. */
void	 ask_drop_cr(struct buf *, size_t n);

#endif
