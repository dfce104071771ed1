/*
 * One attempt at one source over the net: call, ask, judge the head, append
 * the blob's bytes to the job's part.  The source is a stranger: every length
 * it names is bounded, its head counts only when mirror_judge() took it, and
 * its bytes count only when the whole blob has the right hash.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "mirror/pins.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "net/client.h"
#include "package/hash.h"
#include "package/reader.h"
#include "proto/gemini.h"

#define CALL_MS		(60 * 1000)	/* a name, an address, ... */
#define IDLE_MS		(90 * 1000)	/* without a byte: the line is dead */
#define SLOW_MS		(300 * 1000)	/* over this span at least ... */
#define SLOW_RATE	64		/* ... so many bytes a second */
#define REDIRECTS	5
#define CHUNK		16384

/* One connection and the bytes that came and are not used yet. */
struct line {
	struct mirror	*m;
	struct source	*s;
	struct client	*c;
	struct buf	 in;
	int		 ended;
	uint64_t	 metered;	/* the source's meter runs since then */
};

static void		 hang_up(struct line *);
static int		 pace(const struct line *, int);
static void		 meter(struct line *);
static int		 is_slow(struct line *, struct err *);
static enum fetch	 call(struct line *, const struct source *,
			    const char *, size_t, struct err *);
static enum fetch	 check_pin(struct line *, const struct source *,
			    struct err *);
static enum fetch	 more(struct line *, struct err *);
static enum fetch	 ask(struct line *, const char *, int *, struct err *);
static enum fetch	 gemini_reply(struct line *, struct source *,
			    struct buf *, int *, struct err *);
static enum fetch	 first_word(struct line *, const char *, struct err *);
static enum fetch	 blob_body(struct line *, uint64_t, struct err *);
static enum fetch	 fetch_up(struct line *, struct err *);
static enum fetch	 fetch_blob(struct line *, struct err *);
static void		 show_progress(const struct mirror *);

static void
hang_up(struct line *l)
{
	uint64_t	 in, out;

	if (l->c != NULL) {
		client_count(l->c, &in, &out);
		l->m->result->in += in;
		l->m->result->out += out;
		client_close(l->c);
	}
	l->c = NULL;
	l->ended = 0;
	buf_reset(&l->in);
}

/* A span of waiting, as short as a test wants it. */
static int
pace(const struct line *l, int ms)
{
	return ms / (int)l->m->conf->scale + 1;
}

/* Add the time since the last call to what this source has taken of ours. */
static void
meter(struct line *l)
{
	uint64_t	 now = clock_mono_ms();

	l->s->meter_ms += now - l->metered;
	l->metered = now;
}

/*
 * A source that sends, but too little, would hold us for ever without ever
 * being silent.  Only bytes of the blob count, since a source can repeat
 * heads and first lines as often as it is called; and all of the time from
 * the first call on counts, since a source can also hold us in handshakes.
 */
static int
is_slow(struct line *l, struct err *e)
{
	struct source	*s = l->s;
	uint64_t	 span = (uint64_t)SLOW_MS / l->m->conf->scale;
	int		 slow;

	meter(l);
	if (s->meter_ms < span)
		return 0;
	slow = s->meter_bytes * 1000 < SLOW_RATE * s->meter_ms;
	if (slow)
		err_cannot(e, "%s: slow retrieval: %" PRIu64 " bytes in %"
		    PRIu64 " s", s->url, s->meter_bytes,
		    s->meter_ms * l->m->conf->scale / 1000);
	s->meter_ms = s->meter_bytes = 0;
	return slow;
}

/*
 * The publisher's signature is what counts; a changed key of the host is
 * worth a line, since either the host was set up anew or somebody listens.
 */
static enum fetch
check_pin(struct line *l, const struct source *to, struct err *e)
{
	uint8_t	 key[32];
	int	 strict = l->m->conf->strict_tls;

	if (l->m->pins_path == NULL)
		return FETCH_WHOLE;	/* only looking: nothing is kept */
	if (client_key(l->c, key, e) == -1)
		return FETCH_CUT;
	switch (pins_check(l->m->pins_path, to->host, to->port, key, !strict,
	    e)) {
	case PIN_ERROR:
		return FETCH_STOP;
	case PIN_CHANGED:
		if (strict) {
			err_set(e, "%s: changed pin: %s:%u shows another key "
			    "than before (--strict-tls); if its owner says "
			    "that this is right, take its line out of %s",
			    to->url, to->host, to->port, l->m->pins_path);
			return FETCH_STOP;
		}
		mirror_say(l->m, MIRROR_WARN, "%s: changed pin: %s:%u shows "
		    "another key than before", to->url, to->host, to->port);
		break;
	default:
		break;
	}
	return FETCH_WHOLE;
}

