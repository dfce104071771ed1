/* SPDX-License-Identifier: ISC */
/*
 * One connection to a source, see line.h: Gopher, Spartan and Gemini by
 * net/client, HTTP by libcurl.  The peer is a stranger: each wait has an end, a peer that
 * sends too little is left, redirects are few and stay within their kind, and
 * errors show what it sent only with control characters escaped.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "mirror/http.h"
#include "mirror/line.h"
#include "mirror/pins.h"
#include "mirror/source.h"
#include "net/client.h"
#include "proto/gemini.h"
#include "proto/spartan.h"

#define CALL_MS		(60 * 1000)	/* a name, an address, ... */
#define IDLE_MS		(90 * 1000)	/* without a byte: the line is dead */
#define SLOW_MS		(300 * 1000)	/* over this span at least ... */
#define SLOW_RATE	64		/* ... so many bytes a second */
#define REDIRECTS	5
#define CHUNK		16384

/*
 * Close the connection of a client; HTTP's connection stays for the next
 * request.
 */
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

/* Add the time since the last call to the time that this source has taken. */
static void
meter(struct line *l)
{
	uint64_t	 now = clock_mono_ms();

	l->s->meter_ms += now - l->metered;
	l->metered = now;
}

/*
 * 1: the source is too slow.  A source that sends very little would keep a
 * mirror waiting for ever without ever being silent.  Only bytes of the blob
 * count, since a source can repeat heads and first lines at each request.  All
 * of the time from the first request on counts, since a source can also keep a
 * mirror waiting in handshakes.
 */
static int
is_slow(struct line *l, struct err *e)
{
	struct source	*s = l->s;
	int		 slow;

	meter(l);
	if (s->meter_ms < SLOW_MS)
		return 0;
	slow = s->meter_bytes * 1000 < SLOW_RATE * s->meter_ms;
	if (slow)
		err_cannot(e, "%s: slow retrieval: %" PRIu64 " bytes in %"
		    PRIu64 " s", s->url, s->meter_bytes, s->meter_ms / 1000);
	s->meter_ms = s->meter_bytes = 0;
	return slow;
}

/*
 * The publisher's signature is what counts.  A changed key of the host is worth
 * a line: either the host was set up anew, or somebody is listening.
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
	    CALL_MS, e);
	if (l->c == NULL) {
		/*
		 * Nobody answered: the mirror waits before it asks again, and
		 * the meter does not count this time.
		 */
		l->metered += clock_mono_ms() - begun;
		return FETCH_CUT;
	}
	if (is_slow(l, e))
		return FETCH_SLOW;
	if (to->kind == SOURCE_GEMINI &&
	    (f = check_pin(l, to, e)) != FETCH_WHOLE)
		return f;
	if (client_write(l->c, req, len, CALL_MS, e) == -1)
		return FETCH_CUT;
	return FETCH_WHOLE;
}

static enum fetch
more_http(struct line *l, struct err *e)
{
	int	 n;

	if ((n = http_read(l->h, &l->in, IDLE_MS, e)) == 0)
		l->ended = 1;
	if (n != -1 && is_slow(l, e))
		return FETCH_SLOW;
	return n == -1 ? FETCH_CUT : FETCH_WHOLE;
}

