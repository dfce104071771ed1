/* SPDX-License-Identifier: ISC */
/*
 * Spartan's answers: Gemini's pages without TLS, by found_look().  No upload is
 * accepted.  The data block is read only where a search asks for words: a
 * client puts there what a link has behind its '?', or what was typed at a
 * prompt line "=:". Any other data block is refused before it has arrived.
 * Host and path are a stranger's; the host must be one of this server's, and a
 * request names no port.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "directory/ask.h"
#include "directory/find.h"
#include "directory/gemtext.h"
#include "proto/spartan.h"
#include "proto/types.h"
#include "proto/url.h"
#include "serve/answer.h"
#include "serve/directory.h"
#include "serve/found.h"
#include "serve/search_menu.h"
#include "serve/site.h"
#include "serve/sites.h"
#include "view/search.h"
#include "view/words.h"

#define BYTES		"application/octet-stream"
#define URL_TEXT	(SPARTAN_LINE_MAX + 16)

/* A request that is being answered. */
struct spartan_ask {
	struct sites			*sites;
	const struct asked		*asked;
	const struct spartan_request	*req;
	const struct url		*url;		/* the request as a
							   URL */
	const char			*data;		/* as much as has
							   arrived */
	size_t				 datalen;
	const struct found		*at;
	struct reply			*r;
};

/* A status line without a body. shown: the log's number, as Gemini's. */
static int
status(struct reply *r, int code, int shown, const char *meta)
{
	buf_reset(&r->head);
	spartan_header_write(&r->head, code, meta);
	r->status = shown;
	r->body = NULL;
	r->len = 0;
	return buf_ok(&r->head) ? 1 : -1;
}

/* Status 2 with a type and, where it is known, the language of the text. */
static int
success(struct reply *r, const char *mime, const char *lang)
{
	char	meta[160];

	if (lang == NULL)
		return status(r, 2, 20, mime);
	snprintf(meta, sizeof(meta), "%s; lang=%s", mime, lang);
	return status(r, 2, 20, meta);
}

static int
send(struct spartan_ask *q, const char *mime, const char *lang,
    const void *data, size_t len)
{
	if (success(q->r, mime, lang) == -1)
		return -1;
	reply_borrow(q->r, q->at->site, data, len);
	return 1;
}

/* The tag of a folder's language; NULL: the folder has none. */
static const char *
tag_of(const struct site_table *t, const char *dir)
{
	const struct site_lang	*l = site_table_lang(t, dir);

	return l != NULL ? l->tag : NULL;
}

/*
 * Host and path together as a URL in text.  0; -1: they are none.  A literal of
 * IPv6 comes with brackets from most clients, and without from some.
 */
static int
parse_url(const struct spartan_request *req, char text[URL_TEXT],
    struct url *u)
{
	const char	*open = "", *shut = "";
	int		 n;

	if (memchr(req->host, ':', req->hostlen) != NULL &&
	    memchr(req->host, '[', req->hostlen) == NULL &&
	    (char *)memchr(req->host, ':', req->hostlen) !=
	    memrchr(req->host, ':', req->hostlen)) {
		open = "[";
		shut = "]";
	}
	n = snprintf(text, URL_TEXT, "spartan://%s%.*s%s%.*s", open,
	    (int)req->hostlen, req->host, shut, (int)req->pathlen, req->path);
	return url_parse(text, (size_t)n, u, NULL) == -1 ||
	    u->userinfo.given || u->fragment.given ? -1 : 0;
}

/* NULL: that host or port is not ours; *first: see directory_first(). */
static struct site *
find_site(const struct spartan_ask *q, int *first)
{
	unsigned	 public_port = q->sites->port[PROTO_SPARTAN];
	struct site	*s;
	char		 host[URL_HOST_MAX + 1];

	if (q->url->has_port && q->url->port != q->asked->local_port &&
	    (public_port == 0 || q->url->port != public_port))
		return NULL;
	if (url_clean_host(host, q->url) == 0)
		return NULL;
	s = sites_by_host(q->sites, q->asked, host,
	    q->url->kind != URL_NAME);
	*first = s != NULL && directory_first(q->sites, s, host);
	return s;
}

