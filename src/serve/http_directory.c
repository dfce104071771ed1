/* SPDX-License-Identifier: ISC */
/*
 * The directory of packages over HTTP: directory/ makes the pages, in the
 * language of the path or, at the server's root, in the reader's; those for
 * browsers of the 1990s are http_old_dir.c's.  Path and words are a stranger's.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "directory/ask.h"
#include "directory/browser.h"
#include "directory/find.h"
#include "html/frame.h"
#include "html/lean.h"
#include "proto/trees.h"
#include "serve/answer.h"
#include "serve/directory.h"
#include "serve/gzip.h"
#include "serve/http_ask.h"
#include "serve/http_directory.h"
#include "serve/http_old.h"
#include "serve/http_old_dir.h"
#include "serve/http_page.h"
#include "serve/http_refuse.h"
#include "view/source.h"

#define ROOT_MAX	40		/* bytes of a path that may be the root's */

/* Send what is in the reply's own, small if the client takes it. */
static int
deliver(struct http_ask *q, struct http_head *h)
{
	struct buf	*own = &q->r->own, small = BUF_INIT;
	char		 etag[ETAG_ROOM];
	int		 rv;

	http_etag(own->data, own->len, etag);
	h->etag = etag;
	h->may_gzip = 1;
	if (q->req->gzip && gzip_bytes(own->data, own->len, &small) == 0) {
		h->is_gzip = 1;
		buf_reset(own);
		buf_add(own, small.data, small.len);
	}
	buf_free(&small);
	reply_own(q->r);
	rv = http_ask_deliver(q, h);
	return rv == 1 && !buf_ok(own) ? -1 : rv;
}

static int
style(struct http_ask *q)
{
	struct http_head	 h = { .type = "text/css", .cache =
				    CACHE_PAGE };

	buf_str(&q->r->own, html_style());
	return deliver(q, &h);
}

/* Take the words of a form, or of the whole query; their length. */
static size_t
take_words(const struct http_ask *q, char words[HTTP_TARGET_MAX + 1])
{
	const struct url_part	*query = &q->url.query;
	long			 n;

	if (!query->given)
		return 0;
	if ((n = http_form_field(query->at, query->len, "q", words)) == -1)
		n = (long)url_decode(words, query->at, query->len);
	return (size_t)n;
}

/*
 * What a request asks of the directory.  In one of old browsers' trees, whose
 * document is another, tree->name is set.
 */
struct http_directory_ask {
	const struct roll	*r;
	struct ask		 want;
	struct view		 tree;
	char			 words[HTTP_TARGET_MAX + 1];
	size_t			 n;
	const struct hits	*hits;
};

/* Append the document.  Values as browser_page(). */
static int
make(const struct http_directory_ask *a, struct buf *out)
{
	static const char	 end[] = "</main>\n</body>\n</html>\n";
	struct buf		 page = BUF_INIT;
	int			 rv;

	if (a->tree.name != NULL)
		return old_dir_page(a->r, &a->tree, &a->want, a->words, a->n,
		    a->hits, out);
	rv = browser_page(a->r, &a->want, a->words, a->n, a->hits, &page);
	if (rv == 1 && a->want.what == ASK_HOME && a->want.page == 1 &&
	    page.len > sizeof(end)) {
		buf_cut(&page, page.len - (sizeof(end) - 1));
		old_dir_lead(a->r, &page);
		buf_str(&page, end);
	}
	if (rv == 1 && buf_ok(&page))
		html_lean(page.data, page.len, out);
	if (!buf_ok(&page) || !buf_ok(out))
		rv = -1;
	buf_free(&page);
	return rv;
}

/* Parse the path.  0: it asks for nothing that the directory has. */
static int
parse(const struct http_ask *q, struct http_directory_ask *a)
{
	const char	*rest;
	size_t		 left;
	int		 rv;

	memset(&a->tree, 0, sizeof(a->tree));
	if (!old_dir_tree(a->r, q->at.rest, q->at.restlen, &a->tree, &rest,
	    &left))
		return ask_parse(a->r, q->at.rest, q->at.restlen, &a->want);
	memset(&a->want, 0, sizeof(a->want));
	a->want.group = ROLL_NONE;
	rv = ask_parse_rest(a->r, rest, left, &a->want);
	a->want.dir = a->tree.dir;
	return rv;
}

int
http_directory(struct http_ask *q)
{
	struct http_head	 h = { .type = "text/html",
				    .cache = CACHE_ASK, .is_page = 1 };
	struct http_directory_ask a = { .n = 0 };
	const struct site_lang	*l;
	int			 rv;

	q->at.site = NULL;		/* not awake */
	if ((a.r = directory_roll(q->sites)) == NULL)
		return -1;
	if (q->at.restlen == strlen(ROLL_PREFIX BROWSER_STYLE) &&
	    memcmp(q->at.rest, ROLL_PREFIX BROWSER_STYLE, q->at.restlen) == 0)
		return style(q);
	if (!parse(q, &a))
		return http_ask_refuse(q, 404, 0, NULL);
	if (a.tree.name != NULL) {
		h.type = old_type(&a.tree);
		h.is_page = 0;
	} else if (*a.want.dir == '\0') {
		h.cache = CACHE_NEVER;
		l = http_reader_lang(&a.r->table, q->req);
		if (l == NULL && a.r->table.nlang > 0)
			l = &a.r->table.lang[0];
		a.want.dir = l != NULL ? l->dir : "";
	}
	if (a.want.what == ASK_SEARCH && (a.n = take_words(q, a.words)) > 0) {
		if (a.tree.name != NULL)
			a.n = old_words(&a.tree, q->url.query.at,
			    q->url.query.len, a.words, a.n);
		rv = directory_find(q->sites, q->r, &(struct directory_search){
		    &a.want, a.words, a.n, (a.want.page - 1) * HITS_PAGE,
		    HITS_PAGE, q->asked->search_wait }, &a.hits);
		if (rv == 0)
			return http_ask_refuse(q, 503,
			    q->asked->search_wait, NULL);
		if (rv != 1)
			return rv;
		h.cache = CACHE_NEVER;
	}
	if ((rv = make(&a, &q->r->own)) == 0)
		return http_ask_refuse(q, 404, 0, NULL);
	return rv == -1 ? -1 : deliver(q, &h);
}

int
http_directory_root(struct http_ask *q, const char *path, size_t len)
{
	const struct roll	*r;
	struct view		 tree;
	const char		*rest, *slash;
	size_t			 left;
	char			 own[sizeof(ROLL_PREFIX) + ROOT_MAX], name[ROOT_MAX];
	int			 n;

	if (len < 2 || len >= ROOT_MAX)
		return 0;
	slash = memchr(path + 1, '/', len - 1);
	snprintf(name, sizeof(name), "%.*s", (int)(slash != NULL ?
	    (size_t)(slash - path) - 1 : len - 1), path + 1);
	if (trees_find(name) == NULL)
		return 0;		/* no roll is made for it */
	if ((r = directory_roll(q->sites)) == NULL)
		return -1;
	n = snprintf(own, sizeof(own), ROLL_PREFIX "%.*s", (int)len, path);
	if (!old_dir_tree(r, own, (size_t)n, &tree, &rest, &left) ||
	    (left > 0 && (left != 6 || memcmp(rest, "search", 6) != 0)))
		return 0;
	q->at.rest = own;
	q->at.restlen = (size_t)n;
	return http_directory(q);
}