/* Connect to a host and send it a whole request. */
static enum fetch
call(struct line *l, const struct source *to, const char *req, size_t len,
    struct err *e)
{
	enum fetch	 f;
	uint64_t	 begun;

	hang_up(l);
	if (buf_room(&l->in, CHUNK) == NULL) {
		err_nomem(e);
		return FETCH_STOP;
	}
	buf_reset(&l->in);
	l->m->result->connections++;
	begun = clock_mono_ms();
	l->c = client_open(to->host, to->port, to->kind == SOURCE_GEMINI,
	    pace(l, CALL_MS), e);
	if (l->c == NULL) {
		/* Nobody there: that is for the back-off, not the meter. */
		l->metered += clock_mono_ms() - begun;
		return FETCH_CUT;
	}
	if (is_slow(l, e))
		return FETCH_SLOW;
	if (to->kind == SOURCE_GEMINI &&
	    (f = check_pin(l, to, e)) != FETCH_WHOLE)
		return f;
	if (client_write(l->c, req, len, pace(l, CALL_MS), e) == -1)
		return FETCH_CUT;
	return FETCH_WHOLE;
}

/* Wait for bytes.  FETCH_CUT only when nothing came. */
static enum fetch
more(struct line *l, struct err *e)
{
	ssize_t	 n;
	char	*room;

	if ((room = buf_room(&l->in, CHUNK)) == NULL) {
		err_nomem(e);
		return FETCH_STOP;
	}
	n = client_read(l->c, room, CHUNK, pace(l, IDLE_MS), e);
	if (n > 0) {
		l->in.len += (size_t)n;
		l->in.data[l->in.len] = '\0';
	}
	if (n == 0)
		l->ended = 1;
	if (n != -1 && is_slow(l, e))
		return FETCH_SLOW;
	return n == -1 ? FETCH_CUT : FETCH_WHOLE;
}

/* Read and judge the header; the body's first bytes may stand behind. */
static enum fetch
gemini_reply(struct line *l, struct source *to, struct buf *url, int *moved,
    struct err *e)
{
	struct gemini_header	 h;
	enum fetch		 f;
	const char		*why;
	int			 n;

	*moved = 0;
	while ((n = gemini_header_parse((const uint8_t *)l->in.data,
	    l->in.len, &h, &why)) == 0) {
		if (l->ended) {
			err_cannot(e, "%s: the line ended before an answer",
			    l->s->url);
			return FETCH_CUT;
		}
		if ((f = more(l, e)) != FETCH_WHOLE)
			return f;
	}
	if (n == -1) {
		err_set(e, "%s: no Gemini answer: %s", l->s->url, why);
		return FETCH_REFUSED;
	}
	switch (h.status / 10) {
	case 2:
		memmove(l->in.data, l->in.data + h.len, l->in.len - h.len);
		buf_cut(&l->in, l->in.len - h.len);
		return FETCH_WHOLE;
	case 3:
		*moved = 1;
		return source_redirect(to, url, h.meta, h.metalen, e) == -1 ?
		    FETCH_REFUSED : FETCH_WHOLE;
	case 4:
		err_cannot(e, "%s: status %d %.*s", l->s->url, h.status,
		    (int)(h.metalen > 200 ? 200 : h.metalen), h.meta);
		return FETCH_CUT;
	default:
		err_set(e, "%s: status %d %.*s", l->s->url, h.status,
		    (int)(h.metalen > 200 ? 200 : h.metalen), h.meta);
		return FETCH_REFUSED;
	}
}

