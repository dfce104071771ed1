/* SPDX-License-Identifier: ISC */
/*
 * What is new at a source?  It is asked for a compact letter first; one that
 * knows none is asked by the older names, and that is remembered until the next
 * edition is here.  Whatever the form of the answer, it becomes the text of a
 * head and an offer, and take_offer() judges these.  The source is a stranger:
 * a short delta whose hashes are worked out here is bounded in size, is read
 * whole before anything is kept, and where it does not lead to a head that is
 * proven, the same source is asked for the text.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/ask.h"
#include "mirror/heads.h"
#include "mirror/judge.h"
#include "mirror/keys.h"
#include "mirror/line.h"
#include "mirror/oldnames.h"
#include "mirror/source.h"
#include "mirror/take.h"
#include "mirror/up.h"
#include "package/compact.h"
#include "package/hash.h"
#include "package/reader.h"
#include "package/wire.h"

#define TEXT_WORD	"apeng-head "

/* An answer up to its blob. */
struct up_answer {
	int		 is_same;	/* nothing is new */
	struct buf	 head;		/* the head's text */
	struct offer	 offer;
	size_t		 used;		/* bytes before the blob */
};

/*
 * A file server that takes an answer for text ends its lines with CR LF, but
 * the head was signed without CR.  1: done or not needed; 0: more bytes are
 * needed.
 */
static int
strip_cr(struct buf *b)
{
	const char	*end;

	if (!ask_has_cr(b))
		return 1;
	if ((end = memmem(b->data, b->len, "\r\n\r\n", 4)) == NULL)
		return b->len > HEAD_MAX + OFFER_LINE_MAX;
	ask_drop_cr(b, (size_t)(end - b->data) + 4);
	return 1;
}

static enum fetch
no_memory(struct err *e)
{
	err_nomem(e);
	return FETCH_STOP;
}

/* The answer in text. */
static enum fetch
text_answer(struct line *l, struct up_answer *a, int *gone, struct err *e)
{
	struct err	 why;
	enum fetch	 f;
	size_t		 head_len;
	int		 n;

	for (;;) {
		if (l->in.len > 0 && (f = line_first_word(l, TEXT_WORD,
		    e)) != FETCH_WHOLE) {
			*gone = 1;
			return f;
		}
		memset(&a->offer, 0, sizeof(a->offer));
		if (strip_cr(&l->in) && (n = offer_answer(l->in.data,
		    l->in.len, &head_len, &a->offer, &a->used, &why)) != 0)
			break;
		if ((f = line_need(l, "the head", e)) != FETCH_WHOLE)
			return f;
	}
	if (n == -1) {
		err_set(e, "%s: %s", l->s->url, why.msg);
		return FETCH_REFUSED;
	}
	buf_add(&a->head, l->in.data, head_len);
	return buf_ok(&a->head) ? FETCH_WHOLE : no_memory(e);
}

/* Ask for the text from now on, in this run. */
static enum fetch
ask_for_text(struct line *l, const char *why)
{
	l->s->names = NAMES_PLAIN;
	mirror_say(l->m, MIRROR_NOTE, "%s: %s; asking for it as text",
	    l->s->url, why);
	return FETCH_AGAIN;
}

/*
 * Work out the hashes that a compact letter leaves out, from the whole delta.
 * When they do not make a head that is proven, the letter or the base is wrong,
 * and nobody knows which.
 */
static enum fetch
derive(struct line *l, struct compact *c, size_t used, struct err *e)
{
	struct mirror	*m = l->m;
	struct head	*h = &c->head;
	const uint8_t	*blob;
	struct err	 why;
	enum fetch	 f;

	if (h->wire_size > m->conf->max_size) {
		err_set(e, "%s: too large: a package of %" PRIu64 " bytes, at "
		    "most %" PRIu64 " (--max-size)", l->s->url, h->wire_size,
		    m->conf->max_size);
		return FETCH_REFUSED;
	}
	while (l->in.len - used < c->size) {
		if (l->ended)
			return ask_for_text(l, "the line broke in a short "
			    "delta");
		if ((f = line_more(l, e)) == FETCH_STOP || f == FETCH_SLOW)
			return f;
		if (f != FETCH_WHOLE)
			return ask_for_text(l, e->msg);
	}
	blob = (const uint8_t *)l->in.data + used;
	if (pkg_derive(blob, (size_t)c->size, m->cur, m->conf->file, h,
	    &why) == 0 &&
	    sha_bytes(blob, (size_t)c->size, c->sha, &why) == 0)
		return FETCH_WHOLE;
	if (why.status == STATUS_REFUSED)
		return ask_for_text(l, why.msg);
	*e = why;
	return FETCH_STOP;
}

