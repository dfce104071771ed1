/* SPDX-License-Identifier: ISC */
/*
 * Compact letters, the answer to `u/SERIAL-CORE16': the values of a head and of
 * its offer in binary, without those that the asker has already or can compute
 * from the blob; apeng-package(5), "THE COMPACT LETTER".  The head's text is
 * made again from them byte for byte, and is proven like any other head.  Pure:
 * bytes in, struct out and back; write(parse(x)) is x.
 */
#ifndef PACKAGE_COMPACT_H
#define PACKAGE_COMPACT_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"
#include "package/offer.h"

struct buf;
struct err;

#define COMPACT_SAME	"same\n"	/* the answer when nothing is new */
#define COMPACT_FIRST	"\xfe\0"	/* the first bytes of all others */
#define COMPACT_FIRST_LEN 2
/* Bytes before the blob, at most. */
#define COMPACT_MAX	(512 + HEAD_MAX)
/*
 * A delta of at most so many bytes comes without hashes: the reader computes
 * them from what the delta makes, and the signature shows that they are right.
 * A larger delta comes with hashes, so that the reader can check the head
 * before it fetches the delta.
 */
#define COMPACT_DERIVED	4096
#define COMPACT_KEYS	4		/* bytes that stand for the keys */

enum compact_kind {
	COMPACT_FULL,			/* and a full blob */
	COMPACT_DELTA,			/* and a delta from what the asker has */
	COMPACT_RENEWED,		/* a new head of the pages that the
					   asker has: no blob */
	COMPACT_HEAD			/* only the head: no blob */
};

struct compact {
	enum compact_kind kind;
	int		 is_bare;	/* for somebody who has no edition: id
					   and keys are there, not `keys' */
	int		 in_parts;	/* the origin is a folder of files: a
					   mirror resumes the blob by its parts,
					   not at an offset */
	uint8_t		 keys[COMPACT_KEYS];
	/*
	 * Only these values of it are set: has_next always; id, key_id and next
	 * when is_bare; the hashes and core_size unless they are derived or
	 * equal to the asker's; wire_size unless it is equal to the asker's.
	 */
	struct head	 head;
	uint8_t		 sig[64], all[64];
	const char	*text;		/* trusted comment, borrowed */
	size_t		 text_len;
	uint64_t	 size;		/* bytes of the blob; 0: none */
	uint8_t		 sha[32];	/* its hash, unless it is derived */
};

/* 1: the hashes follow from the blob, see COMPACT_DERIVED. */
int	compact_is_derived(const struct compact *);
/*
 * 1: a compact head of *used bytes was read, the blob follows; 0: more bytes
 * are needed; -1: it is no compact head, see e.
 */
int	compact_parse(const uint8_t *, size_t, struct compact *, size_t *used,
	    struct err *);
void	compact_write(const struct compact *, struct buf *);
/*
 * Make c from a signed head's text and the offer that belongs to it, for
 * whoever has the edition `asker' (serial 0: none).  The text must outlive c.
 * -1: see e.
 */
int	compact_make(struct compact *c, const char *head, size_t len,
	    const struct edition *asker, const struct offer *, struct err *);
/*
 * Copy the values that the letter left out from the asker's own head into
 * c->head.  1; 0: the keys are not the asker's, so the head cannot be made
 * again.
 */
int	compact_fill(struct compact *c, const struct head *asker);
/* Append the head's text; all of c->head must be set. */
void	compact_text(const struct compact *, struct buf *);

#endif
