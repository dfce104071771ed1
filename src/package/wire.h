/* SPDX-License-Identifier: ISC */
/*
 * The wire form: what is sent in place of a package.  `path size' lines in
 * package order, an empty line, the bodies.  From it and the head the very
 * file is made again.  Sizes are bytes.
 */
#ifndef PACKAGE_WIRE_H
#define PACKAGE_WIRE_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct head;
struct pkg;
struct pkg_list;

/* Write the wire form of p to fd, at its position. */
int	pkg_to_wire(const struct pkg *p, int fd, struct err *);
/*
 * Entries of a wire form into an empty list, whose offsets are then those
 * of the bodies; every path, order and size is checked, CRCs are not made.
 */
int	wire_parse(const uint8_t *, size_t, struct pkg_list *, struct err *);
/*
 * Make the package again: wire is a file with the wire form and nothing
 * else, comment the head as it shall stand in the file.  Checks the wire
 * hash, writes the whole file to out from offset 0 and checks the core
 * hash; never looks at the head's signature.  Memory grows with the number
 * of entries only, and what was mapped is let go of.  -1: see e, and what stands in out is worth nothing.
 */
int	pkg_from_wire(int wire, const char *comment, size_t len, int out,
	    struct err *);
/*
 * The same from a blob that was received: a zstd frame, full (base NULL)
 * or a delta from base's wire form.  near: temporary files are made in
 * this file's folder.  At most about 25 MiB of memory.
 */
int	pkg_from_blob(int blob, const struct pkg *base, const char *comment,
	    size_t len, const char *near, int out, struct err *);
/*
 * What a head would say of what a delta from base makes: h->wire_size is
 * known, wire, core and core_size are filled in.  -1: see e.
 */
int	pkg_derive(const uint8_t *blob, size_t n, const struct pkg *base,
	    const char *near, struct head *h, struct err *);

#endif
