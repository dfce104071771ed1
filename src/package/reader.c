/* SPDX-License-Identifier: ISC */
/*
 * Opens a package: copies the file to where nobody else can change it, maps
 * the copy, and proves it.  Who signed the head comes first, by
 * trust_judge(); then the hash of the core, and the hash of the wire form
 * while every header byte is compared with the one that the packer would
 * write.  Before that nothing in the file is believed; after that only the
 * mapping is read.
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/crc.h"
#include "package/guess.h"
#include "package/hash.h"
#include "package/list.h"
#include "package/own.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/trust.h"
#include "package/zip.h"

#define GUESS_BYTES	65536		/* bytes of a file that is no package,
					   given to guess_damage() */
#define STRIDE	(4u << 20)	/* bytes read before their pages may leave
				   memory */

struct pkg {
	unsigned	 refs;
	struct own	 own;
	const uint8_t	*data;		/* own's */
	size_t		 size;
	size_t		 comment;	/* offset of the head */
	struct head	 head;
	struct pkg_list	 list;
};

/* The walk that compares the file with what it has to be. */
struct reader_check {
	const struct pkg *p;
	size_t		 at;		/* next byte to be compared */
	size_t		 rested;	/* pages before it may leave memory */
	struct sha	*wire;
};

static int
check_header(void *arg, const uint8_t *want, size_t n, struct err *e)
{
	struct reader_check	*c = arg;
	size_t		 i;

	if (memcmp(c->p->data + c->at, want, n) != 0) {
		for (i = 0; c->p->data[c->at + i] == want[i]; i++)
			;
		err_set(e, "byte %zu: 0x%02x, the canonical form has 0x%02x",
		    c->at + i, c->p->data[c->at + i], want[i]);
		return -1;
	}
	c->at += n;
	return 0;
}

static int
check_body(void *arg, const struct pkg_item *it, struct err *e)
{
	struct reader_check	*c = arg;
	const uint8_t	*body = c->p->data + c->at;

	if (crc_add(0, body, it->size) != it->crc) {
		err_set(e, "%s: CRC-32 is wrong",
		    c->p->list.names + it->name);
		return -1;
	}
	sha_add(c->wire, body, it->size);
	c->at += it->size;
	if (c->at - c->rested >= STRIDE) {
		spool_rest(c->p->data, c->rested, c->at);
		c->rested = c->at;
	}
	return 0;
}

/*
 * Check that every byte before the head is the one that the packer writes, and
 * that the wire hash is the head's.
 */
static int
check_layout(struct pkg *p, struct err *e)
{
	struct reader_check	 c = { .p = p };
	struct zip_sink	 sink = { check_header, check_body, &c };
	struct buf	 lines = BUF_INIT;
	uint64_t	 wire_size;
	uint8_t		 wire[SHA_LEN];
	int		 rv = -1;

	if (zip_scan(p->data, p->size, &p->list, &p->comment, e) == -1)
		return -1;
	list_lines(&p->list, &lines);
	if (!buf_ok(&lines)) {
		err_nomem(e);
		goto out;
	}
	if ((c.wire = sha_new(e)) == NULL)
		goto out;
	sha_add(c.wire, lines.data, lines.len);
	if (zip_walk(&p->list, p->size - p->comment, &sink, e) == -1)
		goto out;
	wire_size = lines.len + list_body_size(&p->list);
	rv = sha_end(c.wire, wire, e);
	c.wire = NULL;
	if (rv == 0 && (wire_size != p->head.wire_size ||
	    memcmp(wire, p->head.wire, SHA_LEN) != 0)) {
		err_set(e, "the wire form is not the one in the head");
		rv = -1;
	}
 out:
	sha_end(c.wire, NULL, NULL);
	buf_free(&lines);
	return rv;
}

