/* SPDX-License-Identifier: ISC */
/*
 * The wire form, which is sent instead of a package: `path size' lines in
 * package order, an empty line, the bodies.  The same file is made again from
 * it and the head.  Sizes are bytes.
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
 * Read the entries of a wire form into an empty list, with the offsets of their
 * bodies.  Paths, order and sizes are checked; CRCs are not computed.
 */
int	wire_parse(const uint8_t *, size_t, struct pkg_list *, struct err *);
/*
 * Make the package again.  wire is a file with only the wire form; comment is
 * the head as it shall stand in the file.  Checks the wire hash, writes the
 * whole file to out from offset 0 and checks the core hash; does not check the
 * head's signature.  Memory depends only on the number of entries.  -1: see e;
 * the content of out must not be used then.
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
 * Compute wire, core and core_size of h from what a delta from base makes;
 * h->wire_size must be set before.  -1: see e.
 */
int	pkg_derive(const uint8_t *blob, size_t n, const struct pkg *base,
	    const char *near, struct head *h, struct err *);

#endif
