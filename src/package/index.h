/* SPDX-License-Identifier: ISC */
/*
 * The index of one edition in a store, the file SERIAL-CORE16:
 *
 *	apeng-store 1
 *	edition SERIAL-CORE16
 *	wire SHA256 BYTES
 *	full SHA256 BYTES
 *	from SERIAL-CORE16 WIRE BYTES FULL|- BYTES DELTA|- BYTES
 *
 * with a `from' line for each older edition, newest first: its wire form,
 * its full blob and the delta from it to this edition.
 */
#ifndef PACKAGE_INDEX_H
#define PACKAGE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "package/offer.h"

struct buf;
struct err;
struct head;

#define STORE_EDITIONS	32		/* older editions with a delta */

struct index_file {
	uint64_t	size;		/* 0: there is none */
	uint8_t		sha[32];
};

struct index_from {
	struct edition	 ed;
	struct index_file wire, full, delta;
};

struct index {
	struct edition	 ed;
	struct index_file wire, full;
	size_t		 n;
	struct index_from from[STORE_EDITIONS];
};

int	storeix_parse(const char *, size_t, struct index *, struct err *);
void	storeix_write(const struct index *, struct buf *);
/* The edition of a head. */
void	storeix_edition(const struct head *, struct edition *);
/* NAME.gpub.store to be freed; NULL when there is no memory. */
char	*storeix_dir(const char *gpub);
/* DIR/NAME to be freed; NULL when there is no memory. */
char	*storeix_path(const char *dir, const struct edition *);
char	*storeix_blob_path(const char *dir, const struct index_file *);
/*
 * Read the index of an edition.  1: read; 0: it is missing or damaged; -1: no
 * memory.
 */
int	storeix_load(const char *dir, const struct edition *, struct index *,
	    struct err *);
int	storeix_save(const char *dir, const struct index *, struct err *);

#endif
