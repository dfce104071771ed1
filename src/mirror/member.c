/* SPDX-License-Identifier: ISC */
/*
 * One member of a catalogue: from the letter that came to the file that is
 * served.  The letter is a stranger's.  The new package is made in a file
 * beside the old one, is opened as any reader would, and is proven by a key
 * that the user gave, or by the key that the proven catalogue lists for this id
 * and whoever follows from it.  It may not be older than what is held, nor than
 * what the catalogue lists, nor be another edition of the same serial.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "mirror/judge.h"
#include "mirror/member.h"
#include "mirror/run.h"
#include "package/blob.h"
#include "package/chain.h"
#include "package/compact.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/publish.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/sweep.h"
#include "package/wire.h"

/* A member while its letter is judged and installed. */
struct member_work {
	const struct member_job	*job;
	char			*path;
	struct pkg		*cur;	/* what is there; NULL: nothing */
	int			 is_other;	/* which another publisher signed */
	const char		*text;
	size_t			 len;
	struct head		 head;
};

char *
member_path(const char *dir, const char *id)
{
	char	*path;

	return asprintf(&path, "%s/%s.gpub", dir, id) == -1 ? NULL : path;
}

static struct pkg *
open_current(const char *path)
{
	int	 fd = file_open(path, NULL);

	return fd == -1 ? NULL : pkg_open(fd, path, NULL, 0, NULL);
}

void
member_held(const char *dir, const char *id, struct edition *ed)
{
	struct pkg	*p = NULL;
	char		*path;

	memset(ed, 0, sizeof(*ed));
	if ((path = member_path(dir, id)) != NULL)
		p = open_current(path);
	if (p != NULL && pkg_head(p)->is_signed &&
	    strcmp(pkg_head(p)->id, id) == 0)
		storeix_edition(pkg_head(p), ed);
	pkg_close(p);
	free(path);
}

