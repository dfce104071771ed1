/* A preformatted block of bars, drawn again as SVG. */
#ifndef VIEW_HTML_CHART_H
#define VIEW_HTML_CHART_H

#include <stddef.h>

struct buf;

/* Append with & < > " escaped. */
void	html_escape(struct buf *, const char *, size_t);
/*
 * 1: the block was one of bars (see chart_line() in the .c) and its SVG has
 * been added to out; 0: it is something else, nothing was added.
 */
int	html_chart(const char *block, size_t len, struct buf *out);

#endif
