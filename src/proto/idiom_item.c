/* SPDX-License-Identifier: ISC */
/*
 * Items of lists: a name, its value, the year of the value, a remark.  The
 * reader tries the marks of every language, because a page does not say which
 * it uses.  It first takes balanced brackets off the end, then looks for the
 * first colon; a text without these marks stays in the name.  The items that it
 * reads are a stranger's.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/idiom.h"
#include "proto/number.h"

#define CELL_MAX	60	/* bytes of a value in a table */
#define YEAR_DIGITS	4
#define MARK_DIGITS	3

const struct idiom_marks idiom_narrow = {
	": ", " (", ")", " [", "]", " \"", "\"", ". ", "; ", ""
};
const struct idiom_marks idiom_french = {
	"\u00a0: ", " (", ")", " [", "]", " «\u00a0", "\u00a0»", ". ", "; ", ""
};
const struct idiom_marks idiom_chinese = {
	"：", "（", "）", "〔", "〕", "“", "”", "。", "；", "年"
};
const struct idiom_marks idiom_japanese = {
	"：", "（", "）", "〔", "〕", "「", "」", "。", "；", "年"
};

static const struct idiom_marks *const all_marks[] = {
	&idiom_french, &idiom_narrow, &idiom_chinese, &idiom_japanese
};
#define MARKS	(sizeof(all_marks) / sizeof(all_marks[0]))

struct slice
slice_of(const char *s)
{
	return (struct slice){ s, s == NULL ? 0 : strlen(s) };
}

void
idiom_remark_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_words *w, const struct slice *printed,
    const struct slice *note)
{
	if (printed->at != NULL) {
		buf_str(b, w->printed);
		buf_str(b, m->quote_open);
		buf_add(b, printed->at, printed->len);
		buf_str(b, m->quote_close);
	}
	if (printed->at != NULL && note->at != NULL)
		buf_str(b, m->stop);
	if (note->at != NULL) {
		if (w->note != NULL) {
			buf_str(b, w->note);
			buf_str(b, m->colon);
		}
		buf_add(b, note->at, note->len);
	}
}

static void
remark_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_words *w, const struct idiom_item *i)
{
	if (i->printed.at == NULL && i->note.at == NULL && i->mark.at == NULL)
		return;
	buf_str(b, m->note_open);
	if (i->mark.at != NULL)
		buf_add(b, i->mark.at, i->mark.len);
	else
		idiom_remark_write(b, m, w, &i->printed, &i->note);
	buf_str(b, m->note_close);
}

/* The bracket that opens a remark, without the blank before it. */
static const char *
opening(const struct idiom_marks *m)
{
	return m->note_open + (*m->note_open == ' ');
}

void
idiom_note_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_note *n)
{
	buf_str(b, opening(m));
	buf_add(b, n->mark.at, n->mark.len);
	buf_str(b, m->note_close);
	if (*m->note_open == ' ')
		buf_ch(b, ' ');
	buf_add(b, n->text.at, n->text.len);
}

size_t
idiom_mark(const struct slice *s)
{
	size_t	 i, n = 0;

	if (s->len == 0 || s->len > MARK_DIGITS || *s->at == '0')
		return 0;
	for (i = 0; i < s->len; i++) {
		if (s->at[i] < '0' || s->at[i] > '9')
			return 0;
		n = n * 10 + (size_t)(s->at[i] - '0');
	}
	return n;
}

/* 1: all of it is a year in ASCII digits. */
static int
is_number(const struct slice *s)
{
	size_t	 n = 0;

	while (n < s->len && s->at[n] >= '0' && s->at[n] <= '9')
		n++;
	return n > 0 && n == s->len && n <= YEAR_DIGITS;
}

/*
 * Bytes of the digits of any script that s has from at on; 0: it has none, or
 * more than a year has.
 */
static size_t
digits(const struct slice *s, size_t at)
{
	uint32_t	 cp;
	size_t		 n, used = 0, count = 0;

	while (at + used < s->len && (n = text_utf8_next(s->at + at + used,
	    s->len - at - used, &cp)) > 0 && text_digit(cp) != -1) {
		used += n;
		count++;
	}
	return count > 0 && count <= YEAR_DIGITS ? used : 0;
}

