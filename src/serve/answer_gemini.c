#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "package/head.h"
#include "package/reader.h"
#include "proto/gemini.h"
#include "proto/types.h"
#include "serve/open.h"
#include "serve/search.h"

#define BYTES	"application/octet-stream"

/* A request on its way through: what was asked, of which site. */
struct ask {
	struct sites		*sites;
	const struct asked	*asked;
	const struct url	*url;
	struct site		*site;
	const char		*prefix;	/* "" or "/ID" */
	const char		*path;		/* cleaned, no leading '/' */
	size_t			 len;
	struct reply		*r;
};

static int	 status(struct reply *, int, const char *);
static struct site *find_site(const struct ask *);
static int	 port_is_ours(const struct ask *);
static int	 send_entry(struct ask *, const struct pkg_entry *);
static int	 send_bytes(struct ask *, const char *, const void *, size_t);
static int	 mirror(struct ask *, const char *, size_t);
static int	 search(struct ask *, size_t);
static int	 search_page(const char *, size_t, size_t *);
static int	 folder(struct ask *);
static int	 lookup(struct ask *);

/* The line alone.  1, or -1 without memory. */
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
port_is_ours(const struct ask *q)
{
	unsigned	 port = q->url->has_port ? q->url->port : GEMINI_PORT;

	return port == q->asked->local_port ||
	    (q->sites->port[PROTO_GEMINI] != 0 &&
	    port == q->sites->port[PROTO_GEMINI]);
}

/* NULL: what was asked for is not ours to serve. */
static struct site *
find_site(const struct ask *q)
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
	/*
	 * With several packages the name of the handshake chose the
	 * certificate: it must mean the same one.
	 */
	if (q->sites->n > 1 && !literal && q->asked->sni != NULL &&
	    sites_by_host(q->sites, q->asked, q->asked->sni, 0) != s)
		return NULL;
	return s;
}

static int
send_bytes(struct ask *q, const char *mime, const void *data, size_t len)
{
	if (status(q->r, 20, mime) == -1)
		return -1;
	reply_borrow(q->r, q->site, data, len);
	return 1;
}

/* An entry of the package, with the language of its folder. */
static int
send_entry(struct ask *q, const struct pkg_entry *en)
{
	const struct site_table	*t = q->site->table;
	const struct type	*type;
	const struct site_lang	*l;
	const char		*slash;

	type = type_of(en->path, strlen(en->path));
	buf_reset(&q->r->head);
	buf_str(&q->r->head, "20 ");
	buf_str(&q->r->head, type->mime);
	if (type_is_text(type) && strncmp(type->mime, "text/", 5) == 0 &&
	    (slash = strchr(en->path, '/')) != NULL &&
	    (l = site_table_lang_at(t, en->path,
	    (size_t)(slash - en->path))) != NULL) {
		buf_str(&q->r->head, "; lang=");
		buf_str(&q->r->head, l->tag);
	}
	buf_str(&q->r->head, "\r\n");
	q->r->status = 20;
	reply_borrow(q->r, q->site, en->data, en->size);
	return buf_ok(&q->r->head) ? 1 : -1;
}

static int
mirror(struct ask *q, const char *rest, size_t len)
{
	if (status(q->r, 20, BYTES) == -1)
		return -1;
	switch (answer_mirror(q->site, rest, len, q->r)) {
	case 1:
		return buf_ok(&q->r->head) ? 1 : -1;
	case 0:
		return status(q->r, 51, q->site->store == NULL ?
		    "This package is not signed: nothing to mirror" :
		    "No such edition or blob");
	case -1:
		return status(q->r, 59, "No edition, or no blob and offset");
	default:
		return -1;
	}
}

/* "search" is page 1, "search/2" page 2.  0: no page of results. */
static int
search_page(const char *path, size_t len, size_t *pg)
{
	size_t	 i;

	*pg = 1;
	if (len < 6 || memcmp(path, "search", 6) != 0)
		return 0;
	if (len == 6)
		return 1;
	if (path[6] != '/' || len == 7 || len > 7 + 4 || path[7] == '0')
		return 0;
	for (*pg = 0, i = 7; i < len; i++) {
		if (path[i] < '0' || path[i] > '9')
			return 0;
		*pg = *pg * 10 + (size_t)(path[i] - '0');
	}
	return 1;
}

