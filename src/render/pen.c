#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "render/pen.h"

static int	other_tongue(const struct pen *, size_t *);
static int	is_chinese(const char *);

const char *
pen_in(const struct pen *p, const struct words *w)
{
	if (w->in[p->lang] != NULL)
		return w->in[p->lang];
	return w->in[0] != NULL ? w->in[0] : "";
}

void
pen_word(const struct pen *p, enum word w)
{
	buf_str(p->b, p->v->word[w]);
}

void
pen_word_of(const struct pen *p, enum word w, const char *arg)
{
	const char	*s = p->v->word[w], *at;

	if ((at = strstr(s, "%s")) == NULL) {
		buf_str(p->b, s);
		return;
	}
	buf_add(p->b, s, (size_t)(at - s));
	buf_str(p->b, arg);
	buf_str(p->b, at + 2);
}

void
pen_guard(const struct pen *p, const char *s)
{
	if (s[0] == '.' || s[0] == '#' || s[0] == '>' ||
	    strncmp(s, "* ", 2) == 0 || strncmp(s, "=>", 2) == 0 ||
	    strncmp(s, "```", 3) == 0)
		buf_ch(p->b, ' ');
}

void
pen_line(const struct pen *p, const char *s)
{
	pen_guard(p, s);
	buf_str(p->b, s);
	buf_ch(p->b, '\n');
}

void
pen_empty(const struct pen *p)
{
	buf_ch(p->b, '\n');
}

void
pen_heading(const struct pen *p, int level, const char *s)
{
	buf_add(p->b, "###", (size_t)level);
	buf_ch(p->b, ' ');
	buf_str(p->b, s);
	buf_ch(p->b, '\n');
}

void
pen_colon(const struct pen *p)
{
	buf_str(p->b, p->v->wide ? "：" : ": ");
}

void
pen_open(const struct pen *p)
{
	buf_str(p->b, p->v->wide ? "（" : " (");
}

void
pen_close(const struct pen *p)
{
	buf_str(p->b, p->v->wide ? "）" : ")");
}

void
pen_link(const struct pen *p, const char *url, enum word what,
    const char *title)
{
	buf_fmt(p->b, "=> %s ", url);
	if (what != W_MAX) {
		pen_word(p, what);
		pen_colon(p);
	}
	buf_str(p->b, title);
	buf_ch(p->b, '\n');
}

void
pen_page(const struct pen *p, size_t page, enum word what)
{
	const struct page_head	*h = &p->p->page[page];
	const char		*title = pen_in(p, &h->title);

	buf_fmt(p->b, "=> %s.gmi ", h->id);
	/* Not `Contact: Contact'. */
	if (what != W_MAX && strcmp(p->v->word[what], title) != 0) {
		pen_word(p, what);
		pen_colon(p);
	}
	buf_str(p->b, title);
	buf_ch(p->b, '\n');
}

static int
is_chinese(const char *tag)
{
	return strncmp(tag, "zh", 2) == 0 && (tag[2] == '\0' || tag[2] == '-');
}

/*
 * In which language a name is repeated: on Chinese pages the first other
 * one, elsewhere Chinese, without any the capsule's first other language.
 */
static int
other_tongue(const struct pen *p, size_t *out)
{
	const struct lang	*l = p->p->lang;
	size_t			 i;
	int			 zh = is_chinese(l[p->lang].tag);

	for (i = 0; i < p->p->nlang; i++)
		if (is_chinese(l[i].tag) != zh) {
			*out = i;
			return 1;
		}
	for (i = 0; i < p->p->nlang; i++)
		if (i != p->lang) {
			*out = i;
			return 1;
		}
	return 0;
}

void
pen_name(const struct pen *p, const struct words *w)
{
	const char	*own = pen_in(p, w);
	size_t		 other;

	buf_str(p->b, own);
	if (!other_tongue(p, &other) || w->in[other] == NULL ||
	    strcmp(w->in[other], own) == 0)
		return;
	pen_open(p);
	buf_str(p->b, w->in[other]);
	pen_close(p);
}

void
pen_remark(const struct pen *p, const struct record *r)
{
	const char	*note = r->note.in[0] != NULL ? pen_in(p, &r->note) :
			    NULL;
	int		 wide = p->v->wide;

	if (note == NULL && r->printed == NULL)
		return;
	buf_str(p->b, wide ? "〔" : " [");
	if (r->printed != NULL) {
		pen_word(p, W_PRINTED);
		buf_fmt(p->b, wide ? "“%s”" : " \"%s\"", r->printed);
	}
	if (note != NULL) {
		if (r->printed != NULL)
			buf_str(p->b, wide ? "。" : ". ");
		pen_word(p, W_NOTE);
		pen_colon(p);
		buf_str(p->b, note);
	}
	buf_str(p->b, wide ? "〕" : "]");
}

void
pen_figure(const struct pen *p, const struct record *r)
{
	buf_str(p->b, pen_in(p, &r->label));
	pen_colon(p);
	if (r->text.in[0] != NULL)
		buf_str(p->b, pen_in(p, &r->text));
	else
		pen_value(p, r->value, r->unit);
	if (r->year != 0) {
		pen_open(p);
		buf_fmt(p->b, p->v->myriads ? "%d年" : "%d", r->year);
		pen_close(p);
	}
	pen_remark(p, r);
}

void
pen_kb(const struct pen *p, size_t bytes, size_t step)
{
	struct buf	 n = BUF_INIT;
	size_t		 kb = (bytes + 1023) / 1024;

	buf_fmt(&n, "%zu", (kb + step - 1) / step * step);
	if (buf_ok(&n))
		pen_word_of(p, W_ABOUT_KB, n.data);
	else
		p->b->failed = 1;
	buf_free(&n);
}
