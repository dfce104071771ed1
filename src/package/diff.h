/* SPDX-License-Identifier: ISC */
/* Make a delta in windows, see window.h.  Sizes are bytes. */
#ifndef PACKAGE_DIFF_H
#define PACKAGE_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "package/blob.h"

struct err;

/*
 * From the wire form base to the wire form new, to out at its position.  Both
 * are mapped by spool_map().  A window of up to 1 MiB is packed as well as can
 * be, a larger one quickly.  At most 48 MiB of memory.  -1: see e.
 */
int	diff_make(const uint8_t *new, size_t n, const uint8_t *base,
	    size_t nbase, int out, blob_tick *, void *arg, struct err *e);

#endif