/* Send what is asked, follow redirects, stop where the answer begins. */
static enum fetch
ask(struct line *l, const char *what, int *gone, struct err *e)
{
	struct source	 to = *l->s;
	struct buf	 req = BUF_INIT, url = BUF_INIT;
	enum fetch	 f;
	int		 moved, hops;

	*gone = 0;
	source_request(l->s, what, &req);
	buf_add(&url, req.data, req.len < 2 ? 0 : req.len - 2);
	for (hops = 0;; hops++) {
		if (!buf_ok(&req) || !buf_ok(&url)) {
			err_nomem(e);
			f = FETCH_STOP;
			break;
		}
		if ((f = call(l, &to, req.data, req.len, e)) != FETCH_WHOLE ||
		    to.kind != SOURCE_GEMINI)
			break;
		f = gemini_reply(l, &to, &url, &moved, e);
		if (f != FETCH_WHOLE || !moved) {
			/* "Not found" and the like: of this one blob. */
			*gone = f == FETCH_REFUSED && !moved;
			break;
		}
		if (hops == REDIRECTS) {
			err_set(e, "%s: redirect loop: more than %d",
			    l->s->url, REDIRECTS);
			f = FETCH_REFUSED;
			break;
		}
		buf_reset(&req);
		buf_add(&req, url.data, url.len);
		buf_str(&req, "\r\n");
	}
	buf_free(&req);
	buf_free(&url);
	return f;
}

/*
 * An answer that is none of ours: say what it was.  Gopher has no status,
 * so an error's text stands where the head or the blob would.
 */
static enum fetch
first_word(struct line *l, const char *word, struct err *e)
{
	size_t	 n = strlen(word), len = l->in.len, cut;

	cut = len < n ? len : n;
	if (memcmp(l->in.data, word, cut) == 0)
		return FETCH_WHOLE;
	cut = strcspn(l->in.data, "\r\n");
	err_set(e, "%s: error text in place of an answer: \"%.*s\"",
	    l->s->url, (int)(cut > 120 ? 120 : cut), l->in.data);
	return FETCH_REFUSED;
}

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
blob_body(struct line *l, uint64_t skip, struct err *e)
{
	struct job	*j = &l->m->job;
	enum fetch	 f;
	uint64_t	 room, n;

	for (;;) {
		n = l->in.len < skip ? l->in.len : skip;
		skip -= n;
		room = j->offer.size - j->have;
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
		if (j->have == j->offer.size)
			return FETCH_WHOLE;
		if (l->ended) {
			err_cannot(e, "%s: the line broke at %" PRIu64 " of %"
			    PRIu64 " bytes", l->s->url, j->have,
			    j->offer.size);
			return FETCH_CUT;
		}
		if ((f = more(l, e)) != FETCH_WHOLE)
			return f;
	}
}

/* Ask what is new; the answer has the blob at once. */
static enum fetch
fetch_up(struct line *l, struct err *e)
{
	struct mirror	*m = l->m;
	struct edition	 ed;
	struct offer	 o;
	struct buf	 what = BUF_INIT;
	struct err	 why;
	enum fetch	 f;
	size_t		 head_len, used;
	int		 n, gone;

	memset(&ed, 0, sizeof(ed));
	if (m->cur != NULL && !l->s->whole) {
		ed.serial = pkg_head(m->cur)->serial;
		memcpy(ed.core, pkg_head(m->cur)->core, SHORT_LEN);
	}
	buf_str(&what, "/.apeng/up/");
	edition_write(&ed, &what);
	f = buf_ok(&what) ? ask(l, what.data, &gone, e) : FETCH_STOP;
	buf_free(&what);
	if (f != FETCH_WHOLE)
		return f;
	for (;;) {
		if (l->in.len > 0 && (f = first_word(l, "apeng-head ", e)) !=
		    FETCH_WHOLE)
			return f;
		memset(&o, 0, sizeof(o));
		if ((n = offer_answer(l->in.data, l->in.len, &head_len, &o,
		    &used, &why)) == 1)
			break;
		if (n == -1) {
			err_set(e, "%s: %s", l->s->url, why.msg);
			return FETCH_REFUSED;
		}
		if (l->ended) {
			err_cannot(e, "%s: the line broke in the head",
			    l->s->url);
			return FETCH_CUT;
		}
		if ((f = more(l, e)) != FETCH_WHOLE)
			return f;
	}
	if ((f = take_offer(m, l->s, l->in.data, head_len, &o, e)) !=
	    FETCH_WHOLE || job_is_whole(&m->job))
		return f;
	if (m->job.have > 0 && !l->s->no_blob)
		return FETCH_AGAIN;	/* by its offset */
	memmove(l->in.data, l->in.data + used, l->in.len - used);
	buf_cut(&l->in, l->in.len - used);
	return blob_body(l, m->job.have, e);
}

