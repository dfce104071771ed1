#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "content/load.h"
#include "content/profile.h"
#include "content/schema.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define AT(s, m)	offsetof(struct s, m)
#define TABLE(label, keys, s) \
	.name = (label), .key = (keys), .n = COUNT(keys), \
	.size = sizeof(struct s)

/* TYPE_STRINGS and TYPE_LIST store a count and a pointer side by side. */
#define BESIDE(s, a, b)	_Static_assert(offsetof(struct s, b) == \
	    offsetof(struct s, a) + sizeof(size_t), #s ": " #a " " #b)
BESIDE(profile, nhost, host);
BESIDE(record, nfact, fact);
BESIDE(block, nfact, fact);
BESIDE(block, nrecord, record);
BESIDE(block, nedge, edge);
BESIDE(section_source, npage, page);
BESIDE(capsule, nlang, lang);
BESIDE(capsule, nsection, section);
_Static_assert(sizeof(enum line_kind) == sizeof(unsigned), "enum size");
_Static_assert(offsetof(struct record, y) == offsetof(struct record, x) +
    sizeof(unsigned), "x y");

static const char *const names_generate[] = { "none", "home", "figures",
    "glossary", "news", "mirror", NULL };
static const char *const names_kind[] = { "rail", "road", "air", "water",
    NULL };
static const char *const names_status[] = { "open", "faster", "building",
    "planned", NULL };

/* -- capsule.yml ------------------------------------------------------- */

static const struct schema_key lang_keys[] = {
	{ .key = "dir", .type = TYPE_ID, .flags = REQUIRED,
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
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
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

static const struct schema_key notice_keys[] = {
	{ .key = "text", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(notice, text), .what = "What it says, in one sentence." },
	{ .key = "date", .type = TYPE_DATE, .flags = REQUIRED,
	  .at = AT(notice, date), .what = "From when." },
	{ .key = "until", .type = TYPE_DATE, .flags = REQUIRED,
	  .at = AT(notice, until), .what =
	  "Last day on which it stands; an edition with a later date is "
	  "built without it." },
};
static const struct schema schema_notice = {
	TABLE("notice", notice_keys, notice), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key capsule_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(capsule, id), .min = 3, .max = 40,
	  .what = "Name of the capsule and of its package; not that of a "
	  "tree (en, zh, ascii, gb, hz, 40)." },
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
	{ .key = "sections", .type = TYPE_LIST, .sub = &schema_section,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(capsule, nsection),
	  .max = SECTION_MAX,
	  .what = "Sections of the home page with their pages." },
	{ .key = "replacements", .type = TYPE_REPLACE,
	  .at = AT(capsule, replacements), .what =
	  "What is written instead of strings that a charset lacks." },
	{ .key = "words", .type = TYPE_WORDS, .at = AT(capsule, words),
	  .what = "apeng's own phrases in languages other than en and zh." },
	{ .key = "notice", .type = TYPE_MAP, .sub = &schema_notice,
	  .at = AT(capsule, notice), .what =
	  "A dated notice that stands first on home." },
};
const struct schema schema_capsule = {
	TABLE("capsule", capsule_keys, capsule), .line_at = SCHEMA_NO_LINE,
};

/* -- pages/ID.yml ------------------------------------------------------ */

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
	{ .key = "generate", .type = TYPE_ENUM, .names = names_generate,
	  .at = AT(page_head, generate), .what =
	  "What apeng writes as the page's second half." },
	{ .key = "blocks", .type = TYPE_BLOCKS, .at = SCHEMA_NO_LINE,
	  .what = "What stands on the page, in this order." },
};
const struct schema schema_page = {
	TABLE("page", page_keys, page_head), .line_at = SCHEMA_NO_LINE,
};

#define FACTS(s) \
	{ .key = "facts", .type = TYPE_STRINGS, .item = TYPE_FACT, \
	  .at = AT(s, nfact), .what = \
	  "Ids of the facts of the source that this carries." }
/* What any record may carry. */
#define COMMON \
	{ .key = "note", .type = TYPE_TEXT, .at = AT(record, note), .what = \
	  "An editor's note, shown here and collected in the glossary." }, \
	{ .key = "printed", .type = TYPE_STRING, .at = AT(record, printed), \
	  .what = "Spelling as the source prints it." }, \
	FACTS(record)
