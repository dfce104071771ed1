/* SPDX-License-Identifier: ISC */
/*
 * Contacts as gemtext, and as cards (vCard 3.0, RFC 2426) for the address
 * book of a phone.  Days on which an office is closed are left out once the
 * capsule's newest date has passed them.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "proto/hours.h"
#include "proto/idiom.h"
#include "render/contacts.h"
#include "render/content_line.h"
#include "render/pen.h"

/* "Mon-Fri 08:30-12:00 14:00-17:30" of one rule, in the pen's language. */
static void
put_rule(const struct pen *p, const char *rule)
{
	const struct hours_span	*s;
	struct hours		 h;
	size_t			 i;

	if (hours_parse(rule, &h) != NULL)
		return;			/* content/ has checked it */
	for (i = 0; i < h.nday; i++) {
		s = &h.day[i];
		buf_str(p->b, i > 0 ? ", " : "");
		pen_word(p, (enum lang_phrase)(LANG_MO + s->from));
		if (s->to == s->from)
			continue;
		buf_ch(p->b, '-');
		pen_word(p, (enum lang_phrase)(LANG_MO + s->to));
	}
	for (i = 0; i < h.ntime; i++) {
		s = &h.time[i];
		buf_fmt(p->b, " %02u:%02u-%02u:%02u", s->from / 60,
		    s->from % 60, s->to / 60, s->to % 60);
	}
}

static void
put_hours(const struct pen *p, const struct contact *c)
{
	size_t	 i;

	for (i = 0; i < c->nhours; i++) {
		buf_str(p->b, i > 0 ? p->v->marks->list : "");
		put_rule(p, c->hours[i]);
	}
}

/* Put the closed days that have not passed, "2026-10-01 - 2026-10-07". */
static void
put_closed(const struct pen *p, const struct contact *c)
{
	const char	*s, *last;
	size_t		 i, n = 0;

	for (i = 0; i < c->nclosed; i++) {
		s = c->closed[i];
		last = s + strlen(s) - DATE_LEN;
		if (strcmp(last, p->p->newest) < 0)
			continue;
		buf_str(p->b, n++ > 0 ? p->v->marks->list : "");
		buf_add(p->b, s, DATE_LEN);
		if (last != s)
			buf_fmt(p->b, " - %s", last);
	}
}

static void
put_item(const struct pen *p, enum lang_phrase word, const char *text)
{
	const struct idiom_contact_part	 part = { CONTACT_ITEM, { NULL, 0 },
					    slice_of(p->v->word[word]),
					    slice_of(text) };

	if (*text != '\0')
		idiom_contact_part(p->b, p->v->marks, &part);
}

/* Put what fill() writes as an item. */
static void
put_filled(const struct pen *p, enum lang_phrase word,
    const struct contact *c, void (*fill)(const struct pen *,
    const struct contact *))
{
	struct buf	 b = BUF_INIT;
	struct pen	 aside = *p;

	aside.b = &b;
	fill(&aside, c);
	if (!buf_ok(&b))
		p->b->failed = 1;
	else if (b.len > 0)
		put_item(p, word, b.data);
	buf_free(&b);
}

/* Put tel:+862379223344: the number without blanks and other marks. */
static void
tel(struct buf *b, const char *number)
{
	buf_str(b, "tel:");
	for (; *number != '\0'; number++)
		if (strchr("+0123456789", *number) != NULL)
			buf_ch(b, *number);
}

static void
put_phone(const struct pen *p, const struct phone *f)
{
	struct buf			 url = BUF_INIT, text = BUF_INIT;
	struct pen			 aside = *p;
	struct idiom_contact_part	 part = { .kind = CONTACT_PHONE };

	aside.b = &text;
	tel(&url, f->number);
	buf_str(&text, f->number);
	if (f->label.in[0] != NULL) {
		pen_open(&aside);
		buf_str(&text, pen_in(p, &f->label));
		pen_close(&aside);
	}
	if (buf_ok(&url) && buf_ok(&text)) {
		part.url = slice_of(url.data);
		part.word = slice_of(p->v->word[LANG_PHONE]);
		part.text = slice_of(text.data);
		idiom_contact_part(p->b, p->v->marks, &part);
	} else
		p->b->failed = 1;
	buf_free(&url);
	buf_free(&text);
}

