/* SPDX-License-Identifier: ISC */
/*
 * A Gopher request -> its reply, with Gopher+ and with a greeting for clients
 * of other protocols that come to this port.
 *
 * The selector names a package by its id or means the default one.  What is
 * left of it is looked for in this order: a word of mirrors, a search, the
 * package itself or a binary file in it, a file beside it, a view or a text
 * file.  Views are kept in the sites' cache under the selector and the host and
 * port that their menus show.  Trusts the package and nothing of the request: a
 * selector is looked up, never opened as a path, and only one that exists is
 * sent back.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "directory/ask.h"
#include "directory/menus.h"
#include "package/head.h"
#include "package/reader.h"
#include "proto/gopher.h"
#include "proto/types.h"
#include "serve/answer.h"
#include "serve/cache.h"
#include "serve/directory.h"
#include "serve/found.h"
#include "serve/open.h"
#include "serve/others.h"
#include "serve/search_menu.h"
#include "serve/site.h"
#include "serve/sites.h"
#include "serve/web.h"
#include "view/plus.h"
#include "view/search.h"

#define KEY_MAX		1536
#define KEY_FIXED	16		/* bytes before the host */
#define TEXT_MAX	(8u << 20)	/* bytes of a text; above, it is sent as
					   it is */
#define NOT_FOUND	"There is nothing under this name"

/* A TLS alert, handshake failure: a TLS client understands it. */
static const uint8_t	tls_alert[] = { 0x15, 3, 3, 0, 2, 2, 40 };

static const char	caps[] = "CAPS\r\nCapsVersion=1\r\n"
    "ExpireCapsAfter=86400\r\nPathDelimeter=/\r\nPathIdentity=.\r\n"
    "PathParent=..\r\nPathParentDouble=FALSE\r\nPathKeepPreDelimeter=TRUE"
    "\r\nServerDefaultEncoding=UTF-8\r\nServerSoftware=apeng\r\n";

/* A request that is being answered. */
struct gopher_ask {
	struct sites			*sites;
	const struct gopher_request	*req;
	const char			*host;		/* for menus */
	unsigned			 port;
	unsigned			 search_wait;
	struct site			*site;
	char				 prefix[HEAD_ID_MAX + 2];
	const char			*sel;		/* no leading '/' */
	size_t				 len;
	struct reply			*r;
};

/* The forms in which the cache keeps the reply to a selector. */
enum gopher_form { FORM_PLAIN, FORM_PLUS, FORM_INFO, FORM_DIR };

static int
refuse(struct reply *r, int code, const char *why)
{
	buf_reset(&r->head);
	gopher_error_write(&r->head, why);
	r->status = code;
	r->body = NULL;
	r->len = 0;
	return buf_ok(&r->head) ? 1 : -1;
}

/* A client of another protocol gets an answer that it understands. */
static int
greet(const struct gopher_ask *q)
{
	struct reply	*r = q->r;

	r->status = 59;
	if (q->req->greeting == GREETING_TLS)
		buf_add(&r->head, tls_alert, sizeof(tls_alert));
	else
		web_refuse(q->host, q->port, &r->head);
	return buf_ok(&r->head) ? 1 : -1;
}

/* /ID and /ID/... name the package ID; what is left is its selector. */
static int
take_id(struct gopher_ask *q)
{
	const char	*slash = memchr(q->sel, '/', q->len);
	struct site	*s;
	size_t		 n;

	n = slash != NULL ? (size_t)(slash - q->sel) : q->len;
	if ((s = sites_by_id(q->sites, q->sel, n)) == NULL)
		return 0;
	q->site = s;
	snprintf(q->prefix, sizeof(q->prefix), "/%s", s->id);
	q->sel += n + (slash != NULL);
	q->len -= n + (slash != NULL);
	return 1;
}

static int
is(const struct gopher_ask *q, const char *s)
{
	return strlen(s) == q->len && memcmp(s, q->sel, q->len) == 0;
}

