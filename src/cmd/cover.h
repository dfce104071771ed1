/* SPDX-License-Identifier: ISC */
/*
 * Pictures in a capsule's folder that seem meant as its cover but are not used.
 */
#ifndef CMD_COVER_H
#define CMD_COVER_H

struct diag;

#define COVER		"cover.png"
#define COVER_MAX	(256u << 10)	/* bytes; every mirror fetches it */

/*
 * Warn of cover.jpg, Cover.PNG and the like, in the order of their names.  Call
 * it only when there is no cover.png, since one of them may be its source.
 */
void	cover_others(const char *dir, struct diag *);

#endif
