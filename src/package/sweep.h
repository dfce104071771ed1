/* SPDX-License-Identifier: ISC */
/* Remove the files of a store that no edition needs any longer. */
#ifndef PACKAGE_SWEEP_H
#define PACKAGE_SWEEP_H

struct err;
struct pkg;

/*
 * Remove the files that neither p nor the edition before it needs.  Folders
 * stay, whatever they are called.
 */
int		 store_sweep(const char *gpub, const struct pkg *p,
		    struct err *);

#endif
