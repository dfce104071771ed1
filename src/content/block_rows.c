/* SPDX-License-Identifier: ISC */
/*
 * The types of blocks: one row each, with the key that names it in a page's
 * YAML, the schema of what stands behind it, where in struct block that is
 * put, and a check of what the schema cannot say.  What render/ does with a
 * type is the row of the same number in render/block.c.
 */
#include <stddef.h>

#include "content/beside.h"
#include "content/blocks.h"
#include "content/dated.h"
#include "content/model.h"
#include "content/schema.h"
#include "content/schema_table.h"
#include "content/table.h"

/* TYPE_STRINGS and TYPE_LIST store a count and a pointer side by side. */
BESIDE(remark, nfact, fact);
BESIDE(block, nfact, fact);
BESIDE(block_chart, n, bar);
BESIDE(block_map, n, node);
BESIDE(block_table, ncol, column);
BESIDE(block_series, n, line);
BESIDE(figure, nvalue, values);
BESIDE(series_line, nvalue, values);
BESIDE(block_map, nedge, edge);
_Static_assert(sizeof(enum line_kind) == sizeof(unsigned), "enum size");
_Static_assert(offsetof(struct map_node, y) == offsetof(struct map_node, x) +
    sizeof(unsigned), "x y");

static const char *const names_kind[] = { "rail", "road", "air", "water",
    NULL };
static const char *const names_status[] = { "open", "faster", "building",
    "planned", NULL };

static const char *const names_align[] = { "auto", "left", "right", NULL };

#define STATUS(s) \
	{ .key = "status", .type = TYPE_ENUM, .names = names_status, \
	  .at = AT(s, status), .what = "How far it is; open by default." }

static const struct schema_key item_keys[] = {
	LABEL("text", list_item, text, "The item, in one line."),
	{ .key = "to", .type = TYPE_PAGE, .at = AT(list_item, to),
	  .what = "Id of the page of this capsule that it leads to." },
	{ .key = "url", .type = TYPE_URL, .at = AT(list_item, url),
	  .what = "Address that it leads to, instead of a page." },
	COMMON(list_item),
};
const struct schema schema_item = {
	TABLE("item", item_keys, list_item), LINE(list_item), .lone = "text",
};

static const struct schema_key figure_keys[] = {
	{ .key = "id", .type = TYPE_ID, .at = AT(figure, id),
	  .max = SCHEMA_ID_MAX, .what =
	  "Name by which a chart of the page takes this figure." },
	LABEL("label", figure, label, "What is counted."),
	{ .key = "value", .type = TYPE_VALUE, .flags = WORDED,
	  .at = AT(figure, value), .what =
	  "A number without separators of thousands, as 12000 or \"1800+\"; "
	  "with words behind it only beside a text." },
	{ .key = "values", .type = TYPE_DATED, .at = AT(figure, nvalue),
	  .what = "Values by year, as {2018: 12000, 2025: 11500}; a year may "
	  "be 2018-04 or 2081/82." },
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(figure, unit),
	  .what = "Id of a unit of capsule.yml." },
	{ .key = "text", .type = TYPE_TEXT, .at = AT(figure, text), .what =
	  "The value in words, shown in its place; tables keep the value." },
	{ .key = "year", .type = TYPE_INT, .min = 1, .max = MOMENT_YEAR_MAX,
	  .at = AT(figure, year), .what = "The year it is of." },
	{ .key = "year_text", .type = TYPE_TEXT, .at = AT(figure, year_text),
	  .what = "The year as readers know it, as 2081/82, shown in place of "
	  "the number." },
	COMMON(figure),
};
static const char *const figure_value[] = { "value", NULL };
static const char *const figure_values[] = { "values", NULL };
static const struct schema schema_figure = {
	TABLE("figure", figure_keys, figure), LINE(figure),
	.either = { figure_value, figure_values },
};

static const char *const bar_own[] = { "value", "label", NULL };
static const char *const bar_figure[] = { "figure", NULL };
static const struct schema_key bar_keys[] = {
	{ .key = "label", .type = TYPE_TEXT, .at = AT(bar, label),
	  .what = "What the bar stands for." },
	{ .key = "value", .type = TYPE_VALUE, .at = AT(bar, value),
	  .what = "Its length, in the chart's unit, not below 0." },
	{ .key = "figure", .type = TYPE_ID, .at = AT(bar, figure),
	  .max = SCHEMA_ID_MAX, .what =
	  "Id of a figure of this page: takes its value, and its label if "
	  "there is none here." },
	COMMON(bar),
};
static const struct schema schema_bar = {
	TABLE("bar", bar_keys, bar), LINE(bar),
	.either = { bar_own, bar_figure },
};

