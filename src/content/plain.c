/* SPDX-License-Identifier: ISC */
/*
 * Tell an author who does not know YAML what libyaml's errors mean.  A table
 * has libyaml's message, the end of its context where that matters, and our
 * words; the first row that fits counts.  Both strings come from libyaml; a
 * message that is not in the table gives NULL.
 */
#include <string.h>

#include "content/plain.h"

static const struct {
	const char	*problem;
	const char	*context;	/* its end; NULL: any */
	const char	*plain;
} words[] = {
	{ "did not find expected ',' or '}'", NULL, "want \",\" or \"}\" "
	  "here; before it a comma, a brace or a quote mark may be missing, "
	  "or a text with : # , or quote marks in it needs double quotes "
	  "around it" },
	{ "did not find expected ',' or ']'", NULL, "want \",\" or \"]\" "
	  "here; before it a comma, a bracket or a quote mark may be missing"
	  },
	{ "mapping values are not allowed in this context", NULL,
	  "a second \": \" in one value: put double quotes around a text that "
	  "has one in it" },
	{ "could not find expected ':'", NULL, "want \"key: value\" here: the "
	  "colon, or the space behind it, is missing" },
	{ "did not find expected key", "block mapping", "this line stands too "
	  "far to the left or right: line it up with those it belongs to" },
	{ "did not find expected '-' indicator", NULL, "this line stands too "
	  "far to the left or right, or lacks its \"- \": line it up with the "
	  "other items of the list" },
	{ "found unexpected end of stream", "quoted scalar",
	  "the quote mark that begins here or above is never closed" },
	{ "found unexpected document indicator", "quoted scalar",
	  "the quote mark that begins here or above is never closed" },
	{ "found character that cannot start any token", NULL,
	  "no text may begin with this character: put double quotes around "
	  "the text" },
	{ "block sequence entries are not allowed in this context", NULL,
	  "no \"- \" may stand here: begin a line with it, lined up with the "
	  "other items of the list" },
	{ "did not find expected node content", NULL,
	  "a value is missing here" },
	{ "did not find expected <document start>", NULL, "this line belongs "
	  "to nothing above it: line it up, or write \"key: value\"" },
	{ "found unknown escape character", NULL, "a backslash in double "
	  "quotes must be written twice: \\\\" },
	{ "did not find expected hexdecimal number", NULL, "a backslash in "
	  "double quotes must be written twice: \\\\" },
	{ "found undefined tag handle", NULL, "no text may begin with \"!\": "
	  "put double quotes around the text" },
	{ "did not find expected alphabetic or numeric character", NULL,
	  "no text may begin with \"*\" or \"&\": put double quotes around "
	  "the text" },
};

const char *
plain_problem(const char *problem, const char *context)
{
	size_t	 i, n, len = context == NULL ? 0 : strlen(context);

	if (problem == NULL)
		return NULL;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].problem, problem) != 0)
			continue;
		if (words[i].context == NULL)
			return words[i].plain;
		n = strlen(words[i].context);
		if (len >= n &&
		    strcmp(context + len - n, words[i].context) == 0)
			return words[i].plain;
	}
	return NULL;
}
