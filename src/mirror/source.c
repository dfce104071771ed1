/* SPDX-License-Identifier: ISC */
/*
 * Turns the URL of a source into a struct source, and what is asked of it
 * into the bytes of a request.  The URLs come from the user.  A network URL
 * may have no user name, query or fragment, and its path only plain segments,
 * so that no escape, TAB or line end gets into a request.  Redirects come
 * from a peer that is not trusted: only gemini:// URLs with a usable host and
 * port are followed, and of Spartan plain paths.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hostname.h"
#include "mirror/source.h"
#include "proto/gemini.h"
#include "proto/gopher.h"
#include "proto/http.h"
#include "proto/spartan.h"

#define PATH_LEN_MAX	200

/* The path of the local file system, decoded; no byte may end it early. */
static int
parse_file(struct source *s, const struct url *u, struct err *e)
{
	size_t	 n;

	if (u->host.len != 0 && !url_is(&u->host, "localhost")) {
		err_cannot(e, "%s: a file on another host; write file:///PATH",
		    s->url);
		return -1;
	}
	if ((s->path = malloc(u->path.len + 1)) == NULL) {
		err_nomem(e);
		return -1;
	}
	n = url_decode(s->path, u->path.at, u->path.len);
	s->path[n] = '\0';
	if (n < 2 || s->path[0] != '/' || strlen(s->path) != n) {
		err_cannot(e, "%s: no path; write file:///PATH", s->url);
		return -1;
	}
	return 0;
}

static int
set_host(struct source *s, const struct url *u, struct err *e)
{
	unsigned	 port;

	port = s->kind == SOURCE_GEMINI ? GEMINI_PORT : s->kind ==
	    SOURCE_GOPHER ? GOPHER_PORT : s->kind == SOURCE_SPARTAN ?
	    SPARTAN_PORT : s->is_https ? HTTPS_PORT : HTTP_PORT;
	s->port = u->has_port ? u->port : port;
	if (url_clean_host(s->host, u) == 0 || u->kind == URL_IP_FUTURE ||
	    strchr(s->host, '%') != NULL || s->port == 0) {
		err_cannot(e, "%s: no host or port that can be called",
		    s->url);
		return -1;
	}
	if (u->userinfo.given || u->query.given || u->fragment.given) {
		err_cannot(e, "%s: a user name, query or fragment; write "
		    "SCHEME://HOST[:PORT][/PATH]", s->url);
		return -1;
	}
	return 0;
}

/*
 * 1: a path of plain segments, none of which is `.' or `..'.  Only these
 * characters are sent of a URL: no escape, no TAB, no line end.
 */
static int
is_plain_path(const char *s, size_t len)
{
	size_t		 i, n;

	for (i = 0; i < len; i += n) {
		if (s[i++] != '/')
			return 0;
		for (n = 0; i + n < len && s[i + n] != '/'; n++)
			if (!(s[i + n] >= 'a' && s[i + n] <= 'z') &&
			    !(s[i + n] >= 'A' && s[i + n] <= 'Z') &&
			    !(s[i + n] >= '0' && s[i + n] <= '9') &&
			    strchr("-._~", s[i + n]) == NULL)
				return 0;
		if (n == 0 || (s[i] == '.' && (n == 1 || (n == 2 &&
		    s[i + 1] == '.'))))
			return 0;
	}
	return 1;
}

/*
 * Behind the host stands nothing, or the id of one of several packages, or the
 * path of an origin's files.
 */
static int
parse_net(struct source *s, const struct url *u, struct err *e)
{
	const char	*p = u->path.at;
	size_t		 len = u->path.len;

	if (set_host(s, u, e) == -1)
		return -1;
	/* Gopher URLs have the item type first: gopher://host/1/ID. */
	if (s->kind == SOURCE_GOPHER && (len == 2 || (len > 2 && p[2] == '/'))
	    && p[0] == '/') {
		p += 2;
		len -= 2;
	}
	while (len > 0 && p[len - 1] == '/')
		len--;
	if (len > PATH_LEN_MAX || !is_plain_path(p, len)) {
		err_cannot(e, "%s: \"%.*s\" is no path that can be asked for; "
		    "write SCHEME://HOST[:PORT][/PATH]", s->url,
		    (int)(len > 200 ? 200 : len), p);
		return -1;
	}
	if ((s->path = strndup(p, len)) == NULL) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

/* A host in another script: e names the form to write. */
static void
idn_host(const char *text, struct err *e)
{
	const char	*host = strstr(text, "://");
	char		 name[4 * HOSTNAME_MAX], ascii[HOSTNAME_MAX];

	if (host == NULL)
		return;
	host += 3;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(host, ":/"), host);
	if (hostname_ascii(name, ascii) == 0)
		err_cannot(e, "%s: write the host in its xn-- form: %s", text,
		    ascii);
}

