/* SPDX-License-Identifier: ISC */
/*
 * Makes the blobs that mirrors fetch when an edition is published: the full
 * one, and a delta from each earlier edition whose full blob is still in the
 * store.  Each blob is expanded again and compared with its source before it
 * gets its name.  Blobs of earlier editions are only used when they expand to
 * the hash that the index names; nothing else in the store is believed.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crew.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "package/blob.h"
#include "package/diff.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/own.h"
#include "package/publish.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/store.h"
#include "package/window.h"
#include "package/wire.h"

#define COPY_CHUNK	16384
/*
 * A delta between large wire forms mostly copies, and a quick level does that
 * nearly as well: at 4.6 MB it makes 3,692 bytes instead of 3,588, in a
 * thirtieth of the time.  When more is new, the best level is used.
 */
#define QUICK_FROM	(1u << 20)	/* wire form, bytes */
#define QUICK_MOST	(16u << 10)	/* delta, bytes */
/*
 * Bytes of all wire forms of older editions that are read again to make deltas:
 * 32 wire forms of up to 8 MiB, or fewer larger ones.
 */
#define OLDER_MOST	(256ull << 20)

/* A wire form in a file without a name, mapped. */
struct wire {
	const uint8_t	*data;
	size_t		 size;
};

struct publish {
	char		*dir;		/* the store */
	const char	*gpub;
	const struct pkg *old;
	struct wire	 new;
	int		 got, got_base;	/* as store_publish() has them */
	struct index	 index, was;	/* new edition's, replaced one's */
	const struct wire *packing;	/* the full blob that is being made is
					   made from it; NULL: none is */
	uint64_t	 rested;	/* bytes of it that are not needed any
					   more */
	size_t		 done;		/* blobs made */
	uint64_t	 told;		/* ms: last line of progress */
	store_progress	*progress;
	void		*arg;
};

static void
tick(void *arg, uint64_t done)
{
	struct publish	*p = arg;
	char		 line[160];
	uint64_t	 now;

	if (p->packing != NULL && done > p->rested) {
		spool_rest(p->packing->data, (size_t)p->rested, (size_t)done);
		p->rested = done;
	}
	if (p->progress == NULL || p->done > p->index.n ||
	    (now = clock_mono_ms()) < p->told + 1000)
		return;
	p->told = now;
	snprintf(line, sizeof(line), "%zu of %zu blobs made for mirrors, "
	    "%llu of %zu KB of the next", p->done, 1 + p->index.n,
	    (unsigned long long)done >> 10, p->new.size >> 10);
	p->progress(p->arg, line);
}

static int
wire_of(struct publish *p, const struct pkg *pkg, struct wire *w,
    struct err *e)
{
	int	 fd, rv = -1;

	if ((fd = spool_open(p->gpub, e)) == -1)
		return -1;
	if (pkg_to_wire(pkg, fd, e) == 0)
		rv = spool_map(fd, &w->data, &w->size, e);
	close(fd);
	return rv;
}

/* 1; 0: its full blob is missing or damaged; -1: see e. */
static int
wire_of_blob(struct publish *p, const struct index_from *f, struct wire *w,
    struct err *e)
{
	struct own	 blob = OWN_INIT;
	uint8_t		 sha[SHA_LEN];
	char		*path;
	int		 from, to = -1, rv = -1;

	if ((path = storeix_blob_path(p->dir, &f->full)) == NULL) {
		err_nomem(e);
		return -1;
	}
	from = file_open_ours(path, O_RDONLY, 0, NULL);
	free(path);
	if (from == -1 || own_copy(&blob, from, p->gpub, NULL) == -1)
		rv = 0;
	else if ((to = spool_open(p->gpub, e)) == -1)
		;
	else if (blob_expand(blob.data, blob.size, NULL, 0, f->wire.size,
	    to, sha, e) == -1)
		rv = e->status == STATUS_CANNOT ? -1 : 0;
	else if (memcmp(sha, f->wire.sha, SHA_LEN) != 0)
		rv = 0;
	else if (spool_map(to, &w->data, &w->size, e) == 0)
		rv = 1;
	own_free(&blob);
	if (from != -1)
		close(from);
	if (to != -1)
		close(to);
	return rv;
}

