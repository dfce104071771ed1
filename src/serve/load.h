/* SPDX-License-Identifier: ISC */
/* From a file to a site that may be served: copied, proven, with its blobs. */
#ifndef SERVE_LOAD_H
#define SERVE_LOAD_H

struct copies;
struct err;
struct packages_conf;
struct site;
struct seen;
struct source_seen;

/*
 * Open path as a site; *seen is what was opened, the file all 0 when none
 * was.  What is proven is kept among the copies (NULL: there are none).  Its
 * descriptors stay open until site_shut().  NULL: see e, which names the path.
 */
struct site	*load_site(const struct packages_conf *, struct copies *,
		    const char *path, struct source_seen *, struct err *e);
/*
 * The file of a site that was loaded just after it had changed: if it has not
 * been touched for a while and has the very bytes that are served, with the
 * same blobs, a later start may rely on the copy.  file: as it was then.  1: it
 * may, and *blobs is their folder as it is now; 0: not, or not yet.
 */
int		 load_settle(struct copies *, const char *path,
		    const struct site *, const struct seen *file,
		    struct seen *blobs);
/* The folder of copies; NULL: none is wanted, or it cannot be used. */
struct copies	*load_copies(const struct packages_conf *);

#endif