int
source_parse(struct source *s, const char *text, struct err *e)
{
	struct url	 u;
	struct err	 why;
	int		 rv = -1;

	memset(s, 0, sizeof(*s));
	if ((s->url = strdup(text)) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (url_parse(text, strlen(text), &u, &why) == -1) {
		err_cannot(e, "%s: %s", text, why.msg);
		idn_host(text, e);
	} else if (url_is(&u.scheme, "file")) {
		s->kind = SOURCE_FILE;
		rv = parse_file(s, &u, e);
	} else if (url_is(&u.scheme, "gopher")) {
		s->kind = SOURCE_GOPHER;
		rv = parse_net(s, &u, e);
	} else if (url_is(&u.scheme, "gemini")) {
		s->kind = SOURCE_GEMINI;
		rv = parse_net(s, &u, e);
	} else if (url_is(&u.scheme, "spartan")) {
		s->kind = SOURCE_SPARTAN;
		rv = parse_net(s, &u, e);
	} else if (url_is(&u.scheme, "http") || url_is(&u.scheme, "https")) {
		s->kind = SOURCE_HTTP;
		s->is_https = url_is(&u.scheme, "https");
		rv = parse_net(s, &u, e);
	} else
		err_cannot(e, "%s: want gemini://, gopher://, "
		    "spartan://, http://, https:// or, of a file, file:// and its whole path",
		    text);
	if (rv == -1)
		source_free(s);
	return rv;
}

void
source_free(struct source *s)
{
	free(s->url);
	free(s->path);
	memset(s, 0, sizeof(*s));
}

void
source_sort(struct source *s, size_t n)
{
	struct source	 tmp;
	size_t		 i, j;

	for (i = 1; i < n; i++) {
		for (j = i; j > 0 && s[j].kind != SOURCE_GEMINI &&
		    s[j - 1].kind == SOURCE_GEMINI; j--) {
			tmp = s[j];
			s[j] = s[j - 1];
			s[j - 1] = tmp;
		}
	}
}

void
source_forgive(struct source *s)
{
	s->bad = s->whole = s->no_blob = s->is_known = 0;
	s->names = NAMES_COMPACT;
	if (s->kind != SOURCE_HTTP)	/* a source without ranges stays so */
		s->parts = PARTS_NONE;
	s->no_small = s->no_all = 0;
	s->meter_ms = s->meter_bytes = 0;
	s->offers = 0;
}

const char *
source_below(const struct source *s)
{
	return s->names == NAMES_DOT ? "/.apeng/" : "/apeng/";
}

static void
add_authority(const struct source *s, unsigned usual, struct buf *out)
{
	buf_fmt(out, strchr(s->host, ':') == NULL ? "%s" : "[%s]", s->host);
	if (s->port != usual)
		buf_fmt(out, ":%u", s->port);
}

void
source_target(const struct source *s, const char *ask, struct buf *out)
{
	if (s->kind == SOURCE_GEMINI) {
		buf_str(out, "gemini://");
		add_authority(s, GEMINI_PORT, out);
	} else if (s->kind == SOURCE_HTTP) {
		buf_str(out, s->is_https ? "https://" : "http://");
		add_authority(s, s->is_https ? HTTPS_PORT : HTTP_PORT, out);
	}
	buf_str(out, s->path);
	buf_str(out, ask);
}

void
source_ask(const struct source *s, const struct buf *target, struct buf *out)
{
	if (s->kind == SOURCE_SPARTAN)
		buf_fmt(out, strchr(s->host, ':') == NULL ? "%s " : "[%s] ",
		    s->host);
	buf_add(out, target->data, target->len);
	if (s->kind == SOURCE_SPARTAN)
		buf_str(out, " 0");
	if (s->kind != SOURCE_HTTP)
		buf_str(out, "\r\n");
	out->failed |= target->failed;
}

void
source_request(const struct source *s, const char *ask, struct buf *out)
{
	struct buf	 target = BUF_INIT;

	source_target(s, ask, &target);
	source_ask(s, &target, out);
	buf_free(&target);
}

/* Spartan leads elsewhere by a path; hosts are not in its grammar. */
static int
spartan_redirect(const struct source *to, struct buf *path, const char *meta,
    size_t len, struct err *e)
{
	if (len == 0 || len > SPARTAN_LINE_MAX / 2 ||
	    !is_plain_path(meta, len)) {
		err_set(e, "%s: redirect to \"%.*s\", which is no plain path",
		    to->url, (int)(len > 200 ? 200 : len), meta);
		return -1;
	}
	buf_reset(path);
	buf_add(path, meta, len);
	return 0;
}

int
source_redirect(struct source *to, struct buf *url, const char *meta,
    size_t len, struct err *e)
{
	struct buf	 next = BUF_INIT;
	struct err	 why;
	struct url	 u;
	int		 rv = -1;

	if (to->kind == SOURCE_SPARTAN)
		return spartan_redirect(to, url, meta, len, e);
	if (url_resolve(url->data, url->len, meta, len, &next, &why) == -1 ||
	    !buf_ok(&next) ||
	    url_parse(next.data, next.len, &u, &why) == -1) {
		err_set(e, "%s: redirect to \"%.*s\", which is no URL",
		    to->url, (int)(len > 200 ? 200 : len), meta);
		goto out;
	}
	if (!url_is(&u.scheme, "gemini")) {
		err_set(e, "%s: redirect to another scheme, %.*s", to->url,
		    (int)(next.len > 200 ? 200 : next.len), next.data);
		goto out;
	}
	if (next.len > GEMINI_URL_MAX || u.userinfo.given ||
	    u.fragment.given || url_clean_host(to->host, &u) == 0 ||
	    u.kind == URL_IP_FUTURE || strchr(to->host, '%') != NULL ||
	    (u.has_port && u.port == 0)) {
		err_set(e, "%s: redirect to a URL that cannot be asked, %.*s",
		    to->url, (int)(next.len > 200 ? 200 : next.len),
		    next.data);
		goto out;
	}
	to->port = u.has_port ? u.port : GEMINI_PORT;
	buf_reset(url);
	buf_add(url, next.data, next.len);
	rv = 0;
 out:
	buf_free(&next);
	return rv;
}
