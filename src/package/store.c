/* SPDX-License-Identifier: ISC */
/*
 * The blobs of an edition as a server needs them: those that the index of
 * NAME.gpub.store names are copied, one after the other, into one file that
 * nobody else can change (own.h), with a table of them at its end.  A file that
 * is missing or does not have the hash in its name is left out: mirrors are
 * then offered another blob.  The store proves nothing: a mirror checks all
 * that it gets.
 */
#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "package/blob.h"
#include "package/bundle.h"
#include "package/compact.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/list.h"
#include "package/members.h"
#include "package/own.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/store.h"
#include "package/wire.h"

/*
 * Full blobs and deltas of the edition and of the one before it, and full blobs
 * of older editions.
 */
#define BLOBS_MAX	(2 * (1 + STORE_EDITIONS) + STORE_EDITIONS)
#define OLD_MAX		(64u << 20)	/* bytes of the wire form of an older
					   edition */
#define PATIENT_MAX	(1u << 20)	/* bytes of a wire form, up to which the
					   best level is used */
#define CHUNK		16384

/* A line of the table. */
struct blob {
	uint64_t	 at;		/* offset in the file */
	uint64_t	 size;
	struct edition	 base;		/* serial 0: a full blob */
	uint8_t		 sha[SHA_LEN];
	/* It expands to the open edition, the one before it, or `base'. */
	uint64_t	 leads;
};
enum { LEADS_LAST, LEADS_HERE, LEADS_BASE };

struct store {
	struct pkg		*pkg;
	struct own		 own;
	int			 made;
	size_t			 nbad;
	size_t			 n;
	const struct blob	*blob;	/* in own */
};

/* A store that is being made. */
struct blob_making {
	const char	*gpub, *dir;
	struct store	*s;
	struct index	 x[2];		/* of the edition, of the one before
					   it */
	int		 nx;
	uint64_t	 at;		/* bytes written */
	struct blob	 blob[BLOBS_MAX];
};

/*
 * Append b->size bytes of fd.  1; 0: the file has fewer bytes or they do not
 * have the hash b->sha, and nothing is appended; -1: see e.
 */
static int
copy(struct blob_making *m, int fd, struct blob *b, struct err *e)
{
	char		 chunk[CHUNK];
	uint8_t		 sha[SHA_LEN];
	struct sha	*h;
	uint64_t	 at;
	size_t		 n;
	int		 good = 1;

	if ((h = sha_new(e)) == NULL)
		return -1;
	for (at = 0; good && at < b->size; at += n) {
		n = b->size - at < CHUNK ? (size_t)(b->size - at) : CHUNK;
		if (file_pread_all(fd, chunk, n, (off_t)at) == -1) {
			good = 0;
			break;
		}
		sha_add(h, chunk, n);
		if (file_write_all(m->s->own.fd, chunk, n) == -1) {
			err_sys(e, "%s: a copy of the blobs", m->gpub);
			sha_end(h, NULL, NULL);
			return -1;
		}
	}
	if (sha_end(h, sha, e) == -1)
		return -1;
	if (good && memcmp(sha, b->sha, SHA_LEN) == 0) {
		m->at += b->size;
		return 1;
	}
	if (lseek(m->s->own.fd, (off_t)m->at, SEEK_SET) == -1 ||
	    ftruncate(m->s->own.fd, (off_t)m->at) == -1) {
		err_sys(e, "%s: a copy of the blobs", m->gpub);
		return -1;
	}
	return 0;
}

static int
add(struct blob_making *m, const struct index_file *f,
    const struct edition *base, int leads, struct err *e)
{
	struct blob	*b = &m->blob[m->s->n];
	struct stat	 st;
	char		*path;
	int		 fd, rv = 0;

	if (f->size == 0)
		return 0;
	if ((path = storeix_blob_path(m->dir, f)) == NULL) {
		err_nomem(e);
		return -1;
	}
	fd = file_open_ours(path, O_RDONLY, 0, NULL);
	free(path);
	memset(b, 0, sizeof(*b));
	b->at = m->at;
	b->size = f->size;
	memcpy(b->sha, f->sha, SHA_LEN);
	b->leads = (uint64_t)leads;
	if (base != NULL)
		b->base = *base;
	if (fd != -1 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uint64_t)st.st_size == f->size)
		rv = copy(m, fd, b, e);
	if (fd != -1)
		close(fd);
	if (rv == 1)
		m->s->n++;
	else
		m->s->nbad++;
	return rv == -1 ? -1 : 0;
}

/*
 * A catalogue's older editions are added in full, too, because the answers to
 * followers are made from their lists of members.
 */
