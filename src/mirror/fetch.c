/* SPDX-License-Identifier: ISC */
/*
 * One attempt at one source over the net. up.c asks what is new and judges the
 * answer.  Here the blob's bytes are appended to the job's part; after a break
 * the rest of the blob is asked for.  The source is a stranger: every length
 * that it names is bounded, and its bytes count only when the whole blob has
 * the right hash.
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
#include "mirror/up.h"
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
		if (l->is_all && l->in.len - n > room) {
			/*
			 * What stands behind the blob are letters of members.
			 */
			l->m->got += room;
			l->s->meter_bytes += room;
			if (job_append(j, l->s, l->in.data + n, (size_t)room,
			    e) == -1)
				return FETCH_STOP;
			line_eat(l, (size_t)(n + room));
			return FETCH_WHOLE;
		}
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

/* Read the first line of a resumed blob, and take it off when it is right. */
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

/* From an apeng server: the rest of the blob, behind a line of its own. */
static enum fetch
blob_rest(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct buf	 what = BUF_INIT;
	enum fetch	 f;

	buf_fmt(&what, "%sb/%s/%" PRIu64, source_below(l->s), hex,
	    l->m->job.have);
	if ((f = line_ask_below(l, &what, 0, gone, e)) == FETCH_WHOLE)
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

	buf_fmt(&what, "%sb/%s", source_below(l->s), hex);
	if ((f = line_ask_below(l, &what, from, gone, e)) != FETCH_WHOLE)
		return f;
	if (!l->is_part) {		/* the server knows no ranges */
		l->s->parts = PARTS_USUAL;
		return FETCH_AGAIN;
	}
	return blob_body(l, 0, e);
}

/*
 * Fetch one part of want bytes, whole, into l->in.  Nothing of it is kept
 * before all of it has come, since a Gopher server's error looks like bytes of
 * a part.  A part that does not begin with a NUL has one put in front, see
 * origin.c.
 */
static enum fetch
whole_part(struct line *l, size_t want, int *gone, struct err *e)
{
	const struct buf *in = &l->in;
	enum fetch	 f;

	while (in->len <= want + 1 && !l->ended)
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	if (in->len == want)
		return FETCH_WHOLE;
	if (in->len == want + 1 && in->data[0] == '\0') {
		line_eat(l, 1);
		return FETCH_WHOLE;
	}
	if (in->len > want) {
		err_set(e, "%s: the blob is longer than the %" PRIu64 " bytes "
		    "that were offered", l->s->url, l->m->job.offer.size);
		return FETCH_REFUSED;
	}
	if (l->s->kind == SOURCE_GOPHER && in->len > 0 &&
	    in->data[0] == '3' && memchr(in->data, '\t', in->len) != NULL) {
		*gone = 1;
		return line_first_word(l, "apeng-", e);
	}
	err_cannot(e, "%s: the line broke in a part, at %" PRIu64 " of %" PRIu64
	    " bytes", l->s->url, l->m->job.have, l->m->job.offer.size);
	return FETCH_CUT;
}

/* From files that cannot be asked for at an offset: one part after another. */
static enum fetch
blob_parts(struct line *l, const char *hex, int *gone, struct err *e)
{
	struct job	*j = &l->m->job;
	struct buf	 what = BUF_INIT;
	int		 is_small = l->s->parts == PARTS_SMALL;
	uint64_t	 size = is_small ? ORIGIN_SMALL : ORIGIN_PART, from, end;
	enum fetch	 f;

	while (j->have < j->offer.size) {
		from = j->have / size * size;
		end = from + size < j->offer.size ? from + size :
		    j->offer.size;
		buf_fmt(&what, "%s%c/%s/%" PRIu64, source_below(l->s),
		    is_small ? 's' : 'p', hex, j->have / size);
		f = line_ask_below(l, &what, 0, gone, e);
		if (f == FETCH_WHOLE)
			f = whole_part(l, (size_t)(end - from), gone, e);
		if (f == FETCH_WHOLE)
			f = blob_until(l, j->have - from, end, e);
		if (f != FETCH_WHOLE)
			return f;
	}
	return FETCH_WHOLE;
}

/*
 * The source has no such blob under this name.  It may have it as parts or,
 * when no answer has shown yet which names it has, under the old names.  1: ask
 * there.
 */
static int
other_place(struct source *s)
{
	if (s->parts == PARTS_SMALL) {
		s->parts = PARTS_USUAL;
		s->no_small = 1;
		return 1;
	}
	if (s->kind == SOURCE_HTTP || s->names == NAMES_DOT ||
	    (s->is_known && (s->names == NAMES_COMPACT ||
	    s->parts != PARTS_NONE)))
		return 0;
	if (s->parts == PARTS_NONE) {
		s->parts = PARTS_USUAL;
		return 1;
	}
	s->parts = PARTS_NONE;
	s->names = NAMES_DOT;
	return 1;
}

/* Ask for the rest of the blob, from the end of the part. */
static enum fetch
fetch_blob(struct line *l, struct err *e)
{
	struct source	*s = l->s;
	enum fetch	 f;
	char		 hex[SHORT_HEX + 1];
	int		 gone = 0;

	hex_format(l->m->job.offer.sha, SHORT_LEN, hex);
	if (s->parts != PARTS_NONE)
		f = blob_parts(l, hex, &gone, e);
	else if (s->kind == SOURCE_HTTP)
		f = blob_range(l, hex, &gone, e);
	else
		f = blob_rest(l, hex, &gone, e);
	if (!gone && f == FETCH_CUT && s->parts == PARTS_USUAL &&
	    !s->no_small) {
		s->parts = PARTS_SMALL;	/* small ones may come through a line
					   that breaks */
		return FETCH_AGAIN;
	}
	if (!gone)
		return f;
	if (other_place(s))
		return FETCH_AGAIN;
	s->no_blob = 1;
	mirror_say(l->m, MIRROR_NOTE, "%s; asking what is new there", e->msg);
	return FETCH_AGAIN;
}

/* Ask what is new; the answer has the blob at once. */
static enum fetch
fetch_new(struct line *l, struct err *e)
{
	struct mirror	*m = l->m;
	enum fetch	 f;

	if ((f = up_fetch(l, e)) != FETCH_WHOLE || job_is_whole(&m->job))
		return f;
	if (m->job.have > 0 && !l->s->no_blob)
		return FETCH_AGAIN;	/* ask for the rest by its offset */
	return blob_body(l, m->job.have, e);
}

/*
 * Behind a catalogue's letter stand letters of members.  They go to the caller,
 * who need not know where the line broke, since each letter proves itself.
 */
static void
take_rest(struct line *l)
{
	struct buf	*rest = l->m->conf->rest;
	struct err	 e;

	for (;;) {
		buf_add(rest, l->in.data, l->in.len);
		l->s->meter_bytes += l->in.len;
		buf_reset(&l->in);
		if (!buf_ok(rest) || l->ended ||
		    line_more(l, &e) != FETCH_WHOLE)
			return;
	}
}

enum fetch
fetch_source(struct mirror *m, struct source *s, struct err *e)
{
	struct line	 l;
	enum fetch	 f;

	up_recall(m, s);
	line_init(&l, m, s);
	if (m->job.active && m->job.have > 0 && !s->no_blob)
		f = fetch_blob(&l, e);
	else
		f = fetch_new(&l, e);
	if (l.is_all && (f == FETCH_WHOLE || f == FETCH_NOTHING))
		take_rest(&l);
	line_free(&l);
	if (m->job.active && job_sync(&m->job, f == FETCH_STOP ? NULL : e) ==
	    -1)
		f = FETCH_STOP;
	return f;
}
