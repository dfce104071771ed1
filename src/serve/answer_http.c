/* SPDX-License-Identifier: ISC */
/*
 * HTTP's answers: what found_look() finds, with html/'s pages in place of the
 * gemtext, and the letters for mirrors.  Only GET and HEAD are answered, and no
 * upload is accepted.  All of a request is a stranger's: the grammar has
 * refused what could be understood in two ways, the host must be one of this
 * server's, and the path is compared with names.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "package/offer.h"
#include "proto/http.h"
#include "proto/types.h"
#include "proto/url.h"
#include "serve/answer.h"
#include "serve/cache.h"
#include "serve/directory.h"
#include "serve/found.h"
#include "serve/http_ask.h"
#include "serve/http_directory.h"
#include "serve/http_head.h"
#include "serve/http_old.h"
#include "serve/http_page.h"
#include "serve/http_refuse.h"
#include "serve/http_search.h"
#include "serve/portal.h"
#include "serve/site.h"
#include "serve/sites.h"

#define BYTES		"application/octet-stream"
#define HOST_TEXT	300		/* of a Host field */
#define URL_TEXT	(HTTP_TARGET_MAX + HOST_TEXT + 16)
#define TEXT_MAX	(8u << 20)	/* bytes of a file; above: as it is */
#define LATER_S	10		/* seconds, when there are too many downloads */

/* A view of the cache, or a text of the package with gzip. */
static int
view(struct http_ask *q, const struct http_thing *t, struct http_head *h)
{
	struct http_view	 v;
	int			 rv;

	if ((rv = http_view(q->sites, q->at.site, t, q->req->gzip, &v)) != 1)
		return rv == 0 ? http_ask_refuse(q, 404, 0, NULL) : -1;
	reply_view(q->r, v.c);
	q->r->body = v.body;
	q->r->len = v.len;
	h->type = t->type;
	h->etag = v.etag;
	h->is_gzip = v.is_gzip;
	h->has_pictures = v.has_pictures;
	h->may_gzip = 1;
	h->cache = CACHE_PAGE;
	return http_ask_deliver(q, h);
}

/* DIR/ID.gmi as a browser's page; index.gmi as the choice of languages. */
static int
page(struct http_ask *q)
{
	struct http_head	 h = { .is_page = 1 };
	struct http_thing	 t = { .entry = &q->at.entry,
				    .type = "text/html" };

	t.what = strcmp(q->at.entry.path, "index.gmi") == 0 ? THING_CHOOSER :
	    THING_PAGE;
	return view(q, &t, &h);
}

static int
entry(struct http_ask *q)
{
	const struct pkg_entry	*en = &q->at.entry;
	const struct type	*type = type_of(en->path, strlen(en->path));
	struct http_head	 h = { .cache = CACHE_PAGE, .has_ranges = 1 };
	struct http_thing	 t = { THING_ENTRY, en, type->mime, NULL,
				    NULL };
	char			 etag[ETAG_ROOM];
	int			 is_feed = strcmp(type->suffix, ".xml") == 0;

	if (is_feed)
		t.what = THING_FEED;
	if (is_feed || (type_is_text(type) && q->req->gzip &&
	    q->req->range.at == NULL && en->size <= TEXT_MAX)) {
		h.has_ranges = 0;
		return view(q, &t, &h);
	}
	if (type_is_text(type) && en->size <= TEXT_MAX) {
		http_etag(en->data, en->size, etag);
		h.may_gzip = 1;
	} else
		hex_format(pkg_head(q->at.site->pkg)->core, ETAG_BYTES, etag);
	h.type = type->mime;
	h.etag = etag;
	reply_borrow(q->r, q->at.site, en->data, en->size);
	return http_ask_deliver(q, &h);
}

/*
 * The package.  Its ETag is of the head, since another head makes it another
 * file, even if the core stays the same.
 */
static int
package(struct http_ask *q)
{
	struct http_head	 h = { .cache = CACHE_ASK, .has_ranges = 1,
				    .type = type_of("a.gpub", 6)->mime };
	const struct pkg	*pkg = q->at.site->pkg;
	const char		*comment;
	const uint8_t		*file;
	char			 etag[ETAG_ROOM];
	size_t			 n, size;

	comment = pkg_comment(pkg, &n);
	http_etag(comment, n, etag);
	h.etag = etag;
	file = pkg_bytes(pkg, &size);
	reply_borrow(q->r, q->at.site, file, size);
	return http_ask_deliver(q, &h);
}