/* The core is the file without its comment and with a comment length of 0. */
static int
check_core(struct pkg *p, struct err *e)
{
	static const uint8_t	 none[2];
	struct sha		*s;
	uint8_t			 core[SHA_LEN];
	size_t			 at, n;

	if (p->comment != p->head.core_size) {
		err_set(e, "%zu bytes before the head, which says %llu",
		    p->comment, (unsigned long long)p->head.core_size);
		return -1;
	}
	if ((s = sha_new(e)) == NULL)
		return -1;
	for (at = 0; at < p->comment - sizeof(none); at += n) {
		n = p->comment - sizeof(none) - at;
		if (n > STRIDE)
			n = STRIDE;
		sha_add(s, p->data + at, n);
		spool_rest(p->data, at, at + n);
	}
	sha_add(s, none, sizeof(none));
	if (sha_end(s, core, e) == -1)
		return -1;
	if (memcmp(core, p->head.core, SHA_LEN) != 0) {
		err_set(e, "SHA-256 is not the one in the head: changed "
		    "after it was made");
		return -1;
	}
	return 0;
}

/*
 * Check the signer first.  A key that is no anchor's may still be proven by the
 * succession in the package.  The succession is read only after the file was
 * compared with the hashes of the head and found to be canonical.
 */
static int
check_all(struct pkg *p, const struct anchor *a, size_t n,
    struct proof *proof, struct err *e)
{
	struct pkg_entry	 keys;
	enum trust		 t = TRUST_PROVEN;
	struct err		 why;
	const char		*s;
	size_t			 len, look;

	if (zip_comment(p->data, p->size, &p->comment, NULL) == -1 ||
	    p->comment == p->size) {
		look = p->size < GUESS_BYTES ? p->size : GUESS_BYTES;
		guess_damage(p->data, look, p->data + p->size - look, look,
		    p->size, e);
		return -1;
	}
	s = pkg_comment(p, &len);
	if (head_parse(s, len, &p->head, e) == -1)
		return -1;
	if (n > 0)
		t = trust_judge(a, n, s, len, NULL, 0, proof, &why);
	if (t != TRUST_REFUSED &&
	    (check_core(p, e) == -1 || check_layout(p, e) == -1))
		return -1;
	if (t == TRUST_UNKNOWN &&
	    pkg_find(p, CHAIN_PATH, strlen(CHAIN_PATH), &keys))
		t = trust_judge(a, n, s, len, (const char *)keys.data,
		    keys.size, proof, &why);
	if (t == TRUST_PROVEN)
		return 0;
	if (e != NULL)
		*e = why;
	return -1;
}

/* Put why into e, with the file's name in front. */
static void
named(struct err *e, const char *name, const struct err *why)
{
	if (e == NULL)
		return;
	err_set(e, "%s: %s", name, why->msg);
	e->status = why->status;
	e->sys = why->sys;
}

