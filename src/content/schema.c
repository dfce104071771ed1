/* SPDX-License-Identifier: ISC */
/*
 * The keys of capsule.yml and of a page; those of its blocks are in
 * block_rows.c.
 */
#include <stddef.h>
#include <string.h>

#include "content/model.h"
#include "content/schema.h"
#include "content/schema_table.h"
#include "content/written.h"
#include "proto/trees.h"

BESIDE(profile, nhost, host);
BESIDE(section_source, npage, page);
BESIDE(capsule, nlang, lang);
BESIDE(capsule, nsection, section);
BESIDE(members_source, ngroup, group);
BESIDE(members_source, nfigure, figure);
BESIDE(members_source, nlist, list);
static const char *const names_generate[] = { "none", "home", "figures",
    "glossary", "news", "members", "compare", "mirror", NULL };
/* -- capsule.yml ------------------------------------------------------- */

static const struct schema_key lang_keys[] = {
	{ .key = "dir", .type = TYPE_ID, .flags = REQUIRED | NAMES_FILES,
	  .at = AT(lang, dir), .max = 12, .what =
	  "Folder of this language in the capsule and key of its texts: zh." },
	{ .key = "tag", .type = TYPE_TAG, .flags = REQUIRED,
	  .at = AT(lang, tag), .what = "BCP 47 tag of the language: zh-Hans." },
	{ .key = "name", .type = TYPE_STRING, .flags = REQUIRED,
	  .at = AT(lang, name), .what =
	  "The language's own name for itself: 中文." },
};
static const struct schema schema_lang = {
	TABLE("language", lang_keys, lang), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key section_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED | NAMES_FILES,
	  .at = AT(section_source, section.id), .max = SCHEMA_ID_MAX,
	  .what = "Name of the section, unlike that of any other." },
	{ .key = "title", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(section_source, section.title),
	  .what = "Heading of the section on the home page." },
	{ .key = "short", .type = TYPE_SHORT, .flags = REQUIRED,
	  .at = AT(section_source, section.short_title),
	  .what = "The same in at most 27 columns, for narrow menus." },
	{ .key = "pages", .type = TYPE_STRINGS, .item = TYPE_PAGE,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(section_source, npage),
	  .what = "Its pages in reading order; a page is in one section, "
	  "index is in none." },
};
static const struct schema schema_section = {
	TABLE("section", section_keys, section_source),
	.line_at = SCHEMA_NO_LINE,
};

#define NOTICE_TEXT \
	{ .key = "text", .type = TYPE_TEXT, .flags = REQUIRED, \
	  .at = AT(notice, text), .what = "What it says, in one sentence." }
#define NOTICE_DATES \
	{ .key = "date", .type = TYPE_DATE, .flags = REQUIRED, \
	  .at = AT(notice, date), .what = "From when." }, \
	{ .key = "until", .type = TYPE_DATE, .flags = REQUIRED, \
	  .at = AT(notice, until), .what = \
	  "Last day on which it stands; an edition with a later date is " \
	  "built without it." }

static const struct schema_key notice_keys[] = { NOTICE_TEXT, NOTICE_DATES };
static const struct schema schema_notice = {
	TABLE("notice", notice_keys, notice), .line_at = SCHEMA_NO_LINE,
};

/* Each of several notices also has a severity. */
static const struct schema_key notices_keys[] = {
	NOTICE_TEXT,
	{ .key = "severity", .type = TYPE_ENUM, .names = names_severity,
	  .flags = REQUIRED, .at = AT(notice, severity), .what =
	  "How much hangs on it." },
	NOTICE_DATES
};
static const struct schema schema_notices = {
	TABLE("notices", notices_keys, notice), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key group_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(member_group_source, id), .max = SCHEMA_ID_MAX,
	  .what = "Name of the group; that of a folder with its packages." },
	{ .key = "title", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(member_group_source, title),
	  .what = "Heading of the group in the directory." },
	{ .key = "in", .type = TYPE_ID, .at = AT(member_group_source, in),
	  .max = SCHEMA_ID_MAX, .what =
	  "The group that this one is a part of, as a prefecture of its "
	  "province; that one is in no other." },
};
static const struct schema schema_group = {
	TABLE("group", group_keys, member_group_source),
	.line_at = SCHEMA_NO_LINE,
};

