/* SPDX-License-Identifier: ISC */
/*
 * A copy is used again when the file system says that its source has not been
 * touched since.  This only saves copying: the copy is proven as the file would
 * be, signature and all hashes, because its disk may have failed meanwhile.  A
 * file that changed within one tick of the file system's clock may have changed
 * again without a sign, so a copy made of it is not used.
 */
#include <string.h>

#include "base/err.h"
#include "package/copies.h"
#include "package/hash.h"
#include "package/head.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/kept.h"

/* Hash the marks of a source.  0; -1: they cannot be relied on. */
static int
from(const struct source_seen *s, uint8_t out[COPIES_KINDS][SHA_LEN])
{
	memset(out, 0, COPIES_KINDS * SHA_LEN);
	return s->settled && sha_bytes(&s->file, sizeof(s->file),
	    out[COPIES_PKG], NULL) == 0 && sha_bytes(&s->blobs,
	    sizeof(s->blobs), out[COPIES_BLOBS], NULL) == 0 ? 0 : -1;
}

static int
is_of(const struct copies_row *r, uint8_t of[COPIES_KINDS][SHA_LEN],
    enum copies_kind kind)
{
	return memcmp(r->one[kind].from, of[kind], SHA_LEN) == 0;
}

struct pkg *
kept_take(struct copies *c, const struct packages_conf *conf,
    const char *path, const struct source_seen *s, struct store **store,
    int *known)
{
	const struct copies_row	*r;
	struct pkg		*pkg;
	uint8_t			 of[COPIES_KINDS][SHA_LEN];
	int			 fd;

	*store = NULL;
	*known = 0;
	if (from(s, of) == -1 || (r = copies_find(c, path)) == NULL ||
	    !is_of(r, of, COPIES_PKG) ||
	    (fd = copies_get(c, COPIES_PKG, &r->one[COPIES_PKG])) == -1 ||
	    (pkg = prove_pkg(conf, fd, path, 1, NULL)) == NULL)
		return NULL;
	*known = !pkg_head(pkg)->is_signed;
	if (!*known && is_of(r, of, COPIES_BLOBS) && (fd = copies_get(c, COPIES_BLOBS,
	    &r->one[COPIES_BLOBS])) != -1)
		*store = store_open_copy(fd,
		    (size_t)r->one[COPIES_BLOBS].size, (size_t)r->nblob,
		    r->one[COPIES_BLOBS].sha, pkg, NULL);
	*known |= *store != NULL;
	if (*known)
		copies_use(c, path);
	return pkg;
}

int
kept_put(struct copies *c, const char *path, const struct source_seen *s,
    struct pkg *pkg, struct store *store, struct err *e)
{
	struct copies_row	 r = { .nblob = 0 };
	struct copies_one	*one = r.one;
	uint8_t			 of[COPIES_KINDS][SHA_LEN];
	const uint8_t		*data;
	size_t			 n, nblob;
	int			 fd;

	from(s, of);
	data = pkg_bytes(pkg, &n);
	if ((fd = copies_put(c, COPIES_PKG, data, n, one[COPIES_PKG].sha, e))
	    == -1 || pkg_move(pkg, fd, e) == -1)
		return -1;
	one[COPIES_PKG].size = n;
	memcpy(one[COPIES_PKG].from, of[COPIES_PKG], SHA_LEN);
	if (store != NULL) {
		data = store_bytes(store, &n, &nblob);
		if ((fd = copies_put(c, COPIES_BLOBS, data, n,
		    one[COPIES_BLOBS].sha, e)) == -1 ||
		    store_move(store, fd, e) == -1)
			return -1;
		one[COPIES_BLOBS].size = n;
		memcpy(one[COPIES_BLOBS].from, of[COPIES_BLOBS], SHA_LEN);
		r.nblob = nblob;
	}
	if (copies_note(c, path, &r) == 0)
		return 0;
	err_nomem(e);
	return -1;
}

void
kept_settle(struct copies *c, const char *path, const struct source_seen *s)
{
	const struct copies_row	*r = copies_find(c, path);
	struct copies_row	 new;
	uint8_t			 of[COPIES_KINDS][SHA_LEN];

	if (r == NULL || from(s, of) == -1)
		return;
	new = *r;
	memcpy(new.one[COPIES_PKG].from, of[COPIES_PKG], SHA_LEN);
	if (new.one[COPIES_BLOBS].size != 0)
		memcpy(new.one[COPIES_BLOBS].from, of[COPIES_BLOBS], SHA_LEN);
	(void)copies_note(c, path, &new);	/* without it a start copies */
}
