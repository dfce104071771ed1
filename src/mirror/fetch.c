/* SPDX-License-Identifier: ISC */
/*
 * One attempt at one source over the net: ask, judge the head, append
 * the blob's bytes to the job's part.  The source is a stranger: every length
 * it names is bounded, its head counts only when mirror_judge() took it, and
 * its bytes count only when the whole blob has the right hash.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "mirror/fetch.h"
#include "mirror/line.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "mirror/take.h"
#include "package/hash.h"
#include "package/reader.h"

static void
show_progress(const struct mirror *m)
{
	struct mirror_progress	 p;
	uint64_t		 ms;

	if (m->conf->progress == NULL)
		return;
	memset(&p, 0, sizeof(p));
	p.got = m->job.have;
	p.total = m->job.offer.size;
	ms = clock_mono_ms() - m->begun_ms;
	if (ms >= 1000)
		p.rate = m->got * 1000 / ms;
	if (p.rate > 0)
		p.left = (p.total - p.got) / p.rate;
	m->conf->progress(m->conf->arg, &p);
}

/*
 * The blob's bytes from `skip' bytes before the part's end on: append them
 * as they come, and never more than were offered.
 */
static enum fetch
blob_until(struct line *l, uint64_t skip, uint64_t end, struct err *e)
{
	struct job	*j = &l->m->job;
	enum fetch	 f;
	uint64_t	 room, n;

	for (;;) {
		n = l->in.len < skip ? l->in.len : skip;
		skip -= n;
		room = end - j->have;
		if (l->in.len - n > room) {
			err_set(e, "%s: the blob is longer than the %" PRIu64
			    " bytes that were offered", l->s->url,
			    j->offer.size);
			return FETCH_REFUSED;
		}
		l->m->got += l->in.len - n;
		l->s->meter_bytes += l->in.len - n;
		if (job_append(j, l->s, l->in.data + n,
		    l->in.len - (size_t)n, e) == -1)
			return FETCH_STOP;
		buf_reset(&l->in);
		show_progress(l->m);
		if (j->have == end)
			return FETCH_WHOLE;
		if (l->ended) {
			err_cannot(e, "%s: the line broke at %" PRIu64 " of %"
			    PRIu64 " bytes", l->s->url, j->have,
			    j->offer.size);
			return FETCH_CUT;
		}
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	}
}

static enum fetch
blob_body(struct line *l, uint64_t skip, struct err *e)
{
	return blob_until(l, skip, l->m->job.offer.size, e);
}

/*
 * The names below a source: with a dot since the first edition of this
 * program, and without one, since many file servers hide names with a dot.
 */
static const char	*const names[] = {
	[NAMES_DOT]	= "/.apeng/",
	[NAMES_PLAIN]	= "/apeng/",
};

static enum fetch
ask(struct line *l, struct buf *what, uint64_t from, int *gone, struct err *e)
{
	enum fetch	 f;

	*gone = 0;
	if (buf_ok(what))
		f = line_ask(l, what->data, from, gone, e);
	else {
		err_nomem(e);
		f = FETCH_STOP;
	}
	buf_free(what);
	return f;
}

#define CR_MARK		"apeng-head 1\r\n"

/* Take the CRs out of the first n bytes. */
static void
drop_cr(struct buf *b, size_t n)
{
	size_t		 i, to = 0;

	for (i = 0; i < n; i++)
		if (b->data[i] != '\r')
			b->data[to++] = b->data[i];
	memmove(b->data + to, b->data + n, b->len - n);
	buf_cut(b, b->len - (n - to));
}

static int
has_cr(const struct buf *b)
{
	return b->len >= strlen(CR_MARK) &&
	    memcmp(b->data, CR_MARK, strlen(CR_MARK)) == 0;
}

/*
 * A file server that takes an answer for text ends its lines with CR LF.  The
 * head was signed without.  1: done or not needed; 0: more bytes are needed.
 */
static int
strip_cr(struct buf *b)
{
	const char	*end;

	if (!has_cr(b))
		return 1;
	if ((end = memmem(b->data, b->len, "\r\n\r\n", 4)) == NULL)
		return b->len > HEAD_MAX + OFFER_LINE_MAX;
	drop_cr(b, (size_t)(end - b->data) + 4);
	return 1;
}

