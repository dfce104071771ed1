/* SPDX-License-Identifier: ISC */
/*
 * The rounds of a mirror: which source is asked next, when it is asked again at
 * once, when the mirror waits and when it gives up.  Nothing that a source
 * sends is believed here; fetch.c and install.c prove it, and only their result
 * (enum fetch) counts.  No source decides how often it is asked: after an
 * attempt that brings little the mirror waits.
 */
#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/text.h"
#include "mirror/ask.h"
#include "mirror/beside.h"
#include "mirror/fetch.h"
#include "mirror/heads.h"
#include "mirror/install.h"
#include "mirror/keys.h"
#include "mirror/letterfile.h"
#include "mirror/mirror.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "mirror/witness.h"
#include "package/reader.h"

#define BACKOFF_MAX	60		/* seconds */
#define ONCE_ROUNDS	6		/* rounds without FRUIT_MIN bytes:
					   1+2+4+8+16 s */
#define WRONG_BLOBS	2		/* then a person has to look */
#define AGAIN_MAX	16		/* detours in a row to one source */
/*
 * Bytes of the blob that an attempt must bring for the source to be asked again
 * at once.  This bounds the connections of a job: at most one for so many
 * bytes, and after attempts that bring less the waits grow.
 */
#define FRUIT_MIN	256

/* What the last attempts said, for the message at the end. */
struct tale {
	struct err	refused, cut;
	int		has_refused, has_cut;
};

/*
 * Open the edition that is there.  One that is damaged is fetched anew.  One of
 * another publisher is not replaced, unless --trust-anew says so.
 */
