/* SPDX-License-Identifier: ISC */
/* Find pages whose text has changed and whose date has not. */
#ifndef CMD_UNDATED_H
#define CMD_UNDATED_H

struct diag;
struct pkg;
struct profile;

/*
 * Warn of each page of p whose text in new differs from that in old, the
 * edition that new replaces, while its date is the same.  Events and links to
 * pages are not compared.
 */
void	 undated_warn(const struct profile *p, const struct pkg *old,
	    const struct pkg *new, struct diag *d);

#endif
