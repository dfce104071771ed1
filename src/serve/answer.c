/* SPDX-License-Identifier: ISC */
/*
 * Replies: how they are begun, filled, counted and reset; and what all
 * protocols answer alike, the words under .apeng/ that mirrors ask for.
 *
 * A reply's body points into the mapped package, into a cached view or into its
 * own buffer; the reply holds a count of the owner, so that another edition may
 * come while it is sent.  Trusts the package, which was proven when it was
 * opened, and nothing of the request: each of its parts is compared with what
 * exists or parsed within its length.
 */
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "package/chain.h"
#include "package/head.h"
#include "package/offer.h"
#include "package/reader.h"
#include "package/store.h"
#include "proto/files.h"
#include "serve/all.h"
#include "serve/answer.h"
#include "serve/cache.h"
#include "serve/found.h"
#include "serve/open.h"
#include "serve/search_menu.h"
#include "view/search.h"

void
reply_init(struct reply *r)
{
	memset(r, 0, sizeof(*r));
	r->file.own = (struct own)OWN_INIT;
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
	r->used = 0;
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

/*
 * The plain names hold what mirrors ask for and nothing else, so that a
 * package whose id is `apeng' keeps its pages.
 */
size_t
answer_names(const char *path, size_t len)
{
	static const char	*const plain[] = { "apeng/u/", "apeng/up/",
	    "apeng/b/", "apeng/f/", "apeng/all/" };
	size_t	 i;

	if (len >= 7 && memcmp(path, ".apeng/", 7) == 0)
		return 7;
	if (len == 10 && (memcmp(path, "apeng/head", 10) == 0 ||
	    memcmp(path, "apeng/keys", 10) == 0))
		return 6;
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (len >= strlen(plain[i]) &&
		    memcmp(path, plain[i], strlen(plain[i])) == 0)
			return 6;
	return 0;
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

/* f/SHA16/OFFSET, for mirrors: values as answer_mirror(). */
static int
answer_file(struct site *s, const char *rest, size_t len, struct reply *r)
{
	struct file_row	 row;
	char		 number[24], hex[SHORT_HEX + 1];
	uint64_t	 from;
	int		 rv;

	if (len < SHORT_HEX + 2 || rest[SHORT_HEX] != '/' ||
	    len - SHORT_HEX - 1 >= sizeof(number))
		return -1;
	memcpy(number, rest + SHORT_HEX + 1, len - SHORT_HEX - 1);
	number[len - SHORT_HEX - 1] = '\0';
	if (num_parse(number, strlen(number), &from) == -1)
		return -1;
	memcpy(hex, rest, SHORT_HEX);
	hex[SHORT_HEX] = '\0';
	if (!found_row_of(s, hex, &row) || from >= row.size)
		return 0;
	if ((rv = reply_file(r, &row, from)) == 1)
		buf_fmt(&r->head, "apeng-file %s %" PRIu64 " %" PRIu64 "\n",
		    hex, from, row.size);
	return rv;
}

/* How the keys follow each other; the first line alone where none did. */
static void
answer_keys(struct site *s, struct reply *r)
{
	struct pkg_entry	 keys;

	if (pkg_find(s->pkg, CHAIN_PATH, strlen(CHAIN_PATH), &keys))
		reply_borrow(r, s, keys.data, keys.size);
	else
		reply_borrow(r, s, CHAIN_FIRST "\n", sizeof(CHAIN_FIRST));
}

int
answer_mirror(struct sites *ss, struct site *s, const char *rest, size_t len,
    struct reply *r)
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
	if (len == 4 && memcmp(rest, "keys", 4) == 0) {
		answer_keys(s, r);
		return 1;
	}
	if (starts(&rest, &len, "f/")) {
		rv = answer_file(s, rest, len, r);
		return buf_ok(&r->head) ? rv : -2;
	}
	if (s->store == NULL)
		return 0;
	if (starts(&rest, &len, "all/"))
		return all_answer(ss, s, rest, len, r);
	if (starts(&rest, &len, "up/"))
		rv = store_up(s->store, rest, len, &r->head, &data, &n) == 0 ?
		    1 : -1;
	else if (starts(&rest, &len, "u/"))
		rv = store_compact(s->store, rest, len, 0, &r->head, &data,
		    &n) == 0 ? 1 : -1;
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
