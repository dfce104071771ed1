/* SPDX-License-Identifier: ISC */
/*
 * GET by libcurl's multi interface, see http.h, so that bytes are handed on
 * as they come and a line that is silent is noticed here.  The server is a
 * stranger: what may wait here unread is bounded, heads are bounded by
 * libcurl, and nothing of a reply but its status and its body is used.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "mirror/http.h"
#include "mirror/libcurl.h"

#define WAITING_MAX	(256u * 1024)	/* bytes not read yet: then pause */
#define REDIRECTS	5L

struct http {
	const struct libcurl	*lib;
	CURLM		*multi;
	CURL		*easy;
	struct buf	 body;		/* received, not given to the caller
					   yet */
	int		 running, paused;
	int		 over;		/* the transfer has ended ... */
	CURLcode	 result;	/* ... like this */
	uint64_t	 in, out;	/* of requests that are over */
	char		 why[CURL_ERROR_SIZE];
};

/* libcurl's write callback; a pause is lifted by http_read(). */
static size_t
on_body(char *data, size_t size, size_t n, void *arg)
{
	struct http	*h = arg;

	(void)size;			/* always 1 */
	if (h->body.len + n > WAITING_MAX && h->body.len > 0) {
		h->paused = 1;
		return CURL_WRITEFUNC_PAUSE;
	}
	buf_add(&h->body, data, n);
	return buf_ok(&h->body) ? n : 0;
}

static int
set_options(struct http *h)
{
	CURL		*c = h->easy;

	return h->lib->easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) ||
	    h->lib->easy_setopt(c, CURLOPT_WRITEDATA, h) ||
	    h->lib->easy_setopt(c, CURLOPT_ERRORBUFFER, h->why) ||
	    h->lib->easy_setopt(c, CURLOPT_NOSIGNAL, 1L) ||
	    h->lib->easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") ||
	    h->lib->easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") ||
	    h->lib->easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L) ||
	    h->lib->easy_setopt(c, CURLOPT_MAXREDIRS, REDIRECTS);
}

struct http *
http_new(struct err *e)
{
	struct http	*h;

	if ((h = calloc(1, sizeof(*h))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	if ((h->lib = libcurl_load(e)) == NULL) {
		free(h);
		return NULL;
	}
	if (h->lib->global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (h->multi = h->lib->multi_init()) == NULL ||
	    (h->easy = h->lib->easy_init()) == NULL || set_options(h)) {
		err_cannot(e, "libcurl cannot be set up");
		http_end(h, NULL, NULL);
		return NULL;
	}
	return h;
}

/* End the request that is running, and add its bytes to the sums. */
static void
stop(struct http *h)
{
	curl_off_t	 body = 0, up = 0;
	long		 head = 0, asked = 0;

	if (!h->running)
		return;
	h->lib->easy_getinfo(h->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
	h->lib->easy_getinfo(h->easy, CURLINFO_HEADER_SIZE, &head);
	h->lib->easy_getinfo(h->easy, CURLINFO_SIZE_UPLOAD_T, &up);
	h->lib->easy_getinfo(h->easy, CURLINFO_REQUEST_SIZE, &asked);
	h->in += (uint64_t)body + (uint64_t)head;
	h->out += (uint64_t)up + (uint64_t)asked;
	h->lib->multi_remove_handle(h->multi, h->easy);
	h->running = 0;
}

void
http_end(struct http *h, uint64_t *in, uint64_t *out)
{
	if (h == NULL)
		return;
	stop(h);
	if (in != NULL)
		*in = h->in;
	if (out != NULL)
		*out = h->out;
	if (h->easy != NULL)
		h->lib->easy_cleanup(h->easy);
	if (h->multi != NULL)
		h->lib->multi_cleanup(h->multi);
	buf_free(&h->body);
	free(h);
}

int
http_get(struct http *h, const char *url, uint64_t from, int connect_ms,
    struct err *e)
{
	CURL		*c = h->easy;
	char		 range[32];

	snprintf(range, sizeof(range), "%" PRIu64 "-", from);
	stop(h);
	buf_reset(&h->body);
	h->paused = h->over = 0;
	h->result = CURLE_OK;
	if (h->lib->easy_setopt(c, CURLOPT_URL, url) ||
	    h->lib->easy_setopt(c, CURLOPT_RANGE, from > 0 ? range : NULL) ||
	    h->lib->easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)connect_ms) ||
	    h->lib->multi_add_handle(h->multi, c) != CURLM_OK) {
		err_cannot(e, "%s: libcurl does not take it", url);
		return -1;
	}
	h->running = 1;
	return 0;
}

/* Note whether the transfer has ended, and how. */
static void
look(struct http *h)
{
	CURLMsg		*m;
	int		 n;

	while ((m = h->lib->multi_info_read(h->multi, &n)) != NULL)
		if (m->msg == CURLMSG_DONE) {
			h->result = m->data.result;
			h->over = 1;
		}
}

/* What libcurl says of a failed transfer. */
static void
say_failed(const struct http *h, struct err *e)
{
	char		*url = NULL;

	h->lib->easy_getinfo(h->easy, CURLINFO_EFFECTIVE_URL, &url);
	err_cannot(e, "%s: %s", url == NULL ? "http" : url,
	    h->why[0] != '\0' ? h->why : h->lib->easy_strerror(h->result));
}

/* Give the caller what has come. */
static int
give(struct http *h, struct buf *in, struct err *e)
{
	buf_add(in, h->body.data, h->body.len);
	buf_reset(&h->body);
	if (buf_ok(in))
		return 1;
	err_nomem(e);
	return -1;
}

int
http_read(struct http *h, struct buf *in, int timeout_ms, struct err *e)
{
	uint64_t	 now, end = clock_mono_ms() + (uint64_t)timeout_ms;
	int		 still;

	if (h->paused) {
		h->paused = 0;
		h->lib->easy_pause(h->easy, CURLPAUSE_CONT);
	}
	while (!h->over && h->body.len == 0) {
		if (h->lib->multi_perform(h->multi, &still) != CURLM_OK) {
			err_cannot(e, "libcurl failed");
			return -1;
		}
		look(h);
		if (h->over || h->body.len > 0)
			break;
		if ((now = clock_mono_ms()) >= end) {
			err_cannot(e, "nothing came in time");
			e->sys = ETIMEDOUT;
			return -1;
		}
		h->lib->multi_poll(h->multi, NULL, 0, (int)(end - now), NULL);
	}
	if (h->body.len > 0)
		return give(h, in, e);
	stop(h);
	if (h->result == CURLE_OK)
		return 0;
	say_failed(h, e);
	return -1;
}

long
http_status(const struct http *h)
{
	long		 status = 0;

	h->lib->easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}
