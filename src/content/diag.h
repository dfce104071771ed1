/* SPDX-License-Identifier: ISC */
/*
 * Everything found wrong with a capsule in one run, in the order of files
 * and lines.  `capsule/pages/economy.yml:41:7: figures[2].value: "seven",
 * want a number`.  A finding that no memory was left for is still counted.
 */
#ifndef CONTENT_DIAG_H
#define CONTENT_DIAG_H

#include <stddef.h>

enum diag_level { DIAG_WARNING, DIAG_ERROR };

struct diag;
struct err;
struct language;

struct diag	*diag_new(void);
void		 diag_free(struct diag *);
/* From here on findings are in that language; English by default. */
void		 diag_speak(struct diag *, const struct language *);
/* An empty one in the same language; NULL: no memory. */
struct diag	*diag_like(const struct diag *);
/* Move all findings of the other to d; the other is empty then. */
void		 diag_take(struct diag *d, struct diag *other);
/* A piece of a finding, or its format, in the language of the findings. */
const char	*diag_say(const struct diag *, const char *en)
		    __attribute__((__format_arg__ (2)));
/*
 * line and column from 1, 0 when not known.  At most DIAG_MAX are kept,
 * errors rather than warnings; the rest is counted.  fmt is put into the
 * diag's language.
 */
#define DIAG_MAX	1000
void		 diag_add(struct diag *, enum diag_level, const char *file,
		    unsigned line, unsigned column, const char *fmt, ...)
		    __attribute__((__format__ (printf, 6, 7)));
size_t		 diag_count(const struct diag *, enum diag_level);
/*
 * An error that is not the author's: a file that cannot be read, no memory.
 * diag_status() is STATUS_CANNOT from here on.
 */
void		 diag_cannot(struct diag *, const char *file, const char *fmt,
		    ...) __attribute__((__format__ (printf, 3, 4)));
/* Report an err that begins with the file's name, the author's or not. */
void		 diag_err(struct diag *, const char *file,
		    const struct err *);
/* What a command returns: STATUS_DONE, _REFUSED or _CANNOT of base/err.h. */
int		 diag_status(const struct diag *);
/* The i-th finding as one line without LF; NULL past the last kept. */
const char	*diag_line(const struct diag *, size_t i, enum diag_level *);

#endif
