/* SPDX-License-Identifier: ISC */
/*
 * The succession of a package's keys alone, which a source answers as `keys':
 * whether a head by an unknown key may be believed is known before anything
 * large is fetched; apeng-package(5), "SUCCESSION".  Only for mirror/.
 */
#ifndef MIRROR_KEYS_H
#define MIRROR_KEYS_H

#include <stddef.h>

#include "mirror/outcome.h"

struct err;
struct head;
struct mirror;
struct source;

/*
 * Bytes of the wire form of a package that no key known here has signed and
 * whose source does not say its succession: larger ones are not fetched.
 */
#define KEYS_UNPROVEN_MAX	(1u << 20)

/*
 * The succession that was proven last, of FILE.mirror/keys, for jobs that go
 * on.  -1: see e; a file that is no succession is the same as none.
 */
int		 keys_load(struct mirror *, struct err *);
/*
 * The source shows this head, signed by nobody who is known: ask it for the
 * succession and judge the head by it.  FETCH_WHOLE: proven, or the source has
 * no such answer and the package is small; FETCH_REFUSED: it leads nowhere.
 */
enum fetch	 keys_prove(struct mirror *, struct source *,
		    const char *head, size_t len, const struct head *,
		    struct err *);

#endif