static const struct schema_key compare_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(member_figure, id), .max = SCHEMA_ID_MAX,
	  .what = "Id of a figure that members have on their pages." },
	{ .key = "label", .type = TYPE_WORD, .flags = REQUIRED,
	  .at = AT(member_figure, label), .what = "Heading of its column." },
	{ .key = "unit", .type = TYPE_ID, .at = AT(member_figure, unit_id),
	  .max = SCHEMA_ID_MAX, .what = "Unit of the column; a member's figure in another unit is "
	  "left out." },
};
static const struct schema schema_compare = {
	TABLE("compared", compare_keys, member_figure),
	.line_at = SCHEMA_NO_LINE,
};

static const struct schema_key member_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(member_source, id), .min = 3, .max = 40,
	  .what = "Id of a package in the folder." },
	{ .key = "group", .type = TYPE_ID, .at = AT(member_source, group),
	  .max = SCHEMA_ID_MAX, .what =
	  "Its group, in place of the folder that it lies in." },
	{ .key = "key", .type = TYPE_KEY, .at = AT(member_source, key),
	  .what = "Its publisher's public key, in place of the one that its "
	  "pages name." },
};
static const struct schema schema_member = {
	TABLE("member", member_keys, member_source),
	.line_at = SCHEMA_NO_LINE,
};

static const struct schema_key members_keys[] = {
	{ .key = "folder", .type = TYPE_STRING, .flags = REQUIRED,
	  .at = AT(members_source, folder), .what =
	  "Folder of the members' packages, from the capsule's own; those of "
	  "a group may lie in a folder with the group's id, in that of the "
	  "group that it is a part of or beside it." },
	{ .key = "groups", .type = TYPE_LIST, .sub = &schema_group,
	  .at = AT(members_source, ngroup), .max = MEMBER_GROUPS,
	  .what = "The groups in the order of the directory." },
	{ .key = "figures", .type = TYPE_LIST, .sub = &schema_compare,
	  .at = AT(members_source, nfigure), .max = MEMBER_FIGURES,
	  .what = "Figures of the members that stand side by side." },
	{ .key = "list", .type = TYPE_LIST, .sub = &schema_member,
	  .at = AT(members_source, nlist), .what =
	  "What is said of single members by hand." },
};
static const struct schema schema_members = {
	TABLE("members", members_keys, members_source),
	.line_at = SCHEMA_NO_LINE, .lone = "folder",
};

