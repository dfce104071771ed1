/* SPDX-License-Identifier: ISC */
/*
 * Tables: columns of text with a rule below their labels or, if 38 columns are
 * too few, a record for each row.
 *
 * The writer gives each column the width of its widest cell, and the rest of
 * the columns to those with long labels; labels are broken at blanks and
 * between Chinese characters.  The reader takes the columns from the rule and
 * the labels from the alt text, which must have the same text as the lines
 * above the rule; without that a drawing is no table.  All bytes that are read
 * are a stranger's.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/idiom_scan.h"

#define GAP		2	/* blanks between columns; 1 if 2 do not fit */
#define LABEL_LINES	5	/* lines of a label at most */
#define NOTHING		"-"	/* is written for an empty cell */

/* How a table is laid out. */
struct layout {
	size_t	 width[IDIOM_TABLE_COLS];
	size_t	 gap;
	size_t	 lines;			/* of the longest label */
};

static size_t
cols(const struct slice *s)
{
	return text_width(s->at, s->len);
}

static struct slice
cell_of(const struct idiom_table *t, size_t row, size_t column)
{
	const struct slice	*s = &t->cell[row * t->ncol + column];

	return s->len > 0 ? *s : slice_of(NOTHING);
}

/* -- labels over several lines ----------------------------------------- */

/* Bytes of s that stay on one line: a word, or a Chinese character. */
static size_t
atom(const char *s, size_t len)
{
	const size_t	 open = strlen("（");
	uint32_t	 cp;
	size_t		 i, n;

	if (len >= open && memcmp(s, "（", open) == 0)
		for (i = open; i < len; i++)
			if (idiom_is_closing(s + i, len - i))
				return i + strlen("）");
	for (i = 0; i < len && s[i] != ' '; i += n) {
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0)
			n = 1, cp = '?';
		if (idiom_is_closing(s + i, len - i))
			continue;
		if (i > 0 && text_is_cjk(cp))
			break;
		if (text_is_cjk(cp) && !idiom_is_closing(s + n, len - n))
			return n;
	}
	return i;
}

/* The next line of a label of at most that many columns; rest moves on. */
static struct slice
label_line(struct slice *rest, size_t width)
{
	struct slice	 line;
	size_t		 n, blanks;

	scan_blanks(rest);
	line = *rest;
	n = atom(rest->at, rest->len);
	while (n < rest->len) {
		for (blanks = 0; n + blanks < rest->len &&
		    rest->at[n + blanks] == ' ';)
			blanks++;
		blanks += atom(rest->at + n + blanks, rest->len - n - blanks);
		if (text_width(rest->at, n + blanks) > width)
			break;
		n += blanks;
	}
	line.len = n;
	scan_skip(rest, n);
	scan_blanks(rest);
	return line;
}

static size_t
label_lines(struct slice label, size_t width)
{
	size_t	 n = 0;

	for (; label.len > 0; n++)
		label_line(&label, width);
	return n;
}

/* -- the layout -------------------------------------------------------- */

/* The least width of a column: its widest cell, or word of its label. */
static size_t
least(const struct idiom_table *t, size_t column)
{
	struct slice	 s, rest = t->column[column].label;
	size_t		 i, w, most = 1;

	for (i = 0; i < t->nrow; i++) {
		s = cell_of(t, i, column);
		w = cols(&s);
		most = w > most ? w : most;
	}
	for (scan_blanks(&rest); rest.len > 0; scan_blanks(&rest)) {
		s = rest;
		s.len = atom(rest.at, rest.len);
		w = cols(&s);
		most = w > most ? w : most;
		scan_skip(&rest, s.len);
	}
	return most;
}

/* Give each spare column to the column whose label has the most lines. */
static void
widen(const struct idiom_table *t, struct layout *l, size_t left)
{
	size_t	 lines[IDIOM_TABLE_COLS], i, top;

	for (;;) {
		l->lines = 0;
		for (i = top = 0; i < t->ncol; i++) {
			lines[i] = label_lines(t->column[i].label,
			    l->width[i]);
			if (lines[i] > l->lines) {
				l->lines = lines[i];
				top = i;
			}
		}
		if (left == 0 || l->lines <= 1)
			return;
		l->width[top]++;
		left--;
	}
}

/* 1: the table fits into IDIOM_COLS columns. */
static int
fits(const struct idiom_table *t, struct layout *l)
{
	size_t	 i, sum = 0;

	for (i = 0; i < t->ncol; i++)
		sum += l->width[i] = least(t, i);
	for (l->gap = GAP; l->gap > 0; l->gap--)
		if (sum + (t->ncol - 1) * l->gap <= IDIOM_COLS)
			break;
	if (l->gap == 0)
		return 0;
	widen(t, l, IDIOM_COLS - sum - (t->ncol - 1) * l->gap);
	return l->lines <= LABEL_LINES;
}