static enum trust
judge(const struct member_job *j, const struct pkg *p, struct err *e)
{
	struct pkg_entry keys = { 0 };
	const char	*text;
	size_t		 len;

	text = pkg_comment(p, &len);
	pkg_find(p, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	return members_judge(j->anchor, j->nanchor, j->list, text, len,
	    (const char *)keys.data, keys.size, NULL, e);
}

/* 0; -1: see e. */
static int
begin(struct member_work *w, const struct member_job *j, struct err *e)
{
	memset(w, 0, sizeof(*w));
	w->job = j;
	if ((w->path = member_path(j->dir, j->member->id)) == NULL) {
		err_nomem(e);
		return -1;
	}
	w->cur = open_current(w->path);
	if (w->cur != NULL && (!pkg_head(w->cur)->is_signed ||
	    strcmp(pkg_head(w->cur)->id, j->member->id) != 0)) {
		err_set(e, "%s: not an edition of \"%s\"; a mirror does not "
		    "replace it: take it away", w->path, j->member->id);
		return -1;
	}
	/*
	 * The catalogue lists another publisher now, whose serials begin anew.
	 */
	w->is_other = w->cur != NULL && judge(j, w->cur, NULL) !=
	    TRUST_PROVEN;
	return 0;
}

static void
end(struct member_work *w)
{
	pkg_close(w->cur);
	free(w->path);
}

/* Compare serials and sizes.  0; -1: see e; 1: the edition is there already. */
static int
check_serial(const struct member_work *w, struct err *e)
{
	const struct member	*m = w->job->member;
	const struct head	*h = &w->head, *c;
	const char		*id = m->id;

	c = w->cur == NULL || w->is_other ? NULL : pkg_head(w->cur);
	if (strcmp(h->id, id) != 0)
		err_set(e, "%s: wrong package: its head says \"%s\"", id,
		    h->id);
	else if (c != NULL && h->serial == c->serial &&
	    memcmp(h->core, c->core, sizeof(h->core)) == 0)
		return 1;
	else if (c != NULL && h->serial < c->serial)
		err_set(e, "%s: rollback: edition %" PRIu64 ", but %" PRIu64
		    " is held", id, h->serial, c->serial);
	else if (c != NULL && h->serial == c->serial)
		err_set(e, "%s: equivocation: another edition %" PRIu64
		    " than the one that is held", id, h->serial);
	else if (h->serial < m->ed.serial)
		err_set(e, "%s: rollback: edition %" PRIu64 ", but the "
		    "catalogue lists %" PRIu64, id, h->serial, m->ed.serial);
	else if (h->serial == m->ed.serial && memcmp(h->core, m->ed.core,
	    SHORT_LEN) != 0)
		err_set(e, "%s: disagrees: another edition %" PRIu64 " than "
		    "the one that the catalogue lists", id, h->serial);
	else if (h->serial > m->ed.serial && h->serial >
	    judge_serial_limit(clock_wall(), c == NULL ? 0 : c->published))
		err_set(e, "%s: fast-forward: edition %" PRIu64 " lies more "
		    "than a year ahead", id, h->serial);
	else if (h->core_size > w->job->m->conf->max_size ||
	    h->wire_size > w->job->m->conf->max_size)
		err_set(e, "%s: too large: %" PRIu64 " bytes (--max-size)",
		    id, h->core_size);
	else
		return 0;
	return -1;
}

/*
 * Of a key's successors only the first that it announced counts.  When the
 * package that is held announces one, and another key signed the new package,
 * the new package's succession must have that step: from the signer of the
 * package that is held to the key that it announces.
 */
static int
check_successor(const struct member_work *w, const struct pkg *new,
    struct err *e)
{
	const struct head	*h = pkg_head(new), *c;
	struct pkg_entry	 keys;
	struct chain		*chain;
	size_t			 i;
	int			 ok = 0;

	if (w->cur == NULL || w->is_other)
		return 0;
	c = pkg_head(w->cur);
	if (!c->has_next || memcmp(c->key_id, h->key_id, 8) == 0)
		return 0;
	if ((chain = malloc(sizeof(*chain))) != NULL &&
	    pkg_find(new, CHAIN_PATH, strlen(CHAIN_PATH), &keys) &&
	    chain_parse(chain, (const char *)keys.data, keys.size, NULL) == 0)
		for (i = 0; i < chain->n; i++)
			ok |= memcmp(chain->step[i].signer, c->key_id, 8) ==
			    0 && memcmp(&chain->step[i].next, &c->next,
			    sizeof(c->next)) == 0;
	free(chain);
	if (ok)
		return 0;
	err_set(e, "%s: signed by a key that does not follow from the one that "
	    "the edition that is held announces", w->job->member->id);
	return -1;
}

static void
say_line(void *arg, const char *line)
{
	mirror_say(arg, MIRROR_NOTE, "%s", line);
}

/*
 * This machine's clock may be late: the true time is not before the date of the
 * edition.
 */
static void
warn_expired(struct mirror *m, const struct head *h)
{
	int64_t	 now = clock_wall();
	char	 date[21];

	if (h->expires >= (now > h->published ? now : h->published))
		return;
	clock_format(h->expires, date);
	mirror_say(m, MIRROR_WARN, "%s: edition %" PRIu64 " has expired on "
	    "%.10s: is there nothing newer?", h->id, h->serial, date);
}

/* The new file is made: prove it, keep its blob, put it in place. */
static enum member_took
swap_in(struct member_work *w, struct file_new *f, int blob, int is_delta,
    struct err *e)
{
	struct mirror		*m = w->job->m;
	enum member_took	 took = MEMBER_REFUSED;
	struct pkg		*new = NULL;
	struct err		 why;
	int			 fd;

	if ((fd = fcntl(f->fd, F_DUPFD_CLOEXEC, 3)) == -1) {
		err_sys(e, "%s", w->path);
		took = MEMBER_STOP;
	} else if ((new = pkg_open_mine(fd, w->path, NULL, 0, e)) != NULL &&
	    judge(w->job, new, &why) != TRUST_PROVEN)
		err_set(e, "%s: %s", w->job->member->id, why.msg);
	else if (new != NULL && check_successor(w, new, e) == 0) {
		took = MEMBER_STOP;
		if (store_publish(w->path, new, w->cur, blob, is_delta,
		    say_line, m, e) == 0) {
			if (file_commit(f, e) == 0)
				took = MEMBER_NEW;
			else
				f->fd = -1;
		}
	}
	if (took == MEMBER_NEW) {
		warn_expired(m, &w->head);
		if (store_sweep(w->path, new, &why) == -1)
			mirror_say(m, MIRROR_WARN, "old blobs: %s", why.msg);
	} else if (f->fd != -1)
		file_abandon(f);
	pkg_close(new);
	return took;
}

/* A file without a name that holds these bytes; -1: see e. */
static int
spooled(const char *near, const uint8_t *data, size_t n, struct err *e)
{
	int	 fd;

	if ((fd = spool_open(near, e)) == -1)
		return -1;
	if (file_write_all(fd, data, n) == 0 && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	err_sys(e, "%s: a temporary file", near);
	close(fd);
	return -1;
}

/* Into out, from the blob, or from the same pages under another head. */
static int
make(const struct member_work *w, int fd, int is_delta, int out,
    struct err *e)
{
	if (!is_delta && fd == -1)
		return -1;
	return pkg_from_blob(fd, is_delta ? w->cur : NULL, w->text, w->len,
	    w->path, out, e);
}

static int
make_renewed(const struct member_work *w, int out, struct err *e)
{
	int	 fd, rv;

	if ((fd = spool_open(w->path, e)) == -1)
		return -1;
	rv = pkg_to_wire(w->cur, fd, e) == 0 ? pkg_from_wire(fd, w->text,
	    w->len, out, e) : -1;
	close(fd);
	return rv;
}

/* The head is known, and the blob is there. */
static enum member_took
take(struct member_work *w, const struct offer *o, const uint8_t *blob,
    struct err *e)
{
	struct file_new		 f;
	enum member_took	 took;
	int			 fd = -1, rv, renewed;

	if (head_parse(w->text, w->len, &w->head, e) == -1)
		return MEMBER_REFUSED;
	if ((rv = check_serial(w, e)) != 0)
		return rv == 1 ? MEMBER_SAME : MEMBER_REFUSED;
	renewed = w->cur != NULL && memcmp(w->head.core,
	    pkg_head(w->cur)->core, sizeof(w->head.core)) == 0;
	if (!renewed && (o->size == 0 || o->size > blob_max(
	    w->head.wire_size) || (o->has_base && (w->cur == NULL ||
	    memcmp(o->base, pkg_head(w->cur)->core, SHORT_LEN) != 0)))) {
		err_set(e, "%s: no blob that leads from what is held to "
		    "edition %" PRIu64, w->job->member->id, w->head.serial);
		return MEMBER_REFUSED;
	}
	if (!renewed && (fd = spooled(w->path, blob, (size_t)o->size, e)) ==
	    -1)
		return MEMBER_STOP;
	if (file_begin(&f, w->path, 0644, e) == -1) {
		if (fd != -1)
			close(fd);
		return MEMBER_STOP;
	}
	rv = renewed ? make_renewed(w, f.fd, e) :
	    make(w, fd, o->has_base, f.fd, e);
	if (rv == 0)
		took = swap_in(w, &f, fd, o->has_base, e);
	else {
		took = e->status == STATUS_REFUSED ? MEMBER_REFUSED :
		    MEMBER_STOP;
		file_abandon(&f);
	}
	if (fd != -1)
		close(fd);
	return took;
}

enum member_took
member_take_text(const struct member_job *j, const char *head, size_t len,
    const struct offer *o, const uint8_t *blob, struct edition *ed,
    struct err *e)
{
	struct member_work	 w;
	enum member_took	 took = MEMBER_REFUSED;

	if (begin(&w, j, e) == 0) {
		w.text = head;
		w.len = len;
		took = take(&w, o, blob, e);
		storeix_edition(&w.head, ed);
	}
	end(&w);
	return took;
}

/* The values of a compact head that are left out, and its text. */
static enum member_took
unfold(struct member_work *w, struct compact *c, const uint8_t *blob,
    struct offer *o, struct buf *text, struct err *e)
{
	const uint64_t	 max = w->job->m->conf->max_size;
	struct err	 why;

	if (!c->is_bare && (w->cur == NULL ||
	    !compact_fill(c, pkg_head(w->cur))))
		return MEMBER_TEXT;
	if (c->head.wire_size > max) {
		err_set(e, "%s: too large: %" PRIu64 " bytes (--max-size)",
		    w->job->member->id, c->head.wire_size);
		return MEMBER_REFUSED;
	}
	if (compact_is_derived(c) && (pkg_derive(blob, (size_t)c->size,
	    w->cur, w->path, &c->head, &why) == -1 || sha_bytes(blob,
	    (size_t)c->size, c->sha, &why) == -1)) {
		*e = why;
		return why.status == STATUS_REFUSED ? MEMBER_TEXT :
		    MEMBER_STOP;
	}
	memset(o, 0, sizeof(*o));
	o->size = c->size;
	memcpy(o->sha, c->sha, sizeof(o->sha));
	o->has_base = c->kind == COMPACT_DELTA;
	if (o->has_base)
		memcpy(o->base, pkg_head(w->cur)->core, SHORT_LEN);
	compact_text(c, text);
	if (buf_ok(text))
		return MEMBER_NEW;
	err_nomem(e);
	return MEMBER_STOP;
}

enum member_took
member_take_compact(const struct member_job *j, struct compact *c,
    const uint8_t *blob, struct edition *ed, struct err *e)
{
	struct member_work	 w;
	struct offer		 o;
	struct buf		 text = BUF_INIT;
	enum member_took	 took = MEMBER_REFUSED;

	if (begin(&w, j, e) == 0 && (took = unfold(&w, c, blob, &o, &text,
	    e)) == MEMBER_NEW) {
		w.text = text.data;
		w.len = text.len;
		took = take(&w, &o, blob, e);
		storeix_edition(&w.head, ed);
		/*
		 * When a derived head is refused, the base may be at fault:
		 * ask for the text.
		 */
		if (took == MEMBER_REFUSED && compact_is_derived(c))
			took = MEMBER_TEXT;
	}
	end(&w);
	buf_free(&text);
	return took;
}