static const struct schema_key capsule_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED | NAMES_FILES,
	  .at = AT(capsule, id), .min = 3, .max = 40,
	  .what = "Name of the capsule and of its package; not that of a "
	  "tree (en, zh, ascii, gb, hz, 40, latin1)." },
	/* Before any text: which languages a text must have. */
	{ .key = "languages", .type = TYPE_LIST, .sub = &schema_lang,
	  .flags = REQUIRED | NOT_EMPTY | LANGUAGES, .at = AT(capsule, nlang),
	  .max = LANG_MAX,
	  .what = "Languages of the capsule, the first is the default." },
	{ .key = "title", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(capsule, title), .what = "Title of the capsule." },
	{ .key = "subtitle", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(capsule, subtitle), .what = "What it is, in one line." },
	{ .key = "hosts", .type = TYPE_STRINGS, .item = TYPE_HOST,
	  .at = AT(capsule, nhost), .what =
	  "Public host names, the first is used in links." },
	{ .key = "old_trees", .type = TYPE_TREES, .at = AT(capsule, trees),
	  .what =
	  "Which language old Gopher clients are given." },
	{ .key = "publisher", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(capsule, publisher), .what = "Who publishes it." },
	{ .key = "source", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(capsule, source), .what = "Where its facts come from." },
	{ .key = "licence", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(capsule, licence), .what =
	  "What others may do with the text." },
	{ .key = "contact", .type = TYPE_PAGE, .flags = REQUIRED,
	  .at = AT(capsule, contact), .what =
	  "The page that every page links as contact." },
	{ .key = "as_of", .type = TYPE_TEXT, .at = AT(capsule, as_of),
	  .what = "As of when the facts of all pages are that do not say "
	  "it themselves." },
	{ .key = "expires_days", .type = TYPE_INT, .min = 1, .max = 3660,
	  .at = AT(capsule, expires_days), .what =
	  "Days after which an edition calls itself old; 365 by default." },
	{ .key = "serial_floor", .type = TYPE_BIGINT, .min = 0,
	  .max = 9007199254740991ULL, .at = AT(capsule, serial_floor),
	  .what = "The edition's number is at least this; 0 by default." },
	{ .key = "key", .type = TYPE_KEY, .at = AT(capsule, key),
	  .what = "Publisher's public key as minisign prints it; build "
	  "refuses to sign with another." },
	{ .key = "units", .type = TYPE_UNITS, .at = AT(capsule, units),
	  .what = "Every unit used by a figure or chart." },
	{ .key = "members", .type = TYPE_MAP, .sub = &schema_members,
	  .at = AT(capsule, members), .what =
	  "Makes it a catalogue: the packages that it lists." },
	{ .key = "sections", .type = TYPE_LIST, .sub = &schema_section,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(capsule, nsection),
	  .max = SECTION_MAX,
	  .what = "Sections of the home page with their pages." },
	{ .key = "replacements", .type = TYPE_REPLACE,
	  .at = AT(capsule, replacements), .what =
	  "What is written instead of strings that a charset lacks." },
	{ .key = "words", .type = TYPE_WORDS, .at = AT(capsule, words),
	  .what = "apeng's own phrases in languages that it does not know." },
	{ .key = "notice", .type = TYPE_MAP, .sub = &schema_notice,
	  .at = AT(capsule, notice), .what =
	  "A dated notice that stands first on home." },
	{ .key = "notices", .type = TYPE_LIST, .sub = &schema_notices,
	  .at = AT(capsule, nnotices), .max = NOTICES_MAX, .what =
	  "Dated notices that stand first on home, the most severe first." },
};
const struct schema schema_capsule = {
	TABLE("capsule", capsule_keys, capsule), .line_at = SCHEMA_NO_LINE,
};

/* -- pages/ID.yml ------------------------------------------------------ */

const char *const names_fallback[] = { "no", "yes", NULL };
const char names_fallback_what[] = "yes: a text may lack languages, and is "
    "shown in the first that has it; no by default.";

static const struct schema_key page_keys[] = {
	{ .key = "title", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(page_head, title), .what = "Title of the page." },
	{ .key = "short", .type = TYPE_SHORT, .flags = REQUIRED,
	  .at = AT(page_head, short_title), .what =
	  "The same in at most 27 columns, for narrow menus." },
	{ .key = "summary", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(page_head, summary), .what =
	  "One sentence, stands under the title." },
	{ .key = "date", .type = TYPE_DATE, .flags = REQUIRED,
	  .at = AT(page_head, date), .what = "Date of the last change." },
	{ .key = "change", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(page_head, change), .what = "What changed then." },
	{ .key = "as_of", .type = TYPE_TEXT, .at = AT(page_head, as_of),
	  .what = "As of when the facts of the page are, as 2018." },
	{ .key = "fallback", .type = TYPE_ENUM, .names = names_fallback,
	  .at = AT(page_head, fallback), .what = names_fallback_what },
	{ .key = "generate", .type = TYPE_ENUM, .names = names_generate,
	  .at = AT(page_head, generate), .what =
	  "What apeng writes as the page's second half." },
	{ .key = "blocks", .type = TYPE_BLOCKS, .at = SCHEMA_NO_LINE,
	  .what = "What stands on the page, in this order." },
};
const struct schema schema_page = {
	TABLE("page", page_keys, page_head), .line_at = SCHEMA_NO_LINE,
};

const struct schema_key *
schema_find(const struct schema *s, const char *key)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->key[i].key, key) == 0)
			return &s->key[i];
	return NULL;
}

void
schema_trees(struct schema_trees *t, int charsets)
{
	const struct tree_row	*row;

	memset(t, 0, sizeof(*t));
	for (row = tree_rows; row < tree_rows + tree_nrows; row++) {
		if (!trees_is_chosen(row))
			continue;
		t->key[t->all.n].key = charsets ? row->charset : row->name;
		t->row[t->all.n++] = row;
	}
	t->all.key = t->key;
}
