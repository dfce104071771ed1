/* SPDX-License-Identifier: ISC */
/* Pictures in a capsule's folder that are taken for its cover in vain. */
#ifndef CMD_COVER_H
#define CMD_COVER_H

struct diag;

#define COVER		"cover.png"
#define COVER_MAX	(256u << 10)	/* bytes; it travels to every mirror */

/*
 * Warn of cover.jpg, Cover.PNG and the like, in the order of names, where
 * there is no cover.png that one of them may be the source of.
 */
void	cover_others(const char *dir, struct diag *);

#endif
