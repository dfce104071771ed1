/* SPDX-License-Identifier: ISC */
/* The page of news and the feeds, from the dates of pages. */
#ifndef RENDER_NEWS_H
#define RENDER_NEWS_H

#include <stddef.h>

struct buf;
struct news;
struct pen;
struct profile;
struct render;

void	half_news(const struct pen *);
#define NEWS_MAX	100		/* lines of the page, feed entries */
/* Changes, newest first, at most max; to be freed.  NULL: no memory. */
struct news *news_order(const struct profile *, size_t max, size_t *n);
void	feed_write(const struct render *, size_t lang, struct buf *);

#endif