static int
starts(const struct gopher_ask *q, const char *s)
{
	size_t	 n = strlen(s);

	return q->len >= n && memcmp(q->sel, s, n) == 0;
}

/*
 * 1: the request is for the directory, which *sel is the selector of then.  It
 * stands where the mirrors' words are, and has the bare selector when no
 * default package was named.
 */
static int
is_directory(const struct gopher_ask *q, const char **sel, size_t *len)
{
	*sel = q->req->selector;
	*len = q->req->len;
	if (!directory_has(q->sites) || q->prefix[0] != '\0')
		return 0;
	if (q->len == 0)
		return q->sites->directory;
	return directory_is(q->sites, *sel, *len);
}

/* The length of the cache's key; 0: the selector is too long to exist. */
static size_t
key_of(const struct gopher_ask *q, enum gopher_form form, char *key)
{
	const char	*sel;
	uint32_t	 version = 0;
	size_t		 n = strlen(q->host), len;

	if (n + q->len + KEY_FIXED + 1 > KEY_MAX)
		return 0;
	/*
	 * The default's root menu and the menus of the directory list all
	 * packages, so their keys change when the set does.
	 */
	if (q->prefix[0] == '\0' && (q->len == 0 ||
	    is_directory(q, &sel, &len)))
		version = q->sites->version;
	memcpy(key, &q->site->number, 8);
	memcpy(key + 8, &version, 4);
	key[12] = (char)('0' + (int)form);
	key[13] = (char)('0' + (q->prefix[0] != '\0'));
	key[14] = (char)(q->port >> 8);
	key[15] = (char)(q->port & 0xff);
	memcpy(key + KEY_FIXED, q->host, n + 1);
	memcpy(key + KEY_FIXED + n + 1, q->sel, q->len);
	return KEY_FIXED + n + 1 + q->len;
}

/* 1 made; 0 no such selector; -1 no memory; -2 the page breaks a rule. */
static int
make_view(const struct gopher_ask *q, struct buf *b, int *is_menu)
{
	const struct menus_host	 h = { q->host, q->port };
	const struct roll	*r;
	struct view_source	 src;
	const char		*sel;
	size_t			 len;
	struct err		 e;
	enum view_kind		 kind = VIEW_NONE;
	int			 rv;

	if (is_directory(q, &sel, &len)) {
		if ((r = directory_roll(q->sites)) == NULL)
			return -1;
		*is_menu = 1;
		rv = menus_page(r, &h, q->len == 0 ? "" : sel, q->len == 0 ?
		    0 : len, b, &e);
		return rv == 1 && !buf_ok(b) ? -1 : rv;
	}
	site_source(q->site, q->host, q->port, q->prefix, &src);
	memset(&e, 0, sizeof(e));
	if (view_reply(&src, q->sel, q->len, b, &kind, &e) == -1)
		return e.status == STATUS_REFUSED ? -2 : -1;
	if (kind == VIEW_NONE)
		return 0;
	*is_menu = kind == VIEW_MENU;
	if (*is_menu && q->len == 0 && q->prefix[0] == '\0' && buf_ok(b) &&
	    others_root(q->sites, q->site, q->host, q->port, b) == -1)
		return -1;
	return buf_ok(b) ? 1 : -1;
}

/* A text file of the package with Gopher's line ends; values as make_view(). */
static int
make_file(const struct gopher_ask *q, struct buf *b, int *is_menu)
{
	struct pkg_entry	 en;

	if (q->len == 0 || !type_is_text(type_of(q->sel, q->len)) ||
	    !pkg_find(q->site->pkg, q->sel, q->len, &en))
		return 0;
	*is_menu = 0;
	gopher_text_write((const char *)en.data, en.size, b);
	return buf_ok(b) ? 1 : -1;
}