static void
put_mail(const struct pen *p, const char *mail)
{
	struct buf			 url = BUF_INIT;
	struct idiom_contact_part	 part = { .kind = CONTACT_MAIL };

	buf_fmt(&url, "mailto:%s", mail);
	if (buf_ok(&url)) {
		part.url = slice_of(url.data);
		part.word = slice_of(p->v->word[LANG_MAIL]);
		part.text = slice_of(mail);
		idiom_contact_part(p->b, p->v->marks, &part);
	} else
		p->b->failed = 1;
	buf_free(&url);
}

static void
put_contact(const struct pen *p, const struct contact *c)
{
	struct idiom_contact	 head = { .name = slice_of(pen_in(p,
				    &c->name)) };
	size_t			 i;

	if (c->role.in[0] != NULL)
		head.role = slice_of(pen_in(p, &c->role));
	idiom_contact_begin(p->b, &head);
	for (i = 0; i < c->nphone; i++)
		put_phone(p, &c->phone[i]);
	if (c->mail != NULL)
		put_mail(p, c->mail);
	put_item(p, LANG_ADDRESS, pen_in(p, &c->address));
	put_filled(p, LANG_HOURS, c, put_hours);
	put_filled(p, LANG_CLOSED, c, put_closed);
	put_item(p, LANG_NOTE, pen_in(p, &c->remark.note));
	if (c->remark.printed != NULL)
		put_item(p, LANG_PRINTED, c->remark.printed);
}

void
contacts_write(const struct pen *p, const struct block *b)
{
	size_t	 i;

	for (i = 0; i < b->contacts.n; i++) {
		put_contact(p, &b->contacts.contact[i]);
		pen_empty(p);
	}
	pen_link(p, "../data/contacts.vcf", LANG_N,
	    p->v->word[LANG_CONTACTS_VCF]);
}

/* -- cards ------------------------------------------------------------- */

static void
card_phone(const struct pen *p, const struct phone *f)
{
	struct buf	 b = BUF_INIT;

	tel(&b, f->number);
	if (buf_ok(&b))
		content_line(p->b, "TEL;TYPE=VOICE", b.data + strlen("tel:"));
	else
		p->b->failed = 1;
	buf_free(&b);
}

/* Put a note: the name in the other languages, and the opening hours. */
static void
card_note(const struct pen *p, const struct contact *c)
{
	struct buf	 b = BUF_INIT;
	struct pen	 aside = *p;
	size_t		 l;

	aside.b = &b;
	for (l = 1; l < p->p->nlang; l++)
		if (c->name.in[l] != NULL &&
		    strcmp(c->name.in[l], c->name.in[0]) != 0)
			buf_fmt(&b, "%s%s", b.len > 0 ? "; " : "",
			    c->name.in[l]);
	if (c->nhours > 0 && b.len > 0)
		buf_str(&b, "; ");
	put_hours(&aside, c);
	if (!buf_ok(&b))
		p->b->failed = 1;
	else if (b.len > 0)
		content_text(p->b, "NOTE", b.data, "");
	buf_free(&b);
}

/*
 * Write the cards.  The whole name stands in the field of the family name,
 * because the profile does not say which of its words that is.
 */
void
contacts_cards(const struct pen *p, const struct block *b)
{
	const struct contact	*c = b->contacts.contact;
	const struct contact	*end = c + b->contacts.n;
	size_t			 i;

	for (; c < end; c++) {
		buf_str(p->b, "BEGIN:VCARD\r\nVERSION:3.0\r\n");
		content_text(p->b, "N", pen_in(p, &c->name), ";;;;");
		content_text(p->b, "FN", pen_in(p, &c->name), "");
		content_text(p->b, "ORG", pen_in(p, &p->p->publisher), "");
		if (c->role.in[0] != NULL)
			content_text(p->b, "TITLE", pen_in(p, &c->role), "");
		for (i = 0; i < c->nphone; i++)
			card_phone(p, &c->phone[i]);
		if (c->mail != NULL)
			content_line(p->b, "EMAIL;TYPE=INTERNET", c->mail);
		if (c->address.in[0] != NULL)
			content_text(p->b, "ADR:;;", pen_in(p, &c->address),
			    ";;;;");
		card_note(p, c);
		buf_str(p->b, "END:VCARD\r\n");
	}
}