/* The values of a compact head, whole, as text and offer. */
static enum fetch
unfold(struct line *l, struct compact *c, struct up_answer *a, struct err *e)
{
	struct mirror	*m = l->m;
	const struct head *here = m->cur == NULL ? NULL : pkg_head(m->cur);
	struct err	 why;
	enum fetch	 f;

	if (!c->is_bare && (here == NULL || l->s->whole)) {
		err_set(e, "%s: a letter for an edition that is not here",
		    l->s->url);
		return FETCH_REFUSED;
	}
	if (!c->is_bare && !compact_fill(c, here))
		return ask_for_text(l, "another key than before");
	if (compact_is_derived(c) &&
	    (f = derive(l, c, a->used, e)) != FETCH_WHOLE)
		return f;
	a->offer.size = c->size;
	memcpy(a->offer.sha, c->sha, sizeof(a->offer.sha));
	a->offer.has_base = c->kind == COMPACT_DELTA;
	if (a->offer.has_base)
		memcpy(a->offer.base, here->core, SHORT_LEN);
	compact_text(c, &a->head);
	if (!buf_ok(&a->head))
		return no_memory(e);
	if (compact_is_derived(c) && trust_judge(m->anchor, m->nanchor,
	    a->head.data, a->head.len, NULL, 0, NULL, &why) != TRUST_PROVEN)
		return ask_for_text(l, why.msg);
	return FETCH_WHOLE;
}

static enum fetch
compact_answer(struct line *l, struct up_answer *a, struct err *e)
{
	struct compact	 c;
	struct err	 why;
	enum fetch	 f;
	int		 n;

	while ((n = compact_parse((const uint8_t *)l->in.data, l->in.len, &c,
	    &a->used, &why)) == 0)
		if ((f = line_need(l, "the head", e)) != FETCH_WHOLE)
			return f;
	if (n == -1) {
		err_set(e, "%s: %s", l->s->url, why.msg);
		return FETCH_REFUSED;
	}
	if (c.in_parts && l->s->kind != SOURCE_HTTP &&
	    l->s->parts == PARTS_NONE)
		l->s->parts = PARTS_USUAL;
	return unfold(l, &c, a, e);
}

/*
 * Find out which form the answer has. *gone: none of them, so the source has no
 * answer under that name.
 */
static enum fetch
read_answer(struct line *l, struct up_answer *a, int *gone, struct err *e)
{
	const size_t	 n = strlen(COMPACT_SAME);
	enum fetch	 f;

	while (l->in.len < n && !l->ended)
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	if (l->in.len > 0 && l->in.data[0] == COMPACT_FIRST[0])
		return compact_answer(l, a, e);
	a->used = n;
	a->is_same = l->in.len >= n && (memcmp(l->in.data, COMPACT_SAME,
	    n) == 0 || memcmp(l->in.data, "same\r", n) == 0);
	return a->is_same ? FETCH_WHOLE : text_answer(l, a, gone, e);
}

/*
 * The source has no answer of that name: try the other names, and then the
 * whole, since files hold deltas from some editions only.
 */
static enum fetch
not_there(struct line *l, int is_whole, struct err *e)
{
	struct source	*s = l->s;

	if (s->names == NAMES_COMPACT) {
		if (!s->is_known && oldnames_add(l->m->dir, s->url,
		    l->m->result->serial, e) == -1)
			return FETCH_STOP;
		s->names = s->kind == SOURCE_HTTP ? NAMES_PLAIN : NAMES_DOT;
	} else if (s->names == NAMES_DOT)
		s->names = NAMES_PLAIN;
	else if (!is_whole)
		s->whole = 1;
	else
		return FETCH_REFUSED;
	return FETCH_AGAIN;
}

/*
 * Below an id the old names alone say that the answer is of that package, so a
 * mirror that knows no id yet begins with these.
 */
