/* SPDX-License-Identifier: ISC */
/* What rlc.c and the search for forged frames share; nobody else. */
#ifndef MIRROR_SUSPECTS_H
#define MIRROR_SUSPECTS_H

#include <stddef.h>
#include <stdint.h>

struct rlc_frame {
	uint32_t	 number;
	uint32_t	 seen;		/* how often it came,
	    all bytes the same */
	uint32_t	 age;		/* rises; the smallest goes first */
	uint8_t		*data;		/* symbol bytes */
};

/*
 * Of n > k frames, clear use[] of the forged ones and set it of the others.
 * 1: done; 0: nobody can tell (too few frames, or none is forged); -1: no
 * memory.
 */
int		 suspects_find(const struct rlc_frame *, size_t n, size_t k,
		    size_t symbol, uint8_t *use);

#endif
