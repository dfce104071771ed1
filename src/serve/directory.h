/* SPDX-License-Identifier: ISC */
/*
 * The packages of a server as gemtext: a page of all, or of an initial, or of
 * those whose title or id holds words.
 */
#ifndef SERVE_DIRECTORY_H
#define SERVE_DIRECTORY_H

#include <stddef.h>

struct buf;
struct sites;

#define DIRECTORY_PATH	"apeng/packages"	/* an initial: .../a */
#define DIRECTORY_SEARCH DIRECTORY_PATH "/search"
#define DIRECTORY_ALL	64			/* on one page, at most */

/* 1: the path, without a slash in front, is one of the directory's. */
int	directory_is(const struct sites *, const char *path, size_t len);
/* 1: it is the one of its pages that wants words. */
int	directory_searches(const char *path, size_t len);
/*
 * Append that page; words (UTF-8, n bytes) are looked for where it wants some.
 * prompt: the mark of a link that asks for them, "=>" or "=:".  -1: no memory.
 */
int	directory_page(const struct sites *, const char *path, size_t len,
	    const char *words, size_t n, const char *prompt, struct buf *out);

#endif
