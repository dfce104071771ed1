/* SPDX-License-Identifier: ISC */
/* Pages that say something else than before under the same date. */
#ifndef CMD_UNDATED_H
#define CMD_UNDATED_H

struct diag;
struct pkg;
struct profile;

/*
 * Warn of each page of p whose text is another in new than in old, the
 * edition that it replaces, while its date is the same.  Events and the words
 * of links to pages do not count.
 */
void	 undated_warn(const struct profile *p, const struct pkg *old,
	    const struct pkg *new, struct diag *d);

#endif