static int
open_current(struct mirror *m, struct err *e)
{
	struct pkg_entry keys = { 0 };
	struct proof	 proof;
	struct anchor	*all;
	const char	*file = m->conf->file, *text;
	size_t		 n, len;
	int		 fd, ok;

	if ((fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		if (errno == ENOENT)
			return 0;
		err_sys(e, "%s", file);
		return -1;
	}
	if ((m->cur = pkg_open(fd, file, NULL, 0, e)) == NULL) {
		if (e->status != STATUS_REFUSED)
			return -1;
		mirror_say(m, MIRROR_WARN, "%s; fetching all of it", e->msg);
		return 0;
	}
	all = calloc(m->conf->nanchor + STATE_KEYS, sizeof(*all));
	if (all == NULL) {
		err_nomem(e);
		return -1;
	}
	n = state_anchors(&m->state, m->conf->anchor, m->conf->nanchor, 1,
	    all);
	text = pkg_comment(m->cur, &len);
	pkg_find(m->cur, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	ok = trust_judge(all, n, text, len, (const char *)keys.data,
	    keys.size, &proof, NULL) == TRUST_PROVEN;
	free(all);
	if (!ok && m->conf->trust_anew) {
		mirror_say(m, MIRROR_WARN, "%s: not signed by the keys given; "
		    "fetching all of it", file);
		pkg_close(m->cur);
		m->cur = NULL;
		return 0;
	}
	if (!ok) {
		err_set(e, "%s: not signed by the key given; a mirror does not "
		    "replace it: take it away or choose another file", file);
		return -1;
	}
	m->result->serial = pkg_head(m->cur)->serial;
	mirror_note(m, pkg_head(m->cur), &proof, 0);
	if (witness_note(m, e) == -1)
		return -1;
	return state_save(&m->state, m->state_path, e);
}

/*
 * The other package need not be proven: a wrong one makes a wrong wire form,
 * which the signed hash shows.
 */
static int
open_other(struct mirror *m, struct err *e)
{
	int	 fd;

	if (m->conf->base == NULL || m->cur != NULL)
		return 0;
	if ((fd = file_open(m->conf->base, e)) == -1)
		return -1;
	m->other = pkg_open(fd, m->conf->base, NULL, 0, e);
	return m->other == NULL ? -1 : 0;
}

/* A job of an earlier run counts if its head would still be taken. */
static int
resume_job(struct mirror *m, struct err *e)
{
	struct job	*j = &m->job;
	struct head	 h;
	int		 n;

	if ((n = job_load(j, m->dir, e)) == -1)
		return -1;
	if (n == 0 || mirror_judge(m, NULL, j->comment, j->len, &h, NULL) !=
	    VERDICT_NEW || (j->offer.size != 0 && j->offer.has_base &&
	    (mirror_base(m) == NULL || memcmp(j->offer.base,
	    pkg_head(mirror_base(m))->core, SHORT_LEN) != 0)) ||
	    (j->offer.size == 0 && (m->cur == NULL || memcmp(h.core,
	    pkg_head(m->cur)->core, sizeof(h.core)) != 0))) {
		job_end(j, m->dir);
		return 0;
	}
	j->is_proven = mirror_is_proven(m, j->comment, j->len);
	if (j->have > 0)
		mirror_say(m, MIRROR_NOTE, "going on with edition %" PRIu64
		    " at %" PRIu64 " of %" PRIu64 " bytes", h.serial, j->have,
		    j->offer.size);
	return 0;
}

/*
 * One mirror runs at a time.  A file system without locks (NFS without its lock
 * daemon) is no reason to stop: two mirrors at a time fetch everything twice
 * and may spoil each other's part, which the hashes show.
 */
static int
take_lock(const struct mirror *m, const char *lock, struct err *e)
{
	if (flock(m->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	switch (errno) {
	case EWOULDBLOCK:
		err_cannot(e, "%s: another mirror is at work on it",
		    m->conf->file);
		return -1;
	case ENOLCK:
	case ENOSYS:
	case EOPNOTSUPP:
		mirror_say(m, MIRROR_WARN, "%s: %s: going on without a lock; "
		    "see to it that no other mirror works on this file", lock,
		    strerror(errno));
		return 0;
	default:
		err_sys(e, "%s", lock);
		return -1;
	}
}

static int
start(struct mirror *m, struct err *e)
{
	const char	*file = m->conf->file;
	char		*lock = NULL;
	int		 rv = -1;

	m->lock = -1;
	job_init(&m->job);
	m->begun_ms = clock_mono_ms();
	if (asprintf(&m->dir, "%s.mirror", file) == -1 ||
	    asprintf(&m->state_path, "%s.mirror/state", file) == -1 ||
	    asprintf(&m->pins_path, "%s.mirror/pins", file) == -1 ||
	    asprintf(&lock, "%s.mirror/lock", file) == -1) {
		err_nomem(e);
		return -1;
	}
	if (file_dir_ours(m->dir, 0755, e) == -1)
		goto out;
	m->lock = file_open_ours(lock, O_RDWR | O_CREAT, 0644, e);
	if (m->lock == -1 || take_lock(m, lock, e) == -1)
		goto out;
	if (state_load(&m->state, m->state_path, e) == -1)
		goto out;
	if (m->conf->trust_anew)
		state_trust_anew(&m->state);
	if (open_current(m, e) == -1 || open_other(m, e) == -1)
		goto out;
	if (m->conf->trust_anew && m->cur == NULL)
		state_forget_edition(&m->state);
	m->anchor = calloc(m->conf->nanchor + STATE_KEYS, sizeof(*m->anchor));
	if (m->anchor == NULL) {
		err_nomem(e);
		goto out;
	}
	m->nanchor = state_anchors(&m->state, m->conf->anchor,
	    m->conf->nanchor, 0, m->anchor);
	if (m->nanchor == 0) {
		err_set(e, "%s: the key given has been replaced by its next "
		    "one; if that was not the publisher's doing, give the "
		    "right key with --trust-anew", file);
		goto out;
	}
	if (keys_load(m, e) == 0)
		rv = resume_job(m, e);
 out:
	free(lock);
	return rv;
}

static void
end(struct mirror *m)
{
	job_close(&m->job);
	pkg_close(m->cur);
	pkg_close(m->other);
	if (m->lock != -1)
		close(m->lock);
	buf_free(&m->keys);
	free(m->anchor);
	free(m->dir);
	free(m->state_path);
	free(m->pins_path);
}

/* Sources that may still be asked. */
static size_t
count_sources(const struct mirror_conf *c)
{
	size_t	 i, n = 0;

	for (i = 0; i < c->nsource; i++)
		n += !c->source[i].bad;
	return n;
}

/*
 * All bytes have come.  A part with a wrong hash is thrown away.  The source
 * that sent all of it is not asked any more; when several sent it, nobody knows
 * which was wrong.  A blob that is what was offered, but not what the head
 * says, is the source's fault.
 */
static enum fetch
finish(struct mirror *m, struct source *s, struct err *e)
{
	struct job	*j = &m->job;
	struct err	 why;
	int		 n = 1, mixed;

	if (j->offer.size != 0 && (n = job_check(j, e)) == -1)
		return FETCH_STOP;
	if (n == 1) {
		if (install_job(m, &why) == 0)
			return FETCH_WHOLE;
		if (m->result->changed || why.status != STATUS_REFUSED) {
			*e = why;
			return FETCH_STOP;
		}
		err_set(e, "%s: wrong blob: %s", s == NULL ? "job" : s->url,
		    why.msg);
	} else
		err_set(e, "%s: poisoned part: %" PRIu64 " bytes whose hash "
		    "is not the one offered", s == NULL ? "job" : s->url,
		    j->offer.size);
	if (n == 1 && j->offer.has_base && s != NULL && !s->whole) {
		mirror_say(m, MIRROR_WARN, "%s; asking for all of it",
		    e->msg);
		s->whole = 1;
		job_end(j, m->dir);
		return FETCH_AGAIN;
	}
	/*
	 * Several sources sent it; when there is no other, this one is asked
	 * once more.
	 */
	mixed = n == 0 && j->from != s;
	job_end(j, m->dir);
	if (s == NULL) {
		mirror_say(m, MIRROR_WARN, "%s", e->msg);
		return FETCH_AGAIN;
	}
	if (++m->wrong_blobs == WRONG_BLOBS)
		return FETCH_STOP;
	if (!mixed || count_sources(m->conf) > 1)
		return FETCH_REFUSED;
	mirror_say(m, MIRROR_WARN, "%s; fetching all of it", e->msg);
	return FETCH_AGAIN;
}

/* A package is installed at once; a letter fills the job: *is_blob. */
static enum fetch
from_file(struct mirror *m, struct source *s, int *is_blob, struct err *e)
{
	struct letterfile l;
	enum fetch	 f = FETCH_REFUSED;
	int		 fd;

	if ((fd = open(s->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		err_sys(e, "%s", s->path);
		return FETCH_CUT;
	}
	if ((*is_blob = letterfile_is(fd, s->path, &l, e)) == 1)
		f = letterfile_take(m, s, fd, e);
	else if (*is_blob == 0)
		f = install_file(m, s, fd, e);
	close(fd);
	return f;
}

static enum fetch
attempt(struct mirror *m, struct source *s, struct err *e)
{
	enum fetch	 f;
	int		 is_blob = 1;

	if (s->kind == SOURCE_FILE) {
		f = from_file(m, s, &is_blob, e);
		return f == FETCH_WHOLE && is_blob ? finish(m, s, e) : f;
	}
	f = job_is_whole(&m->job) ? FETCH_WHOLE : fetch_source(m, s, e);
	if (f == FETCH_REFUSED && m->job.active && m->job.from == s &&
	    job_drop_part(&m->job, m->dir, NULL) == -1)
		return FETCH_STOP;
	return f == FETCH_WHOLE ? finish(m, s, e) : f;
}

/* The next source from i on that may be asked, or nsource. */
static size_t
next_source(const struct mirror_conf *c, size_t i)
{
	size_t	 k;

	for (k = 0; k < c->nsource; k++)
		if (!c->source[(i + k) % c->nsource].bad)
			return (i + k) % c->nsource;
	return c->nsource;
}

/* 1: only files are left to ask, and waiting does not change them. */
static int
only_files(const struct mirror_conf *c)
{
	size_t	 i;

	for (i = 0; i < c->nsource; i++)
		if (!c->source[i].bad && c->source[i].kind != SOURCE_FILE)
			return 0;
	return 1;
}

/*
 * 1, 2, 4 ... 60 s, a quarter more or less, so that mirrors do not all ask at
 * once.
 */
static void
back_off(const struct mirror *m, unsigned round)
{
	struct timespec	 ts;
	uint64_t	 ms;
	uint32_t	 dice = 0;

	ms = round < 6 ? 1000u << round : BACKOFF_MAX * 1000u;
	if (getentropy(&dice, sizeof(dice)) == -1)
		dice = (uint32_t)clock_mono_ms();
	ms = ms * 3 / 4 + dice % (ms / 2);
	ms /= m->conf->scale;
	ts.tv_sec = (time_t)(ms / 1000);
	ts.tv_nsec = (long)(ms % 1000) * 1000000;
	nanosleep(&ts, NULL);
}

/* Why the run ends: a refusal says more than a line that failed. */
static int
give_up(const struct tale *t, struct err *e)
{
	if (t->has_refused)
		*e = t->refused;
	else if (t->has_cut)
		*e = t->cut;
	else
		err_cannot(e, "no source");
	return -1;
}

static int
rounds(struct mirror *m, struct err *e)
{
	const struct mirror_conf *c = m->conf;
	struct tale	 t;
	struct source	*s;
	enum fetch	 f;
	uint64_t	 before;
	size_t		 i = 0, failed = 0;
	unsigned	 round = 0, again = 0;
	int		 all, enough;

	memset(&t, 0, sizeof(t));
	for (;;) {
		if ((i = next_source(c, i)) == c->nsource)
			return give_up(&t, e);
		s = &c->source[i];
		before = m->got;
		f = attempt(m, s, e);
		if (f == FETCH_WHOLE || f == FETCH_NOTHING)
			return 0;
		if (f == FETCH_STOP)
			return -1;
		if (f == FETCH_AGAIN && ++again <= AGAIN_MAX)
			continue;
		if (f == FETCH_AGAIN) {
			err_set(e, "%s: leads nowhere after %d answers",
			    s->url, AGAIN_MAX);
			f = FETCH_REFUSED;
		}
		again = 0;
		if (f == FETCH_REFUSED) {
			t.refused = *e;
			t.has_refused = 1;
			s->bad = 1;
			if (next_source(c, i) < c->nsource)
				mirror_say(m, MIRROR_WARN, "%s", e->msg);
			continue;	/* else the caller tells it */
		}
		t.cut = *e;
		t.has_cut = 1;
		if (f == FETCH_CUT && m->got - before >= FRUIT_MIN) {
			round = 0;
			failed = 0;
			continue;	/* at once: the line works */
		}
		i++;
		all = ++failed >= count_sources(c);
		enough = all && ((c->once && round + 1 == ONCE_ROUNDS) ||
		    only_files(c));
		if (!enough || t.has_refused)	/* else the caller tells it */
			mirror_say(m, MIRROR_WARN, "%s", e->msg);
		if (enough)
			return give_up(&t, e);
		if (!all)
			continue;
		failed = 0;
		back_off(m, round++);
	}
}

int
mirror_run(const struct mirror_conf *c, struct mirror_result *r,
    struct err *e)
{
	struct mirror	 m;
	enum fetch	 f;
	size_t		 i;
	int		 rv;

	memset(&m, 0, sizeof(m));
	memset(r, 0, sizeof(*r));
	m.conf = c;
	m.result = r;
	for (i = 0; i < c->nsource; i++)
		source_forgive(&c->source[i]);
	if ((rv = start(&m, e)) == 0) {
		/* A crash came after the last byte: no line is needed. */
		f = job_is_whole(&m.job) ? finish(&m, NULL, e) : FETCH_AGAIN;
		if (f != FETCH_WHOLE)
			rv = f == FETCH_STOP ? -1 : rounds(&m, e);
		if (c->progress != NULL)
			c->progress(c->arg, NULL);
		if (rv == 0)
			rv = fetch_beside(&m, e);
	}
	end(&m);
	return rv;
}

int
mirror_peek(const struct mirror_conf *c, struct head *h, const char **url,
    struct err *e)
{
	struct mirror		 m;
	struct mirror_result	 r;
	struct letterfile	 l;
	struct buf		 b = BUF_INIT;
	struct source		*s;
	size_t			 i;
	int			 rv = -1;

	memset(&m, 0, sizeof(m));
	memset(&r, 0, sizeof(r));
	m.conf = c;
	m.result = &r;
	for (i = 0; i < c->nsource && rv == -1; i++) {
		s = &c->source[i];
		*url = s->url;
		source_forgive(s);
		buf_reset(&b);
		if (s->kind == SOURCE_FILE)
			rv = install_peek(s->path, &l, e);
		else if (ask_head(&m, s, &b, e) == FETCH_WHOLE)
			rv = head_parse(b.data, b.len, &l.head, e);
		if (rv == -1 && i + 1 < c->nsource)
			mirror_say(&m, MIRROR_WARN, "%s", e->msg);
	}
	buf_free(&b);
	if (rv == -1)
		return -1;
	*h = l.head;
	return 0;
}
