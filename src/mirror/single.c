/* SPDX-License-Identifier: ISC */
/*
 * Requests for one member of a catalogue, see single.h.  A server of ours has
 * its packages below their ids, and so has an origin of files: the folder of a
 * member lies beside that of the catalogue when it ends in the catalogue's id,
 * else in it.  Answers are read whole into memory, bounded by --max-size.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/line.h"
#include "mirror/mirror.h"
#include "mirror/outcome.h"
#include "mirror/single.h"
#include "mirror/source.h"
#include "package/compact.h"
#include "package/offer.h"

enum fetch
single_ask(struct mirror *m, struct source *s, struct buf *what,
    struct buf *in, int *gone, struct err *e)
{
	struct line	 l;
	enum fetch	 f;

	line_init(&l, m, s);
	f = line_ask_below(&l, what, 0, gone, e);
	while (f == FETCH_WHOLE) {
		buf_add(in, l.in.data, l.in.len);
		s->meter_bytes += l.in.len;
		buf_reset(&l.in);
		if (!buf_ok(in)) {
			err_set(e, "%s: an answer of more than %zu bytes",
			    s->url, in->limit);
			f = FETCH_REFUSED;
		} else if (l.ended)
			break;
		else
			f = line_more(&l, e);
	}
	line_free(&l);
	/* Gopher's error is text in place of an answer. */
	if (f == FETCH_WHOLE && in->len > 0 && in->data[0] == '3' &&
	    s->kind == SOURCE_GOPHER) {
		err_set(e, "%s: error text in place of an answer: \"%.*s\"",
		    s->url, (int)strcspn(in->data, "\t\r\n"), in->data);
		*gone = 1;
		f = FETCH_REFUSED;
	}
	return f;
}

/* Where the member is at that source; its path is to be freed. */
static int
member_source(const struct source *s, const char *catalogue, const char *id,
    struct source *to)
{
	const char	*slash = strrchr(s->path, '/');
	size_t		 n = strlen(s->path);

	*to = *s;
	if (slash != NULL && strcmp(slash + 1, catalogue) == 0)
		n = (size_t)(slash - s->path);
	return asprintf(&to->path, "%.*s/%s", (int)n, s->path, id);
}

/* One question; the answer whole in in. */
static enum fetch
ask_for(const struct member_job *j, struct source *to, const char *name,
    const struct edition *held, struct buf *in, int *gone, struct err *e)
{
	struct buf	 what = BUF_INIT;
	enum fetch	 f;
	int		 tries;

	for (tries = 0; tries < 3; tries++) {
		buf_reset(in);
		in->failed = 0;
		buf_fmt(&what, "%s%s/", source_below(to), name);
		edition_write(held, &what);
		f = single_ask(j->m, to, &what, in, gone, e);
		if (f != FETCH_CUT)
			break;
	}
	return f;
}

static enum member_took
cut(const struct source *s, const char *id, struct err *e)
{
	err_cannot(e, "%s: %s: the line broke in its letter", s->url, id);
	return MEMBER_TEXT;
}

/* By the text of its head. */
static enum member_took
by_text(const struct member_job *j, struct source *to,
    const struct edition *held, struct edition *ed, struct err *e)
{
	struct buf	 in = { .limit = j->m->conf->max_size + 4096 };
	struct offer	 o;
	size_t		 head_len, used;
	enum member_took took = MEMBER_TEXT;
	int		 gone, n;

	if (ask_for(j, to, "up", held, &in, &gone, e) == FETCH_WHOLE) {
		n = offer_answer(in.data, in.len, &head_len, &o, &used, e);
		if (n == 0 || (n == 1 && o.size > in.len - used))
			took = cut(to, j->member->id, e);
		else if (n == 1)
			took = member_take_text(j, in.data, head_len, &o,
			    (const uint8_t *)in.data + used, ed, e);
		else
			took = MEMBER_REFUSED;
	}
	buf_free(&in);
	return took;
}

/* By the compact form; MEMBER_TEXT and *again: ask for the text. */
static enum member_took
by_compact(const struct member_job *j, struct source *to,
    const struct edition *held, struct edition *ed, int *again,
    struct err *e)
{
	struct buf	 in = { .limit = j->m->conf->max_size + 4096 };
	const size_t	 same = strlen(COMPACT_SAME);
	struct compact	 c;
	size_t		 used;
	enum member_took took = MEMBER_TEXT;
	enum fetch	 f;
	int		 gone, n;

	*again = 0;
	f = ask_for(j, to, "u", held, &in, &gone, e);
	if (f == FETCH_STOP)
		took = MEMBER_STOP;
	else if (gone)
		*again = held->serial != 0 || to->kind != SOURCE_HTTP;
	else if (f != FETCH_WHOLE)
		;
	else if (in.len >= same && memcmp(in.data, COMPACT_SAME, same) == 0)
		err_set(e, "%s: %s: has nothing newer than edition %" PRIu64
		    ", but the catalogue lists %" PRIu64, to->url,
		    j->member->id, held->serial, j->member->ed.serial);
	else if ((n = compact_parse((const uint8_t *)in.data, in.len, &c,
	    &used, e)) == -1)
		took = MEMBER_REFUSED;
	else if (n == 0 || c.size > in.len - used)
		took = cut(to, j->member->id, e);
	else if ((took = member_take_compact(j, &c, (const uint8_t *)in.data +
	    used, ed, e)) == MEMBER_TEXT)
		*again = 1;
	buf_free(&in);
	return took;
}

enum member_took
single_fetch(const struct member_job *j, struct source *s,
    const char *catalogue, const struct edition *held, struct edition *ed,
    struct err *e)
{
	const struct edition	 none = { .serial = 0 };
	struct source		 to;
	enum member_took	 took;
	int			 again;

	if (s->kind == SOURCE_FILE) {
		err_set(e, "%s: members are not looked for in files", s->url);
		return MEMBER_TEXT;
	}
	if (member_source(s, catalogue, j->member->id, &to) == -1) {
		err_nomem(e);
		return MEMBER_STOP;
	}
	to.names = NAMES_COMPACT;
	took = by_compact(j, &to, held, ed, &again, e);
	if (took == MEMBER_TEXT && again) {
		took = by_text(j, &to, held, ed, e);
		/* Files have deltas from some editions only. */
		if (took == MEMBER_TEXT && held->serial != 0)
			took = by_compact(j, &to, &none, ed, &again, e);
	}
	free(to.path);
	return took;
}
