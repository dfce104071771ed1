/* SPDX-License-Identifier: ISC */
/*
 * The directory of a server's packages for the protocols that serve gemtext.
 * Up to DIRECTORY_ALL packages stand on one page; more are grouped by the
 * first letter of the title that menus show, in ASCII, or of the id where no
 * title is ASCII: it needs no table of sounds or strokes.  A page shows what
 * the set of sites keeps in memory, no package is read for it.
 *
 * A search folds the titles in every language and the id of each package, and
 * looks for the words in them: 2,800 packages have about 0.15 MB of them, so
 * that a scan takes less than two milliseconds and no index must be kept.  Path
 * and words are a stranger's: they are compared, and never shown.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/fold.h"
#include "serve/directory.h"
#include "serve/open.h"
#include "view/search_query.h"

#define LETTERS	27			/* a to z, and all others */
#define OTHERS	26

static const char	letters[LETTERS + 1] = "abcdefghijklmnopqrstuvwxyz0";

static int	 letter_of(const struct site *);
static int	 asked(const struct sites *, const char *, size_t);
static int	 by_label(const void *, const void *);

static int
letter_of(const struct site *s)
{
	const char	c = s->label[0];

	if (c >= 'a' && c <= 'z')
		return c - 'a';
	return c >= 'A' && c <= 'Z' ? c - 'A' : OTHERS;
}

int
directory_searches(const char *path, size_t len)
{
	return len == strlen(DIRECTORY_SEARCH) &&
	    memcmp(path, DIRECTORY_SEARCH, len) == 0;
}

/* The letter that a path asks for; LETTERS: the first page; -1: no page. */
static int
asked(const struct sites *ss, const char *path, size_t len)
{
	const size_t	 n = strlen(DIRECTORY_PATH);
	const char	*at;

	if (ss->n < 2 || len < n || memcmp(path, DIRECTORY_PATH, n) != 0)
		return -1;
	if (len == n || (len == n + 1 && path[n] == '/'))
		return LETTERS;
	if (len != n + 2 || path[n] != '/' || ss->n <= DIRECTORY_ALL ||
	    (at = memchr(letters, path[n + 1], LETTERS)) == NULL)
		return -1;
	return (int)(at - letters);
}

int
directory_is(const struct sites *ss, const char *path, size_t len)
{
	return asked(ss, path, len) != -1 ||
	    (ss->n > 1 && directory_searches(path, len));
}

static int
by_label(const void *a, const void *b)
{
	const struct site	*const *x = a, *const *y = b;
	int			 d = strcasecmp((*x)->label, (*y)->label);

	return d != 0 ? d : strcmp((*x)->id, (*y)->id);
}

/* 1: title or id of s hold all words. */
static int
holds(const struct site *s, const struct query *q, struct buf *text)
{
	unsigned	 n[QUERY_WORDS] = { 0 };

	buf_reset(text);
	text_fold(s->id, strlen(s->id), text);
	buf_ch(text, ' ');
	text_fold(s->titles, strlen(s->titles), text);
	return buf_ok(text) && query_count(q, text->data, text->len, n) ==
	    (1u << q->n) - 1;
}

/* Those of a letter (LETTERS: any) that hold the words (NULL: none asked). */
static int
put_sites(const struct sites *ss, int letter, const struct query *q,
    struct buf *out)
{
	struct buf	  text = BUF_INIT;
	struct site	**list;
	size_t		  i, n = 0;

	if ((list = calloc(ss->n, sizeof(*list))) == NULL)
		return -1;
	for (i = 0; i < ss->n; i++)
		if ((letter == LETTERS || letter_of(ss->site[i]) == letter) &&
		    (q == NULL || holds(ss->site[i], q, &text)))
			list[n++] = ss->site[i];
	buf_free(&text);
	qsort(list, n, sizeof(*list), by_label);
	if (q != NULL)
		buf_fmt(out, "%zu:\n\n", n);
	for (i = 0; i < n && (q == NULL || i < DIRECTORY_ALL); i++)
		buf_fmt(out, "=> /%s/ %s\n", list[i]->id, list[i]->titles);
	if (i < n)
		buf_str(out, "...\n");
	free(list);
	return 0;
}

static void
put_letters(const struct sites *ss, struct buf *out)
{
	size_t	 count[LETTERS] = { 0 };
	size_t	 i;

	for (i = 0; i < ss->n; i++)
		count[letter_of(ss->site[i])]++;
	for (i = 0; i < LETTERS; i++)
		if (count[i] > 0)
			buf_fmt(out, "=> /" DIRECTORY_PATH "/%c %c (%zu)\n",
			    letters[i], i == OTHERS ? '#' :
			    (char)(letters[i] - 'a' + 'A'), count[i]);
}

/* Words that are none find nothing. */
static int
put_found(const struct sites *ss, const char *words, size_t n,
    struct buf *out)
{
	struct query	 q;
	int		 rv;

	if (query_parse(&q, words, n, NULL) == -1) {
		buf_str(out, "0\n");
		return 0;
	}
	rv = put_sites(ss, LETTERS, &q, out);
	query_free(&q);
	return rv;
}

int
directory_page(const struct sites *ss, const char *path, size_t len,
    const char *words, size_t n, const char *prompt, struct buf *out)
{
	const int	 searches = directory_searches(path, len);
	int		 letter = asked(ss, path, len), rv = 0;

	buf_fmt(out, "# %zu places / %zu 个地方\n\n%s /" DIRECTORY_SEARCH
	    " Search / 搜索\n\n", ss->n, ss->n, prompt);
	if (searches)
		rv = put_found(ss, words, n, out);
	else if (letter == LETTERS && ss->n > DIRECTORY_ALL)
		put_letters(ss, out);
	else
		rv = put_sites(ss, letter, NULL, out);
	if (searches || letter != LETTERS)
		buf_str(out, "\n=> /" DIRECTORY_PATH " A-Z\n");
	return rv == -1 || !buf_ok(out) ? -1 : 0;
}