/* The reply without Gopher+. NULL: *rv as make_view(). */
static struct cached *
plain(struct gopher_ask *q, int *rv)
{
	struct cached	*c;
	struct buf	 b = BUF_INIT;
	char		 key[KEY_MAX];
	size_t		 n;
	int		 is_menu = 0;

	*rv = 0;
	if ((n = key_of(q, FORM_PLAIN, key)) == 0)
		return NULL;
	if ((c = cache_get(q->sites->cache, key, n)) != NULL)
		return c;
	if ((*rv = make_view(q, &b, &is_menu)) == 0)
		*rv = make_file(q, &b, &is_menu);
	if (*rv == 1 &&
	    (c = cache_put(q->sites->cache, key, n, &b, is_menu)) == NULL)
		*rv = -1;
	buf_free(&b);
	return c;
}

/* The same reply in one of Gopher+'s forms. */
static struct cached *
in_form(struct gopher_ask *q, enum gopher_form form, int *rv)
{
	struct cached	*c, *p;
	struct buf	 b = BUF_INIT;
	char		 key[KEY_MAX];
	size_t		 n;

	if (form == FORM_PLAIN)
		return plain(q, rv);
	*rv = 0;
	if ((n = key_of(q, form, key)) == 0)
		return NULL;
	if ((c = cache_get(q->sites->cache, key, n)) != NULL)
		return c;
	if ((p = plain(q, rv)) == NULL)
		return NULL;
	if (form == FORM_PLUS)
		plus_reply((const char *)p->data, p->len, &b);
	else if (form == FORM_DIR && p->kind)
		plus_dir((const char *)p->data, p->len, &b);
	else
		plus_info((const char *)p->data, p->len, p->kind,
		    q->req->selector, q->req->len, q->host, q->port, &b);
	c = cache_put(q->sites->cache, key, n, &b, 0);
	if (c == NULL)
		*rv = -1;
	buf_free(&b);
	cached_free(p);
	return c;
}

static int
view(struct gopher_ask *q)
{
	static const enum gopher_form	 form[] = {
		[GOPHER_PLAIN] = FORM_PLAIN, [GOPHER_PLUS] = FORM_PLUS,
		[GOPHER_PLUS_INFO] = FORM_INFO, [GOPHER_PLUS_DIR] = FORM_DIR
	};
	struct cached		*c;
	int			 rv;

	c = in_form(q, form[q->req->plus], &rv);
	if (c == NULL && rv == 0 && q->len > 0 && q->sel[q->len - 1] == '/') {
		q->len--;		/* "en/" means "en" */
		c = in_form(q, form[q->req->plus], &rv);
		q->len++;
	}
	if (c == NULL)
		return rv == -2 ?
		    refuse(q->r, 40, "This page cannot be shown in this tree")
		    : rv;
	q->r->status = 20;
	reply_view(q->r, c);
	return 1;
}

/* What Gopher+ says of a file: its item, of a length that is not told. */
static int
file_info(struct gopher_ask *q)
{
	buf_str(&q->r->head, "+-1\r\n+INFO: ");
	gopher_item_write(&q->r->head, type_of(q->sel, q->len)->item, q->sel,
	    q->len, q->req->selector, q->req->len, q->host, q->port);
	buf_str(&q->r->head, ".\r\n");
	return buf_ok(&q->r->head) ? 1 : -1;
}

/* The package itself, or an entry that is no text or is above TEXT_MAX. */
static int
bytes(struct gopher_ask *q)
{
	struct pkg_entry	 en;
	const uint8_t		*file;
	const char		*id = q->site->id;
	size_t			 size, n = strlen(id);

	if (q->len == n + 5 && memcmp(q->sel, id, n) == 0 &&
	    memcmp(q->sel + n, ".gpub", 5) == 0)
		file = pkg_bytes(q->site->pkg, &size);
	else if (q->len > 0 && pkg_find(q->site->pkg, q->sel, q->len, &en) &&
	    (!type_is_text(type_of(q->sel, q->len)) || en.size > TEXT_MAX)) {
		file = en.data;
		size = en.size;
	} else
		return 0;
	q->r->status = 20;
	if (q->req->plus == GOPHER_PLUS_INFO ||
	    q->req->plus == GOPHER_PLUS_DIR)
		return file_info(q);
	if (q->req->plus == GOPHER_PLUS)
		buf_fmt(&q->r->head, "+%zu\r\n", size);
	reply_borrow(q->r, q->site, file, size);
	return buf_ok(&q->r->head) ? 1 : -1;
}

