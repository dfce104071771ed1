/* Preformatted blocks: no line is wider than CHART_COLS. */
#ifndef RENDER_PRE_H
#define RENDER_PRE_H

#include <stddef.h>

struct pen;

void	pre_end(const struct pen *);		/* the closing marks */
/* One line; blanks at its end go, a mark at its start gets a blank. */
void	pre_line(const struct pen *, const char *, size_t len);
/*
 * Bytes of s that go on a line of cols columns: up to a blank if there is
 * one, and no mark that ends a phrase begins the next.  0 for an empty s.
 */
size_t	pre_break(const char *s, size_t len, size_t cols);
/* A text on as many lines as it needs, broken at blanks if it has some. */
void	pre_wrap(const struct pen *, const char *);
/*
 * Bytes of s, at most len, that fit into cols columns without cutting a
 * character or parting a mark from what it stands on.
 */
size_t	pre_fit(const char *s, size_t len, size_t cols);

#endif
