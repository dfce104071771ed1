/* SPDX-License-Identifier: ISC */
/* Check the rules of the Gopher views in a finished package. */
#ifndef CMD_VIEWS_H
#define CMD_VIEWS_H

struct diag;
struct err;
struct pkg;
struct profile;

/*
 * Check the rules of all views for all pages; what breaks one goes to d under
 * the name of its YAML file.  0, or -1: see e.
 */
int	views_check(struct pkg *, const struct profile *, struct diag *d,
	    struct err *e);

#endif
