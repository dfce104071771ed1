/* SPDX-License-Identifier: ISC */
/*
 * Writes gemtext in one language: phrases, links, headings, items of lists,
 * values with their units, remarks.
 *
 * Numbers, marks and phrases come from the language's voice (words.h).  A text
 * that the profile lacks in this language is taken from its first language.
 * Forms that programs read are written by the idioms of proto/idiom.h.  When
 * memory runs out, the buffer is marked as failed and nothing else happens.
 * Trusts the profile, but puts a blank before a line of text that gemtext or
 * Gopher would understand as a line of another type.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/files.h"
#include "render/pen.h"

#define MARKS_MAX	999	/* notes of a page; further ones stay in line */

const char *
pen_in(const struct pen *p, const struct words *w)
{
	if (w->in[p->lang] != NULL)
		return w->in[p->lang];
	return w->in[0] != NULL ? w->in[0] : "";
}

void
pen_word(const struct pen *p, enum lang_phrase w)
{
	buf_str(p->b, p->v->word[w]);
}

void
pen_word_both(const struct pen *p, enum lang_phrase w, const char *arg,
    const char *other)
{
	const char	*s = p->v->word[w], *at;

	for (; arg != NULL && (at = strstr(s, "%s")) != NULL; s = at + 2) {
		buf_add(p->b, s, (size_t)(at - s));
		buf_str(p->b, arg);
		arg = other;
		other = NULL;
	}
	buf_str(p->b, s);
}