static int
add_index(struct blob_making *m, int i, struct err *e)
{
	const struct index	*x = &m->x[i];
	struct pkg_entry	 en;
	int			 leads = i == 0 ? LEADS_HERE : LEADS_LAST, old;
	size_t			 k;

	old = i == 0 && pkg_find(m->s->pkg, MEMBERS_PATH,
	    strlen(MEMBERS_PATH), &en);
	if (add(m, &x->full, NULL, leads, e) == -1)
		return -1;
	for (k = 0; k < x->n; k++)
		if (add(m, &x->from[k].delta, &x->from[k].ed, leads, e) ==
		    -1 || (old && add(m, &x->from[k].full, &x->from[k].ed,
		    LEADS_BASE, e) == -1))
			return -1;
	return 0;
}

/*
 * Read the index of the edition and of the one before it.  Mirrors that have
 * begun to fetch the older one can go on.
 */
static int
load(struct blob_making *m, struct err *e)
{
	const struct head	*h = pkg_head(m->s->pkg);
	struct edition		 ed;
	int			 rv;

	storeix_edition(h, &ed);
	if ((rv = storeix_load(m->dir, &ed, &m->x[0], e)) != 1)
		return rv;
	if (m->x[0].wire.size != h->wire_size ||
	    memcmp(m->x[0].wire.sha, h->wire, SHA_LEN) != 0)
		return 0;
	m->nx = 1;
	if (m->x[0].n == 0)
		return 0;
	ed = m->x[0].from[0].ed;
	if ((rv = storeix_load(m->dir, &ed, &m->x[1], e)) == 1)
		m->nx = 2;
	return rv == -1 ? -1 : 0;
}

/* Bytes of all blobs that the indexes name. */
static uint64_t
expected(const struct blob_making *m)
{
	uint64_t	 n = pkg_head(m->s->pkg)->wire_size / 2;
	size_t		 i, k;

	for (i = 0; i < (size_t)m->nx; i++) {
		n += m->x[i].full.size;
		for (k = 0; k < m->x[i].n; k++)
			n += m->x[i].from[k].delta.size;
	}
	return n;
}

static int
make_full(struct blob_making *m, struct err *e)
{
	struct blob	*b = &m->blob[m->s->n];
	const uint8_t	*wire = NULL;
	uint8_t		 sha[SHA_LEN];
	struct own	 full = OWN_INIT;
	size_t		 n = 0;
	int		 from = -1, rv = -1;

	if (own_begin(&full, expected(m), m->gpub, e) == -1 ||
	    (from = spool_open_any(m->gpub, e)) == -1 ||
	    pkg_to_wire(m->s->pkg, from, e) == -1 ||
	    spool_map(from, &wire, &n, e) == -1 ||
	    blob_make(wire, n, NULL, 0, n <= PATIENT_MAX ? BLOB_LEVEL :
	    BLOB_QUICK, 1, full.fd, NULL, NULL, e) == -1 ||
	    own_finish(&full, e) == -1 ||
	    sha_bytes(full.data, full.size, sha, e) == -1)
		goto out;
	memset(b, 0, sizeof(*b));
	b->at = m->at;
	b->size = full.size;
	memcpy(b->sha, sha, SHA_LEN);
	b->leads = LEADS_HERE;
	if ((rv = copy(m, full.fd, b, e)) == 1) {
		m->s->n++;
		m->s->made = 1;
		rv = 0;
	} else if (rv == 0) {
		err_cannot(e, "%s: the full blob changed while it was copied",
		    m->gpub);
		rv = -1;
	}
 out:
	spool_unmap(wire, n);
	own_free(&full);
	if (from != -1)
		close(from);
	return rv;
}

static int
has_full(const struct blob_making *m)
{
	size_t	 i;

	for (i = 0; i < m->s->n; i++)
		if (m->blob[i].leads == LEADS_HERE && m->blob[i].base.serial == 0)
			return 1;
	return 0;
}

/* Write the table at the end, aligned as the processor wants it. */
static int
write_table(struct blob_making *m, struct err *e)
{
	static const uint8_t	 zero[sizeof(uint64_t)];
	size_t			 pad = (size_t)(-m->at % sizeof(uint64_t));

	if (file_write_all(m->s->own.fd, zero, pad) == -1 ||
	    file_write_all(m->s->own.fd, m->blob, m->s->n *
	    sizeof(*m->blob)) == -1) {
		err_sys(e, "%s: a copy of the blobs", m->gpub);
		return -1;
	}
	return own_finish(&m->s->own, e);
}

static int
make(struct blob_making *m, struct err *e)
{
	int	 i;

	if (load(m, e) == -1 ||
	    own_begin(&m->s->own, expected(m), m->gpub, e) == -1)
		return -1;
	for (i = 0; i < m->nx; i++)
		if (add_index(m, i, e) == -1)
			return -1;
	if (!has_full(m) && make_full(m, e) == -1)
		return -1;
	return write_table(m, e);
}

