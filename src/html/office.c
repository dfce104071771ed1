/* SPDX-License-Identifier: ISC */
/*
 * Contacts, notices and rows of timetables as HTML.  proto/idiom.h has read
 * them from a page that may be a stranger's, so each text is escaped here.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/office.h"
#include "html/text.h"

/*
 * Write a way to reach the contact.  A phone number is written from left to
 * right on any page.
 */
static void
put_reach(struct buf *b, const struct idiom_contact_part *p,
    const struct html_script *script)
{
	size_t	 number = 0;

	buf_str(b, "<li>");
	if (p->word.at != NULL)		/* with the colon behind it */
		html_text(b, p->word.at, (size_t)(p->text.at - p->word.at),
		    script);
	if (p->kind == CONTACT_PHONE)
		number = html_phone(p->text.at, p->text.len);
	if (p->kind != CONTACT_ITEM) {
		buf_str(b, "<a href=\"");
		text_markup(p->url.at, p->url.len, b);
		buf_str(b, number > 0 ? "\"><bdi dir=\"ltr\">" : "\">");
		if (number > 0)
			text_markup(p->text.at, number, b);
		else
			html_text(b, p->text.at, p->text.len, script);
		buf_str(b, number > 0 ? "</bdi></a>" : "</a>");
	}
	if (p->kind == CONTACT_ITEM || number > 0)
		html_text(b, p->text.at + number, p->text.len - number, script);
	buf_str(b, "</li>\n");
}

void
html_contact(struct buf *b, const struct idiom_contact *c, int level,
    const struct html_script *script)
{
	struct idiom_contact_part	 p;
	struct slice			 parts = c->parts;

	buf_fmt(b, "<h%d>", level);
	html_text(b, c->name.at, c->name.len, script);
	buf_fmt(b, "</h%d>\n<address>\n", level);
	if (c->role.at != NULL) {
		buf_str(b, "<p>");
		html_text(b, c->role.at, c->role.len, script);
		buf_str(b, "</p>\n");
	}
	buf_str(b, "<ul class=\"links\">\n");
	while (idiom_contact_next(&parts, &p))
		put_reach(b, &p, script);
	buf_str(b, "</ul>\n</address>\n");
}

void
html_notice(struct buf *b, const struct idiom_notice *n,
    const struct html_script *script)
{
	static const char *const	 names[] = { "notice", "warning",
					    "danger" };

	buf_fmt(b, "<div class=\"%s\" role=\"note\"><p><strong>", names[n->level - 1]);
	html_text(b, n->word.at, n->word.len, script);
	buf_str(b, "</strong>");
	if (n->dates.at != NULL) {
		buf_str(b, " (");
		html_text(b, n->dates.at, n->dates.len, script);
		buf_str(b, ")");
	}
	buf_str(b, "</p><p>");
	html_text(b, n->text.at, n->text.len, script);
	buf_str(b, "</p></div>\n");
}

void
html_stop(struct buf *b, const struct slice *name, const struct slice *times,
    const struct html_script *script)
{
	struct slice	 rest = *times, time;

	buf_str(b, "<tr><th scope=\"row\">");
	html_text(b, name->at, name->len, script);
	buf_str(b, "</th>");
	while (idiom_time_next(&rest, &time)) {
		buf_str(b, "<td>");
		html_text(b, time.at, time.len, script);
		buf_str(b, "</td>");
	}
	buf_str(b, "</tr>\n");
}
