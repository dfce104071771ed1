/* SPDX-License-Identifier: ISC */
/*
 * Writes data/figures.csv, as RFC 4180 wants it: CRLF, quotes where needed.
 * A text that a spreadsheet would take for a formula gets an apostrophe in
 * front, which the spreadsheet does not show.  Numbers stay as they are.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/csv.h"

/* 1: a number as values have it: -3.5; but +3.5 is a text. */
static int
is_number(const char *s)
{
	static const char	 digits[] = "0123456789";
	size_t			 n;

	s += *s == '-';
	if ((n = strspn(s, digits)) == 0)
		return 0;
	s += n;
	if (*s != '.')
		return *s == '\0';
	n = strspn(++s, digits);
	return n > 0 && s[n] == '\0';
}

static int
is_formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	size_t			 i;

	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return 1;
	return *s != '\0' && strchr("=+-@\t", *s) != NULL && !is_number(s);
}

void
csv_field(struct buf *b, const char *s, int last)
{
	int	 quoted;

	if (s == NULL)
		s = "";
	quoted = strpbrk(s, ",\"\r\n") != NULL;
	if (quoted)
		buf_ch(b, '"');
	if (is_formula(s))
		buf_ch(b, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_ch(b, '"');
		buf_ch(b, *s);
	}
	if (quoted)
		buf_ch(b, '"');
	buf_str(b, last ? "\r\n" : ",");
}

void
csv_head(const struct profile *p, struct buf *b)
{
	size_t	 l;

	buf_str(b, "id,page,");
	for (l = 0; l < p->nlang; l++)
		buf_fmt(b, "label_%s,", p->lang[l].dir);
	buf_str(b, "value,unit,year,facts\r\n");
}

/* Write one value of a figure; when: the year or month of the value. */
static void
record(const struct profile *p, const struct page_head *h,
    const struct figure *f, const char *value, const char *when,
    struct buf *b)
{
	struct buf	 facts = BUF_INIT;
	size_t		 i;

	csv_field(b, f->id, 0);
	csv_field(b, h->id, 0);
	for (i = 0; i < p->nlang; i++)
		csv_field(b, f->label.in[i], 0);
	csv_field(b, value, 0);
	csv_field(b, f->unit < p->nunit ? p->unit[f->unit].id : "", 0);
	csv_field(b, when, 0);
	for (i = 0; i < f->remark.nfact; i++)
		buf_fmt(&facts, "%s%s", i > 0 ? " " : "", f->remark.fact[i]);
	csv_field(b, facts.data, 1);
	if (!buf_ok(&facts))
		b->failed = 1;
	buf_free(&facts);
}

void
csv_record(const struct profile *p, const struct page_head *h,
    const struct figure *f, struct buf *b)
{
	struct buf	 year = BUF_INIT;
	size_t		 i;

	for (i = 0; i < f->nvalue; i++)
		record(p, h, f, f->values[i].value.text, f->values[i].when, b);
	if (f->nvalue > 0)
		return;
	if (f->year != 0)
		buf_fmt(&year, "%d", f->year);
	record(p, h, f, f->value.text, year.data, b);
	if (!buf_ok(&year))
		b->failed = 1;
	buf_free(&year);
}
