/* SPDX-License-Identifier: ISC */
#ifndef CMD_ONLINE_H
#define CMD_ONLINE_H

struct err;
struct pub_key;

/* 1: it is the URL of a source, not the name of a file. */
int	online_is_url(const char *);
/*
 * Fetch the edition that is public at url, as a mirror without a copy does,
 * and prove it by the key.  A descriptor to be read and closed; nothing of it
 * has a name on the disk any more.  -1: see e: nobody could be reached, or
 * what is there was not signed by that key (or, by it, as a successor).
 */
int	online_fetch(const char *url, const struct pub_key *, struct err *);

#endif