#define LABEL(name, about) \
	{ .key = (name), .type = TYPE_TEXT, .flags = REQUIRED, \
	  .at = AT(record, label), .what = (about) }
#define STATUS(s) \
	{ .key = "status", .type = TYPE_ENUM, .names = names_status, \
	  .at = AT(s, status), .what = "How far it is; open by default." }
#define RECORD	.line_at = AT(record, line)

static const struct schema_key item_keys[] = {
	LABEL("text", "The item, in one line."),
	COMMON,
};
static const struct schema schema_item = {
	TABLE("item", item_keys, record), RECORD, .lone = "text",
};

static const struct schema_key figure_keys[] = {
	{ .key = "id", .type = TYPE_ID, .at = AT(record, id),
	  .max = SCHEMA_ID_MAX, .what =
	  "Name by which a chart of the page takes this figure." },
	LABEL("label", "What is counted."),
	{ .key = "value", .type = TYPE_VALUE, .flags = REQUIRED | WORDED,
	  .at = AT(record, value), .what =
	  "A number without separators of thousands, as 12000 or \"1800+\"; "
	  "with words behind it only beside a text." },
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(record, unit),
	  .what = "Id of a unit of capsule.yml." },
	{ .key = "text", .type = TYPE_TEXT, .at = AT(record, text), .what =
	  "The value in words, shown in its place; tables keep the value." },
	{ .key = "year", .type = TYPE_INT, .min = 1, .max = MOMENT_YEAR_MAX,
	  .at = AT(record, year), .what = "The year it is of." },
	COMMON,
};
static const struct schema schema_figure = {
	TABLE("figure", figure_keys, record), RECORD,
};

static const char *const bar_own[] = { "value", "label", NULL };
static const char *const bar_figure[] = { "figure", NULL };
static const struct schema_key bar_keys[] = {
	{ .key = "label", .type = TYPE_TEXT, .at = AT(record, label),
	  .what = "What the bar stands for." },
	{ .key = "value", .type = TYPE_VALUE, .at = AT(record, value),
	  .what = "Its length, in the chart's unit, not below 0." },
	{ .key = "figure", .type = TYPE_ID, .at = AT(record, to),
	  .max = SCHEMA_ID_MAX, .what =
	  "Id of a figure of this page: takes its value, and its label if "
	  "there is none here." },
	COMMON,
};
static const struct schema schema_bar = {
	TABLE("bar", bar_keys, record), RECORD,
	.either = { bar_own, bar_figure },
};

static const struct schema_key chart_keys[] = {
	{ .key = "caption", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(block, caption), .what = "Line before the chart." },
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(block, unit),
	  .what = "Id of the unit of every bar." },
	{ .key = "bars", .type = TYPE_LIST, .sub = &schema_bar,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block, nrecord),
	  .max = 40, .what = "The bars, from the top." },
};
static const struct schema schema_chart = {
	TABLE("chart", chart_keys, block), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key node_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(record, id), .max = SCHEMA_ID_MAX,
	  .what = "Name for this map's links." },
	LABEL("label", "Name of the place."),
	{ .key = "at", .type = TYPE_AT, .flags = REQUIRED,
	  .at = AT(record, x), .what =
	  "[column, line] of its mark: 0 to 37, 0 to 20." },
	COMMON,
};
static const struct schema schema_node = {
	TABLE("node", node_keys, record), RECORD,
};

