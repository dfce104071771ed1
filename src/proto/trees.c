/* SPDX-License-Identifier: ISC */
/*
 * The rows of the trees.  A new tree is a row here and, if its charset is new,
 * a file in charset/.  From this table content/ accepts the tree in
 * capsule.yml, view/ shows it and `apeng export' writes it.
 */
#include <string.h>
#include <strings.h>

#include "proto/trees.h"

/* Languages that ISO 8859-1 can write; it lacks a rare letter of some. */
#define LATIN1 \
	"fr es pt de it nl sv da nb nn no is fo fi ca gl eu oc gd ga sq af " \
	"sw id tl qu gn rm lb br"

const struct tree_row	tree_language = {
	.charset = "utf8", .text_cols = 67, .menu_cols = 67, .label = "UTF-8",
	.sibling = { "ascii", "latin1" },
};

const struct tree_row	tree_rows[] = {
	{ .name = "ascii", .with = "ascii", .charset = "ascii",
	  .text_cols = 67, .menu_cols = 67, .label = "ASCII",
	  .sibling = { "gb", "latin1" }, .folder = "ascii", .tags = "en",
	  .top = 0x7e, .what = "Language of the 7-bit trees /ascii and /40." },
	{ .name = "40", .with = "ascii", .charset = "ascii",
	  .text_cols = 38, .menu_cols = 27, .label = "40 columns",
	  .sibling = { "ascii" } },
	{ .name = "gb", .with = "gb", .charset = "gb2312",
	  .text_cols = 66, .menu_cols = 66, .label = "GB2312",
	  .sibling = { "ascii", "latin1" }, .folder = "gb2312",
	  .tags = "zh$ zh-Hans zh-CN zh-SG",
	  .what = "Language of the GB2312 trees /gb and /hz." },
	{ .name = "hz", .with = "gb", .charset = "hz",
	  .text_cols = 66, .menu_cols = 66, .label = "HZ, 7-bit",
	  .sibling = { "gb" } },
	{ .name = "latin1", .with = "latin1", .charset = "latin1",
	  .text_cols = 67, .menu_cols = 67, .label = "ISO 8859-1",
	  .sibling = { "ascii", "gb" }, .folder = "latin1", .tags = LATIN1,
	  .top = 0xff, .what = "Language of the ISO 8859-1 tree /latin1." },
};
const size_t	tree_nrows = sizeof(tree_rows) / sizeof(tree_rows[0]);

_Static_assert(sizeof(tree_rows) / sizeof(tree_rows[0]) <= TREES_MAX,
    "TREES_MAX");

const struct tree_row *
trees_find(const char *name)
{
	size_t	 i;

	for (i = 0; i < tree_nrows; i++)
		if (strcmp(tree_rows[i].name, name) == 0)
			return &tree_rows[i];
	return NULL;
}

int
trees_is_chosen(const struct tree_row *row)
{
	return strcmp(row->name, row->with) == 0;
}

int
trees_speaks(const struct tree_row *row, const char *tag)
{
	const char	*s;
	size_t		 n;

	if (row->tags == NULL)
		return 0;
	for (s = row->tags; *s != '\0'; s += n + strspn(s + n, "$ ")) {
		n = strcspn(s, "$ ");
		if (strncasecmp(s, tag, n) == 0 && (tag[n] == '\0' ||
		    (tag[n] == '-' && s[n] != '$')))
			return 1;
	}
	return 0;
}