static int
copy(int from, int to, struct err *e)
{
	char	 chunk[COPY_CHUNK];
	off_t	 at = 0;
	ssize_t	 n;

	for (;;) {
		n = pread(from, chunk, sizeof(chunk), at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == 0)
			return 0;
		if (n == -1 || file_write_all(to, chunk, (size_t)n) == -1)
			break;
		at += n;
	}
	err_sys(e, "copying a blob");
	return -1;
}

/* Check that the blob in fd makes the wanted wire form. */
static int
checked(int fd, const struct wire *base, const struct index_file *want,
    struct err *e)
{
	const uint8_t	*blob;
	uint8_t		 sha[SHA_LEN];
	size_t		 n;
	int		 rv;

	if (spool_map(fd, &blob, &n, e) == -1)
		return -1;
	rv = window_expand(blob, n, base == NULL ? NULL : base->data,
	    base == NULL ? 0 : base->size, want->size, -1, sha, e);
	if (rv == 0 && memcmp(sha, want->sha, SHA_LEN) != 0) {
		err_cannot(e, "a blob does not expand to what it was made "
		    "from; is the memory of this machine sound?");
		rv = -1;
	}
	spool_unmap(blob, n);
	return rv;
}

/* Flush the temporary file and give it its name. */
static int
keep(struct publish *p, int fd, const char *tmp, struct index_file *f,
    struct err *e)
{
	struct stat	 st;
	char		*path = NULL;
	int		 rv = -1;

	if (sha_file(fd, f->sha, e) == -1)
		return -1;
	if (fsync(fd) == -1 || fstat(fd, &st) == -1)
		err_sys(e, "%s", tmp);
	else if ((path = storeix_blob_path(p->dir, f)) == NULL)
		err_nomem(e);
	else if (rename(tmp, path) == -1)
		err_sys(e, "%s: rename to %s", tmp, path);
	else {
		f->size = (uint64_t)st.st_size;
		rv = 0;
	}
	free(path);
	return rv;
}

/* Pack wire, in full or from base, into the empty file fd. */
static int
make(struct publish *p, const struct wire *wire, const struct wire *base,
    int fd, struct err *e)
{
	struct stat	 st;
	const uint8_t	*from = base == NULL ? NULL : base->data;
	size_t		 n = base == NULL ? 0 : base->size;

	if (base != NULL && (wire->size > BLOB_BASE_MAX || n > BLOB_BASE_MAX))
		return diff_make(wire->data, wire->size, from, n, fd, tick, p,
		    e);
	if (base != NULL && wire->size >= QUICK_FROM) {
		if (blob_make(wire->data, wire->size, from, n, BLOB_QUICK, 1,
		    fd, tick, p, e) == -1)
			return -1;
		if (fstat(fd, &st) == -1 || (st.st_size > QUICK_MOST &&
		    (ftruncate(fd, 0) == -1 || lseek(fd, 0, SEEK_SET) == -1))) {
			err_sys(e, "%s", p->dir);
			return -1;
		}
		if (st.st_size <= QUICK_MOST)
			return 0;
	}
	if (base == NULL) {
		p->packing = wire;
		p->rested = 0;
	}
	/* A mirror has got a blob already, and may be a small machine. */
	return blob_make(wire->data, wire->size, from, n, BLOB_LEVEL,
	    p->got == -1 ? (unsigned)crew_threads() : 1, fd, tick, p, e);
}

/*
 * Put one blob into the store: wire (whose hash is want), packed in full or
 * from base; or what is in the file got, unless got is -1.
 */
static int
put(struct publish *p, int got, const struct wire *wire,
    const struct wire *base, const struct index_file *want,
    struct index_file *f, struct err *e)
{
	char	*tmp;
	int	 fd, rv = -1;

