/* SPDX-License-Identifier: ISC */
/*
 * Gemini's answers: the pages as they are in the package, with Gemini's status
 * lines.  The URL is a stranger's: it must name a host and a port of this
 * server.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "directory/ask.h"
#include "directory/find.h"
#include "directory/gemtext.h"
#include "proto/gemini.h"
#include "proto/types.h"
#include "serve/answer.h"
#include "serve/directory.h"
#include "serve/found.h"
#include "serve/search_menu.h"
#include "serve/site.h"
#include "serve/sites.h"
#include "view/search.h"
#include "view/words.h"

#define BYTES	"application/octet-stream"
#define PROMPT_MAX	120		/* bytes of the prompt for a search */
#define PROMPT_LANGS	4		/* languages in it, when none was
					   chosen */

/* A request that is being answered. */
struct gemini_ask {
	struct sites		*sites;
	const struct asked	*asked;
	const struct url	*url;
	const struct found	*at;
	struct reply		*r;
};

/* A status line without a body.  1; -1: no memory. */
static int
status(struct reply *r, int code, const char *meta)
{
	buf_reset(&r->head);
	gemini_header_write(&r->head, code, meta);
	r->status = code;
	r->body = NULL;
	r->len = 0;
	return buf_ok(&r->head) ? 1 : -1;
}

static int
port_is_ours(const struct gemini_ask *q)
{
	unsigned	 port = q->url->has_port ? q->url->port : GEMINI_PORT;

	return port == q->asked->local_port ||
	    (q->sites->port[PROTO_GEMINI] != 0 &&
	    port == q->sites->port[PROTO_GEMINI]);
}

/*
 * NULL: what was asked for is not ours to serve.  *first: the first page of
 * that host is the directory.
 */
static struct site *
find_site(const struct gemini_ask *q, int *first)
{
	struct site	*s;
	char		 host[URL_HOST_MAX + 1];
	int		 literal;

	if (!url_is(&q->url->scheme, "gemini") || !port_is_ours(q) ||
	    url_clean_host(host, q->url) == 0)
		return NULL;
	literal = q->url->kind != URL_NAME;
	if ((s = sites_by_host(q->sites, q->asked, host, literal)) == NULL)
		return NULL;
	*first = directory_first(q->sites, s, host);
	/*
	 * With several packages the certificate was chosen by the name in the
	 * handshake, so the URL must name the same package.
	 */
	if (q->sites->n > 1 && !literal && q->asked->sni != NULL &&
	    sites_by_host(q->sites, q->asked, q->asked->sni, 0) != s)
		return NULL;
	return s;
}

/* Status 20 with a type and, for text, the language of its folder. */
static int
send(struct gemini_ask *q, const char *mime, const char *lang, const void *data,
    size_t len)
{
	buf_reset(&q->r->head);
	buf_str(&q->r->head, "20 ");
	buf_str(&q->r->head, mime);
	if (lang != NULL) {
		buf_str(&q->r->head, "; lang=");
		buf_str(&q->r->head, lang);
	}
	buf_str(&q->r->head, "\r\n");
	q->r->status = 20;
	reply_borrow(q->r, q->at->site, data, len);
	return buf_ok(&q->r->head) ? 1 : -1;
}

static int
mirror(struct gemini_ask *q)
{
	struct site	*s = q->at->site;

	if (status(q->r, 20, BYTES) == -1)
		return -1;
	switch (answer_mirror(q->sites, s, q->at->rest,
	    q->at->restlen, q->r)) {
	case 1:
		return buf_ok(&q->r->head) ? 1 : -1;
	case ANSWER_FILE:
		return ANSWER_FILE;
	case 0:
		return status(q->r, 51, s->store == NULL ?
		    "This package is not signed: nothing to mirror" :
		    "No such edition or blob");
	case -1:
		return status(q->r, 59, "No edition, or no blob and offset");
	default:
		return -1;
	}
}

/*
 * The prompt for a search: in the language of the page, or in the first
 * languages.
 */
static int
prompt(struct gemini_ask *q, const struct site_table *site)
{
	struct words_view	 own;
	char			 text[PROMPT_MAX];
	const char		*word;
	size_t			 i, used = 0;

	if (q->at->dir[0] != '\0')
		return status(q->r, 10, words_view(site, q->at->dir,
		    &own)->search);
	text[0] = '\0';
	for (i = 0; i < site->nlang && i < PROMPT_LANGS; i++) {
		word = words_view(site, site->lang[i].dir, &own)->search;
		if (used + strlen(word) + 4 > sizeof(text))
			break;
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s%s", used > 0 ? " / " : "", word);
	}
	return status(q->r, 10, used > 0 ? text : "Search");
}

static int
beside(struct gemini_ask *q)
{
	const struct file_row	*row = &q->at->row;
	char			 why[320];
	int			 rv;

	if ((rv = reply_file(q->r, row, 0)) == ANSWER_FILE)
		return rv;
	if (rv == 1) {
		gemini_header_write(&q->r->head, 20, type_of(row->path,
		    strlen(row->path))->mime);
		q->r->status = 20;
		return buf_ok(&q->r->head) ? 1 : -1;
	}
	if (q->r->file.state == FILE_BUSY)
		return status(q->r, 44, "10");
	found_absent(q->at->site, row, why, sizeof(why));
	return status(q->r, 51, why);
}

