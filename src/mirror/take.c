/* SPDX-License-Identifier: ISC */
/*
 * What a mirror does with a head and the offer behind it, from the net or from
 * a letter.  The head is judged by its signature.  Nobody signs the offer, so
 * its size is compared with what the head says, and a source that offers
 * another blob each time is not asked any more.
 */
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "mirror/heads.h"
#include "mirror/outcome.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "mirror/take.h"
#include "package/blob.h"
#include "package/reader.h"

#define OFFERS_MAX	8		/* different blobs, of one source */

/*
 * 1: this source offers another blob each time it is asked.  Offers are not
 * signed: a source that goes on so would keep the mirror busy, and fill the
 * disk, without end.
 */
static int
is_fickle(struct source *s, const struct offer *o)
{
	if (o->size == 0 || (s->offers > 0 &&
	    memcmp(s->offered, o->sha, sizeof(s->offered)) == 0))
		return 0;
	memcpy(s->offered, o->sha, sizeof(s->offered));
	return ++s->offers > OFFERS_MAX;
}

/* A delta must start from the edition that is here, and be wanted. */
static enum fetch
check_base(struct mirror *m, struct source *s, const struct offer *o,
    struct err *e)
{
	const struct pkg *base = s->whole ? NULL : mirror_base(m);
	int		 wants_delta = base != NULL;

	if (o->size == 0 || !o->has_base || (wants_delta &&
	    memcmp(o->base, pkg_head(base)->core, SHORT_LEN) == 0))
		return FETCH_WHOLE;
	err_set(e, "%s: wrong base: offers a delta from an edition that is not "
	    "here", s->url);
	if (!wants_delta || s->kind == SOURCE_FILE)
		return FETCH_REFUSED;
	s->whole = 1;
	mirror_say(m, MIRROR_WARN, "%s; asking for all of it", e->msg);
	return FETCH_AGAIN;
}

/* Make it the job, unless it is the job already. */
static enum fetch
begin(struct mirror *m, const char *text, size_t len, const struct offer *o,
    struct err *e)
{
	size_t	 i;

	if (m->job.active && m->job.len == len &&
	    memcmp(m->job.comment, text, len) == 0 &&
	    m->job.offer.size == o->size &&
	    memcmp(m->job.offer.sha, o->sha, sizeof(o->sha)) == 0)
		return FETCH_WHOLE;
	if (job_begin(&m->job, m->dir, text, len, o, e) == -1)
		return FETCH_STOP;
	m->job.is_proven = mirror_is_proven(m, text, len);
	for (i = 0; i < m->conf->nsource; i++)
		m->conf->source[i].no_blob = 0;
	return FETCH_WHOLE;
}

enum fetch
take_offer(struct mirror *m, struct source *s, const char *text, size_t len,
    struct offer *o, struct err *e)
{
	struct head	 h;
	enum fetch	 f;

	if ((f = mirror_wants(m, s, text, len, &h, e)) != FETCH_WHOLE)
		return f;
	if (m->cur != NULL && memcmp(h.core, pkg_head(m->cur)->core,
	    sizeof(h.core)) == 0)
		o->size = 0;		/* the same pages, renewed */
	else if (o->size == 0 && m->cur == NULL && m->other != NULL &&
	    !s->whole && s->kind != SOURCE_FILE) {
		/* It took the serial of another package for one of its own. */
		s->whole = 1;
		return FETCH_AGAIN;
	} else if (o->size == 0) {
		err_set(e, "%s: offers nothing for edition %" PRIu64,
		    s->url, h.serial);
		return FETCH_REFUSED;
	}
	if (o->size > blob_max(h.wire_size)) {
		err_set(e, "%s: offers a blob of %" PRIu64 " bytes for a wire "
		    "form of %" PRIu64, s->url, o->size, h.wire_size);
		return FETCH_REFUSED;
	}
	if ((f = check_base(m, s, o, e)) != FETCH_WHOLE)
		return f;
	if (is_fickle(s, o)) {
		err_set(e, "%s: changes its offer again and again", s->url);
		return FETCH_REFUSED;
	}
	return begin(m, text, len, o, e);
}