	if (asprintf(&tmp, "%s/new.%ld", p->dir, (long)getpid()) == -1) {
		err_nomem(e);
		return -1;
	}
	unlink(tmp);		/* an older process had the same pid */
	fd = open(tmp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd == -1)
		err_sys(e, "%s", tmp);
	else {
		if (got != -1)
			rv = copy(got, fd, e);
		else
			rv = make(p, wire, base, fd, e);
		p->packing = NULL;
		if (rv == 0)
			rv = checked(fd, base, want, e);
		if (rv == 0)
			rv = keep(p, fd, tmp, f, e);
		if (close(fd) == -1 && rv == 0) {
			err_sys(e, "%s", tmp);
			rv = -1;
		}
		if (rv == -1)
			unlink(tmp);
	}
	free(tmp);
	p->done++;
	tick(p, 0);
	return rv;
}

/*
 * Keep the replaced edition's full blob, or make it if it is missing: later
 * deltas are made from it.
 */
static int
full_of_old(struct publish *p, const struct wire *w, struct index_from *f,
    struct err *e)
{
	struct stat	 st;
	char		*path;
	int		 there;

	if (p->was.full.size != 0) {
		if ((path = storeix_blob_path(p->dir, &p->was.full)) == NULL) {
			err_nomem(e);
			return -1;
		}
		there = lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		    (uint64_t)st.st_size == p->was.full.size;
		free(path);
		if (there) {
			f->full = p->was.full;
			return 0;
		}
	}
	return put(p, -1, w, NULL, &f->wire, &f->full, e);
}

static int
from_old(struct publish *p, struct err *e)
{
	struct index_from	*f = &p->index.from[0];
	struct wire		 w = { NULL, 0 };
	int			 rv = -1;

	if (wire_of(p, p->old, &w, e) == 0 &&
	    full_of_old(p, &w, f, e) == 0)
		rv = put(p, p->got_base ? p->got : -1, &p->new, &w,
		    &p->index.wire, &f->delta, e);
	spool_unmap(w.data, w.size);
	return rv;
}

/* Make deltas from the editions before the replaced one, from their blobs. */
static int
from_older(struct publish *p, struct err *e)
{
	struct index	*x = &p->index;
	struct wire	 w;
	uint64_t	 read = 0;
	size_t		 i, kept = 1;
	int		 rv;

	for (i = 1; i < x->n; i++) {
		w.data = NULL;
		w.size = 0;
		rv = 0;
		if (x->from[i].full.size != 0 &&
		    read + x->from[i].wire.size <= OLDER_MOST)
			rv = wire_of_blob(p, &x->from[i], &w, e);
		if (rv == 1) {
			read += x->from[i].wire.size;
			x->from[kept] = x->from[i];
			rv = put(p, -1, &p->new, &w, &x->wire,
			    &x->from[kept++].delta, e);
		}
		spool_unmap(w.data, w.size);
		if (rv == -1)
			return -1;
	}
	if (x->n > kept)
		x->n = kept;
	return 0;
}

static int
sync_dir(const char *dir, struct err *e)
{
	int	 fd, rv = 0;

	if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC)) == -1 ||
	    (fsync(fd) == -1 && errno != EINVAL && errno != ENOTSUP)) {
		err_sys(e, "%s", dir);
		rv = -1;
	}
	if (fd != -1)
		close(fd);
	return rv;
}

static int
all(struct publish *p, const struct pkg *new, struct err *e)
{
	struct index		*x = &p->index;
	const struct head	*h = pkg_head(new), *oh;
	struct index_from	*f;
	size_t			 i;

	storeix_edition(h, &x->ed);
	x->wire.size = h->wire_size;
	memcpy(x->wire.sha, h->wire, SHA_LEN);
	if (p->old != NULL && pkg_head(p->old)->serial < h->serial) {
		oh = pkg_head(p->old);
		f = &x->from[x->n++];
		storeix_edition(oh, &f->ed);
		f->wire.size = oh->wire_size;
		memcpy(f->wire.sha, oh->wire, SHA_LEN);
		if (storeix_load(p->dir, &f->ed, &p->was, e) == -1)
			return -1;
		for (i = 0; i < p->was.n && x->n < STORE_EDITIONS; i++) {
			f = &x->from[x->n++];
			*f = p->was.from[i];
			memset(&f->delta, 0, sizeof(f->delta));
		}
	}
	if (wire_of(p, new, &p->new, e) == -1 ||
	    put(p, p->got_base ? -1 : p->got, &p->new, NULL, &x->wire,
	    &x->full, e) == -1)
		return -1;
	if (x->n > 0 && (from_old(p, e) == -1 || from_older(p, e) == -1))
		return -1;
	/* A delta that saves nothing is not offered. */
	for (i = 0; i < x->n; i++)
		if (x->from[i].delta.size >= x->full.size)
			memset(&x->from[i].delta, 0,
			    sizeof(x->from[i].delta));
	return sync_dir(p->dir, e) == -1 ? -1 : storeix_save(p->dir, x, e);
}

