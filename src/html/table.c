/* SPDX-License-Identifier: ISC */
/*
 * A table as HTML: the caption, the labels as heads of the columns, the first
 * cell of each row as its head, the totals as the foot.  The text may be a
 * stranger's and is escaped.
 */
#include "base/buf.h"
#include "html/table.h"
#include "html/text.h"
#include "proto/idiom.h"

static void
put_row(const struct idiom_table *t, const struct slice *cell, int is_total,
    const struct html_script *script, struct buf *out)
{
	size_t	 i;

	buf_str(out, is_total ? "</tbody>\n<tfoot>\n<tr>" : "<tr>");
	for (i = 0; i < t->ncol; i++) {
		buf_str(out, i == 0 ? "<th scope=\"row\">" :
		    t->column[i].right ? "<td class=\"n\">" : "<td>");
		html_text(out, cell[i].at, cell[i].len, script);
		buf_str(out, i == 0 ? "</th>" : "</td>");
	}
	buf_str(out, is_total ? "</tr>\n</tfoot>\n" : "</tr>\n");
}

void
html_table(struct idiom_table *t, const struct slice *caption,
    const struct html_script *script, struct buf *out)
{
	struct slice	 cell[IDIOM_TABLE_COLS];
	size_t		 i;
	int		 got;

	buf_str(out, "<div class=\"wide\"><table class=\"grid\">\n");
	if (caption->at != NULL) {
		buf_str(out, "<caption>");
		html_text(out, caption->at, caption->len, script);
		buf_str(out, "</caption>\n");
	}
	buf_str(out, "<thead>\n<tr>");
	for (i = 0; i < t->ncol; i++) {
		buf_str(out, t->column[i].right ?
		    "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
		html_text(out, t->column[i].label.at, t->column[i].label.len,
		    script);
		buf_str(out, "</th>");
	}
	buf_str(out, "</tr>\n</thead>\n<tbody>\n");
	while ((got = idiom_table_next(t, cell)) == 1)
		put_row(t, cell, 0, script, out);
	if (got == 2)
		put_row(t, cell, 1, script, out);
	else
		buf_str(out, "</tbody>\n");
	buf_str(out, "</table></div>\n");
}