/* 1: a year in another script, or one that spans two: 2081/82. */
static int
is_years(const struct slice *s)
{
	const size_t	 n = digits(s, 0);
	size_t		 mark = 1;

	if (n == 0 || n == s->len)
		return n > 0;
	if (s->len - n > 3 && memcmp(s->at + n, "–", 3) == 0)
		mark = 3;
	else if (s->at[n] != '/' && s->at[n] != '-')
		return 0;
	return digits(s, n + mark) == s->len - n - mark && n + mark < s->len;
}

void
idiom_item_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_words *w, const struct idiom_item *i)
{
	buf_add(b, i->name.at, i->name.len);
	if (i->value.at != NULL) {
		buf_str(b, m->colon);
		buf_add(b, i->value.at, i->value.len);
	}
	if (i->year.at != NULL) {
		buf_str(b, m->open);
		buf_add(b, i->year.at, i->year.len);
		if (is_number(&i->year))
			buf_str(b, m->year);
		buf_str(b, m->close);
	}
	remark_write(b, m, w, i);
}

static int
begins(const struct slice *s, size_t at, const char *mark)
{
	size_t	 n = strlen(mark);

	return s->len >= at && s->len - at >= n &&
	    memcmp(s->at + at, mark, n) == 0;
}

static int
ends(const struct slice *s, const char *mark)
{
	size_t	 n = strlen(mark);

	return s->len >= n && begins(s, s->len - n, mark);
}

/* Where the mark first stands from `from' on, or SIZE_MAX. */
static size_t
find(const struct slice *s, size_t from, const char *mark)
{
	const char	*p;

	if (from > s->len || (p = memmem(s->at + from, s->len - from, mark,
	    strlen(mark))) == NULL)
		return SIZE_MAX;
	return (size_t)(p - s->at);
}

/* Cut s to n bytes; returns the rest. */
static struct slice
cut(struct slice *s, size_t n)
{
	struct slice	 tail = { s->at + n, s->len - n };

	s->len = n;
	return tail;
}

/*
 * Where the bracket begins that ends s, its space included; SIZE_MAX when
 * s ends in none or nothing stands before it.
 */
static size_t
bracket(const struct slice *s, const char *open, const char *close)
{
	/* Look for the bracket alone; the space before it is checked below. */
	const char	*mark = open + (*open == ' ');
	size_t		 i, depth = 0;

	if (!ends(s, close))
		return SIZE_MAX;
	for (i = s->len; i-- > 0;) {
		if (begins(s, i, close))
			depth++;
		else if (begins(s, i, mark) && --depth == 0)
			break;
	}
	if (i == SIZE_MAX || depth > 0 || i < (size_t)(mark - open) + 1 ||
	    !begins(s, i - (size_t)(mark - open), open))
		return SIZE_MAX;
	return i - (size_t)(mark - open);
}

int
idiom_note_read(const char *text, size_t len, struct idiom_note *n)
{
	struct slice	 s = { text, len };
	size_t		 i, end;

	for (i = 0; i < MARKS; i++) {
		if (!begins(&s, 0, opening(all_marks[i])))
			continue;
		if ((end = find(&s, 0, all_marks[i]->note_close)) == SIZE_MAX)
			return 0;
		n->mark.at = s.at + strlen(opening(all_marks[i]));
		n->mark.len = (size_t)(s.at + end - n->mark.at);
		if (idiom_mark(&n->mark) == 0)
			return 0;
		end += strlen(all_marks[i]->note_close);
		if (*all_marks[i]->note_open == ' ' && end < s.len &&
		    s.at[end] == ' ')
			end++;
		n->text = (struct slice){ s.at + end, s.len - end };
		return n->text.len > 0;
	}
	return 0;
}

