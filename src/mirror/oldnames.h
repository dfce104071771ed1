/* SPDX-License-Identifier: ISC */
/*
 * The sources that know no compact letters, FILE.mirror/old-names: a line
 * `SERIAL URL' each, with the edition that was here when they were asked.  They
 * are asked again once another edition is here.
 */
#ifndef MIRROR_OLDNAMES_H
#define MIRROR_OLDNAMES_H

#include <stdint.h>

struct err;

/* 1: this source was asked in vain while this edition was here. */
int	oldnames_has(const char *dir, const char *url, uint64_t serial);
/* Note it; -1: see e. */
int	oldnames_add(const char *dir, const char *url, uint64_t serial,
	    struct err *e);

#endif
