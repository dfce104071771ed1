/* SPDX-License-Identifier: ISC */
/*
 * The keys of an office's blocks: contacts, events, warnings, timetables.  The
 * rows that name them are in block_rows.c.
 */
#include <stddef.h>

#include "content/model.h"
#include "content/schema.h"
#include "content/schema_table.h"

BESIDE(contact, nphone, phone);
BESIDE(contact, nhours, hours);
BESIDE(contact, nclosed, closed);
BESIDE(stop, ntime, time);
BESIDE(block_timetable, n, stop);
_Static_assert(sizeof(enum every) == sizeof(unsigned), "enum size");
_Static_assert(sizeof(enum severity) == sizeof(unsigned), "enum size");

static const char *const names_every[] = { "none", "day", "week", "2-weeks",
    "month", "year", NULL };
const char *const names_severity[] = { "notice", "warning", "danger",
    NULL };

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

static const struct schema_key happening_keys[] = {
	LABEL("title", happening, title, "What takes place."),
	{ .key = "date", .type = TYPE_DATE, .flags = REQUIRED,
	  .at = AT(happening, date), .what = "Its day, or its first one." },
	{ .key = "when", .type = TYPE_TEXT, .at = AT(happening, when),
	  .what = "The day as readers know it, in words or in the calendar "
	  "of their country." },
	{ .key = "last", .type = TYPE_DATE, .at = AT(happening, last),
	  .what = "Its last day, when it takes several." },
	{ .key = "from", .type = TYPE_TIME, .at = AT(happening, from),
	  .what = "When it begins, as 08:30." },
	{ .key = "to", .type = TYPE_TIME, .at = AT(happening, to),
	  .what = "When it ends." },
	{ .key = "place", .type = TYPE_TEXT, .at = AT(happening, place),
	  .what = "Where it is." },
	{ .key = "every", .type = TYPE_ENUM, .names = names_every,
	  .at = AT(happening, every), .what =
	  "How it comes again; none by default." },
	{ .key = "until", .type = TYPE_DATE, .at = AT(happening, until),
	  .what = "The last day on which it may come again." },
	COMMON(happening),
};
const struct schema schema_happening = {
	TABLE("happening", happening_keys, happening), LINE(happening),
};

static const struct schema_key warning_keys[] = {
	LABEL("text", block_warning, text, "What is to be known."),
	{ .key = "severity", .type = TYPE_ENUM, .names = names_severity,
	  .flags = REQUIRED, .at = AT(block_warning, severity), .what =
	  "How much hangs on it." },
	{ .key = "date", .type = TYPE_DATE, .flags = REQUIRED,
	  .at = AT(block_warning, date), .what = "From when it holds." },
	{ .key = "until", .type = TYPE_DATE, .at = AT(block_warning, until),
	  .what = "Last day on which it stands; an edition with a later date "
	  "is built without it." },
};
const struct schema schema_warning = {
	TABLE("warning", warning_keys, block_warning),
	.line_at = SCHEMA_NO_LINE,
};

static const struct schema_key stop_keys[] = {
	LABEL("name", stop, name, "Name of the stop."),
	{ .key = "times", .type = TYPE_STRINGS, .item = TYPE_DEPARTURE,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(stop, ntime), .what =
	  "Its times, as many as every other stop has; \"-\" where there is "
	  "none, \"x\" on request." },
	FACTS(stop, remark.nfact),
};
static const struct schema schema_stop = {
	TABLE("stop", stop_keys, stop), LINE(stop),
};

static const struct schema_key timetable_keys[] = {
	LABEL("caption", block_timetable, caption,
	    "Line before the timetable."),
	{ .key = "stops", .type = TYPE_LIST, .sub = &schema_stop,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block_timetable, n),
	  .max = STOPS_MAX, .what = "The stops, in the order of the way." },
};
const struct schema schema_timetable = {
	TABLE("timetable", timetable_keys, block_timetable),
	.line_at = SCHEMA_NO_LINE,
};
