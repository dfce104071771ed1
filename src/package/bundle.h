/* SPDX-License-Identifier: ISC */
/*
 * Many short pieces as one zstd frame that can be read as it arrives.  The
 * letters of a catalogue's members are sent in such a frame.  Its window is at
 * most 8 MiB.  The frame proves nothing about its content.
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
 * Add bytes to the frame; the compressed bytes are appended to out.  flush:
 * whoever has all of out can then read all that was added.  -1: no memory.
 */
int		 bundle_add(struct bundle *, const void *, size_t, int flush,
		    struct buf *out);
/* Append the end of the frame to out. */
int		 bundle_end(struct bundle *, struct buf *out);
void		 bundle_free(struct bundle *);		/* NULL is fine */

struct unbundle	*unbundle_new(struct err *);
/*
 * Read more bytes of the frame and append what they expand to to out, whose
 * limit bounds it.  1: the frame has ended, *used of the bytes belong to it; 0:
 * more bytes are needed; -1: it is no frame, see e.
 */
int		 unbundle_add(struct unbundle *, const void *, size_t,
		    size_t *used, struct buf *out, struct err *);
void		 unbundle_free(struct unbundle *);	/* NULL is fine */

#endif
