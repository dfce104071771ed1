/* data/site.txt: the profile as views need it. */
#include <stdlib.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/site.h"
#include "render/part.h"

/* The table only borrows: its char * are never written to here. */
#define B(s)	((char *)(s))

static const char	*in(const struct words *, size_t);
static void		 langs(const struct profile *, struct site_lang *);
static void		 sections(const struct profile *,
			    struct site_section *);
static void		 pages(const struct profile *, struct site_page *);

static const char *
in(const struct words *w, size_t lang)
{
	if (w->in[lang] != NULL)
		return w->in[lang];
	return w->in[0] != NULL ? w->in[0] : "";
}

static void
langs(const struct profile *p, struct site_lang *out)
{
	size_t	 l;

	for (l = 0; l < p->nlang; l++) {
		out[l].dir = B(p->lang[l].dir);
		out[l].tag = B(p->lang[l].tag);
		out[l].name = B(p->lang[l].name);
		out[l].title = B(in(&p->title, l));
		out[l].short_title = B(in(&p->page[0].short_title, l));
		if (notice_holds(p)) {
			out[l].notice = B(in(&p->notice.text, l));
			out[l].until = B(p->notice.until != NULL ?
			    p->notice.until : "9999-12-31");
		}
	}
}

static void
sections(const struct profile *p, struct site_section *out)
{
	size_t	 l, i;

	for (l = 0; l < p->nlang; l++)
		for (i = 0; i < p->nsection; i++, out++) {
			out->dir = B(p->lang[l].dir);
			out->id = B(p->section[i].id);
			out->title = B(in(&p->section[i].title, l));
			out->short_title = B(in(&p->section[i].short_title,
			    l));
		}
}

static void
pages(const struct profile *p, struct site_page *out)
{
	const struct page_head	*h;
	size_t			 l, i;

	for (l = 0; l < p->nlang; l++)
		for (i = 0; i < p->npage; i++, out++) {
			h = &p->page[i];
			out->dir = B(p->lang[l].dir);
			out->id = B(h->id);
			out->section = B(h->section < p->nsection ?
			    p->section[h->section].id : "-");
			out->date = B(h->date);
			out->title = B(in(&h->title, l));
			out->short_title = B(in(&h->short_title, l));
		}
}

int
table_write(const struct profile *p, struct buf *b)
{
	struct site_table	 t = { 0 };
	struct site_tree	 tree[2];
	struct site_lang	 lang[LANG_MAX] = { 0 };
	size_t			 i;
	int			 rv = -1;

	t.section = calloc(p->nlang * p->nsection + 1, sizeof(*t.section));
	t.page = calloc(p->nlang * p->npage + 1, sizeof(*t.page));
	t.host = calloc(p->nhost + 1, sizeof(*t.host));
	t.replace = calloc(p->nreplace + 1, sizeof(*t.replace));
	if (t.section == NULL || t.page == NULL || t.host == NULL ||
	    t.replace == NULL)
		goto out;
	t.id = B(p->id);
	t.contact = B(p->contact);
	for (t.nhost = 0; t.nhost < p->nhost; t.nhost++)
		t.host[t.nhost] = B(p->host[t.nhost]);
	t.lang = lang;
	t.nlang = p->nlang;
	langs(p, lang);
	t.tree = tree;
	if (p->ascii_dir != NULL)
		tree[t.ntree++] = (struct site_tree){ B("ascii"),
		    B(p->ascii_dir) };
	if (p->gb_dir != NULL)
		tree[t.ntree++] = (struct site_tree){ B("gb"),
		    B(p->gb_dir) };
	for (i = 0; i < p->nreplace; i++) {
		t.replace[i].charset = B(p->replace[i].charset);
		t.replace[i].from = B(p->replace[i].from);
		t.replace[i].to = B(p->replace[i].to);
	}
	t.nreplace = p->nreplace;
	t.nsection = p->nlang * p->nsection;
	sections(p, t.section);
	t.npage = p->nlang * p->npage;
	pages(p, t.page);
	site_table_write(&t, b);
	rv = 0;
 out:
	free(t.section);
	free(t.page);
	free(t.host);
	free(t.replace);
	return rv;
}
