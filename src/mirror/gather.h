/* SPDX-License-Identifier: ISC */
/*
 * Parts out of files, in whatever form they came: one binary part; a stream of
 * KISS frames; lines of text that hold a part as `APENG:' and base45, as hex,
 * or as base64.
 */
#ifndef MIRROR_GATHER_H
#define MIRROR_GATHER_H

#include <stddef.h>
#include <stdint.h>

struct kiss;
struct parts;
struct parts_letter;

struct gather {
	struct parts	*parts;
	/* A line about a part that is of no use, and where it stood. */
	void		(*say)(void *arg, const char *line);
	/* A letter is complete; its bytes are borrowed.  -1 stops. */
	int		(*letter)(void *arg, const struct parts_letter *);
	void		*arg;
	size_t		 taken, known, bad;	/* parts, counted */
};

/* One part's bytes.  where: for messages.  0, or -1: letter() said stop. */
int	gather_part(struct gather *, const char *where, const uint8_t *,
	    size_t n);
/* All bytes of a file.  0, or -1: letter() said stop. */
int	gather_file(struct gather *, const char *name, const uint8_t *,
	    size_t n);
/*
 * Bytes of a KISS stream; k keeps what is not a whole frame yet.  AX.25
 * headers are taken off.
 */
int	gather_stream(struct gather *, const char *where, struct kiss *k,
	    const uint8_t *, size_t n);

#endif
