/* SPDX-License-Identifier: ISC */
/*
 * Many short things as one zstd frame that can be read as it arrives: what the
 * letters of a catalogue's members travel in.  Frames of at most 8 MiB of
 * window; what is inside proves nothing.
 */
#ifndef PACKAGE_BUNDLE_H
#define PACKAGE_BUNDLE_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct bundle;				/* opaque: their bodies are in */
struct err;				/* bundle.c */
struct unbundle;

/* NULL: no memory.  End with bundle_free(). */
struct bundle	*bundle_new(void);
/*
 * Bytes that are to be in the frame, whose own bytes go to out as they come.
 * flush: whoever has all of out can read all that was added.  -1: no memory.
 */
int		 bundle_add(struct bundle *, const void *, size_t, int flush,
		    struct buf *out);
/* The end of the frame. */
int		 bundle_end(struct bundle *, struct buf *out);
void		 bundle_free(struct bundle *);		/* NULL is fine */

struct unbundle	*unbundle_new(struct err *);
/*
 * More bytes of the frame: what they hold is appended to out, whose limit
 * bounds it.  1: that was its end, *used of the bytes are the frame's; 0: there
 * is more to come; -1: it is no frame, see e.
 */
int		 unbundle_add(struct unbundle *, const void *, size_t,
		    size_t *used, struct buf *out, struct err *);
void		 unbundle_free(struct unbundle *);	/* NULL is fine */

#endif
