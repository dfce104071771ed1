/* SPDX-License-Identifier: ISC */
/* Replies, and what both protocols answer alike. */
#include <string.h>

#include "base/err.h"
#include "package/head.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/cache.h"
#include "serve/open.h"

static int	 starts(const char **, size_t *, const char *);

void
reply_init(struct reply *r)
{
	memset(r, 0, sizeof(*r));
}

/* All that belongs to one request is reset here and nowhere else. */
void
reply_reset(struct reply *r)
{
	buf_reset(&r->head);
	buf_reset(&r->own);
	cached_free(r->view);
	site_free(r->site);
	r->view = NULL;
	r->site = NULL;
	r->body = NULL;
	r->len = 0;
	r->status = 0;
}

void
reply_free(struct reply *r)
{
	reply_reset(r);
	buf_free(&r->head);
	buf_free(&r->own);
}

void
reply_borrow(struct reply *r, struct site *s, const void *data, size_t len)
{
	site_free(r->site);
	r->site = site_ref(s);
	r->body = data;
	r->len = len;
}

void
reply_own(struct reply *r)
{
	r->body = (const uint8_t *)r->own.data;
	r->len = r->own.len;
}

void
reply_view(struct reply *r, struct cached *c)
{
	cached_free(r->view);
	r->view = c;
	r->body = c->data;
	r->len = c->len;
}

/* 1: *s began with word, which is taken off. */
static int
starts(const char **s, size_t *len, const char *word)
{
	size_t	 n = strlen(word);

	if (*len < n || memcmp(*s, word, n) != 0)
		return 0;
	*s += n;
	*len -= n;
	return 1;
}

int
answer_mirror(struct site *s, const char *rest, size_t len, struct reply *r)
{
	const uint8_t	*data = NULL;
	const char	*comment;
	size_t		 n = 0;
	int		 rv;

	if (len == 4 && memcmp(rest, "head", 4) == 0) {
		comment = pkg_comment(s->pkg, &n);
		reply_borrow(r, s, comment, n);
		return 1;
	}
	if (s->store == NULL)
		return 0;
	if (starts(&rest, &len, "up/"))
		rv = store_up(s->store, rest, len, &r->head, &data, &n) == 0 ?
		    1 : -1;
	else if (starts(&rest, &len, "b/"))
		rv = store_at(s->store, rest, len, &r->head, &data, &n);
	else
		return 0;
	if (!buf_ok(&r->head))
		return -2;
	if (rv == 1)
		reply_borrow(r, s, data, n);
	return rv;
}