static struct pkg *
pkg_new(struct err *e)
{
	struct pkg	*p;

	if ((p = calloc(1, sizeof(*p))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	p->refs = 1;
	p->own = (struct own)OWN_INIT;
	return p;
}

/* Refuse a file of that many bytes.  -1: see e. */
static int
check_size(uint64_t size, struct err *e)
{
	if (size <= PKG_SIZE_MAX)
		return 0;
	err_set(e, "%llu bytes, at most %u", (unsigned long long)size,
	    PKG_SIZE_MAX);
	return -1;
}

/* own_copy() of a file that is not too large: no other is worth its bytes. */
static int
copy_file(struct own *o, int fd, const char *near, struct err *e)
{
	struct stat	 st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    check_size((uint64_t)st.st_size, e) == -1)
		return -1;
	return own_copy(o, fd, near, e);
}

/*
 * is_mine: nobody else can change the file, so it is mapped without a copy.
 * kept: its descriptor stays open.
 */
static struct pkg *
open_any(int fd, const char *name, int is_mine, int kept,
    const struct anchor *a, size_t n, struct proof *proof, struct err *e)
{
	struct err	 why;
	struct pkg	*p;
	int		 rv = -1;

	if ((p = pkg_new(e)) == NULL) {
		close(fd);
		return NULL;
	}
	if (is_mine)
		rv = own_take(&p->own, fd, &why);
	else {
		rv = copy_file(&p->own, fd, name, &why);
		close(fd);
	}
	if (rv == 0) {
		if (!kept)
			own_shut(&p->own);
		p->data = p->own.data;
		p->size = p->own.size;
		rv = check_size(p->size, &why);
		if (rv == 0)
			rv = check_all(p, a, n, proof, &why);
	}
	if (rv == 0)
		return p;
	named(e, name, &why);
	pkg_close(p);
	return NULL;
}

/* The anchors are these keys, each for any package. */
static struct pkg *
by_keys(int fd, const char *name, int is_mine, const struct pub_key *key,
    size_t nkey, struct err *e)
{
	struct anchor	*a;
	struct pkg	*p;
	size_t		 i;

	if ((a = calloc(nkey + 1, sizeof(*a))) == NULL) {
		close(fd);
		err_nomem(e);
		return NULL;
	}
	for (i = 0; i < nkey; i++)
		a[i].key = key[i];
	p = open_any(fd, name, is_mine, 0, a, nkey, NULL, e);
	free(a);
	return p;
}

struct pkg *
pkg_prove(int fd, const char *name, const struct anchor *a, size_t n,
    struct proof *proof, struct err *e)
{
	return open_any(fd, name, 0, 0, a, n, proof, e);
}

struct pkg *
pkg_prove_kept(int fd, const char *name, const struct anchor *a, size_t n,
    struct proof *proof, struct err *e)
{
	return open_any(fd, name, 0, 1, a, n, proof, e);
}

struct pkg *
pkg_prove_mine(int fd, const char *name, const struct anchor *a, size_t n,
    struct proof *proof, struct err *e)
{
	return open_any(fd, name, 1, 1, a, n, proof, e);
}

int
pkg_move(struct pkg *p, int fd, struct err *e)
{
	if (own_swap(&p->own, fd, e) == -1)
		return -1;
	p->data = p->own.data;
	return 0;
}

int
pkg_fd(const struct pkg *p, size_t *size)
{
	*size = p->size;
	return p->own.fd;
}

void
pkg_shut(struct pkg *p)
{
	own_shut(&p->own);
}

struct pkg *
pkg_take(int fd, size_t size, struct err *e)
{
	const char	*s;
	struct pkg	*p;
	size_t		 len;

	if ((p = pkg_new(e)) == NULL) {
		close(fd);
		return NULL;
	}
	if (own_take_size(&p->own, fd, size, e) == -1)
		goto fail;
	own_shut(&p->own);
	p->data = p->own.data;
	p->size = p->own.size;
	if (zip_scan(p->data, p->size, &p->list, &p->comment, e) == -1)
		goto fail;
	s = pkg_comment(p, &len);
	if (head_parse(s, len, &p->head, e) == 0)
		return p;
 fail:
	pkg_close(p);
	return NULL;
}

struct pkg *
pkg_open(int fd, const char *name, const struct pub_key *key, size_t nkey,
    struct err *e)
{
	return by_keys(fd, name, 0, key, nkey, e);
}

struct pkg *
pkg_open_mine(int fd, const char *name, const struct pub_key *key,
    size_t nkey, struct err *e)
{
	return by_keys(fd, name, 1, key, nkey, e);
}

struct pkg *
pkg_ref(struct pkg *p)
{
	p->refs++;
	return p;
}

void
pkg_close(struct pkg *p)
{
	if (p == NULL || --p->refs > 0)
		return;
	own_free(&p->own);
	list_free(&p->list);
	free(p);
}

const struct head *
pkg_head(const struct pkg *p)
{
	return &p->head;
}

const char *
pkg_comment(const struct pkg *p, size_t *len)
{
	*len = p->size - p->comment;
	return (const char *)p->data + p->comment;
}

size_t
pkg_count(const struct pkg *p)
{
	return p->list.n;
}

void
pkg_at(const struct pkg *p, size_t i, struct pkg_entry *out)
{
	out->path = list_path(&p->list, i);
	out->data = p->data + p->list.v[i].at;
	out->size = p->list.v[i].size;
	out->index = i;
}

int
pkg_find(const struct pkg *p, const char *path, size_t len,
    struct pkg_entry *out)
{
	long	 i;

	if ((i = list_find(&p->list, path, len)) == -1)
		return 0;
	pkg_at(p, (size_t)i, out);
	return 1;
}

int
pkg_has_folder(const struct pkg *p, const char *path, size_t len)
{
	return list_has_folder(&p->list, path, len);
}

void
pkg_rest(const struct pkg *p)
{
	spool_rest_all(p->data, p->size);
}

const uint8_t *
pkg_bytes(const struct pkg *p, size_t *size)
{
	*size = p->size;
	return p->data;
}