/* Find the table in a file that this module has written. */
static int
set_table(struct store *s, struct err *e)
{
	const size_t	 n = s->n * sizeof(struct blob);

	size_t		 i, room = s->own.size - n;

	if (s->n == 0 || s->n > BLOBS_MAX || s->own.size < n ||
	    room % sizeof(uint64_t) != 0)
		goto fail;
	s->blob = (const struct blob *)(const void *)(s->own.data + room);
	for (i = 0; i < s->n; i++)
		if (s->blob[i].at > room ||
		    s->blob[i].size > room - s->blob[i].at)
			goto fail;
	return 0;
 fail:
	err_cannot(e, "no table of blobs in %zu bytes", s->own.size);
	return -1;
}

static struct store *
store_new(struct pkg *p)
{
	struct store	*s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return NULL;
	s->own = (struct own)OWN_INIT;
	s->pkg = pkg_ref(p);
	return s;
}

struct store *
store_open_kept(const char *gpub, struct pkg *p, struct err *e)
{
	struct blob_making	*m;
	struct store	*s;
	char		*dir;
	int		 rv = -1;

	if (!pkg_head(p)->is_signed) {
		err_cannot(e, "%s: not signed: no blobs for mirrors", gpub);
		return NULL;
	}
	dir = storeix_dir(gpub);
	m = calloc(1, sizeof(*m));
	s = store_new(p);
	if (dir == NULL || m == NULL || s == NULL)
		err_nomem(e);
	else {
		m->gpub = gpub;
		m->dir = dir;
		m->s = s;
		if (make(m, e) == 0)
			rv = set_table(s, e);
	}
	free(m);
	free(dir);
	if (rv == 0)
		return s;
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	own_free(&s->own);
	pkg_close(s->pkg);
	free(s);
}

struct store *
store_open(const char *gpub, struct pkg *p, struct err *e)
{
	struct store	*s;

	if ((s = store_open_kept(gpub, p, e)) != NULL)
		store_shut(s);		/* the mapping is enough */
	return s;
}

int
store_fd(const struct store *s, size_t *size, size_t *n)
{
	*size = s->own.size;
	*n = s->n;
	return s->own.fd;
}

void
store_shut(struct store *s)
{
	own_shut(&s->own);
}

struct store *
store_take(int fd, size_t size, size_t n, struct pkg *p, struct err *e)
{
	struct store	*s;

	if ((s = store_new(p)) == NULL) {
		err_nomem(e);
		close(fd);
		return NULL;
	}
	s->n = n;
	if (own_take_size(&s->own, fd, size, e) == 0 &&
	    set_table(s, e) == 0) {
		own_shut(&s->own);
		return s;
	}
	store_close(s);
	return NULL;
}

const uint8_t *
store_bytes(const struct store *s, size_t *size, size_t *n)
{
	*size = s->own.size;
	*n = s->n;
	return s->own.data;
}

int
store_move(struct store *s, int fd, struct err *e)
{
	return own_swap(&s->own, fd, e) == -1 ? -1 : set_table(s, e);
}

struct store *
store_open_copy(int fd, size_t size, size_t n, const uint8_t sha[SHA_LEN],
    struct pkg *p, struct err *e)
{
	struct store	*s;
	uint8_t		 is[SHA_LEN];

	if ((s = store_new(p)) == NULL) {
		err_nomem(e);
		close(fd);
		return NULL;
	}
	s->n = n;
	if (own_take_size(&s->own, fd, size, e) == -1 ||
	    sha_bytes(s->own.data, s->own.size, is, e) == -1)
		goto fail;
	if (memcmp(is, sha, SHA_LEN) != 0) {
		err_set(e, "the copy of the blobs is damaged");
		goto fail;
	}
	if (set_table(s, e) == 0)
		return s;
 fail:
	store_close(s);
	return NULL;
}

void
store_rest(const struct store *s)
{
	spool_rest_all(s->own.data, s->own.size);
}

int
store_same(const struct store *a, const struct store *b)
{
	return a->n == b->n && a->own.size == b->own.size &&
	    memcmp(a->own.data, b->own.data, a->own.size) == 0;
}

int
store_made(const struct store *s)
{
	return s->made;
}

size_t
store_bad(const struct store *s)
{
	return s->nbad;
}

/* The blob that makes the open edition from base; serial 0: a full blob. */
static const struct blob *
find(const struct store *s, const struct edition *base)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		if (s->blob[i].leads == LEADS_HERE &&
		    s->blob[i].base.serial == base->serial &&
		    memcmp(s->blob[i].base.core, base->core, SHORT_LEN) == 0)
			return &s->blob[i];
	return NULL;
}