static int
mirror(struct spartan_ask *q)
{
	struct site	*s = q->at->site;

	if (status(q->r, 2, 20, BYTES) == -1)
		return -1;
	switch (answer_mirror(q->sites, s, q->at->rest,
	    q->at->restlen, q->r)) {
	case 1:
		return buf_ok(&q->r->head) ? 1 : -1;
	case ANSWER_FILE:
		return ANSWER_FILE;
	case 0:
		return status(q->r, 4, 51, s->store == NULL ?
		    "This package is not signed: nothing to mirror" :
		    "No such edition or blob");
	case -1:
		return status(q->r, 4, 59, "No edition, or no blob and offset");
	default:
		return -1;
	}
}

/* The page with the prompt line, in the language of /DIR/search. */
static int
prompt(struct spartan_ask *q)
{
	const struct site_table	*t = q->at->site->table;
	const char		*dir = q->at->dir;
	struct words_view	 own;
	const struct words_view	*w;

	if (*dir == '\0' && t->nlang > 0)
		dir = t->lang[0].dir;
	w = words_view(t, dir, &own);
	if (success(q->r, "text/gemini", tag_of(t, dir)) == -1)
		return -1;
	buf_fmt(&q->r->own, "# %s\n\n=: %s%s%s/search %s\n", w->search,
	    q->at->prefix, *q->at->dir != '\0' ? "/" : "", q->at->dir,
	    w->search);
	reply_own(q->r);
	return buf_ok(&q->r->own) ? 1 : -1;
}

static int
beside(struct spartan_ask *q)
{
	const struct file_row	*row = &q->at->row;
	char			 why[320];
	int			 rv;

	if ((rv = reply_file(q->r, row, 0)) == ANSWER_FILE)
		return rv;
	if (rv == 1) {
		spartan_header_write(&q->r->head, 2, type_of(row->path,
		    strlen(row->path))->mime);
		q->r->status = 20;
		return buf_ok(&q->r->head) ? 1 : -1;
	}
	if (q->r->file.state == FILE_BUSY)
		return status(q->r, 5, 44, "Too many downloads, wait 10 "
		    "seconds");
	found_absent(q->at->site, row, why, sizeof(why));
	return status(q->r, 4, 51, why);
}

static int
search(struct spartan_ask *q)
{
	const struct url_part	*query = &q->url->query;
	struct view_source	 src;
	struct search		**kept;
	const char		*words = q->data;
	char			 decoded[SPARTAN_LINE_MAX], why[64];
	size_t			 n = (size_t)q->req->length;

	if (q->req->length > SPARTAN_DATA_MAX)
		return status(q->r, 4, 59, "At most 512 bytes of words");
	if (q->datalen < n)
		return 0;
	if (n == 0 && query->len > 0) {	/* some clients leave the words there */
		n = url_decode(decoded, query->at, query->len);
		words = decoded;
	}
	if (n == 0)
		return prompt(q);
	kept = reply_search(q->r, q->at->site);
	if (*kept == NULL && q->asked->search_wait > 0) {
		snprintf(why, sizeof(why), "Too many searches, wait %u "
		    "seconds", q->asked->search_wait);
		return status(q->r, 5, 44, why);
	}
	site_source(q->at->site, "", 0, q->at->prefix, &src);
	if (success(q->r, "text/gemini", tag_of(src.site, q->at->dir[0] !=
	    '\0' ? q->at->dir : search_home(src.site, words, n))) == -1)
		return -1;
	return reply_searched(q->r, search_gemini(&src, kept, q->at->prefix,
	    q->at->dir, words, n, q->at->page, &q->r->own, NULL));
}