static struct publish *
publish_new(const char *gpub, store_progress *progress, void *arg,
    struct err *e)
{
	struct publish	*p;

	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    (p->dir = storeix_dir(gpub)) == NULL) {
		free(p);
		err_nomem(e);
		return NULL;
	}
	p->gpub = gpub;
	p->got = -1;
	p->progress = progress;
	p->arg = arg;
	p->told = clock_mono_ms();
	return p;
}

static void
publish_free(struct publish *p)
{
	spool_unmap(p->new.data, p->new.size);
	free(p->dir);
	free(p);
}

int
store_publish(const char *gpub, const struct pkg *new, const struct pkg *old,
    int got, int got_base, store_progress *progress, void *arg,
    struct err *e)
{
	struct publish	*p;
	struct err	 mine;
	int		 rv = -1;

	if (e == NULL)
		e = &mine;
	if (!pkg_head(new)->is_signed) {
		err_cannot(e, "%s: not signed: no blobs for mirrors", gpub);
		return -1;
	}
	if ((p = publish_new(gpub, progress, arg, e)) == NULL)
		return -1;
	p->old = old;
	p->got = got;
	p->got_base = got_base;
	if (file_dir_ours(p->dir, 0755, e) == 0)
		rv = all(p, new, e);
	publish_free(p);
	return rv;
}

/* Make the delta from a base, and put its line behind those of older ones. */
static int
add_base(struct publish *p, const struct pkg *new, const struct pkg *base,
    struct err *e)
{
	const struct head	*h = pkg_head(base);
	struct index		*x = &p->index;
	struct index_from	*f;
	struct edition		 ed;
	struct wire		 w = { NULL, 0 };
	int			 rv = -1;

	storeix_edition(pkg_head(new), &ed);
	if ((rv = storeix_load(p->dir, &ed, x, e)) != 1) {
		if (rv == 0)
			err_cannot(e, "%s: no index of its blobs", p->gpub);
		return -1;
	}
	if (x->n == STORE_EDITIONS)
		x->n--;			/* the oldest edition is left out */
	f = &x->from[x->n];
	memset(f, 0, sizeof(*f));
	storeix_edition(h, &f->ed);
	f->wire.size = h->wire_size;
	memcpy(f->wire.sha, h->wire, SHA_LEN);
	p->done = x->n;
	rv = -1;
	if (wire_of(p, new, &p->new, e) == 0 && wire_of(p, base, &w, e) == 0)
		rv = put(p, -1, &p->new, &w, &x->wire, &f->delta, e);
	spool_unmap(w.data, w.size);
	if (rv == -1 || f->delta.size >= x->full.size)
		return rv;
	x->n++;
	return sync_dir(p->dir, e) == -1 ? -1 : storeix_save(p->dir, x, e);
}

int
store_publish_base(const char *gpub, const struct pkg *new,
    const char *base, store_progress *progress, void *arg, struct err *e)
{
	struct publish	*p;
	struct pkg	*b;
	int		 fd, rv = -1;

	if ((fd = file_open(base, e)) == -1 ||
	    (b = pkg_open(fd, base, NULL, 0, e)) == NULL)
		return -1;
	if ((p = publish_new(gpub, progress, arg, e)) != NULL) {
		rv = add_base(p, new, b, e);
		publish_free(p);
	}
	pkg_close(b);
	return rv;
}
