/* SPDX-License-Identifier: ISC */
/* What a file seems to be when it is no package. */
#ifndef PACKAGE_GUESS_H
#define PACKAGE_GUESS_H

#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * Fill in e (REFUSED) for a file that does not end as a package does: what it
 * seems to be instead, and what to do.  head: its first n bytes, all of them or
 * some hundred; tail: its last ntail bytes; size: of the file.
 */
void	guess_damage(const uint8_t *head, size_t n, const uint8_t *tail,
	    size_t ntail, uint64_t size, struct err *e);

#endif