static void
choose_names(const struct mirror *m, struct source *s)
{
	if (s->names == NAMES_COMPACT && !s->is_known && s->path[0] != '\0' &&
	    s->kind != SOURCE_HTTP && m->state.id[0] == '\0')
		s->names = NAMES_DOT;
}

void
up_recall(const struct mirror *m, struct source *s)
{
	if (s->names == NAMES_COMPACT && !s->is_known &&
	    oldnames_has(m->dir, s->url, m->result->serial))
		s->names = s->kind == SOURCE_HTTP ? NAMES_PLAIN : NAMES_DOT;
}

/*
 * A head by an unknown key is proven by its succession, before its blob is
 * fetched; what else is wrong with it is take_offer()'s to say.
 */
static enum fetch
prove(struct line *l, const struct buf *head, struct err *e)
{
	struct mirror	*m = l->m;
	struct head	 h;
	struct err	 why;

	if (mirror_judge(m, NULL, head->data, head->len, &h, &why) !=
	    VERDICT_NEW || mirror_is_proven(m, head->data, head->len))
		return FETCH_WHOLE;
	return keys_prove(m, l->s, head->data, head->len, &h, e);
}

/*
 * An answer of the right form is judged.  `Same' says of the edition that is
 * here what its own head says: that is judged once more, since it may have
 * expired, or be older than one that was here before.
 */
static enum fetch
judge_answer(struct line *l, struct up_answer *a, int is_whole, struct err *e)
{
	struct mirror	*m = l->m;
	const char	*text;
	enum fetch	 f;
	size_t		 n;

	if (a->is_same && is_whole) {
		err_set(e, "%s: says that nothing is new, to a mirror that has "
		    "nothing", l->s->url);
		return FETCH_REFUSED;
	}
	if (a->is_same) {
		text = pkg_comment(m->cur, &n);
		buf_add(&a->head, text, n);
	}
	if (!buf_ok(&a->head))
		return no_memory(e);
	l->s->is_known = 1;
	if ((f = prove(l, &a->head, e)) != FETCH_WHOLE)
		return f;
	return take_offer(m, l->s, a->head.data, a->head.len, &a->offer, e);
}

enum fetch
up_fetch(struct line *l, struct err *e)
{
	struct mirror	*m = l->m;
	struct source	*s = l->s;
	struct up_answer	 a = { .head = BUF_INIT };
	struct edition	 ed;
	struct buf	 what = BUF_INIT;
	const struct pkg *base = s->whole ? NULL : mirror_base(m);
	const int	 is_other = base != NULL && base != m->cur;
	enum fetch	 f;
	int		 gone;

	memset(&ed, 0, sizeof(ed));
	if (base != NULL) {
		ed.serial = pkg_head(base)->serial;
		memcpy(ed.core, pkg_head(base)->core, SHORT_LEN);
	}
	choose_names(m, s);
	/* Files have no answer for each subset that somebody may want. */
	l->is_all = m->conf->all != NULL && m->cur != NULL && !s->whole &&
	    !s->no_all &&
	    s->names == NAMES_COMPACT && s->kind != SOURCE_HTTP;
	buf_fmt(&what, "%s%s/", source_below(s), l->is_all ? "all" :
	    s->names == NAMES_COMPACT && !is_other ? "u" : "up");
	edition_write(&ed, &what);
	if (l->is_all)
		buf_fmt(&what, "/%s", m->conf->all);
	if ((f = line_ask_below(l, &what, 0, &gone, e)) == FETCH_WHOLE)
		f = read_answer(l, &a, &gone, e);
	if (gone && l->is_all) {
		s->no_all = 1;
		f = FETCH_AGAIN;
	} else if (gone && is_other) {
		s->whole = 1;		/* no delta from there */
		f = FETCH_AGAIN;
	} else if (gone)
		f = not_there(l, ed.serial == 0, e);
	else if (f == FETCH_WHOLE)
		f = judge_answer(l, &a, ed.serial == 0 || is_other, e);
	l->is_all &= !gone && (f == FETCH_WHOLE || f == FETCH_NOTHING);
	if (l->is_all || (f == FETCH_WHOLE && !job_is_whole(&m->job)))
		line_eat(l, a.used);
	buf_free(&a.head);
	return f;
}
