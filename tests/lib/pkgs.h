/* SPDX-License-Identifier: ISC */
/* Small packages for tests, in files without names. */
#ifndef LIB_PKGS_H
#define LIB_PKGS_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"
#include "package/reader.h"
#include "package/sign.h"

struct pkgs_file {
	const char	*path, *body;
};

/* A key that is the same in every run: seed and id are n all over. */
struct sign_key	*pkgs_key(uint8_t n, struct pub_key *pub);
/*
 * A package of these files, given in any order; serial 0: 2026112301.  id
 * is `test'.  key NULL: unsigned.  The descriptor, or the program ends.
 */
int		 pkgs_make(const struct pkgs_file *, size_t n,
		    uint64_t serial, const struct sign_key *key);
/* The same, opened. */
struct pkg	*pkgs_open(const struct pkgs_file *, size_t n,
		    uint64_t serial, const struct sign_key *key);
/* A file without a name that holds these bytes. */
int		 pkgs_file(const void *, size_t);
/* All bytes of a file, to be freed. */
uint8_t		*pkgs_read(int fd, size_t *n);

#endif