static int
search(struct ask *q, size_t pg)
{
	struct view_source	 src;
	struct search		**kept;
	char			 words[GEMINI_URL_MAX], wait[16];
	size_t			 n;

	if (!q->url->query.given || q->url->query.len == 0)
		return status(q->r, 10, "Search for / 搜索");
	kept = reply_search(q->r, q->site);
	if (*kept == NULL && q->asked->search_wait > 0) {
		snprintf(wait, sizeof(wait), "%u", q->asked->search_wait);
		return status(q->r, 44, wait);
	}
	n = url_decode(words, q->url->query.at, q->url->query.len);
	site_source(q->site, "", 0, q->prefix, &src);
	if (status(q->r, 20, "text/gemini") == -1)
		return -1;
	return reply_searched(q->r, search_gemini(&src, kept, q->prefix,
	    words, n, pg, &q->r->own, NULL));
}

/*
 * A folder without its last slash: its relative links would go astray, so
 * that a redirect cannot be avoided.
 */
static int
folder(struct ask *q)
{
	struct pkg_entry	 en;
	char			 path[GEMINI_URL_MAX + 16];

	memcpy(path, q->path, q->len);
	memcpy(path + q->len, "/index.gmi", 10);
	if (!pkg_find(q->site->pkg, path, q->len + 10, &en))
		return 0;
	buf_reset(&q->r->head);
	buf_str(&q->r->head, "31 ");
	buf_str(&q->r->head, q->prefix);
	buf_ch(&q->r->head, '/');
	buf_add(&q->r->head, q->path, q->len);	/* a safe path */
	buf_str(&q->r->head, "/\r\n");
	q->r->status = 31;
	return buf_ok(&q->r->head) ? 1 : -1;
}

/* 1 answered, 0 not in this site, -1 no memory. */
static int
lookup(struct ask *q)
{
	struct pkg_entry	 en;
	const uint8_t		*file;
	const char		*id = q->site->id;
	char			 path[GEMINI_URL_MAX + 16];
	size_t			 n = q->len, idlen = strlen(id), size, pg;

	memcpy(path, q->path, n);
	if (n == 0 || path[n - 1] == '/') {
		memcpy(path + n, "index.gmi", 9);
		n += 9;
	}
	if (n > 11 && memcmp(path + n - 11, "/search.gmi", 11) == 0)
		return search(q, 1);	/* the page itself is for offline */
	if (pkg_find(q->site->pkg, path, n, &en))
		return send_entry(q, &en);
	if (n >= 7 && memcmp(path, ".apeng/", 7) == 0)
		return mirror(q, path + 7, n - 7);
	if (search_page(q->path, q->len, &pg))
		return search(q, pg);
	if (n == idlen + 5 && memcmp(path, id, idlen) == 0 &&
	    memcmp(path + idlen, ".gpub", 5) == 0) {
		file = pkg_bytes(q->site->pkg, &size);
		return send_bytes(q, type_of(path, n)->mime, file, size);
	}
	return folder(q);
}

void
busy_gemini(struct buf *out, const char *why, unsigned wait)
{
	(void)why;			/* a 44 has a number alone */
	buf_fmt(out, "44 %u\r\n", wait);
}

/* The path of the URL, without its query: words that were searched for. */
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
	struct ask		 q = { ss, a, &req.url, NULL, "", NULL, 0, r };
	struct site		*other;
	const char		*why, *slash;
	char			 path[GEMINI_URL_MAX + 1];
	char			 prefix[HEAD_ID_MAX + 2];
	size_t			 n;
	int			 rv;

	if ((rv = gemini_request_parse(data, len, &req, &why)) == 0)
		return 0;
	reply_clear(r);
	if (rv == -1)
		return status(r, 59, why);
	if (ss->n == 0)
		return status(r, 41, "Nothing is served here yet");
	if ((q.site = find_site(&q)) == NULL)
		return status(r, 53,
		    "This scheme, host or port is not served here");
	n = url_clean_path(path, req.url.path.at, req.url.path.len);
	q.path = path + (n > 0);
	q.len = n - (n > 0);
	if (sites_wake(ss, q.site) == -1)
		return -1;
	if ((rv = lookup(&q)) != 0)
		return rv;
	/* /ID/...: any package by any of our names, as on Gopher. */
	slash = memchr(q.path, '/', q.len);
	n = slash != NULL ? (size_t)(slash - q.path) : q.len;
	other = sites_by_id(ss, q.path, n);
	if (other != NULL) {
		prefix[0] = '/';
		memcpy(prefix + 1, q.path, n);
		prefix[n + 1] = '\0';
		if (slash == NULL) {
			buf_reset(&r->head);
			buf_fmt(&r->head, "31 %s/\r\n", prefix);
			r->status = 31;
			return buf_ok(&r->head) ? 1 : -1;
		}
		if (sites_wake(ss, other) == -1)
			return -1;
		q.site = other;
		q.prefix = prefix;
		q.path += n + 1;
		q.len -= n + 1;
		if ((rv = lookup(&q)) != 0)
			return rv;
	}
	return status(r, 51, "No such page");
}
