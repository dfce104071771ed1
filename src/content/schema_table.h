/* SPDX-License-Identifier: ISC */
/* What the files that hold tables of keys write them with. */
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

#endif
