/* SPDX-License-Identifier: ISC */
/*
 * Follow a catalogue: keep its package and those of its members in one folder,
 * DIR/catalogue.gpub and DIR/ID.gpub, with few requests for all of them.
 */
#ifndef MIRROR_FOLLOW_H
#define MIRROR_FOLLOW_H

#include <stddef.h>
#include <stdint.h>

#include "mirror/mirror.h"

struct err;

#define FOLLOW_NAME	"catalogue"

struct follow_conf {
	struct mirror_conf	 mirror;	/* file, all and rest are ours */
	const char		*dir;
	const char *const	*only;		/* groups and ids; none: all */
	size_t			 nonly;
};

struct follow_result {
	struct mirror_result	 mirror;	/* of the catalogue, and all bytes */
	size_t			 members;	/* that are followed */
	size_t			 changed;	/* of them, now */
	size_t			 behind;	/* that are not what is listed */
};

/*
 * One job: the catalogue, then every member of the subset that is not the
 * edition which it lists, each proven and swapped in by itself.  0, also when
 * single members were refused (said as warnings, and counted in behind); -1:
 * see e, as mirror_run(); what was swapped in stays.
 */
int	follow_run(const struct follow_conf *, struct follow_result *,
	    struct err *);

#endif