static int
redirect(struct http_ask *q, int status, const char *to)
{
	struct http_head	 h = { .status = status, .location = to,
				    .cache = status == 301 ? CACHE_PAGE :
				    CACHE_NEVER };

	return http_ask_finish(q, &h);
}

/*
 * What mirrors ask for, as a static origin has it: whole blobs and files by
 * their hashes, parts of them by Range.  The first line that other protocols
 * put before a blob is left out.
 */
static int
mirror(struct http_ask *q)
{
	struct http_head	 h = { .type = BYTES, .cache = CACHE_ASK };
	struct reply		*r = q->r;
	struct buf		 start = BUF_INIT;
	const char		*rest = q->at.rest;
	char			 whole[32], etag[ETAG_ROOM];
	size_t			 len = q->at.restlen;
	int			 rv, is_whole;

	is_whole = len == 2 + SHORT_HEX && (rest[0] == 'b' || rest[0] == 'f')
	    && rest[1] == '/';
	if (is_whole) {
		len = (size_t)snprintf(whole, sizeof(whole), "%.*s/0",
		    (int)len, rest);
		memcpy(etag, rest + 2, SHORT_HEX);
		etag[SHORT_HEX] = '\0';
		rest = whole;
	}
	rv = answer_mirror(q->sites, q->at.site, rest, len, r);
	if (rv == ANSWER_FILE || rv == -2)
		return rv == -2 ? -1 : rv;
	if (rv != 1)
		return r->file.state == FILE_BUSY ?
		    http_ask_refuse(q, 503, LATER_S, NULL) :
		    http_ask_refuse(q, rv == 0 ? 404 : 400, 0, NULL);
	if (is_whole) {
		buf_reset(&r->head);
		h.etag = etag;
		h.cache = CACHE_LONG;
		h.has_ranges = 1;
		return http_ask_deliver(q, &h);
	}
	buf_add(&start, r->head.data, r->head.len);
	buf_reset(&r->head);
	h.status = 200;
	h.len = start.len + r->len;
	rv = buf_ok(&start) ? http_ask_finish(q, &h) : -1;
	if (!q->req->is_head)
		buf_add(&r->head, start.data, start.len);
	buf_free(&start);
	return rv == 1 && !buf_ok(&r->head) ? -1 : rv;
}

static int
beside(struct http_ask *q)
{
	const struct file_row	*row = &q->at.row;
	struct http_head	 h = { .cache = CACHE_PAGE, .has_ranges = 1 };
	char			 why[320], etag[ETAG_ROOM];
	int			 rv;

	if ((rv = reply_file(q->r, row, 0)) == ANSWER_FILE)
		return rv;
	if (rv == 1) {
		hex_format(row->sha, ETAG_BYTES, etag);
		h.etag = etag;
		h.type = type_of(row->path, strlen(row->path))->mime;
		return http_ask_deliver(q, &h);
	}
	if (q->r->file.state == FILE_BUSY)
		return http_ask_refuse(q, 503, LATER_S, NULL);
	found_absent(q->at.site, row, why, sizeof(why));
	return http_ask_refuse(q, 404, 0, why);
}

/*
 * Put the URL that a request means into text.  0; -1: it means none.  A target
 * is a path or, as for a proxy, a whole URL, which then counts instead of Host.
 */
static int
parse_url(const struct http_request *req, char text[URL_TEXT], struct url *u)
{
	int	 n;

	if (req->target.at[0] == '/') {
		if (req->host.len > HOST_TEXT || memchr(req->host.at == NULL ?
		    "" : req->host.at, '/', req->host.len) != NULL)
			return -1;
		n = snprintf(text, URL_TEXT, "http://%.*s%.*s",
		    (int)req->host.len, req->host.at == NULL ? "" :
		    req->host.at, (int)req->target.len, req->target.at);
	} else
		n = snprintf(text, URL_TEXT, "%.*s", (int)req->target.len,
		    req->target.at);
	if (url_parse(text, (size_t)n, u, NULL) == -1 || u->userinfo.given ||
	    u->fragment.given || (!url_is(&u->scheme, "http") &&
	    !url_is(&u->scheme, "https")))
		return -1;
	return 0;
}

