/* SPDX-License-Identifier: ISC */
/* Where an edition comes from: its keys' succession, its serial's history. */
#ifndef CMD_LINEAGE_H
#define CMD_LINEAGE_H

struct buf;
struct err;
struct head;
struct pkg;
struct pub_key;

/*
 * The text of data/keys.txt for an edition that the key signs and that
 * replaces old: old's own, and, where old announces this very key, the step
 * from old's signer to it.  Nothing is added to b where there is no
 * succession.  old may be NULL.  The first signer of the line is not judged
 * here: readers do that by the key they trust, see chain_add().  So a forged
 * edition in old's place gains no trust; it makes an edition that readers of
 * the older key refuse, which `verify -p OLDKEY' shows.  0; -1: see e.
 */
int	lineage_keys(const struct pkg *old, const struct pub_key *,
	    struct buf *b, struct err *e);
/*
 * 1: the store beside gpub knows an edition with a higher serial than this
 * head, or with the same and another core: mirrors have seen it.  See e then.
 */
int	lineage_is_taken(const char *gpub, const struct head *,
	    struct err *e);

#endif