enum fetch
line_more(struct line *l, struct err *e)
{
	ssize_t	 n;
	char	*room;

	if (l->h != NULL)
		return more_http(l, e);
	if ((room = buf_room(&l->in, CHUNK)) == NULL) {
		err_nomem(e);
		return FETCH_STOP;
	}
	n = client_read(l->c, room, CHUNK, IDLE_MS, e);
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

enum fetch
line_need(struct line *l, const char *where, struct err *e)
{
	if (!l->ended)
		return line_more(l, e);
	err_cannot(e, "%s: the line broke in %s", l->s->url, where);
	return FETCH_CUT;
}

/* The head of a reply is not whole yet: read on, which fails at the end. */
static enum fetch
more_of_head(struct line *l, struct err *e)
{
	if (l->ended) {
		err_cannot(e, "%s: the line ended before an answer",
		    l->s->url);
		return FETCH_CUT;
	}
	return line_more(l, e);
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
		if ((f = more_of_head(l, e)) != FETCH_WHOLE)
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

/* The same of Spartan, whose status is one digit. */
static enum fetch
spartan_reply(struct line *l, struct source *to, struct buf *path, int *moved,
    struct err *e)
{
	struct spartan_header	 h;
	enum fetch		 f;
	const char		*why;
	int			 n, shown;

	*moved = 0;
	while ((n = spartan_header_parse((const uint8_t *)l->in.data,
	    l->in.len, &h, &why)) == 0) {
		if ((f = more_of_head(l, e)) != FETCH_WHOLE)
			return f;
	}
	if (n == -1) {
		err_set(e, "%s: no Spartan answer: %s", l->s->url, why);
		return FETCH_REFUSED;
	}
	shown = (int)(h.metalen > 200 ? 200 : h.metalen);
	switch (h.status) {
	case 2:
		line_eat(l, h.len);
		return FETCH_WHOLE;
	case 3:
		*moved = 1;
		return source_redirect(to, path, h.meta, h.metalen, e) == -1 ?
		    FETCH_REFUSED : FETCH_WHOLE;
	case 4:
		err_set(e, "%s: status 4 %.*s", l->s->url, shown, h.meta);
		return FETCH_REFUSED;
	default:
		err_cannot(e, "%s: status 5 %.*s", l->s->url, shown, h.meta);
		return FETCH_CUT;
	}
}

/* Send the request, follow redirects, and stop where the answer begins. */
static enum fetch
ask_client(struct line *l, const char *what, int *gone, struct err *e)
{
	struct source	 to = *l->s;
	struct buf	 req = BUF_INIT, url = BUF_INIT;
	enum fetch	 f;
	int		 moved, hops;

	source_target(l->s, what, &url);
	source_ask(l->s, &url, &req);
	for (hops = 0;; hops++) {
		if (!buf_ok(&req) || !buf_ok(&url)) {
			err_nomem(e);
			f = FETCH_STOP;
			break;
		}
		if ((f = call(l, &to, req.data, req.len, e)) != FETCH_WHOLE ||
		    to.kind == SOURCE_GOPHER)
			break;
		f = to.kind == SOURCE_GEMINI ?
		    gemini_reply(l, &to, &url, &moved, e) :
		    spartan_reply(l, &to, &url, &moved, e);
		if (f != FETCH_WHOLE || !moved) {
			/* "Not found" and its like speak of this blob alone. */
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
		source_ask(&to, &url, &req);
	}
	buf_free(&req);
	buf_free(&url);
	return f;
}

/*
 * What a status means that speaks of the answer and not of the line: 200 and
 * 206 are answers; 404 and its like mean that there is no such thing; a busy or
 * broken server may do better later.
 */
static enum fetch
http_answer(struct line *l, int *gone, struct err *e)
{
	long	 status = http_status(l->h);

	l->is_part = status == 206;
	if (status == 200 || status == 206)
		return FETCH_WHOLE;
	err_set(e, "%s: status %ld", l->s->url, status);
	if (status == 408 || status == 429 || status >= 500) {
		e->status = STATUS_CANNOT;
		return FETCH_CUT;
	}
	*gone = status == 404 || status == 410 || status == 416;
	return FETCH_REFUSED;
}

static enum fetch
ask_http(struct line *l, const char *what, uint64_t from, int *gone,
    struct err *e)
{
	struct buf	 url = BUF_INIT;
	enum fetch	 f;

	buf_reset(&l->in);
	l->ended = l->is_part = 0;
	if (l->h == NULL && (l->h = http_new(e)) == NULL)
		return FETCH_STOP;
	source_request(l->s, what, &url);
	if (!buf_ok(&url)) {
		err_nomem(e);
		return FETCH_STOP;
	}
	l->m->result->connections++;
	f = http_get(l->h, url.data, from, CALL_MS, e) == -1 ?
	    FETCH_REFUSED : FETCH_WHOLE;
	buf_free(&url);
	/* The status is known with the first byte of the body. */
	if (f == FETCH_WHOLE && (f = line_more(l, e)) == FETCH_WHOLE)
		f = http_answer(l, gone, e);
	return f;
}

enum fetch
line_ask(struct line *l, const char *what, uint64_t from, int *gone,
    struct err *e)
{
	*gone = 0;
	return l->s->kind == SOURCE_HTTP ? ask_http(l, what, from, gone, e) :
	    ask_client(l, what, gone, e);
}

enum fetch
line_ask_below(struct line *l, struct buf *what, uint64_t from, int *gone,
    struct err *e)
{
	enum fetch	 f;

	*gone = 0;
	if (buf_ok(what))
		f = line_ask(l, what->data, from, gone, e);
	else
		f = (err_nomem(e), FETCH_STOP);
	buf_free(what);
	return f;
}

enum fetch
line_first_word(struct line *l, const char *word, struct err *e)
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

void
line_eat(struct line *l, size_t n)
{
	memmove(l->in.data, l->in.data + n, l->in.len - n);
	buf_cut(&l->in, l->in.len - n);
}

void
line_init(struct line *l, struct mirror *m, struct source *s)
{
	memset(l, 0, sizeof(*l));
	l->m = m;
	l->s = s;
	l->metered = clock_mono_ms();
}

void
line_free(struct line *l)
{
	uint64_t	 in, out;

	meter(l);
	hang_up(l);
	if (l->h != NULL) {
		http_end(l->h, &in, &out);
		l->m->result->in += in;
		l->m->result->out += out;
	}
	buf_free(&l->in);
}
