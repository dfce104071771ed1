/* SPDX-License-Identifier: ISC */
/*
 * Finds the type of a file's content by the end of its name: Gopher's item type
 * and Gemini's MIME type. Both are in one table, so that the two protocols
 * agree about a file. A name with none of these ends means plain bytes.
 */
#include <string.h>

#include "proto/types.h"

static const struct type types[] = {
	{ ".gmi",	'0',	"text/gemini" },
	{ ".txt",	'0',	"text/plain" },
	{ ".csv",	'0',	"text/csv" },
	{ ".vcf",	'0',	"text/vcard" },
	{ ".ics",	'0',	"text/calendar" },
	{ ".xml",	'0',	"application/atom+xml" },
	{ ".json",	'0',	"application/json" },
	{ ".gpub",	'9',	"application/gpub+zip" },
	{ ".gif",	'g',	"image/gif" },
	{ ".png",	'I',	"image/png" },
	{ ".jpg",	'I',	"image/jpeg" },
	{ ".webp",	'I',	"image/webp" },
	{ ".pdf",	'9',	"application/pdf" },
	{ "",		'9',	"application/octet-stream" }
};

const struct type *
type_of(const char *path, size_t len)
{
	const struct type	*t;
	size_t			 n;

	for (t = types; *t->suffix != '\0'; t++) {
		n = strlen(t->suffix);
		if (len > n && memcmp(path + len - n, t->suffix, n) == 0)
			break;
	}
	return t;
}

int
type_is_text(const struct type *t)
{
	return t->item == '0';
}
