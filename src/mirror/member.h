/* SPDX-License-Identifier: ISC */
/* Take one member's letter: prove it and swap the member's file, or refuse. */
#ifndef MIRROR_MEMBER_H
#define MIRROR_MEMBER_H

#include <stddef.h>
#include <stdint.h>

#include "package/members.h"
#include "package/offer.h"

struct compact;
struct err;
struct mirror;

/* What is asked of it. */
struct member_job {
	struct mirror		*m;		/* conf and lines for the user */
	const char		*dir;
	const struct anchor	*anchor;	/* given by the user */
	size_t			 nanchor;
	const struct members	*list;		/* of the proven catalogue */
	const struct member	*member;	/* of it */
};

enum member_took {
	MEMBER_NEW,			/* the file is another edition now */
	MEMBER_SAME,			/* it is that edition already */
	MEMBER_TEXT,			/* ask for it by the text of its head */
	MEMBER_REFUSED,			/* see e */
	MEMBER_STOP			/* this machine failed, see e */
};

/* DIR/ID.gpub, to be freed; NULL: no memory. */
char	*member_path(const char *dir, const char *id);
/* The edition of that file, serial 0: it is not there, or is no package. */
void	 member_held(const char *dir, const char *id, struct edition *);
/* From a compact letter and its blob; *ed is the new edition. */
enum member_took member_take_compact(const struct member_job *,
	    struct compact *, const uint8_t *blob, struct edition *ed,
	    struct err *);
/* The same from the text of a head and the offer behind it. */
enum member_took member_take_text(const struct member_job *,
	    const char *head, size_t len, const struct offer *,
	    const uint8_t *blob, struct edition *ed, struct err *);

#endif