/* A file beside the package.  0: the signed list has no such name. */
static int
beside(struct gopher_ask *q)
{
	struct file_row	 row;
	char		 why[320];
	int		 rv;

	if (!found_row(q->site, q->sel, q->len, &row))
		return 0;
	q->r->status = 20;
	if (q->req->plus == GOPHER_PLUS_INFO ||
	    q->req->plus == GOPHER_PLUS_DIR)
		return file_info(q);
	if ((rv = reply_file(q->r, &row, 0)) == ANSWER_FILE)
		return rv;
	if (rv == 1) {
		if (q->req->plus == GOPHER_PLUS)
			buf_fmt(&q->r->head, "+%zu\r\n", q->r->len);
		return buf_ok(&q->r->head) ? 1 : -1;
	}
	if (q->r->file.state == FILE_BUSY)
		return refuse(q->r, 44, "Too many downloads, wait 10 seconds");
	found_absent(q->site, &row, why, sizeof(why));
	return refuse(q->r, 51, why);
}

static int
mirror(struct gopher_ask *q, size_t skip)
{
	q->r->status = 20;
	switch (answer_mirror(q->sites, q->site, q->sel + skip,
	    q->len - skip, q->r)) {
	case 1:
		return 1;
	case ANSWER_FILE:
		return ANSWER_FILE;
	case 0:
		return refuse(q->r, 51, q->site->store == NULL ?
		    "This package is not signed: nothing to mirror" :
		    "No such edition or blob");
	case -1:
		return refuse(q->r, 59, "No edition, or no blob and offset");
	default:
		return -1;
	}
}

/* 1: answered; ANSWER_LATER; 0: this is no search; -1: no memory. */
static int
search(struct gopher_ask *q)
{
	struct view_source	 src;
	struct search		**kept;
	char			 why[64];

	if (memmem(q->sel, q->len, "search", 6) == NULL)
		return 0;
	site_source(q->site, q->host, q->port, q->prefix, &src);
	if (!search_is(&src, q->sel, q->len))
		return 0;
	kept = reply_search(q->r, q->site);
	if (*kept == NULL && q->search_wait > 0) {
		snprintf(why, sizeof(why), "Too many searches, wait %u "
		    "seconds", q->search_wait);
		return refuse(q->r, 44, why);
	}
	q->r->status = 20;
	return reply_searched(q->r, search_gopher(&src, kept, q->sel, q->len,
	    q->req->has_search ? q->req->search : NULL, q->req->searchlen,
	    &q->r->own, NULL));
}

/* What a search over all packages found, as a menu. */
static int
found(struct gopher_ask *q, const struct roll *r, const struct menus_search *s)
{
	const struct menus_host	 h = { q->host, q->port };
	const struct hits	*hits;
	struct err		 e;
	char			 why[64];
	int			 rv;

	rv = directory_find(q->sites, q->r, &(struct directory_search){
	    &s->ask, s->words.words.data == NULL || s->words.unclear ? "" :
	    s->words.words.data, s->words.unclear ? 0 : s->words.words.len,
	    s->first, s->most, q->search_wait }, &hits);
	if (rv == 0) {
		snprintf(why, sizeof(why), "Too many searches, wait %u "
		    "seconds", q->search_wait);
		return refuse(q->r, 44, why);
	}
	if (rv != 1)
		return rv;
	q->r->status = 20;
	rv = menus_found(r, &h, s, hits, &q->r->own, &e);
	reply_own(q->r);
	return rv == 1 && !buf_ok(&q->r->own) ? -1 : rv;
}

