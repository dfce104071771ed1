/* Preformatted blocks drawn again as SVG.  Lengths are bytes. */
#ifndef HTML_CHART_H
#define HTML_CHART_H

#include <stddef.h>

struct buf;

/*
 * 1: the block was one of bars (see chart_line() in the .c) and its SVG has
 * been added to out; 0: it is something else, nothing was added.
 */
int	html_chart(const char *block, size_t len, struct buf *out);
/*
 * The same for a timeline (rail.c), whose alt becomes the title: 1 when
 * it was one.
 */
int	html_rail(const char *block, size_t len, const char *alt,
	    size_t altlen, struct buf *out);
/*
 * A drawing in characters, such as a map: each word at its own place on a
 * grid, so that no reader's font moves it.  Only when it has three lines or
 * more and alt says all that they say, that is, is not shorter than the words
 * in them: 1; else 0, and nothing was added.
 */
int	html_art(const char *block, size_t len, const char *alt,
	    size_t altlen, struct buf *out);

#endif
