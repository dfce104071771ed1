/* SPDX-License-Identifier: ISC */
/*
 * Searches by a form.  The search and its page are those of Gemini, in the
 * language of the folder; html/ or, for old browsers, http_old.c makes a
 * browser's page of it.  Words are a stranger's: they are shown in the form
 * alone, escaped.
 */
#include <string.h>

#include "base/text.h"
#include "serve/answer.h"
#include "serve/gzip.h"
#include "serve/http_ask.h"
#include "serve/http_old.h"
#include "serve/http_page.h"
#include "serve/http_refuse.h"
#include "serve/http_search.h"
#include "serve/search_menu.h"
#include "serve/site.h"
#include "view/search.h"

/* Take the words of the request; their length. *pg: which page of results. */
static size_t
take_words(const struct http_ask *q, char words[HTTP_TARGET_MAX + 1],
    size_t *pg)
{
	const struct url_part	*query = &q->url.query;
	char			 text[HTTP_TARGET_MAX];
	long			 n, i;

	*pg = q->at.page;
	words[0] = '\0';
	if (!query->given)
		return 0;
	n = http_form_field(query->at, query->len, "p", text);
	if (n > 0 && n <= 4) {
		for (*pg = 0, i = 0; i < n && text[i] >= '0' && text[i] <= '9';
		    i++)
			*pg = *pg * 10 + (size_t)(text[i] - '0');
		if (i < n || *pg == 0)
			*pg = 1;
	}
	if ((n = http_form_field(query->at, query->len, "q", words)) == -1)
		n = (long)url_decode(words, query->at, query->len);
	if (q->tree != NULL)
		n = (long)old_words(q->tree, query->at, query->len, words,
		    (size_t)n);
	words[n] = '\0';
	return (size_t)n;
}

/*
 * The language of the search's pages: the path's, else the reader's, else the
 * first.
 */
static const struct site_lang *
search_lang(const struct http_ask *q)
{
	const struct site_table	*t = q->at.site->table;
	const struct site_lang	*l = site_table_lang(t, q->tree != NULL ?
				    q->tree->dir : q->at.dir);

	if (l == NULL)
		l = http_reader_lang(t, q->req);
	return l == NULL && t->nlang > 0 ? &t->lang[0] : l;
}

/*
 * own holds the gemtext of the results, or nothing: make it a browser's page.
 */
static int
search_page(struct http_ask *q, const struct site_lang *lang, int found,
    const char *words)
{
	struct http_head	 h = { .status = 200, .is_page = 1, .type =
				    "text/html", .cache = CACHE_NEVER };
	struct buf		 html = BUF_INIT;
	struct buf		*own = &q->r->own;
	size_t			 n = strlen(words);
	int			 rv = -1;

	if (text_utf8_check(words, n) < n)
		words = "";
	if (q->tree != NULL) {
		h.is_page = 0;
		h.type = old_type(q->tree);
		if (old_page(q->at.site, q->tree, lang->title, own->data ==
		    NULL ? "" : own->data, found ? own->len : 0, words,
		    &html) == -1)
			goto out;
	} else if (http_search_page(q->at.site, lang, found ? own : NULL,
	    words, &html) == -1)
		goto out;
	buf_reset(own);
	if (q->req->gzip && gzip_bytes(html.data, html.len, own) == 0)
		h.is_gzip = 1;
	else
		buf_add(own, html.data, html.len);
	reply_own(q->r);
	h.len = own->len;
	rv = buf_ok(own) ? http_ask_finish(q, &h) : -1;
 out:
	buf_free(&html);
	return rv;
}

int
http_search(struct http_ask *q)
{
	const struct site_lang	*lang = search_lang(q);
	struct view_source	 src;
	struct search		**kept;
	char			 words[HTTP_TARGET_MAX + 1];
	size_t			 n, pg;
	int			 rv;

	if (lang == NULL)
		return http_ask_refuse(q, 404, 0, NULL);
	if ((n = take_words(q, words, &pg)) == 0)
		return search_page(q, lang, 0, "");
	kept = reply_search(q->r, q->at.site);
	if (*kept == NULL && q->asked->search_wait > 0)
		return http_ask_refuse(q, 503, q->asked->search_wait, NULL);
	site_source(q->at.site, "", 0, q->at.prefix, &src);
	rv = reply_searched(q->r, search_gemini(&src, kept, q->tree != NULL ?
	    "" : q->at.prefix,
	    lang->dir, words, n, pg, &q->r->own, NULL));
	return rv == 1 ? search_page(q, lang, 1, words) : rv;
}