/* A search over all packages; values as search(). */
static int
search_all(struct gopher_ask *q)
{
	const struct roll	*r;
	struct menus_search	 s;
	const char		*sel;
	size_t			 len;
	int			 rv = 0;

	if (!is_directory(q, &sel, &len) || q->len == 0)
		return 0;
	if ((r = directory_roll(q->sites)) == NULL)
		return -1;
	if (menus_search_parse(r, sel, len, q->req->has_search ?
	    q->req->search : NULL, q->req->searchlen, &s))
		rv = found(q, r, &s);
	menus_search_free(&s);
	return rv;
}

/* A URL:... selector, for clients that cannot leave Gopher by themselves. */
static int
outside(struct gopher_ask *q)
{
	if (web_link_page(q->sel + 4, q->len - 4, &q->r->own) == -1)
		return refuse(q->r, 59, "This link leads nowhere");
	reply_own(q->r);
	q->r->status = 20;
	return buf_ok(&q->r->own) ? 1 : -1;
}

static int
route(struct gopher_ask *q)
{
	const char	*sel;
	size_t		 skip, n;
	int		 rv;

	if (starts(q, "URL:"))
		return outside(q);
	if (q->site == NULL)
		return refuse(q->r, 41, "Nothing is served here yet");
	if (is_directory(q, &sel, &n)) {
		if ((rv = search_all(q)) == 0)
			rv = view(q);
		return rv != 0 ? rv : refuse(q->r, 51, NOT_FOUND);
	}
	take_id(q);
	if (sites_wake(q->sites, q->site) == -1)
		return -1;
	if (is(q, "caps.txt")) {
		q->r->body = (const uint8_t *)caps;
		q->r->len = sizeof(caps) - 1;
		q->r->status = 20;
		return 1;
	}
	if ((skip = found_mirror(q->sel, q->len)) > 0)
		return mirror(q, skip);
	if ((rv = search(q)) == 0 && (rv = bytes(q)) == 0 &&
	    (rv = beside(q)) == 0)
		rv = view(q);
	return rv != 0 ? rv : refuse(q->r, 51, NOT_FOUND);
}

void
busy_gopher(struct buf *out, const uint8_t *data, size_t len, const char *why,
    unsigned wait)
{
	(void)data, (void)len;
	buf_fmt(out, "3%s, wait %u seconds\t\terror.host\t1\r\n.\r\n", why,
	    wait);
}

/*
 * Bytes of a selector without the words that a further page of results has in
 * it: they stand last, in base 32, behind the page's number.
 */
static size_t
without_words(const char *s, size_t n)
{
	static const char	 search[] = "/search/";
	const char		*at = memmem(s, n, search, strlen(search));
	const char		*last = memrchr(s, '/', n), *digit;

	if (at == NULL)
		return n;
	at += strlen(search) - 1;
	for (digit = last; digit > at && digit[-1] >= '0' && digit[-1] <= '9';
	    digit--)
		continue;
	return digit < last && digit[-1] == '/' ? (size_t)(last - s) : n;
}

/* The log shows the selector, without the words of a search. */
void
shown_gopher(const uint8_t *data, size_t len, const char **path, size_t *n)
{
	*path = (const char *)data;
	*n = without_words(*path, answer_shown(data, len, '\t'));
}

int
answer_gopher(struct sites *ss, const struct asked *a, const uint8_t *data,
    size_t len, struct reply *r)
{
	struct gopher_request	 req;
	struct gopher_ask		 q = { .sites = ss, .req = &req, .r = r,
				    .search_wait = a->search_wait };
	const char		*why;
	int			 rv;

	if ((rv = gopher_request_parse(data, len, &req, &why)) == 0)
		return 0;
	reply_clear(r);
	q.host = sites_gopher_host(ss, a);
	q.port = sites_gopher_port(ss, a);
	q.site = ss->n > 0 ? ss->site[0] : NULL;
	if (rv == -1)
		return req.greeting == GREETING_GOPHER ?
		    refuse(r, 59, why) : greet(&q);
	q.sel = req.selector;
	q.len = req.len;
	if (q.len > 0 && q.sel[0] == '/') {
		q.sel++;
		q.len--;
	}
	return route(&q);
}
