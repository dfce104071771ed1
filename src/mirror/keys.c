/* SPDX-License-Identifier: ISC */
/*
 * Is a head that an unknown key has signed worth a download?  A source of
 * today answers `keys' with the text of data/keys.txt, a few hundred bytes a
 * step.  The text proves itself: each step is signed by the key that the step
 * before it announces, so it is judged by trust_judge() without the package,
 * and what it says is the same wherever it comes from.  The source is a
 * stranger: the text is bounded, and one that does not lead from a key that is
 * known to the head's signer ends the attempt.  The package is proven once
 * more from its own bytes when it is installed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/ask.h"
#include "mirror/keys.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "package/chain.h"
#include "package/trust.h"

static char *
path_of(const struct mirror *m)
{
	char	*path;

	return asprintf(&path, "%s/keys", m->dir) == -1 ? NULL : path;
}

int
keys_load(struct mirror *m, struct err *e)
{
	struct chain	 c;
	char		*path, *data = NULL;
	size_t		 len;

	if ((path = path_of(m)) == NULL) {
		err_nomem(e);
		return -1;
	}
	data = file_read_ours(path, CHAIN_MAX, &len, NULL);
	free(path);
	if (data != NULL && chain_parse(&c, data, len, NULL) == 0)
		buf_add(&m->keys, data, len);
	free(data);
	if (buf_ok(&m->keys))
		return 0;
	err_nomem(e);
	return -1;
}

/* Kept for the next run, which may go on with this job. */
static int
keep(struct mirror *m, struct buf *text, struct err *e)
{
	char	*path;
	int	 rv;

	if ((path = path_of(m)) == NULL) {
		err_nomem(e);
		return -1;
	}
	rv = file_replace(path, 0644, text->data, text->len, e);
	free(path);
	buf_reset(&m->keys);
	buf_add(&m->keys, text->data, text->len);
	if (rv == 0 && !buf_ok(&m->keys)) {
		err_nomem(e);
		rv = -1;
	}
	return rv;
}

/* The source has no such answer: it is older than that answer. */
static enum fetch
unsaid(struct mirror *m, struct source *s, const struct head *h,
    struct err *e)
{
	if (h->wire_size > KEYS_UNPROVEN_MAX) {
		err_set(e, "%s: edition %" PRIu64 " is signed by a key that is "
		    "not known here, and the source does not say the "
		    "succession: %" PRIu64 " bytes are not fetched for that, "
		    "%u at most; give its key with -p", s->url, h->serial,
		    h->wire_size, KEYS_UNPROVEN_MAX);
		return FETCH_REFUSED;
	}
	mirror_say(m, MIRROR_NOTE, "%s: does not say the succession of its "
	    "keys; the package must show it", s->url);
	return FETCH_WHOLE;
}

enum fetch
keys_prove(struct mirror *m, struct source *s, const char *head, size_t len,
    const struct head *h, struct err *e)
{
	struct buf	 text = BUF_INIT;
	struct err	 why;
	enum fetch	 f;
	size_t		 n;
	int		 gone = 0;

	f = ask_text(m, s, "keys", CHAIN_FIRST, CHAIN_MAX, &text, &gone, e);
	/* The first line alone says that no key has followed another. */
	n = text.len > sizeof(CHAIN_FIRST) ? text.len : 0;
	if (gone)
		f = unsaid(m, s, h, e);
	else if (f == FETCH_WHOLE && trust_judge(m->anchor, m->nanchor, head,
	    len, text.data, n, NULL, &why) != TRUST_PROVEN) {
		err_set(e, "%s: %s", s->url, why.msg);
		f = FETCH_REFUSED;
	} else if (f == FETCH_WHOLE && keep(m, &text, e) == -1)
		f = FETCH_STOP;
	buf_free(&text);
	return f;
}
