/*
 * Everything found wrong with a capsule in one run, in the order of files
 * and lines.  `capsule/pages/economy.yml:41:7: figures[2].value: "seven",
 * want a number`.
 */
#ifndef CONTENT_DIAG_H
#define CONTENT_DIAG_H

#include <stddef.h>

enum diag_level { DIAG_WARNING, DIAG_ERROR };

struct diag;

struct diag	*diag_new(void);
void		 diag_free(struct diag *);
/*
 * line and column from 1, 0 when not known.  At most DIAG_MAX are kept,
 * the rest is counted.
 */
#define DIAG_MAX	1000
void		 diag_add(struct diag *, enum diag_level, const char *file,
		    unsigned line, unsigned column, const char *fmt, ...)
		    __attribute__((__format__ (printf, 6, 7)));
size_t		 diag_count(const struct diag *, enum diag_level);
/* The i-th finding as one line without LF; NULL past the last. */
const char	*diag_line(const struct diag *, size_t i, enum diag_level *);

#endif