static int
search(struct gemini_ask *q)
{
	struct view_source	 src;
	struct search		**kept;
	const struct site_lang	*l;
	char			 words[GEMINI_URL_MAX], wait[16];
	char			 meta[sizeof("text/gemini; lang=") +
				    SITE_TAG_BYTES];
	size_t			 n;

	site_source(q->at->site, "", 0, q->at->prefix, &src);
	if (!q->url->query.given || q->url->query.len == 0)
		return prompt(q, src.site);
	kept = reply_search(q->r, q->at->site);
	if (*kept == NULL && q->asked->search_wait > 0) {
		snprintf(wait, sizeof(wait), "%u", q->asked->search_wait);
		return status(q->r, 44, wait);
	}
	n = url_decode(words, q->url->query.at, q->url->query.len);
	l = site_table_lang(src.site, q->at->dir[0] != '\0' ? q->at->dir :
	    search_home(src.site, words, n));
	snprintf(meta, sizeof(meta), "text/gemini%s%s", l != NULL ?
	    "; lang=" : "", l != NULL ? l->tag : "");
	if (status(q->r, 20, meta) == -1)
		return -1;
	return reply_searched(q->r, search_gemini(&src, kept, q->at->prefix,
	    q->at->dir, words, n, q->at->page, &q->r->own, NULL));
}

static int
directory(struct gemini_ask *q)
{
	const struct url_part	*query = &q->url->query;
	const struct roll	*r = directory_roll(q->sites);
	const struct site_lang	*l;
	struct buf		 b = BUF_INIT;
	struct ask		 want;
	struct gemtext_search	 s = { 0 };
	char			 words[GEMINI_URL_MAX], wait[16];
	int			 rv;

	if (r == NULL)
		return -1;
	if (!ask_parse(r, q->at->rest, q->at->restlen, &want))
		return status(q->r, 51, "No such page");
	l = site_table_lang(&r->table, want.dir);
	if (want.what == ASK_SEARCH && (!query->given || query->len == 0)) {
		gemtext_prompt(r, &want, &b);
		rv = buf_ok(&b) ? status(q->r, 10, b.data) : -1;
		buf_free(&b);
		return rv;
	}
	if (want.what == ASK_SEARCH) {
		s.words = words;
		s.n = url_decode(words, query->at, query->len);
		rv = directory_find(q->sites, q->r, &(struct directory_search){
		    &want, words, s.n, (want.page - 1) * HITS_PAGE, HITS_PAGE,
		    q->asked->search_wait }, &s.hits);
		if (rv == 0) {
			snprintf(wait, sizeof(wait), "%u",
			    q->asked->search_wait);
			return status(q->r, 44, wait);
		}
		if (rv != 1)
			return rv;
	}
	buf_fmt(&b, "text/gemini%s%s", l != NULL ? "; lang=" : "", l != NULL ?
	    l->tag : "");
	rv = buf_ok(&b) ? status(q->r, 20, b.data) : -1;
	buf_free(&b);
	if (rv == 1)
		rv = gemtext_page(r, &want, &s, "=>", &q->r->own);
	if (rv == 0)
		return status(q->r, 51, "No such page");
	reply_own(q->r);
	return rv;
}

static int
reply(struct gemini_ask *q)
{
	const struct pkg_entry	*en = &q->at->entry;
	const uint8_t		*file;
	size_t			 size;

	switch (q->at->kind) {
	case FOUND_ENTRY:
		return send(q, type_of(en->path, strlen(en->path))->mime,
		    found_lang(q->at), en->data, en->size);
	case FOUND_PACKAGE:
		file = pkg_bytes(q->at->site->pkg, &size);
		return send(q, type_of("a.gpub", 6)->mime, NULL, file, size);
	case FOUND_FOLDER:
		return status(q->r, 31, q->at->redirect);
	case FOUND_FILE:
		return beside(q);
	case FOUND_SEARCH:
		return search(q);
	case FOUND_MIRROR:
		return mirror(q);
	case FOUND_DIRECTORY:
		return directory(q);
	default:
		return status(q->r, 51, "No such page");
	}
}

void
busy_gemini(struct buf *out, const uint8_t *data, size_t len, const char *why,
    unsigned wait)
{
	(void)data, (void)len;
	(void)why;			/* 44 has only a number */
	buf_fmt(out, "44 %u\r\n", wait);
}

/* The path of the URL without its query, which holds the words of a search. */
void
shown_gemini(const uint8_t *data, size_t len, const char **path, size_t *n)
{
	const char	*s = (const char *)data, *p;

	*path = s;
	*n = answer_shown(data, len, '?');
	if ((p = memmem(s, *n, "://", 3)) == NULL)
		return;
	p += 3;
	*n -= (size_t)(p - s);
	if ((s = memchr(p, '/', *n)) == NULL) {
		*path = "/";
		*n = 1;
		return;
	}
	*path = s;
	*n -= (size_t)(s - p);
}

int
answer_gemini(struct sites *ss, const struct asked *a, const uint8_t *data,
    size_t len, struct reply *r)
{
	struct gemini_request	 req;
	struct found		 at;
	struct gemini_ask		 q = { .sites = ss, .asked = a,
				    .url = &req.url, .at = &at, .r = r };
	struct site		*s;
	const char		*why;
	char			 path[GEMINI_URL_MAX + DIRECTORY_ROOM];
	size_t			 n;
	int			 rv, first = 0;

	if ((rv = gemini_request_parse(data, len, &req, &why)) == 0)
		return 0;
	reply_clear(r);
	if (rv == -1)
		return status(r, 59, why);
	if (ss->n == 0)
		return status(r, 41, "Nothing is served here yet");
	if ((s = find_site(&q, &first)) == NULL)
		return status(r, 53,
		    "This scheme, host or port is not served here");
	n = url_clean_path(path, req.url.path.at, req.url.path.len);
	if (first)
		n = directory_path(path, n);
	if (found_look(ss, s, path, n, &at) == -1)
		return -1;
	return reply(&q);
}