/* What is offered to whoever has the edition ed, and the blob itself. */
static void
offer_to(const struct store *s, const struct edition *ed, struct offer *o,
    const uint8_t **data, size_t *n)
{
	const struct edition	 none = { .serial = 0 };
	const struct blob	*b;

	*data = NULL;
	*n = 0;
	memset(o, 0, sizeof(*o));
	/* A base may be of another package, so serials are not compared yet. */
	b = find(s, ed);
	/* The asker has this core under an older head: only the head is new. */
	if (memcmp(ed->core, pkg_head(s->pkg)->core, SHORT_LEN) == 0 ||
	    (b == NULL && ed->serial >= pkg_head(s->pkg)->serial))
		return;
	if (b == NULL)
		b = find(s, &none);
	o->size = b->size;
	memcpy(o->sha, b->sha, SHA_LEN);
	o->has_base = b->base.serial != 0;
	memcpy(o->base, b->base.core, SHORT_LEN);
	*data = s->own.data + b->at;
	*n = (size_t)b->size;
}

int
store_up(const struct store *s, const char *up, size_t len,
    struct buf *start, const uint8_t **data, size_t *n)
{
	struct edition	 ed;
	struct offer	 o;
	const char	*head;
	size_t		 head_len;

	*data = NULL;
	*n = 0;
	if (edition_parse(up, len, &ed) == -1)
		return -1;
	head = pkg_comment(s->pkg, &head_len);
	buf_add(start, head, head_len);
	offer_to(s, &ed, &o, data, n);
	offer_write(&o, start);
	buf_ch(start, '\n');
	return buf_ok(start) ? 0 : -1;
}

int
store_compact(const struct store *s, const char *up, size_t len,
    int in_parts, struct buf *start, const uint8_t **data, size_t *n)
{
	const struct head	*h = pkg_head(s->pkg);
	struct compact		 c;
	struct edition		 ed;
	struct offer		 o;
	const char		*head;
	size_t			 head_len;

	*data = NULL;
	*n = 0;
	if (edition_parse(up, len, &ed) == -1)
		return -1;
	if (ed.serial == h->serial &&
	    memcmp(ed.core, h->core, SHORT_LEN) == 0) {
		buf_str(start, COMPACT_SAME);
		return buf_ok(start) ? 0 : -1;
	}
	head = pkg_comment(s->pkg, &head_len);
	offer_to(s, &ed, &o, data, n);
	if (compact_make(&c, head, head_len, &ed, &o, NULL) == -1)
		return -1;
	c.in_parts = in_parts;
	compact_write(&c, start);
	return buf_ok(start) ? 0 : -1;
}

int
store_at(const struct store *s, const char *at, size_t len,
    struct buf *start, const uint8_t **data, size_t *n)
{
	struct blob_line l;
	size_t		 i;

	*data = NULL;
	*n = 0;
	if (blob_at_parse(at, len, l.sha, &l.offset) == -1)
		return -1;
	for (i = 0; i < s->n; i++)
		if (memcmp(s->blob[i].sha, l.sha, SHORT_LEN) == 0)
			break;
	if (i == s->n || l.offset > s->blob[i].size)
		return 0;
	l.total = s->blob[i].size;
	blob_line_write(&l, start);
	*data = s->own.data + s->blob[i].at + l.offset;
	*n = (size_t)(s->blob[i].size - l.offset);
	return buf_ok(start) ? 1 : -1;
}

/* The whole wire form of a blob that is full, into out. */
static int
expand(const struct store *s, const struct blob *b, struct buf *out)
{
	struct unbundle	*u;
	size_t		 used;
	int		 rv = -1;

	if ((u = unbundle_new(NULL)) != NULL)
		rv = unbundle_add(u, s->own.data + b->at, (size_t)b->size,
		    &used, out, NULL);
	unbundle_free(u);
	return rv == 1 && buf_ok(out) ? 0 : -1;
}

int
store_old(const struct store *s, const struct edition *ed, const char *path,
    struct buf *out)
{
	struct buf	 wire = BUF_INIT;
	struct pkg_list	 list = { 0 };
	long		 at;
	size_t		 i;
	int		 rv = 0;

	for (i = 0; i < s->n; i++)
		if (s->blob[i].leads == LEADS_BASE &&
		    s->blob[i].base.serial == ed->serial &&
		    memcmp(s->blob[i].base.core, ed->core, SHORT_LEN) == 0)
			break;
	if (i == s->n)
		return 0;
	wire.limit = OLD_MAX;
	if (expand(s, &s->blob[i], &wire) == 0 && wire_parse((const uint8_t *)
	    wire.data, wire.len, &list, NULL) == 0 &&
	    (at = list_find(&list, path, strlen(path))) != -1) {
		buf_add(out, wire.data + list.v[at].at, list.v[at].size);
		rv = buf_ok(out);
	}
	list_free(&list);
	buf_free(&wire);
	return rv;
}