/* Read an answer up to its blob; *gone: there is none of that name. */
static enum fetch
up_answer(struct line *l, size_t *head_len, struct offer *o, size_t *used,
    int *gone, struct err *e)
{
	struct err	 why;
	enum fetch	 f;
	int		 n;

	for (;;) {
		if (l->in.len > 0 && (f = line_first_word(l, "apeng-head ",
		    e)) != FETCH_WHOLE) {
			*gone = 1;
			return f;
		}
		memset(o, 0, sizeof(*o));
		if (strip_cr(&l->in) && (n = offer_answer(l->in.data,
		    l->in.len, head_len, o, used, &why)) != 0)
			break;
		if (l->ended) {
			err_cannot(e, "%s: the line broke in the head",
			    l->s->url);
			return FETCH_CUT;
		}
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	}
	if (n == 1)
		return FETCH_WHOLE;
	err_set(e, "%s: %s", l->s->url, why.msg);
	return FETCH_REFUSED;
}

/*
 * The source has no answer of that name: try the names without a dot, and
 * then the whole, since files hold deltas from some editions only.
 */
static enum fetch
not_there(struct line *l, int is_whole)
{
	if (l->s->names == NAMES_DOT)
		l->s->names = NAMES_PLAIN;
	else if (!is_whole)
		l->s->whole = 1;
	else
		return FETCH_REFUSED;
	return FETCH_AGAIN;
}

/* Ask what is new; the answer has the blob at once. */
static enum fetch
fetch_up(struct line *l, struct err *e)
{
	struct mirror	*m = l->m;
	struct edition	 ed;
	struct offer	 o;
	struct buf	 what = BUF_INIT;
	enum fetch	 f;
	size_t		 head_len, used;
	int		 gone;

	memset(&ed, 0, sizeof(ed));
	if (m->cur != NULL && !l->s->whole) {
		ed.serial = pkg_head(m->cur)->serial;
		memcpy(ed.core, pkg_head(m->cur)->core, SHORT_LEN);
	}
	buf_fmt(&what, "%sup/", names[l->s->names]);
	edition_write(&ed, &what);
	if ((f = ask(l, &what, 0, &gone, e)) == FETCH_WHOLE)
		f = up_answer(l, &head_len, &o, &used, &gone, e);
	if (gone)
		return not_there(l, ed.serial == 0);
	if (f != FETCH_WHOLE)
		return f;
	if ((f = take_offer(m, l->s, l->in.data, head_len, &o, e)) !=
	    FETCH_WHOLE || job_is_whole(&m->job))
		return f;
	if (m->job.have > 0 && !l->s->no_blob)
		return FETCH_AGAIN;	/* by its offset */
	line_eat(l, used);
	return blob_body(l, m->job.have, e);
}

/* The first line of a resumed blob, taken off when it is right. */
static enum fetch
blob_line(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct job	*j = &l->m->job;
	struct blob_line b;
	enum fetch	 f;
	char		*lf;
	size_t		 n;

	for (;;) {
		if (l->in.len > 0 && (f = line_first_word(l, "apeng-blob ",
		    e)) != FETCH_WHOLE) {
			*gone = 1;
			return f;
		}
		if ((lf = l->in.len == 0 ? NULL : memchr(l->in.data, '\n',
		    l->in.len)) != NULL || l->in.len > OFFER_LINE_MAX)
			break;
		if (l->ended) {
			err_cannot(e, "%s: the line broke before the blob",
			    l->s->url);
			return FETCH_CUT;
		}
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	}
	n = lf == NULL ? l->in.len : (size_t)(lf - l->in.data);
	if (lf == NULL || blob_line_parse(l->in.data, n, &b) == -1 ||
	    memcmp(b.sha, j->offer.sha, SHORT_LEN) != 0 ||
	    b.offset != j->have || b.total != j->offer.size) {
		err_set(e, "%s: wrong blob line \"%.*s\", want %s %" PRIu64
		    " %" PRIu64, l->s->url, (int)(n > 120 ? 120 : n),
		    l->in.data, hex, j->have, j->offer.size);
		return FETCH_REFUSED;
	}
	line_eat(l, n + 1);
	return FETCH_WHOLE;
}

/* From a server of ours: the rest behind a line of its own. */
static enum fetch
blob_rest(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct buf	 what = BUF_INIT;
	enum fetch	 f;

	buf_fmt(&what, "%sb/%s/%" PRIu64, names[l->s->names], hex,
	    l->m->job.have);
	if ((f = ask(l, &what, 0, gone, e)) == FETCH_WHOLE)
		f = blob_line(l, hex, gone, e);
	return f == FETCH_WHOLE ? blob_body(l, 0, e) : f;
}