/* -- writing ----------------------------------------------------------- */

static void
pad(struct buf *b, size_t n)
{
	for (; n > 0; n--)
		buf_ch(b, ' ');
}

static void
put_cell(struct buf *line, const struct idiom_table *t,
    const struct layout *l, size_t i, const struct slice *s)
{
	size_t	 room = l->width[i] - cols(s);

	pad(line, i > 0 ? l->gap : 0);
	if (t->column[i].right)
		pad(line, room);
	buf_add(line, s->at, s->len);
	if (!t->column[i].right)
		pad(line, room);
}

/*
 * Write a line and empty it.  0: the line is not written, because no reader
 * would find its columns: idiom_line() would put a blank before it, or it looks
 * like the rule.
 */
static int
end_line(struct buf *b, struct buf *line)
{
	size_t	 n = 0;
	int	 good;

	if (!buf_ok(line))
		return 0;
	while (n < line->len && (line->data[n] == '-' || line->data[n] == ' '))
		n++;
	good = n < line->len && line->data[0] != '.' &&
	    (line->len < 3 || memcmp(line->data, "```", 3) != 0);
	if (good)
		idiom_line(b, line->data, line->len);
	buf_reset(line);
	return good;
}

static void
put_rule(struct buf *b, const struct idiom_table *t, const struct layout *l)
{
	size_t	 i, n;

	for (i = 0; i < t->ncol; i++) {
		pad(b, i > 0 ? l->gap : 0);
		for (n = 0; n < l->width[i]; n++)
			buf_ch(b, '-');
	}
	buf_ch(b, '\n');
}

/* Write the labels; a label with fewer lines takes the lower ones. */
static int
put_labels(struct buf *b, struct buf *line, const struct idiom_table *t,
    const struct layout *l)
{
	struct slice	 rest[IDIOM_TABLE_COLS], s;
	size_t		 lines[IDIOM_TABLE_COLS], i, k;

	for (i = 0; i < t->ncol; i++) {
		rest[i] = t->column[i].label;
		lines[i] = label_lines(rest[i], l->width[i]);
	}
	for (k = 0; k < l->lines; k++) {
		for (i = 0; i < t->ncol; i++) {
			s = (struct slice){ "", 0 };
			if (k >= l->lines - lines[i])
				s = label_line(&rest[i], l->width[i]);
			put_cell(line, t, l, i, &s);
		}
		if (!end_line(b, line))
			return 0;
	}
	return 1;
}

static void
put_alt(struct buf *b, const struct idiom_marks *m, const char *word,
    const struct idiom_table *t)
{
	size_t	 i;

	buf_str(b, "``` ");
	buf_str(b, word);
	for (i = 0; i < t->ncol; i++) {
		buf_str(b, i == 0 ? m->colon : m->list);
		buf_add(b, t->column[i].label.at, t->column[i].label.len);
	}
	buf_ch(b, '\n');
}

/* 0: the table cannot be a block; the caller removes what was appended. */
static int
put_block(struct buf *b, const struct idiom_marks *m, const char *word,
    const struct idiom_table *t)
{
	struct layout	 l;
	struct buf	 line = BUF_INIT;
	struct slice	 s;
	size_t		 i, k;
	int		 good;

	if (!fits(t, &l))
		return 0;
	put_alt(b, m, word, t);
	good = put_labels(b, &line, t, &l);
	put_rule(b, t, &l);
	for (k = 0; good && k < t->nrow; k++) {
		if (k + 1 == t->nrow && t->has_total)
			put_rule(b, t, &l);
		for (i = 0; i < t->ncol; i++) {
			s = cell_of(t, k, i);
			put_cell(&line, t, &l, i, &s);
		}
		good = end_line(b, &line);
	}
	idiom_block_end(b);
	b->failed |= line.failed;
	buf_free(&line);
	return good;
}

static void
put_records(struct buf *b, const struct idiom_marks *m,
    const struct idiom_table *t)
{
	static const struct idiom_words	 none;
	struct idiom_item		 item;
	struct slice			 s;
	size_t				 i, k;

	for (k = 0; k < t->nrow; k++) {
		if (k > 0)
			buf_ch(b, '\n');
		buf_str(b, "### ");
		if (k + 1 < t->nrow || !t->has_total) {
			buf_add(b, t->column[0].label.at,
			    t->column[0].label.len);
			buf_str(b, m->colon);
		}
		s = cell_of(t, k, 0);
		buf_add(b, s.at, s.len);
		buf_ch(b, '\n');
		for (i = 1; i < t->ncol; i++) {
			memset(&item, 0, sizeof(item));
			item.name = t->column[i].label;
			item.value = cell_of(t, k, i);
			buf_str(b, "* ");
			idiom_item_write(b, m, &none, &item);
			buf_ch(b, '\n');
		}
	}
}

