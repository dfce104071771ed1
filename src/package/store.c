#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/blob.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/store.h"
#include "package/wire.h"

/* Full and deltas, of the edition and of the one before it. */
#define BLOBS_MAX	(2 * (1 + STORE_EDITIONS))
#define PATIENT_MAX	(1u << 20)	/* wire form, bytes: best level */

struct blob {
	const uint8_t	*data;		/* mapped */
	size_t		 size;
	uint8_t		 sha[SHA_LEN];
	int		 current;	/* leads to the open edition */
	struct edition	 base;		/* serial 0: a full blob */
};

struct store {
	struct pkg	*pkg;
	int		 made;
	size_t		 nbad;
	size_t		 n;
	struct blob	 blob[BLOBS_MAX];
};

static int	 add(struct store *, const char *, const struct index_file *,
		    const struct edition *, int, struct err *);
static int	 add_index(struct store *, const char *,
		    const struct index *, int, struct err *);
static int	 load(struct store *, const char *, struct err *);
static int	 make_full(struct store *, const char *, struct err *);
static const struct blob *find(const struct store *, const struct edition *);

/*
 * Map one blob.  A file that is missing or is not what its name says is
 * left out: mirrors are then offered another blob.
 */
static int
add(struct store *s, const char *dir, const struct index_file *f,
    const struct edition *base, int current, struct err *e)
{
	struct blob	*b = &s->blob[s->n];
	uint8_t		 sha[SHA_LEN];
	char		*path;
	int		 fd, rv = -1;

	if (f->size == 0)
		return 0;
	if ((path = storeix_blob_path(dir, f)) == NULL) {
		err_nomem(e);
		return -1;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	free(path);
	if (fd == -1 || spool_map(fd, &b->data, &b->size, NULL) == -1)
		rv = 0;
	else if (sha_bytes(b->data, b->size, sha, e) == 0) {
		rv = 0;
		if (b->size == f->size && memcmp(sha, f->sha, SHA_LEN) == 0) {
			memcpy(b->sha, sha, SHA_LEN);
			b->current = current;
			if (base != NULL)
				b->base = *base;
			s->n++;
			close(fd);
			return 0;
		}
	}
	s->nbad++;
	spool_unmap(b->data, b->size);
	memset(b, 0, sizeof(*b));
	if (fd != -1)
		close(fd);
	return rv;
}

static int
add_index(struct store *s, const char *dir, const struct index *x,
    int current, struct err *e)
{
	size_t	 i;

	if (add(s, dir, &x->full, NULL, current, e) == -1)
		return -1;
	for (i = 0; i < x->n; i++)
		if (add(s, dir, &x->from[i].delta, &x->from[i].ed, current,
		    e) == -1)
			return -1;
	return 0;
}

/* What is there for the edition and, for jobs in their midst, the last. */
static int
load(struct store *s, const char *dir, struct err *e)
{
	const struct head	*h = pkg_head(s->pkg);
	struct index		*x;
	struct edition		 ed;
	int			 rv;

	if ((x = malloc(sizeof(*x))) == NULL) {
		err_nomem(e);
		return -1;
	}
	storeix_edition(h, &ed);
	rv = storeix_load(dir, &ed, x, e);
	if (rv == 1 && (x->wire.size != h->wire_size ||
	    memcmp(x->wire.sha, h->wire, SHA_LEN) != 0))
		rv = 0;
	if (rv == 1)
		rv = add_index(s, dir, x, 1, e);
	if (rv == 0 && s->n > 0 && x->n > 0) {
		ed = x->from[0].ed;
		rv = storeix_load(dir, &ed, x, e);
		if (rv == 1)
			rv = add_index(s, dir, x, 0, e);
	}
	free(x);
	return rv;
}

static int
make_full(struct store *s, const char *gpub, struct err *e)
{
	struct blob	*b = &s->blob[s->n];
	const uint8_t	*wire = NULL;
	size_t		 n = 0;
	int		 from = -1, to = -1, rv = -1;

	if ((from = spool_open_any(gpub, e)) == -1 ||
	    (to = spool_open_any(gpub, e)) == -1 ||
	    pkg_to_wire(s->pkg, from, e) == -1 ||
	    spool_map(from, &wire, &n, e) == -1 ||
	    blob_make(wire, n, NULL, 0, n <= PATIENT_MAX ? BLOB_LEVEL :
	    BLOB_QUICK, 1, to, NULL, NULL, e) == -1 ||
	    spool_map(to, &b->data, &b->size, e) == -1 ||
	    sha_bytes(b->data, b->size, b->sha, e) == -1)
		goto out;
	b->current = 1;
	s->n++;
	s->made = 1;
	rv = 0;
 out:
	spool_unmap(wire, n);
	if (from != -1)
		close(from);
	if (to != -1)
		close(to);
	return rv;
}

struct store *
store_open(const char *gpub, struct pkg *p, struct err *e)
{
	struct edition	 none = { .serial = 0 };
	struct store	*s;
	char		*dir;

	if (!pkg_head(p)->is_signed) {
		err_cannot(e, "%s: not signed: no blobs for mirrors", gpub);
		return NULL;
	}
	dir = storeix_dir(gpub);
	if (dir == NULL || (s = calloc(1, sizeof(*s))) == NULL) {
		free(dir);
		err_nomem(e);
		return NULL;
	}
	s->pkg = pkg_ref(p);
	if (load(s, dir, e) == -1 ||
	    (find(s, &none) == NULL && make_full(s, gpub, e) == -1)) {
		store_close(s);
		s = NULL;
	}
	free(dir);
	return s;
}

void
store_close(struct store *s)
{
	size_t	 i;

	if (s == NULL)
		return;
	for (i = 0; i < BLOBS_MAX; i++)
		spool_unmap(s->blob[i].data, s->blob[i].size);
	pkg_close(s->pkg);
	free(s);
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

/* The blob that leads from base to the open edition; serial 0: full. */
static const struct blob *
find(const struct store *s, const struct edition *base)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		if (s->blob[i].current &&
		    s->blob[i].base.serial == base->serial &&
		    memcmp(s->blob[i].base.core, base->core, SHORT_LEN) == 0)
			return &s->blob[i];
	return NULL;
}

int
store_up(const struct store *s, const char *up, size_t len,
    struct buf *start, const uint8_t **data, size_t *n)
{
	const struct edition	 none = { .serial = 0 };
	const struct blob	*b;
	struct edition		 ed;
	struct offer		 o = { .size = 0 };
	const char		*head;
	size_t			 head_len;

	*data = NULL;
	*n = 0;
	if (edition_parse(up, len, &ed) == -1)
		return -1;
	head = pkg_comment(s->pkg, &head_len);
	buf_add(start, head, head_len);
	/* The same core under an older head: that head is all there is. */
	if (ed.serial < pkg_head(s->pkg)->serial &&
	    memcmp(ed.core, pkg_head(s->pkg)->core, SHORT_LEN) != 0) {
		if ((b = find(s, &ed)) == NULL)
			b = find(s, &none);
		o.size = b->size;
		memcpy(o.sha, b->sha, SHA_LEN);
		o.has_base = b->base.serial != 0;
		memcpy(o.base, b->base.core, SHORT_LEN);
		*data = b->data;
		*n = b->size;
	}
	offer_write(&o, start);
	buf_ch(start, '\n');
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
	*data = s->blob[i].data + l.offset;
	*n = s->blob[i].size - (size_t)l.offset;
	return buf_ok(start) ? 1 : -1;
}
