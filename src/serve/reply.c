/* SPDX-License-Identifier: ISC */
/*
 * Replies: how they are begun, filled, counted and reset.  A reply's body
 * points into the mapped package, into a cached view, into a file beside the
 * text or into its own buffer; the reply holds a count of the owner, so that
 * another edition may come while it is sent.
 */
#include <string.h>

#include "directory/find.h"
#include "proto/files.h"
#include "serve/cache.h"
#include "serve/reply.h"
#include "serve/search_menu.h"
#include "serve/site.h"
#include "view/search.h"

void
reply_init(struct reply *r)
{
	memset(r, 0, sizeof(*r));
	r->file.own = (struct own)OWN_INIT;
}

/* Everything of the reply is dropped but the search that it waits for. */
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
	r->used = 0;
	r->resumes = 0;
	r->status = 0;
}

static void
search_drop(struct reply *r)
{
	search_free(r->search);
	site_free(r->searched);
	finder_free(r->finder);
	r->finder = NULL;
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
	own_free(&r->file.own);
	r->file.state = FILE_UNKNOWN;
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

/*
 * The place of a search in s.  What was found so far is kept in the reply, with
 * a count of the site that it was found in.
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

/*
 * got is the search's value; the answer has the same, and its body is the
 * reply's own buffer.
 */
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

	if (r->finder != NULL) {
		done = finder_step(r->finder, SEARCH_SLICE) != 0;
		r->worked = finder_work(r->finder);
		return done;
	}
	if (r->search == NULL)
		return 1;
	done = search_step(r->search, SEARCH_SLICE);
	r->worked = search_work(r->search);
	return done;
}

int
reply_file(struct reply *r, const struct file_row *row, uint64_t from)
{
	struct reply_beside	*f = &r->file;

	/* Another edition may have come meanwhile, with another file. */
	if (f->state == FILE_UNKNOWN || f->size != row->size ||
	    memcmp(f->sha, row->sha, SHA_LEN) != 0) {
		own_free(&f->own);
		f->state = FILE_UNKNOWN;
		f->size = row->size;
		memcpy(f->sha, row->sha, SHA_LEN);
		return ANSWER_FILE;
	}
	if (f->state != FILE_HERE)
		return 0;
	r->body = f->own.data + from;
	r->len = (size_t)(f->size - from);
	return 1;
}
