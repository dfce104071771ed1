/* SPDX-License-Identifier: ISC */
/*
 * Compact letters, what `u/SERIAL-CORE16' answers: the values of a head and of
 * its offer in binary, without those that the asker has already or can work
 * out of the blob; apeng-package(5), "THE COMPACT LETTER".  The head's text is
 * made again from them byte for byte, and is proven as any other.  Pure: bytes
 * in, struct out and back; what parses is written as it was.
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
 * A delta of at most so many bytes comes without hashes: they follow from what
 * it makes, and the signature shows that they are right.  A larger one is
 * judged before it is fetched, and so has them.
 */
#define COMPACT_DERIVED	4096
#define COMPACT_KEYS	4		/* bytes that stand for the keys */

enum compact_kind {
	COMPACT_FULL,			/* and a full blob */
	COMPACT_DELTA,			/* and a delta from the asker's edition */
	COMPACT_RENEWED,		/* of the asker's pages: no blob */
	COMPACT_HEAD			/* the head alone: no blob */
};

struct compact {
	enum compact_kind kind;
	int		 is_bare;	/* for somebody who has no edition: id
					   and keys are there, not `keys' */
	int		 in_parts;	/* from files: a blob is gone on with
					   by its parts, not by an offset */
	uint8_t		 keys[COMPACT_KEYS];
	/*
	 * Of it only what is_bare and the kind say is there: has_next always;
	 * id, key_id and next when bare; hashes and core_size unless they are
	 * derived or the asker's; wire_size unless the asker's.
	 */
	struct head	 head;
	uint8_t		 sig[64], all[64];
	const char	*text;		/* trusted comment, borrowed */
	size_t		 text_len;
	uint64_t	 size;		/* bytes of the blob; 0: none */
	uint8_t		 sha[32];	/* its hash; not of a derived one */
};

/* 1: the hashes follow from the blob, see COMPACT_DERIVED. */
int	compact_is_derived(const struct compact *);
/*
 * 1: a compact head of *used bytes, the blob follows; 0: more bytes are needed;
 * -1: it is none, see e.
 */
int	compact_parse(const uint8_t *, size_t, struct compact *, size_t *used,
	    struct err *);
void	compact_write(const struct compact *, struct buf *);
/*
 * From a signed head's text and the offer that goes with it, for whoever has
 * the edition `asker' (serial 0: none).  The text must outlive c.  -1: see e.
 */
int	compact_make(struct compact *c, const char *head, size_t len,
	    const struct edition *asker, const struct offer *, struct err *);
/*
 * What the asker's own head says goes into c->head.  1; 0: the keys are other
 * ones than the asker's, so that the head cannot be made again.
 */
int	compact_fill(struct compact *c, const struct head *asker);
/* The head's text, once all of c->head is there. */
void	compact_text(const struct compact *, struct buf *);

#endif