/* The words are in the data block, or behind a '?', as in search(). */
static int
directory(struct spartan_ask *q)
{
	const struct url_part	*query = &q->url->query;
	const struct roll	*r = directory_roll(q->sites);
	const char		*words = q->data;
	struct gemtext_search	 s = { 0 };
	struct ask		 want;
	char			 decoded[SPARTAN_LINE_MAX], why[64];
	size_t			 n = (size_t)q->req->length;
	int			 rv;

	if (r == NULL)
		return -1;
	if (!ask_parse(r, q->at->rest, q->at->restlen, &want))
		return status(q->r, 4, 51, "No such page");
	if (n > 0 && want.what != ASK_SEARCH)
		return status(q->r, 4, 59, "Nothing can be uploaded here");
	if (q->req->length > SPARTAN_DATA_MAX)
		return status(q->r, 4, 59, "At most 512 bytes of words");
	if (q->datalen < n)
		return 0;
	if (n == 0 && query->len > 0) {
		n = url_decode(decoded, query->at, query->len);
		words = decoded;
	}
	if (want.what == ASK_SEARCH && n == 0)
		want.what = ASK_HOME;	/* it has the prompt line */
	if (want.what == ASK_SEARCH) {
		s.words = words;
		s.n = n;
		rv = directory_find(q->sites, q->r, &(struct directory_search){
		    &want, words, n, (want.page - 1) * HITS_PAGE, HITS_PAGE,
		    q->asked->search_wait }, &s.hits);
		if (rv == 0) {
			snprintf(why, sizeof(why), "Too many searches, wait "
			    "%u seconds", q->asked->search_wait);
			return status(q->r, 5, 44, why);
		}
		if (rv != 1)
			return rv;
	}
	if (success(q->r, "text/gemini", tag_of(&r->table, want.dir)) == -1)
		return -1;
	if ((rv = gemtext_page(r, &want, &s, "=:", &q->r->own)) == 0)
		return status(q->r, 4, 51, "No such page");
	reply_own(q->r);
	return rv;
}

static int
reply(struct spartan_ask *q)
{
	const struct pkg_entry	*en = &q->at->entry;
	const uint8_t		*file;
	size_t			 size;

	if (q->at->kind == FOUND_SEARCH)
		return search(q);
	if (q->at->kind == FOUND_DIRECTORY)
		return directory(q);
	if (q->req->length > 0)
		return status(q->r, 4, 59, "Nothing can be uploaded here");
	switch (q->at->kind) {
	case FOUND_ENTRY:
		return send(q, type_of(en->path, strlen(en->path))->mime,
		    found_lang(q->at), en->data, en->size);
	case FOUND_PACKAGE:
		file = pkg_bytes(q->at->site->pkg, &size);
		return send(q, type_of("a.gpub", 6)->mime, NULL, file, size);
	case FOUND_FOLDER:
		return status(q->r, 3, 31, q->at->redirect);
	case FOUND_FILE:
		return beside(q);
	case FOUND_MIRROR:
		return mirror(q);
	default:
		return status(q->r, 4, 51, "No such page");
	}
}

void
busy_spartan(struct buf *out, const uint8_t *data, size_t len, const char *why,
    unsigned wait)
{
	(void)data, (void)len;
	buf_fmt(out, "5 %s, wait %u seconds\r\n", why, wait);
}

/* The path, without a query, which does not belong there. */
void
shown_spartan(const uint8_t *data, size_t len, const char **path, size_t *n)
{
	const char	*s = (const char *)data, *sp, *end;
	size_t		 line = answer_shown(data, len, '?');

	*path = s;
	*n = line;
	if ((sp = memchr(s, ' ', line)) == NULL)
		return;
	sp++;
	end = memchr(sp, ' ', line - (size_t)(sp - s));
	*path = sp;
	*n = end != NULL ? (size_t)(end - sp) : line - (size_t)(sp - s);
	if (*n == 0) {
		*path = "/";
		*n = 1;
	}
}

int
answer_spartan(struct sites *ss, const struct asked *a, const uint8_t *data,
    size_t len, struct reply *r)
{
	struct spartan_request	 req;
	struct found		 at;
	struct url		 url;
	struct spartan_ask		 q = { .sites = ss, .asked = a, .req =
				    &req, .url = &url, .at = &at, .r = r };
	struct site		*s;
	const char		*why;
	char			 text[URL_TEXT];
	char			 path[SPARTAN_LINE_MAX + DIRECTORY_ROOM];
	size_t			 n;
	int			 rv, first = 0;

	if ((rv = spartan_request_parse(data, len, &req, &why)) == 0)
		return 0;
	reply_clear(r);
	if (rv == -1)
		return status(r, 4, 59, why);
	if (ss->n == 0)
		return status(r, 5, 41, "Nothing is served here yet");
	if (parse_url(&req, text, &url) == -1)
		return status(r, 4, 59, "Host and path make no URL");
	if ((s = find_site(&q, &first)) == NULL)
		return status(r, 4, 53, "This host is not served here");
	q.data = (const char *)data + req.len;
	q.datalen = len - req.len;
	n = url_clean_path(path, url.path.at, url.path.len);
	if (first)
		n = directory_path(path, n);
	if (found_look(ss, s, path, n, &at) == -1)
		return -1;
	return reply(&q);
}