/* Read a remark: a mark, or a spelling in quotes or none and a note. */
static void
remark_read(struct idiom_item *item, const struct idiom_marks *m)
{
	struct slice	 s = item->remark;
	size_t		 quote, end, colon, next;

	s.at += strlen(m->note_open);
	s.len -= strlen(m->note_open) + strlen(m->note_close);
	if (idiom_mark(&s) > 0) {
		item->mark = s;
		return;
	}
	quote = find(&s, 0, m->quote_open);
	colon = find(&s, 0, m->colon);
	if (quote < colon) {
		quote += strlen(m->quote_open);
		/*
		 * The spelling may have quote marks in it; the one that ends it
		 * stands at the end or before a stop.
		 */
		for (end = quote; (end = find(&s, end, m->quote_close)) !=
		    SIZE_MAX; end = next) {
			next = end + strlen(m->quote_close);
			if (next == s.len || begins(&s, next, m->stop))
				break;
		}
		if (end == SIZE_MAX)
			return;
		item->printed = (struct slice){ s.at + quote, end - quote };
		colon = find(&s, next, m->colon);
	}
	if (colon != SIZE_MAX) {
		colon += strlen(m->colon);
		item->note = (struct slice){ s.at + colon, s.len - colon };
	}
}

static int
year_read(struct idiom_item *item, struct slice *s,
    const struct idiom_marks *m)
{
	size_t		 at = bracket(s, m->open, m->close);
	struct slice	 year, all;

	if (at == SIZE_MAX)
		return 0;
	year.at = s->at + at + strlen(m->open);
	year.len = s->len - at - strlen(m->open) - strlen(m->close);
	all = year;
	if (*m->year != '\0' && ends(&year, m->year))
		year.len -= strlen(m->year);
	if (!is_number(&year) && !is_years(&all))
		return 0;
	item->year = is_number(&year) ? year : all;
	item->year_part = cut(s, at);
	return 1;
}

int
idiom_bracket(struct slice *s, struct slice *inside)
{
	const struct idiom_marks	*m;
	size_t				 i, at;

	for (i = 0; i < MARKS; i++) {
		m = all_marks[i];
		if ((at = bracket(s, m->open, m->close)) == SIZE_MAX)
			continue;
		*inside = cut(s, at);
		inside->at += strlen(m->open);
		inside->len -= strlen(m->open) + strlen(m->close);
		return 1;
	}
	return 0;
}

size_t
idiom_colon(const struct slice *s, size_t *mark)
{
	size_t	 i, at, colon = SIZE_MAX;

	for (i = 0; i < MARKS; i++)
		if ((at = find(s, 1, all_marks[i]->colon)) < colon) {
			colon = at;
			*mark = strlen(all_marks[i]->colon);
		}
	return colon;
}

void
idiom_item_read(const char *text, size_t len, struct idiom_item *item)
{
	struct slice	 s = { text, len };
	size_t		 i, at, mark, colon;

	memset(item, 0, sizeof(*item));
	for (i = 0; i < MARKS && item->remark.at == NULL; i++)
		if ((at = bracket(&s, all_marks[i]->note_open,
		    all_marks[i]->note_close)) != SIZE_MAX)
			item->remark = cut(&s, at);
	/*
	 * Languages share brackets, so each language's marks are tried until
	 * a spelling or a mark is found; else the remark may be only a note.
	 */
	for (i = 0; i < MARKS && item->remark.at != NULL &&
	    item->printed.at == NULL && item->mark.at == NULL; i++)
		if (begins(&item->remark, 0, all_marks[i]->note_open))
			remark_read(item, all_marks[i]);
	for (i = 0; i < MARKS; i++)
		if (year_read(item, &s, all_marks[i]))
			break;
	if ((colon = idiom_colon(&s, &mark)) != SIZE_MAX) {
		item->value = cut(&s, colon);
		item->value.at += mark;
		item->value.len -= mark;
	}
	item->name = s;
}

int
idiom_is_figure(const struct idiom_item *item)
{
	const char	*s = item->value.at;
	size_t		 n = item->value.len;

	if (s == NULL || n + item->year_part.len > CELL_MAX)
		return 0;
	if (n == 3 && memcmp(s, "n/a", 3) == 0)
		return 1;
	if (n > 4 && memcmp(s, "ca. ", 4) == 0)
		s += 4;
	else if (n > 3 && (memcmp(s, "≤", 3) == 0 || memcmp(s, "≥", 3) == 0))
		s += 3;
	else if (n > 2 && (*s == '<' || *s == '>') && s[1] == '=')
		s += 2;
	else if (n > 1 && strchr("-<>~", *s) != NULL && *s != '\0')
		s++;
	return number_digit(s, n - (size_t)(s - item->value.at)) > 0;
}
