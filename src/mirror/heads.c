/* SPDX-License-Identifier: ISC */
/*
 * How a run judges and notes heads, and says their warnings.  A head comes from
 * a stranger: nothing in it is believed before judge_head() has said so.
 */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "mirror/heads.h"
#include "mirror/source.h"
#include "mirror/witness.h"
#include "package/reader.h"

enum verdict
mirror_judge(const struct mirror *m, const struct source *s, const char *text,
    size_t len, struct head *h, struct err *e)
{
	struct judge	 j;
	struct err	 why;
	enum verdict	 v;
	char		 date[21], id[17];
	int		 warn;

	memset(&j, 0, sizeof(j));
	j.anchor = m->anchor;
	j.nanchor = m->nanchor;
	j.keys = m->keys.data;
	j.nkeys = m->keys.len;
	j.now = clock_wall();
	j.accept_serial = m->conf->accept_serial;
	j.max_size = m->conf->max_size;
	/* A server of ours has its packages below their ids. */
	if (s != NULL && (s->kind == SOURCE_GOPHER ||
	    s->kind == SOURCE_GEMINI) && s->names == NAMES_DOT &&
	    s->path[0] != '\0')
		j.id = s->path + 1;
	v = judge_head(&j, &m->state, text, len, h, &warn, &why);
	if (s != NULL && h->is_signed)
		witness_compare(m, text, len, h);
	if (v == VERDICT_NEW && (warn & WARN_UNPROVEN) && s != NULL &&
	    m->job.active && m->job.is_proven) {
		err_set(&why, "signed by a key that is not known here, while a "
		    "proven edition is being fetched");
		v = VERDICT_REFUSED;
	}
	if (v == VERDICT_REFUSED) {
		err_set(e, "%s: %s", s != NULL ? s->url : "job", why.msg);
		return v;
	}
	if (v == VERDICT_SAME && (m->cur == NULL ||
	    pkg_head(m->cur)->serial != h->serial ||
	    memcmp(pkg_head(m->cur)->core, h->core, sizeof(h->core)) != 0))
		v = VERDICT_NEW;
	if (s == NULL)
		return v;
	if (warn & WARN_AHEAD) {
		clock_format(h->published, date);
		mirror_say(m, MIRROR_WARN, "%s: edition %" PRIu64 " is dated "
		    "%.10s: either that date or this machine's clock is "
		    "wrong; taken all the same", s->url, h->serial, date);
	}
	if (warn & WARN_UNPROVEN) {
		key_id_format(h->key_id, id);
		mirror_say(m, MIRROR_NOTE, "%s: signed by key %s, which is not "
		    "known here; the package must show its succession",
		    s->url, id);
	}
	if (warn & WARN_EXPIRED) {
		clock_format(h->expires, date);
		mirror_say(m, MIRROR_WARN, "%s: edition %" PRIu64 " has "
		    "expired on %.10s: is there nothing newer?", s->url,
		    h->serial, date);
	}
	return v;
}

enum fetch
mirror_wants(const struct mirror *m, const struct source *s, const char *text,
    size_t len, struct head *h, struct err *e)
{
	switch (mirror_judge(m, s, text, len, h, e)) {
	case VERDICT_NEW:
		return FETCH_WHOLE;
	case VERDICT_SAME:
		return FETCH_NOTHING;
	default:
		return FETCH_REFUSED;
	}
}

int
mirror_is_proven(const struct mirror *m, const char *text, size_t len)
{
	return trust_judge(m->anchor, m->nanchor, text, len, m->keys.data,
	    m->keys.len, NULL, NULL) == TRUST_PROVEN;
}

void
mirror_note(struct mirror *m, const struct head *h, const struct proof *p,
    int force)
{
	char	 id[17], next[17];

	if (state_note(&m->state, h, p, force) != STATE_SECOND)
		return;
	key_id_format(h->key_id, id);
	key_id_format(h->next.id, next);
	mirror_say(m, MIRROR_WARN, "edition %" PRIu64 ": key %s announces key "
	    "%s as the next one, but it had announced another before; only "
	    "the first counts.  Somebody else may hold that key: ask the "
	    "publisher", h->serial, id, next);
}