static const struct schema_key chart_keys[] = {
	{ .key = "caption", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(block_chart, caption), .what = "Line before the chart." },
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(block_chart, unit),
	  .what = "Id of the unit of every bar." },
	{ .key = "bars", .type = TYPE_LIST, .sub = &schema_bar,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block_chart, n),
	  .max = 40, .what = "The bars, from the top." },
};
static const struct schema schema_chart = {
	TABLE("chart", chart_keys, block_chart), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key series_line_keys[] = {
	{ .key = "id", .type = TYPE_ID, .at = AT(series_line, id),
	  .max = SCHEMA_ID_MAX, .what =
	  "Name by which apeng import finds its values." },
	{ .key = "label", .type = TYPE_TEXT, .at = AT(series_line, label),
	  .what = "What is counted; a single line may be without." },
	{ .key = "values", .type = TYPE_DATED, .flags = REQUIRED,
	  .at = AT(series_line, nvalue), .what =
	  "Values by year, as {2018: 12000, 2025: 11500}; a year may be "
	  "2018-04 or 2081/82." },
	COMMON(series_line),
};
static const struct schema schema_series_line = {
	TABLE("series-line", series_line_keys, series_line),
	LINE(series_line),
};

static const struct schema_key series_keys[] = {
	{ .key = "caption", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(block_series, caption), .what = "Line before the series." },
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(block_series, unit),
	  .what = "Id of the unit of every value." },
	{ .key = "lines", .type = TYPE_LIST, .sub = &schema_series_line,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block_series, n),
	  .max = SERIES_LINES, .what =
	  "What is counted: one thing, or several to compare." },
};
static const struct schema schema_series = {
	TABLE("series", series_keys, block_series),
	.line_at = SCHEMA_NO_LINE,
};

static const struct schema_key column_keys[] = {
	LABEL("label", table_column, label, "Heading of the column."),
	{ .key = "unit", .type = TYPE_UNIT, .at = AT(table_column, unit),
	  .what = "Id of the unit of its numbers, put behind the heading." },
	{ .key = "align", .type = TYPE_ENUM, .names = names_align,
	  .at = AT(table_column, align), .what =
	  "left: texts, also those of digits, as a telephone number; right; "
	  "auto, the default: right when most are numbers." },
	{ .key = "from", .type = TYPE_FROM, .at = AT(table_column, from),
	  .what = "Heading of the column in the CSV file, one for all "
	  "languages or one for each; by default they come in order." },
};
static const struct schema schema_column = {
	TABLE("column", column_keys, table_column),
	.line_at = AT(table_column, line),
};

static const char *const table_rows[] = { "rows", NULL };
static const char *const table_csv[] = { "csv", NULL };
static const struct schema_key table_keys[] = {
	{ .key = "caption", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(block_table, caption), .what = "Line before the table." },
	{ .key = "id", .type = TYPE_ID, .at = AT(block_table, id),
	  .max = SCHEMA_ID_MAX, .what =
	  "Name of its data file; by default its number on the page." },
	{ .key = "columns", .type = TYPE_LIST, .sub = &schema_column,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block_table, ncol),
	  .max = TABLE_COLUMNS, .what =
	  "The columns; the first says what each row is of." },
	{ .key = "rows", .type = TYPE_ROWS, .at = SCHEMA_NO_LINE, .what =
	  "The rows, each a list with a cell for each column: a number, a "
	  "text, {en: ..., zh: ...}, or nothing." },
	{ .key = "csv", .type = TYPE_STRING, .at = AT(block_table, csv),
	  .what = "A CSV file below the capsule's folder that has the rows." },
	{ .key = "totals", .type = TYPE_CELLS, .at = SCHEMA_NO_LINE, .what =
	  "A last row under a rule; the word sum adds the column up." },
};
static const struct schema schema_table = {
	TABLE("table", table_keys, block_table), .line_at = SCHEMA_NO_LINE,
	.either = { table_rows, table_csv },
};

