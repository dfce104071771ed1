/* SPDX-License-Identifier: ISC */
/*
 * apeng export --origin: write the files that make any file server an origin.
 */
#ifndef CMD_ORIGIN_H
#define CMD_ORIGIN_H

struct anchors;
struct err;

#define ORIGIN_FILES		1	/* the files beside the text, too */
#define ORIGIN_SMALL_PARTS	2	/* small parts, too */

/*
 * Write what mirrors of the package `gpub' ask for below dir/apeng/.  If keys
 * are given, one of them must prove the package, or nothing is written.  up/
 * gets an answer for each edition that has a delta, b/ the blobs whole, p/ the
 * blobs in parts of ORIGIN_PART bytes, u/ the answers in the compact form; head
 * and keys are files; ORIGIN_SMALL_PARTS: s/ gets parts of ORIGIN_SMALL bytes.
 * Blobs are written first, so that an answer never names one that is missing.
 * Each file is replaced whole.  Blobs of the edition before stay; older ones
 * are removed if their bytes have the hash that is their name.  0; -1: see e.
 */
int	origin_write(const char *gpub, const char *dir, const struct anchors *,
	    unsigned flags, struct err *e);

#endif