/* From files over HTTP: a range of the whole blob. */
static enum fetch
blob_range(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct buf	 what = BUF_INIT;
	uint64_t	 from = l->m->job.have;
	enum fetch	 f;

	buf_fmt(&what, "%sb/%s", names[l->s->names], hex);
	if ((f = ask(l, &what, from, gone, e)) != FETCH_WHOLE)
		return f;
	if (!l->is_part) {		/* the server knows no ranges */
		l->s->parts = 1;
		return FETCH_AGAIN;
	}
	return blob_body(l, 0, e);
}

/* From files where no offset can be asked for: one part after another. */
static enum fetch
blob_parts(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct job	*j = &l->m->job;
	struct buf	 what = BUF_INIT;
	uint64_t	 end;
	enum fetch	 f;

	while (j->have < j->offer.size) {
		end = (j->have / ORIGIN_PART + 1) * ORIGIN_PART;
		if (end > j->offer.size)
			end = j->offer.size;
		buf_fmt(&what, "%sp/%s/%" PRIu64, names[l->s->names], hex,
		    j->have / ORIGIN_PART);
		if ((f = ask(l, &what, 0, gone, e)) == FETCH_WHOLE)
			f = blob_until(l, j->have % ORIGIN_PART, end, e);
		if (f != FETCH_WHOLE)
			return f;
	}
	return FETCH_WHOLE;
}

/* Go on with the part at its end. */
static enum fetch
fetch_blob(struct line *l, struct err *e)
{
	struct source	*s = l->s;
	enum fetch	 f;
	char		 hex[SHORT_HEX + 1];
	int		 gone = 0;

	hex_format(l->m->job.offer.sha, SHORT_LEN, hex);
	if (s->parts)
		f = blob_parts(l, hex, &gone, e);
	else if (s->kind == SOURCE_HTTP)
		f = blob_range(l, hex, &gone, e);
	else
		f = blob_rest(l, hex, &gone, e);
	if (!gone)
		return f;
	if (s->kind != SOURCE_HTTP && !s->parts && s->names == NAMES_PLAIN) {
		s->parts = 1;
		return FETCH_AGAIN;
	}
	s->no_blob = 1;
	mirror_say(l->m, MIRROR_NOTE, "%s; asking what is new there", e->msg);
	return FETCH_AGAIN;
}

enum fetch
fetch_source(struct mirror *m, struct source *s, struct err *e)
{
	struct line	 l;
	enum fetch	 f;

	line_init(&l, m, s);
	if (m->job.active && m->job.have > 0 && !s->no_blob)
		f = fetch_blob(&l, e);
	else
		f = fetch_up(&l, e);
	line_free(&l);
	if (m->job.active && job_sync(&m->job, f == FETCH_STOP ? NULL : e) ==
	    -1)
		f = FETCH_STOP;
	return f;
}

enum fetch
fetch_head(struct mirror *m, struct source *s, struct buf *out,
    struct err *e)
{
	struct line	 l;
	struct buf	 what = BUF_INIT;
	enum fetch	 f;
	int		 gone;

	line_init(&l, m, s);
	buf_fmt(&what, "%shead", names[s->names]);
	f = ask(&l, &what, 0, &gone, e);
	while (f == FETCH_WHOLE && !l.ended && l.in.len <= HEAD_MAX) {
		if ((f = line_more(&l, e)) == FETCH_WHOLE && l.in.len > 0 &&
		    (f = line_first_word(&l, "apeng-head ", e)) !=
		    FETCH_WHOLE)
			gone = 1;
	}
	if (f == FETCH_WHOLE && l.in.len > HEAD_MAX) {
		err_set(e, "%s: head: over %d bytes", s->url, HEAD_MAX);
		f = FETCH_REFUSED;
	}
	if (f == FETCH_WHOLE && has_cr(&l.in)) {
		drop_cr(&l.in, l.in.len);
		if (l.in.len > 2 && memcmp(l.in.data + l.in.len - 3, "\n.\n",
		    3) == 0)		/* the end of a Gopher text */
			buf_cut(&l.in, l.in.len - 2);
	}
	if (f == FETCH_WHOLE)
		buf_add(out, l.in.data, l.in.len);
	line_free(&l);
	if (gone && s->names == NAMES_DOT) {
		s->names = NAMES_PLAIN;
		return fetch_head(m, s, out, e);
	}
	return f;
}