static const struct schema_key node_keys[] = {
	{ .key = "id", .type = TYPE_ID, .flags = REQUIRED,
	  .at = AT(map_node, id), .max = SCHEMA_ID_MAX,
	  .what = "Name for this map's links." },
	LABEL("label", map_node, label, "Name of the place."),
	{ .key = "at", .type = TYPE_AT, .flags = REQUIRED,
	  .at = AT(map_node, x), .what =
	  "[column, line] of its mark: 0 to 37, 0 to 20." },
	COMMON(map_node),
};
static const struct schema schema_node = {
	TABLE("node", node_keys, map_node), LINE(map_node),
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
	  .at = AT(block_map, caption), .what = "Line before the map." },
	{ .key = "nodes", .type = TYPE_LIST, .sub = &schema_node,
	  .flags = REQUIRED | NOT_EMPTY, .at = AT(block_map, n),
	  .max = 64, .what = "The places and where they are drawn." },
	{ .key = "links", .type = TYPE_LIST, .sub = &schema_edge,
	  .at = AT(block_map, nedge), .max = 200, .what =
	  "Lines from node to node." },
};
static const struct schema schema_map = {
	TABLE("map", map_keys, block_map), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key event_keys[] = {
	{ .key = "when", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(event, when), .what = "The time, in words: AD 201." },
	{ .key = "text", .type = TYPE_TEXT, .flags = REQUIRED,
	  .at = AT(event, text), .what = "What happened then." },
	{ .key = "at", .type = TYPE_MOMENT, .at = AT(event, at), .what =
	  "The time as a number, for the drawing: 201, -221 (BC), 1976-08 "
	  "or 1976-08-14.  When every event has one it is to scale." },
	{ .key = "short", .type = TYPE_SHORT, .at = AT(event, short_text),
	  .what = "What stands beside its mark in the drawing, in at most 27 "
	  "columns; else the text, where that is short." },
	COMMON(event),
};
static const struct schema schema_event = {
	TABLE("event", event_keys, event), LINE(event),
};

static const struct schema_key place_keys[] = {
	LABEL("name", place_item, name, "Name of the place."),
	{ .key = "text", .type = TYPE_TEXT, .at = AT(place_item, text),
	  .what = "What is said of it." },
	COMMON(place_item),
};
static const struct schema schema_place = {
	TABLE("place", place_keys, place_item), LINE(place_item),
};

static const struct schema_key line_keys[] = {
	LABEL("name", line_item, name, "Name of the line."),
	{ .key = "kind", .type = TYPE_ENUM, .names = names_kind,
	  .flags = REQUIRED, .at = AT(line_item, kind), .what =
	  "What runs on it." },
	{ .key = "status", .type = TYPE_ENUM, .names = names_status,
	  .flags = REQUIRED, .at = AT(line_item, status), .what =
	  "How far it is." },
	{ .key = "text", .type = TYPE_TEXT, .at = AT(line_item, text),
	  .what = "What is said of it." },
	COMMON(line_item),
};
static const struct schema schema_line = {
	TABLE("line", line_keys, line_item), LINE(line_item),
};

static const struct schema_key name_keys[] = {
	LABEL("name", name_item, name, "The name."),
	COMMON(name_item),
};
static const struct schema schema_name = {
	TABLE("name", name_keys, name_item), LINE(name_item),
};

static const char *const link_page[] = { "to", NULL };
static const char *const link_url[] = { "url", "label", NULL };
static const struct schema_key link_keys[] = {
	{ .key = "to", .type = TYPE_PAGE, .at = AT(link_item, to),
	  .what = "Id of a page of this capsule." },
	{ .key = "url", .type = TYPE_URL, .at = AT(link_item, url),
	  .what = "http, https, gemini, gopher or mailto." },
	{ .key = "label", .type = TYPE_TEXT, .at = AT(link_item, label),
	  .what = "The link's text; for a page its title by default." },
	COMMON(link_item),
};
static const struct schema schema_link = {
	TABLE("link", link_keys, link_item), LINE(link_item),
	.either = { link_page, link_url },
};

#define BESIDE_KEYS(what_file, f, name, about) \
	{ .key = "src", .type = TYPE_FILE, .flags = REQUIRED | (f), \
	  .at = AT(block_beside, file), .what = (what_file) }, \
	LABEL(name, block_beside, label, about), \
	{ .key = "caption", .type = TYPE_TEXT, \
	  .at = AT(block_beside, caption), .what = "Line under it." }, \
	{ .key = "credit", .type = TYPE_TEXT, \
	  .at = AT(block_beside, credit), .what = \
	  "Who made it, and under which licence." }
static const struct schema_key image_keys[] = {
	BESIDE_KEYS("The picture: files/NAME.jpg, .png, .gif or .webp.",
	    PICTURE, "alt", "What the picture shows, for who does not see "
	    "it."),
};
static const struct schema schema_image = {
	TABLE("image", image_keys, block_beside), .line_at = SCHEMA_NO_LINE,
};
static const struct schema_key file_keys[] = {
	BESIDE_KEYS("The file: files/NAME.pdf, .txt, .csv or a picture.", 0,
	    "label", "What the file is; the link's text."),
};
static const struct schema schema_file = {
	TABLE("file", file_keys, block_beside), .line_at = SCHEMA_NO_LINE,
};

static const struct schema_key beside_keys[] = {
	FACTS(block, nfact),
	{ .key = "fallback", .type = TYPE_ENUM, .names = names_fallback,
	  .at = AT(block, fallback), .what = names_fallback_what },
};
const struct schema schema_beside = {
	TABLE("beside", beside_keys, block), .line_at = SCHEMA_NO_LINE,
};

#define ONE(m)		TYPE_TEXT, offsetof(struct block, m), NULL
#define MANY(m, sub)	TYPE_LIST, offsetof(struct block, m), (sub)
#define MAP(m, sub)	TYPE_MAP, offsetof(struct block, m), (sub)
#define MANY_BESIDE(m, items) \
	_Static_assert(offsetof(struct block, m.items) == \
	    offsetof(struct block, m.n) + sizeof(size_t), #m)
MANY_BESIDE(list, item);
MANY_BESIDE(figures, figure);
MANY_BESIDE(timeline, event);
MANY_BESIDE(places, place);
MANY_BESIDE(lines, line);
MANY_BESIDE(names, name);
MANY_BESIDE(links, link);
MANY_BESIDE(contacts, contact);
MANY_BESIDE(events, event);
MANY_BESIDE(steps, step);

const struct schema_block schema_blocks[BLOCK_TYPES] = {
	[BLOCK_HEADING] = { "heading", ONE(text), NULL, "A heading." },
	[BLOCK_TEXT] = { "text", TYPE_PARAGRAPHS, offsetof(struct block, text),
	    NULL, NULL, "A paragraph, or several with empty lines between." },
	[BLOCK_LIST] = { "list", MANY(list, &schema_item), block_check_list,
	    "Bulleted lines." },
	[BLOCK_QUOTE] = { "quote", ONE(text), NULL,
	    "Words of somebody else." },
	[BLOCK_FIGURES] = { "figures", MANY(figures, &schema_figure), NULL,
	    "Figures with unit and year; also in data/figures.csv." },
	[BLOCK_CHART] = { "chart", MAP(chart, &schema_chart), NULL,
	    "Bars drawn as text." },
	[BLOCK_MAP] = { "map", MAP(map, &schema_map), block_check_map,
	    "A schematic map drawn as text, not to scale." },
	[BLOCK_TIMELINE] = { "timeline", MANY(timeline, &schema_event),
	    block_check_timeline,
	    "What happened when: a list, and a drawing of it as text." },
	[BLOCK_PLACES] = { "places", MANY(places, &schema_place), NULL,
	    "Places by name." },
	[BLOCK_LINES] = { "lines", MANY(lines, &schema_line), NULL,
	    "Transport lines with their status." },
	[BLOCK_NAMES] = { "names", MANY(names, &schema_name), NULL,
	    "Proper names in every language." },
	[BLOCK_LINKS] = { "links", MANY(links, &schema_link), NULL,
	    "Links to pages and addresses." },
	[BLOCK_TABLE] = { "table", MAP(table, &schema_table),
	    block_check_table, "Rows and columns; also in data/tables/." },
	[BLOCK_SERIES] = { "series", MAP(series, &schema_series),
	    block_check_series,
	    "Values over years or months, drawn as text." },
	[BLOCK_NOTE] = { "note", ONE(text), NULL, "An editor's note." },
	[BLOCK_CONTACTS] = { "contacts", MANY(contacts, &schema_contact),
	    NULL, "People and offices: phones, mail, address, hours; also in "
	    "data/contacts.vcf." },
	[BLOCK_IMAGE] = { "image", MAP(beside, &schema_image),
	    block_check_beside, "A picture beside the text." },
	[BLOCK_FILE] = { "file", MAP(beside, &schema_file),
	    block_check_beside, "A document beside the text." },
	[BLOCK_EVENTS] = { "events", MANY(events, &schema_happening),
	    block_check_events, "What is to come, the next one first; also in "
	    "data/events.ics." },
	[BLOCK_GEMTEXT] = { "gemtext", TYPE_ARTICLE, offsetof(struct block,
	    text), NULL, NULL, "A file of gemtext, of the folder articles." },
	[BLOCK_SUBHEADING] = { "subheading", ONE(text), NULL,
	    "A heading below a heading." },
	[BLOCK_STEPS] = { "steps", MANY(steps, &schema_item),
	    block_check_steps, "What to do, in this order." },
	[BLOCK_WARNING] = { "warning", MAP(warning, &schema_warning),
	    block_check_warning, "A dated notice, with how much hangs on it." },
	[BLOCK_TIMETABLE] = { "timetable", MAP(timetable, &schema_timetable),
	    block_check_timetable, "Stops and their times." },
};