void
idiom_table_write(struct buf *b, const struct idiom_marks *m,
    const char *word, const struct idiom_table *t)
{
	const size_t	 len = b->len;

	if (put_block(b, m, word, t))
		return;
	buf_cut(b, len);
	put_records(b, m, t);
}

/* -- reading a block --------------------------------------------------- */

/* 1: the line is a rule: two runs of '-' or more with blanks between them. */
static int
rule_read(const struct slice *line, struct idiom_table *t)
{
	size_t	 i = 0;

	t->ncol = 0;
	while (i < line->len) {
		if (t->ncol == IDIOM_TABLE_COLS || line->at[i] != '-')
			return 0;
		t->column[t->ncol].from = i;
		while (i < line->len && line->at[i] == '-')
			i++;
		t->column[t->ncol++].to = i;
		while (i < line->len && line->at[i] == ' ')
			i++;
	}
	return t->ncol >= 2 && t->column[t->ncol - 1].to == line->len;
}

static int
is_rule(const struct slice *line, const struct idiom_table *t)
{
	struct idiom_table	 other;
	size_t			 i;

	if (!rule_read(line, &other) || other.ncol != t->ncol)
		return 0;
	for (i = 0; i < t->ncol; i++)
		if (other.column[i].from != t->column[i].from ||
		    other.column[i].to != t->column[i].to)
			return 0;
	return 1;
}

/* 1: the line has only blanks outside its columns; cell[] is set. */
static int
cut_row(const struct slice *line, const struct idiom_table *t,
    struct slice cell[IDIOM_TABLE_COLS])
{
	const char	*at, *end, *last = line->at;
	size_t		 i, from, to;

	for (i = 0; i < t->ncol; i++) {
		from = scan_column(line, t->column[i].from);
		to = scan_column(line, t->column[i].to);
		if (from == SIZE_MAX || to == SIZE_MAX || to < from)
			return 0;
		at = line->at + from;
		end = line->at + to;
		for (; last < at; last++)
			if (*last != ' ')
				return 0;
		cell[i] = scan_trimmed(at, end);
		last = end;
	}
	return last == line->at + line->len;
}

/*
 * Take the labels from the alt text.  The cells of the lines above the rule
 * show where each label ends.
 */
static int
labels_read(const struct idiom_block *b, struct idiom_table *t, size_t lines,
    struct slice alt)
{
	struct slice	 rest, line, cell[IDIOM_TABLE_COLS];
	const char	*start;
	size_t		 i, k;

	for (i = 0; i < t->ncol; i++) {
		scan_blanks(&alt);
		start = alt.at;
		rest = b->lines;
		for (k = 0; k < lines && idiom_next_line(&rest, &line); k++)
			if (!cut_row(&line, t, cell) ||
			    !scan_same(&cell[i], &alt, NULL))
				return 0;
		t->column[i].label = scan_trimmed(start, alt.at);
		if (t->column[i].label.len == 0 || !scan_row_ends(&alt))
			return 0;
	}
	return alt.len == 0;
}

/* 1: a number, or the mark of an empty cell. */
static int
begins_number(const struct slice *s)
{
	size_t	 minus = s->at[0] == '-';

	return s->len == minus ||
	    (s->at[minus] >= '0' && s->at[minus] <= '9');
}

/* Find out from the rows which columns have their cells at the right edge. */
static void
find_sides(struct idiom_table *t)
{
	struct idiom_table	 at = *t;
	struct slice		 cell[IDIOM_TABLE_COLS];
	const char		*line;
	int			 left[IDIOM_TABLE_COLS] = { 0 };
	size_t			 i, from, to;

	while (idiom_table_next(&at, cell) != 0) {
		for (line = cell[0].at; line > t->rest.at &&
		    line[-1] != '\n'; line--)
			continue;
		for (i = 0; i < t->ncol; i++) {
			from = text_width(line, (size_t)(cell[i].at - line));
			to = from + cols(&cell[i]);
			if (cell[i].len == 0)
				continue;
			if (to < t->column[i].to)
				left[i] = 1;
			else if (from > t->column[i].from ||
			    begins_number(&cell[i]))
				t->column[i].right = 1;
		}
	}
	for (i = 0; i < t->ncol; i++)
		t->column[i].right &= !left[i];
}

/* 1: every line below the labels is a row, or the rule before the totals. */
static int
rows_read(struct idiom_table *t)
{
	struct slice	 rest = t->rest, line, cell[IDIOM_TABLE_COLS];

	while (idiom_next_line(&rest, &line)) {
		if (is_rule(&line, t)) {
			if (t->has_total || t->nrow == 0 ||
			    !idiom_next_line(&rest, &line) || rest.at != NULL)
				return 0;
			t->has_total = 1;
		}
		if (!cut_row(&line, t, cell))
			return 0;
		t->nrow++;
	}
	return t->nrow > 0;
}

