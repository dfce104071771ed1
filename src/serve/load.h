/* SPDX-License-Identifier: ISC */
/* From a file to a site that may be served: copied, proven, with its blobs. */
#ifndef SERVE_LOAD_H
#define SERVE_LOAD_H

struct copies;
struct err;
struct packages_conf;
struct site;
struct source_seen;

/*
 * Open path as a site; *seen is what was opened, the file all 0 when none
 * was.  What is proven is kept among the copies (NULL: there are none).  Its
 * descriptors stay open until site_shut().  NULL: see e, which names the path.
 */
struct site	*load_site(const struct packages_conf *, struct copies *,
		    const char *path, struct source_seen *, struct err *e);

#endif