/* NULL: that host or port is not ours; *first: see directory_first(). */
static struct site *
find_site(const struct http_ask *q, int *first)
{
	unsigned	 port = q->sites->port[q->proto];
	struct site	*s;
	char		 host[URL_HOST_MAX + 1];

	if (q->url.kind == URL_NO_HOST && q->req->minor == 0) {
		*first = directory_first(q->sites, q->sites->site[0], "");
		return q->sites->site[0];	/* clients from before Host */
	}
	if (q->url.has_port && q->url.port != q->asked->local_port &&
	    (port == 0 || q->url.port != port))
		return NULL;
	if (url_clean_host(host, &q->url) == 0)
		return NULL;
	s = sites_by_host(q->sites, q->asked, host,
	    q->url.kind != URL_NAME);
	/*
	 * With several packages the name of the handshake chose the
	 * certificate: it must mean the same one.
	 */
	if (q->sites->n > 1 && q->url.kind == URL_NAME &&
	    q->asked->sni != NULL &&
	    sites_by_host(q->sites, q->asked, q->asked->sni, 0) != s)
		return NULL;
	*first = s != NULL && directory_first(q->sites, s, host);
	return s;
}

static int
is(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(s, word, len) == 0;
}

/* 1: the path ends with `end'; n bytes of it are before that. */
static int
ends(const char *path, size_t len, const char *end, size_t *n)
{
	size_t	 m = strlen(end);

	*n = len - m;
	return len >= m && memcmp(path + len - m, end, m) == 0;
}

/* Names for browsers are those of the package, with .html in place of .gmi. */
static int
look(struct http_ask *q, struct site *s, char *path, size_t *plen)
{
	size_t	 len = *plen;

	size_t	 n;

	if (ends(path, len, ".html", &n)) {
		memcpy(path + n, ".gmi", 4);
		*plen = len = n + 4;
		q->is_html = 1;
	} else
		q->is_html = len == 0 || path[len - 1] == '/';
	return found_look(q->sites, s, path, len, &q->at);
}

/* The language in whose folder the path is, behind the package's id. */
static const struct site_lang *
path_lang(const struct http_ask *q, const char *path, size_t len)
{
	size_t		 skip = strlen(q->at.prefix) + 1;
	const char	*slash;

	if (len <= skip || (slash = memchr(path + skip, '/', len - skip)) ==
	    NULL)
		return NULL;
	return site_table_lang_at(q->at.site->table, path + skip,
	    (size_t)(slash - path) - skip);
}

/*
 * A page, or a search, of a tree for old browsers.  rest is the path behind the
 * package's own prefix, with room for one more byte.  0: no such tree.
 */
static int
old(struct http_ask *q, char *rest, size_t len)
{
	struct http_head	 h = { .status = 0 };
	struct http_thing	 t = { THING_OLD, &q->at.entry, NULL, NULL,
				    NULL };
	struct view		 tree;
	char			 path[HTTP_TARGET_MAX + 64];
	int			 n;

	rest[len] = '/';
	if (!old_tree(q->at.site->table, rest, len + 1,
	    &tree))
		return 0;
	if (strlen(tree.name) == len) {
		n = snprintf(path, sizeof(path), "%s/%s/", q->at.prefix,
		    tree.name);
		return redirect(q, 301, path);
	}
	rest += strlen(tree.name) + 1;
	len -= strlen(tree.name) + 1;
	q->tree = &tree;
	q->lang = site_table_lang(q->at.site->table, tree.dir);
	q->at.page = 1;
	if (q->lang != NULL && (is(rest, len, "search") ||
	    is(rest, len, "search.gmi")))
		return http_search(q);
	n = snprintf(path, sizeof(path), "%s/%.*s", tree.dir,
	    len == 0 ? 9 : (int)len, len == 0 ? "index.gmi" : rest);
	if (!q->is_html || !pkg_find(q->at.site->pkg, path, (size_t)n,
	    &q->at.entry))
		return http_ask_refuse(q, 404, 0, NULL);
	t.type = old_type(&tree);
	t.tree = &tree;
	return view(q, &t, &h);
}

/*
 * There is no such page.  A portal sends home a client that asked another host,
 * or that looks for the Internet (portal_is_probe()).
 */
static int
nothing(struct http_ask *q, const char *path, size_t len)
{
	char	 home[PORTAL_HOME];

	if (!q->sites->portal ||
	    (!q->is_foreign && !portal_is_probe(path, len)))
		return http_ask_refuse(q, 404, 0, NULL);
	portal_home(q->sites, q->asked, q->proto, home);
	return redirect(q, 302, home);
}

/*
 * A document with a name of its own, at the path that was asked for; see
 * look().
 */
static int
named(const struct http_ask *q, const char *rest, size_t len,
    struct http_thing *t)
{
	char	 name[HTTP_TARGET_MAX + 8];
	size_t	 n;