void
pen_word_of(const struct pen *p, enum lang_phrase w, const char *arg)
{
	pen_word_both(p, w, arg, NULL);
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
pen_below(const struct pen *p, const char *s)
{
	pen_guard(p, s);
	idiom_below_write(p->b, s);
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
	buf_str(p->b, p->v->marks->colon);
}

void
pen_open(const struct pen *p)
{
	buf_str(p->b, p->v->marks->open);
}

void
pen_close(const struct pen *p)
{
	buf_str(p->b, p->v->marks->close);
}

void
pen_link(const struct pen *p, const char *url, enum lang_phrase what,
    const char *title)
{
	const struct idiom_way	 w = { slice_of(url), slice_of(what == LANG_N ?
				    NULL : p->v->word[what]),
				    slice_of(title) };

	idiom_way_write(p->b, p->v->marks, &w);
}

void
pen_page(const struct pen *p, size_t page, enum lang_phrase what)
{
	const struct page_head	*h = &p->p->page[page];
	const char		*title = pen_in(p, &h->title);
	struct buf		 url = BUF_INIT;

	buf_fmt(&url, "%s.gmi", h->id);
	/* Leave out a word that equals the title: `Contact: Contact'. */
	if (what != LANG_N && strcmp(p->v->word[what], title) == 0)
		what = LANG_N;
	if (buf_ok(&url))
		pen_link(p, url.data, what, title);
	else
		p->b->failed = 1;
	buf_free(&url);
}

void
pen_foreign(const struct pen *p, size_t lang)
{
	const struct lang	*l = &p->p->lang[lang];

	idiom_foreign_begin(p->b, l->tag);
	pen_word_of(p, LANG_ONLY_IN, l->name);
	buf_ch(p->b, '\n');
}

static int
is_chinese(const char *tag)
{
	return strncmp(tag, "zh", 2) == 0 && (tag[2] == '\0' || tag[2] == '-');
}

/*
 * Set *out to the language in which a name is repeated: on Chinese pages the
 * first one that is not Chinese, on other pages the first Chinese one.  When
 * there is none, it is the first that is not the page's.  0: no other language.
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

/* Add a remark to the notes of the page's foot; mark: what replaces it here. */
static void
gather(const struct pen *p, const struct idiom_item *item, char mark[24])
{
	const struct idiom_words	 words = { p->v->word[LANG_PRINTED],
					    NULL };
	struct pen_notes		*to = p->notes;
	struct buf			 text = BUF_INIT;
	struct idiom_note		 note;

	snprintf(mark, 24, "%zu", ++to->n);
	idiom_remark_write(&text, p->v->marks, &words, &item->printed,
	    &item->note);
	if (buf_ok(&text)) {
		note.mark = slice_of(mark);
		note.text = slice_of(text.data);
		buf_str(&to->b, "* ");
		idiom_note_write(&to->b, p->v->marks, &note);
		buf_ch(&to->b, '\n');
	} else
		to->b.failed = 1;
	buf_free(&text);
}

void
pen_put_notes(const struct pen *p)
{
	struct pen_notes	*n = p->notes;

	if (!buf_ok(&n->b))
		p->b->failed = 1;
	else if (n->b.len > 0) {
		pen_heading(p, 2, p->v->word[LANG_NOTES]);
		buf_add(p->b, n->b.data, n->b.len);
		pen_empty(p);
	}
	buf_free(&n->b);
	n->n = 0;
}

void
pen_record(const struct pen *p, const char *name, const char *value,
    const char *year, const struct remark *remark)
{
	const struct idiom_words	 words = { p->v->word[LANG_PRINTED],
					    p->v->word[LANG_NOTE] };
	struct idiom_item		 item = { .name = slice_of(name),
					    .value = slice_of(value) };
	struct buf			 digits = BUF_INIT;
	char				 mark[24];

	if (year != NULL) {
		buf_str(&digits, year);
		number_digits(&digits, 0, &p->v->number);
		if (!buf_ok(&digits))
			p->b->failed = 1;
		year = digits.data;
	}
	item.year = slice_of(year);
	if (!p->bare) {
		item.printed = slice_of(remark->printed);
		if (remark->note.in[0] != NULL)
			item.note = slice_of(pen_in(p, &remark->note));
	}
	if (p->notes != NULL && p->notes->n < MARKS_MAX &&
	    (item.printed.at != NULL || item.note.at != NULL)) {
		gather(p, &item, mark);
		item.printed = item.note = slice_of(NULL);
		item.mark = slice_of(mark);
	}
	idiom_item_write(p->b, p->v->marks, &words, &item);
	buf_free(&digits);
}

void
pen_item(const struct pen *p, const char *name, const char *value, int year,
    const struct remark *remark)
{
	char	 digits[16];

	snprintf(digits, sizeof(digits), "%d", year);
	buf_str(p->b, "* ");
	pen_record(p, name, value, year != 0 ? digits : NULL, remark);
	buf_ch(p->b, '\n');
}

/* 1: the unit begins with a number word, as 万元 and 억원 do. */
static int
counts_big(const char *unit)
{
	static const char	*big[] = { "十", "百", "千", "万", "亿", "萬",
				    "億", "십", "백", "천", "만", "억" };
	size_t			 i;

	for (i = 0; i < sizeof(big) / sizeof(big[0]); i++)
		if (strncmp(unit, big[i], strlen(big[i])) == 0)
			return 1;
	return 0;
}

void
pen_value(const struct pen *p, const char *value, size_t unit)
{
	const size_t	 from = p->b->len;
	const char	*word = "";
	uint32_t	 cp;

	if (unit < p->p->nunit)
		word = pen_in(p, &p->p->unit[unit].word);
	if (!number_write(p->b, value, &p->v->number, !counts_big(word))) {
		buf_str(p->b, value);		/* words, as published */
		number_digits(p->b, from, &p->v->number);
	}
	if (*word == '\0')
		return;
	if (text_utf8_next(word, strlen(word), &cp) == 0 ||
	    (cp != '%' && cp != 0xb0 /* degree */ && !text_is_cjk(cp)))
		buf_ch(p->b, ' ');
	buf_str(p->b, word);
}

/* 1: when is one year, which an item can write as its year. */
static int
is_year(const struct dated_value *v)
{
	return v->month == 0 && strchr(v->when, '/') == NULL;
}

/*
 * Write "11,500 people (2025); 12,000 people (2018)", the newest value first.
 * If the oldest value is of one year, that year is returned and not written:
 * the item writes it.  Else 0.
 */
static int
put_dated(const struct pen *p, const struct figure *f)
{
	const struct dated_value	*v;
	size_t			 i, from;

	for (i = f->nvalue; i-- > 0;) {
		v = &f->values[i];
		pen_value(p, v->value.text, f->unit);
		if (i == 0 && is_year(v))
			return v->year;
		pen_open(p);
		from = p->b->len;
		buf_str(p->b, v->when);
		number_digits(p->b, from, &p->v->number);
		if (is_year(v))
			buf_str(p->b, p->v->marks->year);
		pen_close(p);
		if (i > 0)
			buf_str(p->b, p->v->marks->list);
	}
	return 0;
}

void
pen_figure(const struct pen *p, const struct figure *f)
{
	struct buf	 value = BUF_INIT;
	struct pen	 aside = *p;
	int		 year = f->year;

	aside.b = &value;
	if (f->text.in[0] != NULL)
		buf_str(&value, pen_in(p, &f->text));
	else if (f->nvalue > 0)
		year = put_dated(&aside, f);
	else
		pen_value(&aside, f->value.text, f->unit);
	if (!buf_ok(&value))
		p->b->failed = 1;
	else if (f->year_text.in[0] == NULL || f->nvalue > 0)
		pen_item(p, pen_in(p, &f->label), value.data, year,
		    &f->remark);
	else {
		buf_str(p->b, "* ");
		pen_record(p, pen_in(p, &f->label), value.data,
		    pen_in(p, &f->year_text), &f->remark);
		buf_ch(p->b, '\n');
	}
	buf_free(&value);
}

void
pen_named(const struct pen *p, const struct words *name, const char *text,
    const struct remark *remark)
{
	struct buf	 both = BUF_INIT;
	struct pen	 aside = *p;

	aside.b = &both;
	pen_name(&aside, name);
	if (buf_ok(&both))
		pen_item(p, both.len > 0 ? both.data : "", text, 0, remark);
	else
		p->b->failed = 1;
	buf_free(&both);
}

/*
 * Write "38 KB" in the language's words: the phrase LANG_MENU_SIZE_KB without
 * its brackets.
 */
static void
put_size(const struct pen *p, uint64_t bytes, struct buf *b)
{
	const struct idiom_marks	*m = p->v->marks;
	const char			*s = p->v->word[LANG_MENU_SIZE_KB];
	const char			*at, *end = s + strlen(s);
	char				 n[24];

	if (strncmp(s, m->open, strlen(m->open)) == 0)
		s += strlen(m->open);
	if ((size_t)(end - s) >= strlen(m->close) &&
	    strcmp(end - strlen(m->close), m->close) == 0)
		end -= strlen(m->close);
	snprintf(n, sizeof(n), "%llu",
	    (unsigned long long)(bytes + 1023) / 1024);
	at = strstr(s, "%s");
	if (at == NULL || at + 2 > end) {
		buf_fmt(b, "%s KB", n);
		return;
	}
	buf_add(b, s, (size_t)(at - s));
	if (!number_write(b, n, &p->v->number, 0))
		buf_str(b, n);
	buf_add(b, at + 2, (size_t)(end - at - 2));
}

void
pen_file(const struct pen *p, const struct beside *f, const char *label)
{
	const struct file_type	*t = file_type_of(f->path, strlen(f->path));
	struct idiom_file	 i = { .label = slice_of(label),
				    .word = t->word, .width = f->width,
				    .height = f->height };
	struct buf		 size = BUF_INIT, url = BUF_INIT;

	put_size(p, f->size, &size);
	buf_fmt(&url, "../%s", f->path);
	i.size = (struct slice){ size.data, size.len };
	if (buf_ok(&size) && buf_ok(&url))
		idiom_file_write(p->b, p->v->marks, url.data, &i);
	else
		p->b->failed = 1;
	buf_free(&size);
	buf_free(&url);
}

void
pen_kb(const struct pen *p, size_t bytes, size_t step)
{
	struct buf	 n = BUF_INIT;
	size_t		 kb = (bytes + 1023) / 1024;

	buf_fmt(&n, "%zu", (kb + step - 1) / step * step);
	if (buf_ok(&n))
		pen_word_of(p, LANG_ABOUT_KB, n.data);
	else
		p->b->failed = 1;
	buf_free(&n);
}

const char *
pen_bars_from(const struct pen *p, struct buf *value, struct buf *words)
{
	struct pen	 aside = *p;

	aside.b = words;
	pen_word_of(&aside, LANG_BARS_FROM, buf_ok(value) ? value->data : "");
	p->b->failed |= value->failed | words->failed;
	buf_free(value);
	return words->data;
}
