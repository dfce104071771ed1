/* SPDX-License-Identifier: ISC */
/* Macros for the files that hold tables of keys. */
#ifndef CONTENT_SCHEMA_TABLE_H
#define CONTENT_SCHEMA_TABLE_H

#include <stddef.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define AT(s, m)	offsetof(struct s, m)
#define TABLE(label, keys, s) \
	.name = (label), .key = (keys), .n = COUNT(keys), \
	.size = sizeof(struct s)

/* TYPE_STRINGS and TYPE_LIST store a count and a pointer side by side. */
#define BESIDE(s, a, b)	_Static_assert(offsetof(struct s, b) == \
	    offsetof(struct s, a) + sizeof(size_t), #s ": " #a " " #b)

/* Of a page and of a block. */
extern const char *const names_fallback[];
extern const char names_fallback_what[];

/* Of a warning and of a notice of several. */
extern const char *const names_severity[];

/* Keys that many records have. */
#define FACTS(s, m) \
	{ .key = "facts", .type = TYPE_STRINGS, .item = TYPE_FACT, \
	  .at = AT(s, m), .what = \
	  "Ids of the facts of the source that this carries." }
/* What any record may carry. */
#define COMMON(s) \
	{ .key = "note", .type = TYPE_TEXT, .at = AT(s, remark.note), \
	  .what = \
	  "An editor's note, shown here and collected in the glossary." }, \
	{ .key = "printed", .type = TYPE_STRING, .at = AT(s, remark.printed), \
	  .what = "Spelling as the source prints it." }, \
	FACTS(s, remark.nfact)
#define LABEL(name, s, m, about) \
	{ .key = (name), .type = TYPE_TEXT, .flags = REQUIRED, \
	  .at = AT(s, m), .what = (about) }
#define LINE(s)		.line_at = AT(s, remark.line)

#endif
