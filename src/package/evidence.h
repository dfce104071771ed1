/* SPDX-License-Identifier: ISC */
/*
 * Evidence that a publisher, or whoever has the key, has signed two contents
 * under one serial: both signed heads and the keys that signed them, as a text
 * that proves it to anybody; apeng-package(5), "EVIDENCE".
 */
#ifndef PACKAGE_EVIDENCE_H
#define PACKAGE_EVIDENCE_H

#include <stddef.h>

#include "package/head.h"

struct buf;
struct err;

#define EVIDENCE_FIRST	"apeng-evidence 1"	/* first line, without LF */
#define EVIDENCE_MAX	(sizeof(EVIDENCE_FIRST) + \
			    2 * (HEAD_MAX + KEY_STRING + 8))

struct evidence {
	struct {
		struct pub_key	 key;
		const char	*text;	/* borrowed: the signed head, whole */
		size_t		 len;
		struct head	 head;
	} side[2];			/* by core hash, the smaller first */
};

/*
 * 1: the two heads are of one package and serial and of different cores, and
 * each is signed by its key; 0: they are not; see e why.
 */
int	evidence_holds(const struct evidence *, struct err *);
/* Two heads and their keys in order; the texts must outlive v.  -1: see e. */
int	evidence_make(struct evidence *v, const char *a, size_t na,
	    const struct pub_key *ka, const char *b, size_t nb,
	    const struct pub_key *kb, struct err *);
/*
 * Strict, and everything that evidence_holds() asks; write(parse(x)) is x.
 * The text must outlive v.  -1: see e.
 */
int	evidence_parse(struct evidence *v, const char *, size_t,
	    struct err *);
void	evidence_write(const struct evidence *, struct buf *);

#endif
