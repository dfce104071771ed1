/* SPDX-License-Identifier: ISC */
/* One attempt at one source over the net. */
#ifndef MIRROR_FETCH_H
#define MIRROR_FETCH_H

#include "mirror/outcome.h"

struct err;
struct mirror;
struct source;

enum fetch fetch_source(struct mirror *, struct source *, struct err *);

#endif
