/* SPDX-License-Identifier: ISC */
/* Replies, and what both protocols answer alike. */
#include <string.h>

#include "base/err.h"
#include "package/head.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/answer.h"
#include "serve/cache.h"
#include "serve/open.h"
#include "serve/search.h"

void
reply_init(struct reply *r)
{
	memset(r, 0, sizeof(*r));
}

/* All of the reply goes but the search that it waits for. */
void
reply_clear(struct reply *r)
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

static void
search_drop(struct reply *r)
{
	search_free(r->search);
	site_free(r->searched);
	r->search = NULL;
	r->searched = NULL;
}

/* All that belongs to one request is reset here and nowhere else. */
void
reply_reset(struct reply *r)
{
	reply_clear(r);
	search_drop(r);
	r->worked = 0;
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

size_t
answer_shown(const uint8_t *s, size_t len, char end)
{
	size_t	 n;

	for (n = 0; n < len && s[n] != '\r' && s[n] != '\n' &&
	    s[n] != (uint8_t)end; n++)
		;
	return n;
}

/*
 * A search in s: what was found so far is kept in the reply, with a count of
 * the site it was found in.
 */
struct search **
reply_search(struct reply *r, struct site *s)
{
	if (r->searched != s) {
		search_drop(r);
		r->searched = site_ref(s);
	}
	return &r->search;
}

/* What the search said is the answer's, and the body is the reply's own. */
int
reply_searched(struct reply *r, int got)
{
	if (r->search != NULL)
		r->worked = search_work(r->search);
	if (got == SEARCH_MORE)
		return ANSWER_LATER;
	search_drop(r);
	if (got != 1)
		return got;
	reply_own(r);
	return buf_ok(&r->own) && buf_ok(&r->head) ? 1 : -1;
}

int
reply_work(struct reply *r)
{
	int	 done;

	if (r->search == NULL)
		return 1;
	done = search_step(r->search, SEARCH_SLICE);
	r->worked = search_work(r->search);
	return done;
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
