/* SPDX-License-Identifier: ISC */
/* Making editions, for `build', `check' and `serve --watch'. */
#ifndef CMD_BUILD_H
#define CMD_BUILD_H

#include <stddef.h>
#include <stdint.h>

struct diag;
struct err;

#define BUILD_BASES	8	/* deltas from other packages, at most */

struct build {
	const char	*dir;		/* of the capsule */
	const char	*key;		/* secret key file; NULL: unsigned */
	int		 readable_key;	/* others may read it */
	const char	*out;		/* NULL: ID.gpub in this folder */
	const char	*replaces;	/* the edition before; NULL: at out */
	int		 serial_anew;	/* forget that edition's serial */
	int		 dated_ahead;	/* dates after tomorrow are meant */
	uint64_t	 above;		/* the serial is to be higher */
	int		 renew;		/* a new head for the same pages */
	int		 no_blobs;	/* no NAME.gpub.store */
	const char	*base[BUILD_BASES];	/* other packages, which those may
						   hold who have none of this */
	size_t		 nbase;
	int		 any_id;	/* may replace another capsule's */
	/* A line worth telling that is no error; NULL: nobody listens. */
	void		(*tell)(const char *line);
};

struct built {
	char		*path;		/* of the package; to be freed */
	uint64_t	 serial;
	uint64_t	 size;		/* bytes of the file */
	size_t		 npage, nlang;
	int		 kept;		/* nothing changed, nothing written */
	char		 key_id[17];	/* "": unsigned */
};

/*
 * Make an edition as DESIGN.md says: whole or not at all, serial above the
 * one it replaces, nothing written when nothing changed.  0; -1: d has
 * errors, or else see e.
 */
int	build_run(const struct build *, struct built *, struct diag *d,
	    struct err *e);
/*
 * All that build_run() would find wrong, writing nothing; pages and
 * languages into the counters.  As above.
 */
int	build_dry(const char *dir, size_t *npage, size_t *nlang,
	    struct diag *d, struct err *e);
/* Every finding to stderr, a line each. */
void	build_print(const struct diag *);

#endif
