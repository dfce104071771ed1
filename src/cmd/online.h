/* SPDX-License-Identifier: ISC */
#ifndef CMD_ONLINE_H
#define CMD_ONLINE_H

struct err;
struct pub_key;

/* 1: the string is the URL of a source, not the name of a file. */
int	online_is_url(const char *);
/*
 * Fetch the edition that is public at url, as a mirror without a copy does, and
 * prove it by the key.  Returns a descriptor to read and close; the file has no
 * name on the disk any more.  -1: see e: the source could not be reached, or
 * neither that key nor a successor of it signed what is there.
 */
int	online_fetch(const char *url, const struct pub_key *, struct err *);

#endif
