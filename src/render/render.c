#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "content/profile.h"
#include "render/part.h"
#include "render/words.h"

#define ENTRY_BYTES	76	/* a file's headers in a package, without its
				   name, which stands there twice */

static int	start(struct render *, const struct profile *, struct err *);
static size_t	page_index(const struct render *, const struct page *);
static void	pen_start(const struct render *, struct pen *, size_t);
static int	put(struct render *, const char *, struct err *);
static int	put_page(struct render *, size_t, size_t, struct err *);
static int	finish_page(struct render *, size_t, size_t, struct err *);
static int	finish_pages(struct render *, int, struct err *);
static int	put_csv(struct render *, struct err *);
static int	put_feeds(struct render *, struct err *);

struct render *
render_new(render_put put_file, void *arg, struct err *e)
{
	struct render	*r;

	if ((r = calloc(1, sizeof(*r))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	r->put = put_file;
	r->arg = arg;
	return r;
}

void
render_free(struct render *r)
{
	size_t	 i, l;

	if (r == NULL)
		return;
	for (i = 0; r->kept != NULL && i < r->npage; i++) {
		for (l = 0; l < LANG_MAX; l++) {
			free(r->kept[i].in[l].body);
			free(r->kept[i].in[l].figures);
			free(r->kept[i].in[l].names);
			free(r->kept[i].in[l].notes);
		}
		free(r->kept[i].csv);
	}
	free(r->kept);
	ids_free(r->ids);
	buf_free(&r->b);
	free(r);
}

/* What is the same for all pages, once the profile is known. */
static int
start(struct render *r, const struct profile *p, struct err *e)
{
	size_t	 l;

	if (r->p != NULL)
		return 0;
	r->kept = calloc(p->npage + 1, sizeof(*r->kept));
	r->ids = ids_new(p);
	r->p = p;
	r->npage = p->npage;
	if (r->kept == NULL || r->ids == NULL) {
		err_nomem(e);
		return -1;
	}
	for (l = 0; l < p->nlang; l++)
		words_voice(&r->voice[l], p, l);
	return 0;
}

static size_t
page_index(const struct render *r, const struct page *page)
{
	return ids_find(r->ids, page->head->id);
}

static void
pen_start(const struct render *r, struct pen *p, size_t lang)
{
	p->p = r->p;
	p->ids = r->ids;
	p->v = &r->voice[lang];
	p->lang = lang;
}

/* Hand r->b over as a file and empty it. */
static int
put(struct render *r, const char *path, struct err *e)
{
	int	 rv;

	if (!buf_ok(&r->b)) {
		err_nomem(e);
		return -1;
	}
	r->bytes += r->b.len + ENTRY_BYTES + 2 * strlen(path);
	rv = r->put(r->arg, path, r->b.data != NULL ? r->b.data : "",
	    r->b.len, e);
	buf_reset(&r->b);
	return rv;
}

static int
put_page(struct render *r, size_t page, size_t lang, struct err *e)
{
	struct buf	 path = BUF_INIT;
	int		 rv = -1;

	buf_fmt(&path, "%s/%s.gmi", r->p->lang[lang].dir,
	    r->p->page[page].id);
	if (buf_ok(&path))
		rv = put(r, path.data, e);
	else
		err_nomem(e);
	buf_free(&path);
	return rv;
}

int
render_asset(struct render *r, const char *path, const char *data,
    size_t len, struct err *e)
{
	buf_reset(&r->b);
	buf_add(&r->b, data, len);
	if (strcmp(path, "cover.png") == 0)
		r->has_cover = 1;
	return put(r, path, e);
}

int
render_page(struct render *r, const struct profile *p,
    const struct page *page, struct err *e)
{
	struct pen	 pen;
	struct kept	*k;
	size_t		 at, l, i;

	if (start(r, p, e) == -1)
		return -1;
	if ((at = page_index(r, page)) == SIZE_MAX) {
		err_set(e, "%s: page is in no section", page->head->id);
		return -1;
	}
	k = &r->kept[at];
	for (l = 0; l < p->nlang; l++) {
		pen_start(r, &pen, l);
		if (collect(&pen, page, k) == -1)
			goto nomem;
		pen.b = &r->b;
		buf_reset(&r->b);
		if (page->head->generate == GENERATE_NONE)
			frame_top(&pen, at);
		for (i = 0; i < page->nblock; i++)
			block_write(&pen, &page->block[i]);
		if (page->head->generate != GENERATE_NONE) {
			buf_str(&r->b, "");
			k->in[l].body = buf_take(&r->b, NULL);
			if (k->in[l].body == NULL)
				goto nomem;
			continue;
		}
		frame_foot(&pen, at);
		if (put_page(r, at, l, e) == -1)
			return -1;
	}
	return 0;
 nomem:
	err_nomem(e);
	return -1;
}

/* A generated page: its own blocks, then what apeng adds. */
static int
finish_page(struct render *r, size_t page, size_t lang, struct err *e)
{
	struct pen	 p;

	pen_start(r, &p, lang);
	p.b = &r->b;
	buf_reset(&r->b);
	frame_top(&p, page);
	buf_str(&r->b, r->kept[page].in[lang].body);
	switch (r->p->page[page].generate) {
	case GENERATE_HOME:
		half_home(&p);
		break;
	case GENERATE_FIGURES:
		half_figures(r, &p);
		break;
	case GENERATE_GLOSSARY:
		half_glossary(r, &p);
		break;
	case GENERATE_NEWS:
		half_news(&p);
		break;
	case GENERATE_MIRROR:
		half_mirror(r, &p);
		break;
	case GENERATE_NONE:
		break;
	}
	frame_foot(&p, page);
	return put_page(r, page, lang, e);
}

/* The pages on mirroring come last: they tell the size of all others. */
static int
finish_pages(struct render *r, int mirror, struct err *e)
{
	enum generate	 g;
	uint64_t	 others;
	size_t		 i, l;

	others = r->bytes;
	for (i = 0; i < r->p->npage; i++) {
		g = r->p->page[i].generate;
		if (g == GENERATE_NONE || (g == GENERATE_MIRROR) != mirror)
			continue;
		for (l = 0; l < r->p->nlang; l++) {
			if (mirror)
				r->bytes = others;
			if (finish_page(r, i, l, e) == -1)
				return -1;
		}
	}
	return 0;
}

static int
put_csv(struct render *r, struct err *e)
{
	size_t	 i;

	buf_reset(&r->b);
	csv_head(r->p, &r->b);
	for (i = 0; i < r->p->npage; i++)
		buf_str(&r->b, r->kept[i].csv);
	r->csv_bytes = r->b.len;
	return put(r, "data/figures.csv", e);
}

static int
put_feeds(struct render *r, struct err *e)
{
	struct buf	 path = BUF_INIT;
	size_t		 l;
	int		 rv = 0;

	for (l = 0; l < r->p->nlang && rv == 0; l++) {
		buf_reset(&path);
		buf_fmt(&path, "%s/feed.xml", r->p->lang[l].dir);
		buf_reset(&r->b);
		feed_write(r, l, &r->b);
		if (buf_ok(&path))
			rv = put(r, path.data, e);
		else {
			err_nomem(e);
			rv = -1;
		}
	}
	buf_free(&path);
	return rv;
}

int
render_finish(struct render *r, const struct profile *p, struct err *e)
{
	if (start(r, p, e) == -1 || put_csv(r, e) == -1 ||
	    put_feeds(r, e) == -1)
		return -1;
	buf_reset(&r->b);
	if (table_write(p, &r->b) == -1) {
		err_nomem(e);
		return -1;
	}
	if (put(r, "data/site.txt", e) == -1)
		return -1;
	index_write(r, &r->b);
	if (put(r, "index.gmi", e) == -1)
		return -1;
	metadata_write(r, &r->b);
	if (put(r, "metadata.txt", e) == -1)
		return -1;
	buf_str(&r->b, "User-agent: *\nDisallow: /.apeng/\n");
	if (put(r, "robots.txt", e) == -1)
		return -1;
	buf_str(&r->b, "\xf0\x9f\x8c\x84\n");	/* sunrise over mountains */
	if (put(r, "favicon.txt", e) == -1)
		return -1;
	return finish_pages(r, 0, e) == -1 || finish_pages(r, 1, e) == -1 ?
	    -1 : 0;
}
