/* SPDX-License-Identifier: ISC */
/*
 * Pages that say why there is no other page.  Each is in the language of the
 * path that was asked for; or in the package's language that the browser wants
 * most; or, where no package is meant, in that language of apeng's own.  The
 * request is a stranger's and only chooses a language.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "html/lean.h"
#include "html/served.h"
#include "lang/lang.h"
#include "proto/http.h"
#include "serve/http_head.h"
#include "serve/http_refuse.h"
#include "serve/open.h"
#include "view/words.h"

/* For http_language(): the language of the site that is most like the tag. */
static int
of_site(const void *arg, const char *tag)
{
	const struct site_table	*t = arg;
	struct tag		 asked, has;
	unsigned		 m, most = 0;
	size_t			 i;
	int			 best = -1;

	tag_read(tag, &asked);
	for (i = 0; i < t->nlang; i++) {
		tag_read(t->lang[i].tag, &has);
		m = tag_match(&asked, &has);
		/* Who asks for zh alone can read zh-Hans. */
		if (m == 0 && asked.script[0] == '\0' && asked.region[0] ==
		    '\0' && strcmp(asked.language, has.language) == 0)
			m = 1;
		if (m > most) {
			most = m;
			best = (int)i;
		}
	}
	return best;
}

static int
of_ours(const void *arg, const char *tag)
{
	const struct language	*l = lang_of(tag);

	(void)arg;
	return l == NULL ? -1 : (int)(l - lang_all);
}

const struct site_lang *
http_reader_lang(const struct site_table *t, const struct http_request *req)
{
	int	 i = http_language(&req->languages, of_site, t);

	return i == -1 ? NULL : &t->lang[i];
}

static enum lang_phrase
phrase_of(int status)
{
	switch (status) {
	case 404:
		return LANG_HTTP_NONE;
	case 421:
		return LANG_HTTP_HOST;
	case 503:
		return LANG_HTTP_BUSY;
	default:
		return LANG_HTTP_BAD;
	}
}

/* The phrases of one of apeng's languages; *tag is which language it is. */
static const struct language *
speak(const struct http_no *no, const struct site_lang *l, char *tag,
    size_t size)
{
	const struct language	*lang = &lang_all[0];
	int			 i;

	if (l != NULL && (lang = lang_of(l->tag)) != NULL) {
		snprintf(tag, size, "%s", l->tag);
		return lang;
	}
	lang = &lang_all[0];
	if (l == NULL && (i = http_language(&no->req->languages, of_ours,
	    NULL)) > 0)
		lang = &lang_all[i];
	snprintf(tag, size, "%.*s", (int)strcspn(lang->tags, " "),
	    lang->tags);
	return lang;
}

void
http_refuse(const struct http_no *no, struct buf *out)
{
	const struct site_lang	*l = no->lang;
	const struct language	*lang;
	struct words_view	 own;
	struct html_refusal	 page = { .status = no->status,
				    .more = no->more };
	struct http_head	 h = { .status = no->status, .is_page = 1,
				    .type = "text/html",
				    .size = no->size, .wait = no->wait,
				    .keep = no->keep, .minor =
				    no->req->minor };
	struct buf		 b = BUF_INIT, whole = BUF_INIT;
	char			 root[80], text[WORDS_NUMBER * 2];
	char			 tag[SITE_TAG_BYTES + 1];

	if (l == NULL && no->site != NULL && no->site->table->nlang > 0 &&
	    (l = http_reader_lang(no->site->table, no->req)) == NULL)
		l = &no->site->table->lang[0];
	lang = speak(no, l, tag, sizeof(tag));
	page.tag = tag;
	snprintf(root, sizeof(root), "%s/", no->prefix);
	page.root = root;
	words_number(text, sizeof(text), lang->text[phrase_of(no->status)],
	    no->wait, 0);
	page.text = text;
	if (no->site != NULL)
		page.home = words_view(no->site->table, l != NULL ? l->dir :
		    "", &own)->home;
	html_refusal(&page, &whole);
	if (buf_ok(&whole))
		html_lean(whole.data, whole.len, &b);
	h.len = b.len;
	http_head_write(&h, out);
	if (!no->req->is_head)
		buf_add(out, b.data, b.len);
	if (!buf_ok(&whole) || !buf_ok(&b))
		out->failed = 1;
	buf_free(&whole);
	buf_free(&b);
}
