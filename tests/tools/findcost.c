/* SPDX-License-Identifier: ISC */
/*
 * findcost N [lines]: measure a search over N made-up packages.
 *
 * Each package has 20 pages in two languages, similar to the capsule of
 * Qianjiang: 9 headings on each page besides its title, seven in ten of them
 * shared with other packages, a summary on each page, a glossary with 60 names
 * in each language, and other text.  Prints the CPU time and the size of the
 * filters, then for some queries the CPU time of their first page of results,
 * and their hits.  With `lines' it prints instead the lines that a search
 * reads, as PLACE TAB TEXT, for tests/bench/find.py.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "directory/find.h"
#include "directory/grams.h"

#define PAGES	20		/* half of them in each language */
#define HEADINGS 9		/* of a page */
#define NAMES	60
#define TEXT	1200		/* bytes below a page's headings, together */

struct place {
	struct site_table	*t;
	struct grams		*grams;
	char			 label[40];
	char			*page[PAGES];
};

static uint64_t	 state = 88172645463325252u;

static unsigned
any(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % n;
}

/* A random number below n; small ones come more often, as common words do. */
static unsigned
often(unsigned n)
{
	unsigned	 a = any(n), b = any(n);

	return (unsigned)((uint64_t)a * b / n);
}

static void
put_zh(struct buf *b, unsigned n)
{
	for (; n > 0; n--) {
		unsigned cp = 0x4e00 + often(3000) * 6;

		buf_ch(b, (char)(0xe0 | cp >> 12));
		buf_ch(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_ch(b, (char)(0x80 | (cp & 0x3f)));
	}
}

static void
put_en(struct buf *b, unsigned n)
{
	static const char *const	 part[] = { "ba", "chu", "dong", "er",
	    "fen", "gui", "hao", "jiang", "ke", "lin", "mu", "nan", "ou",
	    "ping", "qian", "ren", "shan", "tu", "wan", "xi", "yuan", "zhu" };
	unsigned			 k, w;

	for (; n > 0; n--) {
		w = often(20000);
		for (k = 2 + w % 2; k > 0; k--, w /= 22)
			buf_str(b, part[w % 22]);
		buf_ch(b, n > 1 ? ' ' : '\0');
	}
	if (b->len > 0 && b->data[b->len - 1] == '\0')
		buf_cut(b, b->len - 1);
}

static void
put(struct buf *b, int zh, unsigned n)
{
	if (zh)
		put_zh(b, n * 2);
	else
		put_en(b, n);
}

/*
 * Append a heading: in three of ten cases a new one, else one of 400 that many
 * packages have.
 */
static void
put_heading(struct buf *b, int zh)
{
	uint64_t	 was;

	if (any(10) < 3) {
		put(b, zh, 3);
		return;
	}
	was = state;
	state = 1 + often(400);
	(void)any(2), (void)any(2), (void)any(2);
	put(b, zh, 3);
	state = was;
	(void)any(2);
}

static char *
page_of(unsigned k)
{
	const int	 zh = k >= PAGES / 2;
	struct buf	 b = BUF_INIT;
	unsigned	 i;

	buf_str(&b, "# ");
	put(&b, zh, 2);
	buf_str(&b, "\n\n");
	put(&b, zh, 9);
	buf_str(&b, "\n");
	for (i = 0; i < HEADINGS; i++) {
		buf_str(&b, "\n## ");
		put_heading(&b, zh);
		buf_str(&b, "\n");
		put(&b, zh, TEXT / HEADINGS / 7);
		buf_str(&b, "\n");
	}
	for (i = 0; k % (PAGES / 2) == 0 && i < NAMES; i++) {
		buf_str(&b, "* ");
		put_en(&b, 2);
		buf_str(&b, " (");
		put_zh(&b, 4);
		buf_str(&b, ")\n");
	}
	return buf_take(&b, NULL);
}

static int
page_at(void *arg, size_t *i, struct roll_page *out)
{
	struct place	*p = arg;

	if (*i >= PAGES)
		return 0;
	out->dir = p->t->lang[*i >= PAGES / 2].dir;
	snprintf(out->id, sizeof(out->id), *i % (PAGES / 2) == 0 ? "glossary" :
	    "page%zu", *i % (PAGES / 2));
	out->text = p->page[*i];
	out->len = strlen(p->page[*i]);
	return 1;
}

static double
cpu(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static struct roll *
make(struct place *p, size_t n)
{
	struct roll	*r = roll_new();
	struct buf	 b = BUF_INIT;
	struct site_table *t;
	size_t		 i, k;

	r->page = page_at;
	for (i = 0; i < n; i++) {
		buf_reset(&b);
		snprintf(p[i].label, sizeof(p[i].label), "District %zu", i);
		buf_fmt(&b, "apeng-site 1\nid\td%zu\nlang\ten\ten\tEnglish\t"
		    "District %zu\tD\nlang\tzh\tzh-Hans\t中文\t", i, i);
		put_zh(&b, 3);
		buf_str(&b, "区\t区\ncontact\tc\n");
		t = site_table_parse(b.data, b.len, NULL);
		p[i].t = site_table_brief(t);
		site_table_free(t);
		for (k = 0; k < PAGES; k++)
			p[i].page[k] = page_of((unsigned)k);
		roll_place(r, p[i].t, p[i].label, ROLL_NO_GROUP, 0, &p[i],
		    &p[i].grams);
	}
	buf_free(&b);
	return roll_done(r) == 0 ? r : NULL;
}

static struct find *last;

/* Run a query.  Returns its CPU time in ms; *h: its hits. */
static double
query(struct roll *r, const char *words, const struct hits **h)
{
	struct ask	 q = { .what = ASK_SEARCH, .dir = "", .group =
			    ROLL_NONE };
	double		 c = cpu();
#define f last

	finder_free(f);
	f = finder_new(r, &q, words, strlen(words), 0, HITS_PAGE);
	while (finder_step(f, SIZE_MAX / 2) == 0)
		continue;
	*h = finder_hits(f);
	return cpu() - c;
}

static void
lines(const struct place *p, size_t n)
{
	const char	*s, *lf;
	size_t		 i, k;
	int		 summary, glossary;

	for (i = 0; i < n; i++) {
		printf("%zu\td%zu %s %s\n", i, i, p[i].label,
		    p[i].t->lang[1].title);
		for (k = 0; k < PAGES; k++) {
			glossary = k % (PAGES / 2) == 0;
			summary = 1;
			for (s = p[i].page[k]; *s != '\0'; s = lf + 1) {
				lf = strchr(s, '\n');
				if (lf == s || (*s != '#' && !summary &&
				    (*s != '*' || !glossary)))
					continue;
				summary &= *s == '#';
				printf("%zu\t%.*s\n", i, (int)(lf - s), s);
			}
		}
	}
}

int
main(int argc, char *argv[])
{
	/* 2 and 4 characters of a name, one word and two of a name, and so on. */
	static char	 word[8][200];
	size_t		 n = argc > 1 ? (size_t)atoi(argv[1]) : 2800, i, k;
	struct place	*p = calloc(n, sizeof(*p));
	const struct hits *h;
	struct roll	*r = make(p, n);
	size_t		 bytes = 0;
	const char	*s, *paren;
	double		 c, ms, worst;

	if (argc > 2) {
		lines(p, n);
		return 0;
	}
	c = query(r, "nothing-of-the-kind", &h);
	for (i = 0; i < n; i++)
		bytes += grams_bytes(p[i].grams);
	printf("%zu packages: filters %.0f ms of CPU, %.1f MB, %zu bytes each"
	    "\n", n, c, (double)bytes / 1e6, bytes / n);
	s = strstr(p[n / 2].page[PAGES / 2], "\n* ") + 3;
	paren = strchr(s, '(');
	snprintf(word[0], sizeof(word[0]), "%.6s", paren + 1);
	snprintf(word[1], sizeof(word[1]), "%.12s", paren + 1);
	snprintf(word[2], sizeof(word[2]), "%.*s", (int)strcspn(s, " "), s);
	snprintf(word[3], sizeof(word[3]), "%.*s", (int)(paren - s), s);
	snprintf(word[4], sizeof(word[4]), "baba chuchu dongdong erer fenfen");
	snprintf(word[5], sizeof(word[5]), "baba");
	snprintf(word[6], sizeof(word[6]), "district 27");
	for (k = 0; k < 16; k++)
		snprintf(word[7] + strlen(word[7]), sizeof(word[7]) -
		    strlen(word[7]), "%c%s ", (char)('a' + k), "an");
	for (k = 0; k < 8; k++) {
		worst = 0;
		for (i = 0; i < 5; i++) {
			ms = query(r, word[k], &h);
			worst = ms > worst ? ms : worst;
		}
		printf("  %-28.40s %5.1f ms of CPU, %zu hits%s, %zu KB\n",
		    word[k], worst, h->total, h->cut ? " and more" : "",
		    finder_work(last) >> 10);
	}
	return 0;
}
