/* SPDX-License-Identifier: ISC */
/* The editions before an edition: the succession of keys, the serials used. */
#ifndef CMD_LINEAGE_H
#define CMD_LINEAGE_H

struct buf;
struct err;
struct head;
struct pkg;
struct pub_key;

/*
 * Append to b the text of data/keys.txt for an edition that the key signs and
 * that replaces old: the steps of old, and, when old announces this key as its
 * next, the step from old's signer to it.  Nothing is appended when there is no
 * succession.  old may be NULL.  The first signer is not checked here: readers
 * do that by the key they trust, see chain_add().  So a forged edition in old's
 * place gains no trust; it makes an edition that readers of the older key
 * refuse, which `verify -p OLDKEY' shows.  0; -1: see e.
 */
int	lineage_keys(const struct pkg *old, const struct pub_key *,
	    struct buf *b, struct err *e);
/*
 * 1: the store beside gpub has an edition with a higher serial than this head,
 * or with the same serial and another core, which mirrors may have; see e.  0:
 * it has none.
 */
int	lineage_is_taken(const char *gpub, const struct head *,
	    struct err *e);

#endif
