/* SPDX-License-Identifier: ISC */
/*
 * The keys of an office's blocks: contacts.  The rows that name them are in
 * block_rows.c.
 */
#include <stddef.h>

#include "content/profile.h"
#include "content/schema.h"
#include "content/schema_table.h"

BESIDE(contact, nphone, phone);
BESIDE(contact, nhours, hours);
BESIDE(contact, nclosed, closed);

static const struct schema_key phone_keys[] = {
	{ .key = "number", .type = TYPE_PHONE, .flags = REQUIRED,
	  .at = AT(phone, number), .what =
	  "The number as people write it; with the country's, as "
	  "+86 23 7922 3344, it can be dialled from anywhere." },
	{ .key = "label", .type = TYPE_TEXT, .at = AT(phone, label),
	  .what = "Which phone it is: duty, fax." },
};
static const struct schema schema_phone = {
	TABLE("phone", phone_keys, phone), .line_at = SCHEMA_NO_LINE,
	.lone = "number",
};

static const struct schema_key contact_keys[] = {
	LABEL("name", contact, name, "Name of the person or office."),
	{ .key = "role", .type = TYPE_TEXT, .at = AT(contact, role),
	  .what = "What that one does there." },
	{ .key = "phones", .type = TYPE_LIST, .sub = &schema_phone,
	  .at = AT(contact, nphone), .max = 8, .what =
	  "Phone numbers, each alone or with a label." },
	{ .key = "mail", .type = TYPE_MAIL, .at = AT(contact, mail),
	  .what = "Mail address." },
	{ .key = "address", .type = TYPE_TEXT, .at = AT(contact, address),
	  .what = "Where to go or write to." },
	{ .key = "hours", .type = TYPE_STRINGS, .item = TYPE_HOURS,
	  .flags = NOT_EMPTY, .at = AT(contact, nhours), .what =
	  "When it is open, as Mo-Fr 08:30-12:00 14:00-17:30." },
	{ .key = "closed", .type = TYPE_STRINGS, .item = TYPE_DAYS,
	  .flags = NOT_EMPTY, .at = AT(contact, nclosed), .what =
	  "Days on which it is closed all the same, as 2026-10-01 or "
	  "2026-10-01..2026-10-07; past ones are left out." },
	COMMON(contact),
};
const struct schema schema_contact = {
	TABLE("contact", contact_keys, contact), LINE(contact),
};
