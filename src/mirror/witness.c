/* SPDX-License-Identifier: ISC */
/*
 * A publisher signs one content for each serial.  Whoever shows another one to
 * other mirrors is caught when heads of both meet, on a stick, in a letter, at
 * an origin or a mirror; see witness.h.  A head that is met is a stranger's and
 * counts only when a key that is known here has signed it; the remembered ones
 * are proven again, since files can be changed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/run.h"
#include "mirror/witness.h"
#include "package/evidence.h"
#include "package/hash.h"
#include "package/reader.h"
#include "package/trust.h"

#define HEADS_MAX	(WITNESS_HEADS * HEAD_MAX)

static char *
path_of(const struct mirror *m, const char *name)
{
	char	*path;

	return asprintf(&path, "%s/%s", m->dir, name) == -1 ? NULL : path;
}

/* The remembered heads, one behind the other; to be freed, NULL: none. */
static char *
load(const struct mirror *m, size_t *len)
{
	char	*path = path_of(m, "heads"), *data = NULL;

	if (path != NULL && access(path, F_OK) == 0)
		data = file_read_ours(path, HEADS_MAX, len, NULL);
	free(path);
	return data;
}

int
witness_note(const struct mirror *m, struct err *e)
{
	struct buf	 b = BUF_INIT;
	const char	*text, *s;
	char		*path = path_of(m, "heads"), *old;
	size_t		 len = 0, n, heads = 1;
	int		 rv = -1;

	old = load(m, &len);
	text = pkg_comment(m->cur, &n);
	if (old != NULL && len >= n && memcmp(old, text, n) == 0) {
		rv = 0;			/* it is the newest already */
		goto out;
	}
	buf_add(&b, text, n);
	for (s = old; len > 0 && heads < WITNESS_HEADS; s += n, len -= n) {
		n = head_bytes(s, len);
		if (b.len + n <= HEADS_MAX)
			buf_add(&b, s, n);
		heads++;
	}
	rv = file_save(path, &b, e);
 out:
	buf_free(&b);
	free(old);
	free(path);
	return rv;
}

/*
 * The key that signed h, among those that are or were trusted for h's package;
 * NULL: it is none of them.
 */
static const struct pub_key *
key_of(const struct mirror *m, const struct head *h)
{
	size_t	 i;

	for (i = 0; i < m->nanchor; i++)
		if (memcmp(m->anchor[i].key.id, h->key_id, 8) == 0 &&
		    anchor_is_for(&m->anchor[i], h->id))
			return &m->anchor[i].key;
	return NULL;
}

static void
keep(const struct mirror *m, const struct evidence *v)
{
	struct buf	 b = BUF_INIT;
	struct err	 why;
	uint64_t	 serial = v->side[0].head.serial;
	char		 name[40], *path;

	snprintf(name, sizeof(name), "evidence-%" PRIu64, serial);
	evidence_write(v, &b);
	if ((path = path_of(m, name)) == NULL || !buf_ok(&b))
		mirror_say(m, MIRROR_WARN, "evidence: no memory");
	else if (access(path, F_OK) == 0)
		mirror_say(m, MIRROR_WARN, "edition %" PRIu64 " is signed with "
		    "two contents, see %s", serial, path);
	else if (file_replace(path, 0644, b.data, b.len, &why) == -1)
		mirror_say(m, MIRROR_WARN, "evidence: %s", why.msg);
	else
		mirror_say(m, MIRROR_WARN, "edition %" PRIu64 " is signed with "
		    "two contents: by the publisher, or by somebody who has "
		    "the key.  %s proves it to anybody (apeng verify "
		    "--evidence)", serial, path);
	free(path);
	buf_free(&b);
}

/* 1: the remembered head s and the one that was met are evidence. */
static int
compare(const struct mirror *m, const char *s, size_t n, const char *met,
    size_t len, const struct head *h)
{
	const struct pub_key	*key;
	struct evidence		 v;
	struct head		 old;

	if (head_parse(s, n, &old, NULL) == -1 || old.serial != h->serial ||
	    strcmp(old.id, h->id) != 0 ||
	    memcmp(old.core, h->core, SHA_LEN) == 0 ||
	    (key = key_of(m, &old)) == NULL ||
	    evidence_make(&v, s, n, key, met, len, key_of(m, h), NULL) == -1)
		return 0;
	keep(m, &v);
	return 1;
}

void
witness_compare(const struct mirror *m, const char *met, size_t len,
    const struct head *h)
{
	const char	*s;
	char		*heads;
	size_t		 n, left = 0;

	if (key_of(m, h) == NULL)
		return;
	if (m->cur != NULL) {
		s = pkg_comment(m->cur, &n);
		if (compare(m, s, n, met, len, h))
			return;
	}
	heads = load(m, &left);
	for (s = heads; left > 0; s += n, left -= n) {
		n = head_bytes(s, left);
		if (compare(m, s, n, met, len, h))
			break;
	}
	free(heads);
}
