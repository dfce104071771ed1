/* SPDX-License-Identifier: ISC */
/* The rules of the Gopher views over a finished package. */
#ifndef CMD_VIEWS_H
#define CMD_VIEWS_H

struct diag;
struct err;
struct pkg;
struct profile;

/*
 * The rules of all views over all pages; what breaks one goes to d under the
 * name of its YAML file.  0, or -1: see e.
 */
int	views_check(struct pkg *, const struct profile *, struct diag *d,
	    struct err *e);

#endif