/* Go on with the part at its end. */
static enum fetch
fetch_blob(struct line *l, struct err *e)
{
	struct job	*j = &l->m->job;
	struct blob_line b;
	struct buf	 what = BUF_INIT;
	enum fetch	 f;
	char		 hex[SHORT_HEX + 1], *lf = NULL;
	size_t		 n;
	int		 gone = 0;

	hex_format(j->offer.sha, SHORT_LEN, hex);
	buf_fmt(&what, "/.apeng/b/%s/%" PRIu64, hex, j->have);
	f = buf_ok(&what) ? ask(l, what.data, &gone, e) : FETCH_STOP;
	buf_free(&what);
	while (f == FETCH_WHOLE) {
		if (l->in.len > 0 && (f = first_word(l, "apeng-blob ", e)) !=
		    FETCH_WHOLE) {
			gone = 1;
			break;
		}
		if ((lf = l->in.len == 0 ? NULL : memchr(l->in.data, '\n',
		    l->in.len)) != NULL || l->in.len > OFFER_LINE_MAX)
			break;
		if (l->ended) {
			err_cannot(e, "%s: the line broke before the blob",
			    l->s->url);
			return FETCH_CUT;
		}
		f = more(l, e);
	}
	if (gone) {
		l->s->no_blob = 1;
		mirror_say(l->m, MIRROR_NOTE, "%s; asking what is new there",
		    e->msg);
		return FETCH_AGAIN;
	}
	if (f != FETCH_WHOLE)
		return f;
	n = lf == NULL ? l->in.len : (size_t)(lf - l->in.data);
	if (lf == NULL || blob_line_parse(l->in.data, n, &b) == -1 ||
	    memcmp(b.sha, j->offer.sha, SHORT_LEN) != 0 ||
	    b.offset != j->have || b.total != j->offer.size) {
		err_set(e, "%s: wrong blob line \"%.*s\", want %s %" PRIu64
		    " %" PRIu64, l->s->url, (int)(n > 120 ? 120 : n),
		    l->in.data, hex, j->have, j->offer.size);
		return FETCH_REFUSED;
	}
	n++;
	memmove(l->in.data, l->in.data + n, l->in.len - n);
	buf_cut(&l->in, l->in.len - n);
	return blob_body(l, 0, e);
}

enum fetch
fetch_source(struct mirror *m, struct source *s, struct err *e)
{
	struct line	 l = { m, s, NULL, BUF_INIT, 0, clock_mono_ms() };
	enum fetch	 f;

	if (m->job.active && m->job.have > 0 && !s->no_blob)
		f = fetch_blob(&l, e);
	else
		f = fetch_up(&l, e);
	meter(&l);
	hang_up(&l);
	buf_free(&l.in);
	if (m->job.active && job_sync(&m->job, f == FETCH_STOP ? NULL : e) ==
	    -1)
		f = FETCH_STOP;
	return f;
}

enum fetch
fetch_head(struct mirror *m, struct source *s, struct buf *out,
    struct err *e)
{
	struct line	 l = { m, s, NULL, BUF_INIT, 0, clock_mono_ms() };
	enum fetch	 f;
	int		 gone;

	f = ask(&l, "/.apeng/head", &gone, e);
	while (f == FETCH_WHOLE && !l.ended && l.in.len <= HEAD_MAX) {
		if ((f = more(&l, e)) == FETCH_WHOLE && l.in.len > 0)
			f = first_word(&l, "apeng-head ", e);
	}
	if (f == FETCH_WHOLE && l.in.len > HEAD_MAX) {
		err_set(e, "%s: head: over %d bytes", s->url, HEAD_MAX);
		f = FETCH_REFUSED;
	}
	if (f == FETCH_WHOLE)
		buf_add(out, l.in.data, l.in.len);
	hang_up(&l);
	buf_free(&l.in);
	return f;
}