	memcpy(name, rest, len);
	if (q->is_html && ends(rest, len, ".gmi", &n)) {
		memcpy(name + n, ".html", 5);
		len = n + 5;
	}
	return http_thing_named(q->at.site, name, len, t);
}

static int
reply(struct http_ask *q, char *path, size_t len)
{
	struct http_head	 h = { .cache = CACHE_PAGE };
	struct http_thing	 t;
	const struct pkg_entry	*en = &q->at.entry;
	size_t			 skip = strlen(q->at.prefix) + 1, n;
	int			 rv;

	switch (q->at.kind) {
	case FOUND_ENTRY:
		return q->is_html && ends(en->path, strlen(en->path), ".gmi",
		    &n) ? page(q) : entry(q);
	case FOUND_PACKAGE:
		return package(q);
	case FOUND_FOLDER:
		return redirect(q, 301, q->at.redirect);
	case FOUND_FILE:
		return beside(q);
	case FOUND_SEARCH:
		return http_search(q);
	case FOUND_DIRECTORY:
		return http_directory(q);
	case FOUND_MIRROR:
		return mirror(q);
	default:
		if (len > skip && named(q, path + skip, len - skip, &t)) {
			h.is_page = t.what == THING_SHEET;
			return view(q, &t, &h);
		}
		if (len > skip && (rv = old(q, path + skip, len - skip)) != 0)
			return rv;
		return nothing(q, path, len);
	}
}

static int
answer(enum proto proto, struct sites *ss, const struct asked *a,
    const uint8_t *data, size_t len, struct reply *r)
{
	struct http_request	 req;
	struct http_ask		 q = { .sites = ss, .asked = a, .proto =
				    proto, .req = &req, .r = r };
	struct site		*s;
	char			 text[URL_TEXT];
	char			 path[HTTP_TARGET_MAX + DIRECTORY_ROOM];
	size_t			 n;
	int			 rv, status, first = 0;

	if ((rv = http_request_parse(data, len, &req, &status)) == 0)
		return 0;
	reply_clear(r);
	q.at.prefix[0] = '\0';
	if (rv == -1)
		return http_ask_refuse(&q, status, 0, NULL);
	r->used = req.keep ? req.len : 0;	/* also while the reply waits */
	if (ss->n == 0)
		return http_ask_refuse(&q, 503, LATER_S, "Nothing is served here yet");
	if (parse_url(&req, text, &q.url) == -1)
		return http_ask_refuse(&q, 400, 0, NULL);
	if ((s = find_site(&q, &first)) == NULL) {
		if (!ss->portal)
			return http_ask_refuse(&q, 421, 0, NULL);
		q.is_foreign = 1;
		s = ss->site[0];
	}
	n = url_clean_path(path, q.url.path.at, q.url.path.len);
	if (first && (rv = http_directory_root(&q, path, n)) != 0)
		return rv;
	if (first)
		n = directory_path(path, n);
	if (look(&q, s, path, &n) == -1)
		return -1;
	q.lang = q.at.kind == FOUND_DIRECTORY ? NULL :
	    path_lang(&q, path, n);
	return reply(&q, path, n);
}

int
answer_http(struct sites *ss, const struct asked *a, const uint8_t *data,
    size_t len, struct reply *r)
{
	return answer(PROTO_HTTP, ss, a, data, len, r);
}

int
answer_https(struct sites *ss, const struct asked *a, const uint8_t *data,
    size_t len, struct reply *r)
{
	return answer(PROTO_HTTPS, ss, a, data, len, r);
}

void
busy_http(struct buf *out, const uint8_t *data, size_t len, const char *why,
    unsigned wait)
{
	struct http_request	 req;
	struct http_no		 no = { .status = 503, .wait = wait, .more =
				    why, .req = &req, .prefix = "" };
	int			 status;

	(void)http_request_parse(data, len, &req, &status);
	http_refuse(&no, out);
}

/* The path of the request line, without a query. */
void
shown_http(const uint8_t *data, size_t len, const char **path, size_t *n)
{
	const char	*s = (const char *)data, *sp, *end;
	size_t		 line = answer_shown(data, len, '?');

	*path = s;
	*n = line;
	if ((sp = memchr(s, ' ', line)) == NULL)
		return;
	*path = ++sp;
	end = memchr(sp, ' ', line - (size_t)(sp - s));
	*n = end != NULL ? (size_t)(end - sp) : line - (size_t)(sp - s);
}