int
idiom_table_read(const struct idiom_block *b, struct idiom_table *t)
{
	struct slice	 line, alt = b->alt, names;
	size_t		 lines = 0;

	memset(t, 0, sizeof(*t));
	t->rest = b->lines;
	for (;; lines++) {
		if (lines > LABEL_LINES || !idiom_next_line(&t->rest, &line))
			return 0;
		if (lines > 0 && rule_read(&line, t))
			break;
	}
	if (t->rest.at == NULL || !rows_read(t))
		return 0;
	while (scan_names(&alt, &names))
		if (labels_read(b, t, lines, names)) {
			find_sides(t);
			return 1;
		}
	return 0;
}

/* -- reading records --------------------------------------------------- */

/* Read a name, up to the first colon, and the value behind the colon. */
static int
pair_read(const struct gemtext_line *l, struct slice *name,
    struct slice *value)
{
	static const char *const	 colons[] = { "\u00a0: ", ": ", "：" };
	struct slice			 rest = { l->text, l->len };
	size_t				 i;

	for (; rest.len > 0; scan_skip(&rest, 1))
		for (i = 0; i < sizeof(colons) / sizeof(colons[0]); i++) {
			if (!scan_begins(&rest, colons[i]))
				continue;
			*name = scan_trimmed(l->text, rest.at);
			*value = scan_trimmed(rest.at + strlen(colons[i]),
			    l->text + l->len);
			return name->len > 0 && value->len > 0;
		}
	return 0;
}

static int
is_same(const struct slice *a, const struct slice *b)
{
	return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

/*
 * Read one record; g moves behind its items.  The first record gives the
 * labels, and the others must have the same.  1: a record; 2: the totals; 0: no
 * record.
 */
static int
record_read(struct gemtext *g, struct idiom_table *t, int is_first,
    struct slice cell[IDIOM_TABLE_COLS])
{
	struct gemtext_line	 l;
	struct gemtext		 next;
	struct slice		 name;
	size_t			 n = 1;
	int			 rv = 1;

	while (gemtext_next(g, &l) && l.type == GEMTEXT_TEXT && l.len == 0)
		if (is_first)
			return 0;
	if (l.type != GEMTEXT_HEADING3 || l.len == 0)
		return 0;
	if (!pair_read(&l, &name, &cell[0]) || (!is_first &&
	    !is_same(&name, &t->column[0].label))) {
		if (is_first)
			return 0;
		cell[0] = scan_trimmed(l.text, l.text + l.len);
		rv = 2;
	} else
		t->column[0].label = name;
	for (next = *g; gemtext_next(&next, &l) && l.type == GEMTEXT_LIST;
	    *g = next, n++) {
		if (n == (is_first ? IDIOM_TABLE_COLS : t->ncol) ||
		    !pair_read(&l, &name, &cell[n]) || (!is_first &&
		    !is_same(&name, &t->column[n].label)))
			return 0;
		t->column[n].label = name;
	}
	if (is_first)
		t->ncol = n;
	return n >= 2 && n == t->ncol ? rv : 0;
}

int
idiom_records_read(const char *s, size_t len, struct idiom_table *t,
    size_t *used)
{
	struct gemtext	 g;
	struct slice	 cell[IDIOM_TABLE_COLS];
	int		 got;

	memset(t, 0, sizeof(*t));
	t->is_records = 1;
	gemtext_start(&g, s, len);
	while (!t->has_total &&
	    (got = record_read(&g, t, t->nrow == 0, cell)) != 0) {
		t->has_total = got == 2;
		t->nrow++;
		*used = (size_t)(g.at - s);
	}
	if (t->nrow < 2)
		return 0;
	t->rest = (struct slice){ s, *used };
	return 1;
}

int
idiom_table_next(struct idiom_table *t, struct slice cell[IDIOM_TABLE_COLS])
{
	struct gemtext	 g;
	struct slice	 line;
	int		 rv = 1;

	if (t->is_records) {
		if (t->rest.len == 0)
			return 0;
		gemtext_start(&g, t->rest.at, t->rest.len);
		rv = record_read(&g, t, 0, cell);
		scan_skip(&t->rest, (size_t)(g.at - t->rest.at));
		return rv;
	}
	if (!idiom_next_line(&t->rest, &line))
		return 0;
	if (is_rule(&line, t)) {
		if (!idiom_next_line(&t->rest, &line))
			return 0;
		rv = 2;
	}
	return cut_row(&line, t, cell) ? rv : 0;
}
