/* SPDX-License-Identifier: ISC */
/*
 * Parses paths of the directory.  A stranger sends them: they are compared with
 * the ids and folders of the roll, and numbers in them are bounded.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "directory/ask.h"

#define PAGES_MAX	9999

/* Cut off the part up to the next slash, and the slash. */
static size_t
part(const char **at, size_t *len, const char **s)
{
	const char	*slash = memchr(*at, '/', *len);
	size_t		 n = slash != NULL ? (size_t)(slash - *at) : *len;

	*s = *at;
	*at += n + (slash != NULL);
	*len -= n + (slash != NULL);
	return n;
}

static int
is(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(s, word, len) == 0;
}

size_t
ask_prefix(const char *path, size_t len)
{
	size_t	 n = strlen(ROLL_PREFIX), dot;

	if (len == 0 || path[0] != '/')
		return 0;
	dot = len > 1 && path[1] == '.' ? 1 : 0;
	if (len < n + dot || memcmp(path + 1 + dot, &ROLL_PREFIX[1], n - 1) != 0
	    || (len > n + dot && path[n + dot] != '/'))
		return 0;
	return n + dot;
}

/* Parse the rest of a path: "", or the number of a page, at least 2. */
static int
page_number(const char *at, size_t len, size_t *page)
{
	uint64_t	 n;

	*page = 1;
	if (len > 0 && at[len - 1] == '/')
		len--;
	if (len == 0)
		return 1;
	if (num_parse(at, len, &n) == -1 || n < 2 || n > PAGES_MAX)
		return 0;
	*page = (size_t)n;
	return 1;
}

/* Parse a part that names a group; if it names none, *at is not moved. */
static int
take_group(const struct roll *r, const char **at, size_t *len,
    struct ask *q)
{
	const char	*s, *was = *at;
	size_t		 n, left = *len;

	n = part(at, len, &s);
	if ((q->group = roll_find(r, s, n)) != ROLL_NONE)
		return 1;
	*at = was;
	*len = left;
	return 0;
}

int
ask_parse_rest(const struct roll *r, const char *at, size_t len,
    struct ask *q)
{
	const char	*s, *all = at;
	size_t		 n, left = len;

	n = part(&at, &len, &s);
	if (is(s, n, "s")) {
		q->what = ASK_GROUP;
		if (!take_group(r, &at, &len, q))
			return 0;
	} else if (is(s, n, "search")) {
		q->what = ASK_SEARCH;
		(void)take_group(r, &at, &len, q);
	} else {
		at = all;
		len = left;
	}
	return page_number(at, len, &q->page);
}

int
ask_parse(const struct roll *r, const char *path, size_t len, struct ask *q)
{
	const struct site_lang	*l;
	const char		*at, *s, *was;
	size_t			 n = ask_prefix(path, len), left;

	memset(q, 0, sizeof(*q));
	q->dir = "";
	q->group = ROLL_NONE;
	if (n == 0)
		return 0;
	at = path + n + (len > n);
	len -= n + (len > n);
	was = at;
	left = len;
	n = part(&at, &len, &s);
	if (n > 0 && (l = roll_lang(r, s, n)) != NULL)
		q->dir = l->dir;
	else {
		at = was;
		len = left;
	}
	return ask_parse_rest(r, at, len, q);
}

size_t
ask_count(const struct roll *r, const struct ask *q)
{
	if (q->what == ASK_GROUP)
		return r->group[q->group].nparts + r->group[q->group].own;
	return r->ngroup > 0 ? r->ncatalogue + r->ntop : r->nplace;
}

void
ask_item(const struct roll *r, const struct ask *q, size_t i,
    struct ask_item *item)
{
	const struct roll_group	*g;

	memset(item, 0, sizeof(*item));
	if (q->what == ASK_GROUP) {
		g = &r->group[q->group];
		if (i < g->nparts)
			item->group = &r->group[g->part + i];
		else
			item->place = &r->place[g->first + i - g->nparts];
	} else if (i < r->ncatalogue || r->ngroup == 0)
		item->place = &r->place[i];
	else
		item->group = &r->group[r->top[i - r->ncatalogue]];
}

int
ask_up(const struct roll *r, const struct ask *q, struct ask *up)
{
	if (q->what != ASK_GROUP || r->group[q->group].parent == ROLL_NONE)
		return 0;
	*up = *q;
	up->group = r->group[q->group].parent;
	up->page = 1;
	return 1;
}

void
ask_put(const struct roll *r, const struct ask *q, struct buf *b)
{
	buf_str(b, ROLL_PREFIX);
	if (*q->dir != '\0')
		buf_fmt(b, "/%s", q->dir);
	if (q->what == ASK_GROUP)
		buf_str(b, "/s");
	else if (q->what == ASK_SEARCH)
		buf_str(b, "/search");
	if (q->group != ROLL_NONE)
		buf_fmt(b, "/%s", r->group[q->group].id);
	if (q->page > 1)
		buf_fmt(b, "/%zu", q->page);
}