static const struct schema_key edge_keys[] = {
	{ .key = "from", .type = TYPE_NODE, .flags = REQUIRED,
	  .at = AT(edge, from), .what = "Id of a node." },
	{ .key = "to", .type = TYPE_NODE, .flags = REQUIRED,
	  .at = AT(edge, to), .what = "Id of another node." },
	STATUS(edge),
};
static const struct schema schema_edge = {
	TABLE("edge", edge_keys, edge), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key map_keys[] = {
	{ .key = "caption", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(block, caption), .what = "Line before the map." },
	{ .key = "nodes", .type = TYPE_LIST, .sub = &schema_node,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block, nrecord),
	  .max = 64, .what = "The places and where they are drawn." },
	{ .key = "links", .type = TYPE_LIST, .sub = &schema_edge,
	  .at = AT(block, nedge), .max = 200, .what =
	  "Lines from node to node." },
};
static const struct schema schema_map = {
	TABLE("map", map_keys, block), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key event_keys[] = {
	{ .key = "when", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(record, when), .what = "The time, in words: AD 201." },
	{ .key = "text", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(record, text), .what = "What happened then." },
	{ .key = "at", .type = TYPE_MOMENT, .at = AT(record, at), .what =
	  "The time as a number, for the drawing: 201, -221 (BC), 1976-08 "
	  "or 1976-08-14.  When every event has one it is to scale." },
	{ .key = "short", .type = TYPE_SHORT, .at = AT(record, label),
	  .what = "What stands beside its mark in the drawing, in at most 27 "
	  "columns; else the text, where that is short." },
	COMMON,
};
static const struct schema schema_event = {
	TABLE("event", event_keys, record), RECORD,
};

static const struct schema_key place_keys[] = {
	LABEL("name", "Name of the place."),
	{ .key = "text", .type = TYPE_TEXT, .at = AT(record, text),
	  .what = "What is said of it." },
	COMMON,
};
static const struct schema schema_place = {
	TABLE("place", place_keys, record), RECORD,
};

static const struct schema_key line_keys[] = {
	LABEL("name", "Name of the line."),
	{ .key = "kind", .type = TYPE_ENUM, .names = names_kind,
	  .flags = REQUIRED, .at = AT(record, kind), .what =
	  "What runs on it." },
	{ .key = "status", .type = TYPE_ENUM, .names = names_status,
	  .flags = REQUIRED, .at = AT(record, status), .what =
	  "How far it is." },
	{ .key = "text", .type = TYPE_TEXT, .at = AT(record, text),
	  .what = "What is said of it." },
	COMMON,
};
static const struct schema schema_line = {
	TABLE("line", line_keys, record), RECORD,
};

static const struct schema_key name_keys[] = {
	LABEL("name", "The name."),
	COMMON,
};
static const struct schema schema_name = {
	TABLE("name", name_keys, record), RECORD,
};

static const char *const link_page[] = { "to", NULL };
static const char *const link_url[] = { "url", "label", NULL };
static const struct schema_key link_keys[] = {
	{ .key = "to", .type = TYPE_PAGE, .at = AT(record, to),
	  .what = "Id of a page of this capsule." },
	{ .key = "url", .type = TYPE_URL, .at = AT(record, url),
	  .what = "http, https, gemini, gopher or mailto." },
	{ .key = "label", .type = TYPE_TEXT, .at = AT(record, label),
	  .what = "The link's text; for a page its title by default." },
	COMMON,
};
static const struct schema schema_link = {
	TABLE("link", link_keys, record), RECORD,
	.either = { link_page, link_url },
};

static const struct schema_key beside_keys[] = { FACTS(block) };
const struct schema schema_beside = {
	TABLE("beside", beside_keys, block), .line_at = SCHEMA_NO_LINE,
};

const struct schema_block schema_blocks[] = {
	{ "heading", BLOCK_HEADING, TYPE_TEXT, NULL, "A heading." },
	{ "text", BLOCK_TEXT, TYPE_TEXT, NULL, "One paragraph." },
	{ "list", BLOCK_LIST, TYPE_LIST, &schema_item, "Bulleted lines." },
	{ "quote", BLOCK_QUOTE, TYPE_TEXT, NULL, "Words of somebody else." },
	{ "figures", BLOCK_FIGURES, TYPE_LIST, &schema_figure,
	  "Figures with unit and year; also in data/figures.csv." },
	{ "chart", BLOCK_CHART, TYPE_MAP, &schema_chart,
	  "Bars drawn as text." },
	{ "map", BLOCK_MAP, TYPE_MAP, &schema_map,
	  "A schematic map drawn as text, not to scale." },
	{ "timeline", BLOCK_TIMELINE, TYPE_LIST, &schema_event,
	  "What happened when: a list, and a drawing of it as text." },
	{ "places", BLOCK_PLACES, TYPE_LIST, &schema_place,
	  "Places by name." },
	{ "lines", BLOCK_LINES, TYPE_LIST, &schema_line,
	  "Transport lines with their status." },
	{ "names", BLOCK_NAMES, TYPE_LIST, &schema_name,
	  "Proper names in every language." },
	{ "links", BLOCK_LINKS, TYPE_LIST, &schema_link,
	  "Links to pages and addresses." },
	{ "note", BLOCK_NOTE, TYPE_TEXT, NULL, "An editor's note." },
};
const size_t schema_nblocks = COUNT(schema_blocks);

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
