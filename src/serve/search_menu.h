/* SPDX-License-Identifier: ISC */
/* What searchers are shown, on each protocol. */
#ifndef SERVE_SEARCH_MENU_H
#define SERVE_SEARCH_MENU_H

#include <stddef.h>

struct buf;
struct err;
struct search;
struct view_source;

/*
 * The two below take a place for a search that is not done; NULL: they search
 * to the end at once.  Else they return SEARCH_MORE while *kept is not done:
 * the caller calls search_step(*kept) until it is, and asks again for the same.
 * *kept is the caller's to free.
 */
#define SEARCH_MORE	2

/*
 * Gemini and Spartan: the page of results, as gemtext, in the language of
 * folder dir, in which the reader asked ("": not known, search_home() is
 * taken).  Hits in other languages stand behind a heading, and the last link
 * leads home.  Its links are absolute paths that begin with prefix ("" or
 * "/ID"): PREFIX/en/a.gmi, and for further pages of results
 * PREFIX/search/2?WORDS, or PREFIX/DIR/search/2?WORDS.
 * words is the decoded query, any bytes, never shown unescaped; page is
 * from 1, one past the last says so.  1: answered; SEARCH_MORE; -1: no
 * memory.
 */
int	search_gemini(const struct view_source *, struct search **kept,
	    const char *prefix, const char *dir, const char *words,
	    size_t len, size_t page, struct buf *out, struct err *e);
/*
 * Gopher: the whole menu that answers a type 7 item, in the charset and
 * width of the selector's tree, in which the query is decoded too; one that
 * cannot be decoded, or holds no word, gets a menu that says so.  selector
 * (without a leading '/') is "TREE/search" or a page of results below it;
 * query NULL: none was sent.  1: answered; 0: no such selector; SEARCH_MORE;
 * -1: see e.
 */
int	search_gopher(const struct view_source *, struct search **kept,
	    const char *selector, size_t selectorlen, const char *query,
	    size_t querylen, struct buf *out, struct err *e);
/* 1: search_gopher() searches for such a selector; 0: it does not. */
int	search_is(const struct view_source *, const char *selector,
	    size_t len);

#endif
