/* SPDX-License-Identifier: ISC */
/*
 * Which members of a catalogue a follower wants, as the word SUBSET of
 * `all/SERIAL-CORE16/SUBSET'; apeng-package(5), "FOLLOWING A CATALOGUE".
 */
#ifndef PACKAGE_SUBSET_H
#define PACKAGE_SUBSET_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct members;

/* Bytes of a set of bits, one for each member in order, lowest bit first. */
#define SUBSET_BYTES(n)	(((n) + 7) / 8)

int	subset_has(const uint8_t *bits, size_t i);
void	subset_add(uint8_t *bits, size_t i);
/*
 * Parse a word: `*': all; `-': none; names with commas between them: groups with
 * their parts, or members by their id; `~b' and a bitmap, or `~g' and gaps, over the ids of the
 * edition that the asker names, which m must be.  1: the bits are set, which
 * must be 0 before; -1: malformed.
 */
int	subset_parse(const char *, size_t len, const struct members *m,
	    uint8_t *bits);
/* 1: the word is in one of the two forms over the ids of an edition. */
int	subset_is_of_edition(const char *, size_t len);
/* The shortest form over n members; parse(write(x)) is x. */
void	subset_write(const uint8_t *bits, size_t n, struct buf *);

#endif
