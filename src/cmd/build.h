/* SPDX-License-Identifier: ISC */
/* Make an edition of a capsule: for `build', `check' and `serve --watch'. */
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
	int		 readable_key;	/* allow that others can read it */
	const char	*out;		/* NULL: ID.gpub in this folder */
	const char	*replaces;	/* the edition before; NULL: out */
	int		 serial_anew;	/* ignore that edition's serial */
	int		 dated_ahead;	/* allow dates after tomorrow */
	uint64_t	 above;		/* make the serial higher than this */
	int		 renew;		/* a new head for the same pages */
	int		 no_blobs;	/* make no NAME.gpub.store */
	/* Others' packages: deltas for those who hold one and none of this. */
	const char	*base[BUILD_BASES];
	size_t		 nbase;
	int		 any_id;	/* may replace another capsule's */
	/* Called with a line for the user that is no error; NULL: not told. */
	void		(*tell)(const char *line);
};

struct built {
	char		*path;		/* of the package; to be freed */
	uint64_t	 serial;
	uint64_t	 size;		/* bytes of the file */
	size_t		 npage, nlang;
	int		 kept;		/* 1: the edition before stays */
	char		 key_id[17];	/* "": unsigned */
};

/*
 * Make an edition.  The package is written whole or not at all, its serial is
 * above that of the edition that it replaces (unless serial_anew), and when
 * nothing changed that edition stays.  out->path is then to be freed.  0; -1: d
 * has errors, or else see e.
 */
int	build_run(const struct build *, struct built *, struct diag *d,
	    struct err *e);
/*
 * Find what build_run() would find wrong with the capsule itself, without a key
 * and an older edition; no file is left behind.  Counts pages and languages.
 * 0; -1: d has errors, or else see e.
 */
int	build_dry(const char *dir, size_t *npage, size_t *nlang,
	    struct diag *d, struct err *e);
/* Print every finding to standard error, a line each. */
void	build_print(const struct diag *);

#endif
