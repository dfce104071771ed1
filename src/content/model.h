/* SPDX-License-Identifier: ISC */
/*
 * The profile of a district as the YAML says it.  A profile holds who and
 * where and the order of the pages; a page's blocks are loaded one page at a
 * time, so that memory does not grow with a capsule's size.
 * Strings are UTF-8, checked, one line each, without control characters,
 * and borrowed from the profile or page that holds them.
 */
#ifndef CONTENT_MODEL_H
#define CONTENT_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "proto/trees.h"

#define LANG_MAX	8
#define SECTION_MAX	8
#define SHORT_COLS	27		/* columns of a short title */
#define CHART_COLS	38		/* columns of a preformatted line */
#define DATE_LEN	10		/* YYYY-MM-DD */
#define MAP_X_MAX	37		/* last column of a map's node */
#define MAP_Y_MAX	20		/* its last line */
#define MOMENT_YEAR_MIN	(-9999)		/* of a moment; BC */
#define MOMENT_YEAR_MAX	2999

/* One text in every language, by the index of profile.lang; NULL: absent. */
struct words {
	const char	*in[LANG_MAX];
};

struct lang {
	const char	*dir;		/* "zh": folder in the capsule */
	const char	*tag;		/* "zh-Hans": BCP 47 */
	const char	*name;		/* "中文": its own name */
};

struct unit {				/* units: of capsule.yml */
	const char	*id;		/* "km2", in the YAML and the CSV */
	struct words	 word;		/* "km²", 平方公里 */
};

struct replacement {			/* for what a charset lacks */
	const char	*charset;	/* "ascii": of a tree's row */
	const char	*from, *to;
};

struct named_words {			/* words: of capsule.yml */
	const char	*id;		/* which of render's own phrases */
	struct words	 word;
};

enum severity { SEVERITY_NOTICE, SEVERITY_WARNING, SEVERITY_DANGER };

struct notice {				/* stands first on home */
	struct words	 text;		/* text.in[0] NULL: no notice */
	const char	*date, *until;
	enum severity	 severity;
	int		 is_quote;	/* from notice:, shown as before there
					   were several */
};

/* members: of a catalogue, as capsule.yml has it. */
struct member_group_source {
	const char	*id;
	const char	*in;		/* id of the group that it is a part
					   of, which is in none, or NULL */
	size_t		 parent;	/* index of that, SIZE_MAX */
	struct words	 title;
};
struct member_source {		/* what is said of one by hand */
	const char	*id, *group, *key;	/* the last two, or NULL */
};
struct member_figure {		/* a column of what is side by side */
	const char	*id;		/* of the members' figures */
	struct words	 label;
	const char	*unit_id;	/* or NULL */
	size_t		 unit;		/* index into profile.unit, SIZE_MAX */
};
struct members_source {
	const char		*folder;	/* of packages; NULL: no
						   catalogue */
	size_t			 ngroup;
	struct member_group_source *group;
	size_t			 nfigure;
	struct member_figure	*figure;
	size_t			 nlist;
	struct member_source	*list;
};
#define MEMBER_FIGURES	12
#define MEMBER_GROUPS	500

struct section {
	const char	*id;
	struct words	 title, short_title;
	size_t		 first, n;	/* its pages: profile.page[first..] */
};

/* Pages whose second half apeng writes. */
enum generate {
	GENERATE_NONE,
	GENERATE_HOME,		/* index.yml: sections and pages */
	GENERATE_FIGURES,	/* every figure of every page */
	GENERATE_GLOSSARY,	/* every name, spelling and editor's note */
	GENERATE_NEWS,		/* dates and change notes */
	GENERATE_MEMBERS,	/* a catalogue's members, by group */
	GENERATE_COMPARE,	/* their key figures side by side */
	GENERATE_MIRROR		/* how to mirror and prove this capsule */
};

/* May texts lack a language, and be shown in the first that has them? */
enum fallback { FALLBACK_NO, FALLBACK_YES };

struct page_head {
	const char	*id;		/* "economy": economy.yml, economy.gmi */
	const char	*file;		/* as errors name it */
	struct words	 title, short_title, summary, change;
	struct words	 as_of;		/* when its facts held; none: not said */
	const char	*date;		/* of the last change */
	enum generate	 generate;
	enum fallback	 fallback;	/* of these texts, which then end with
					   their tag, and of all its blocks */
	size_t		 section;	/* index; SIZE_MAX: home */
};

/*
 * page[0] is the home page (pages/index.yml), then the pages of the
 * sections in reading order.
 */
struct profile {
	const char		*dir;		/* the folder that was read */
	const char		*id;
	struct words		 title, subtitle;
	size_t			 nlang;
	struct lang		 lang[LANG_MAX];
	size_t			 nhost;
	const char		**host;		/* public host names */
	struct words		 publisher, source, licence;
	const char		*contact;	/* page id */
	struct words		 as_of;		/* of pages without their own */
	const char		*tree_dir[TREES_MAX];	/* by row of tree_rows:
						   its language's dir, or NULL:
						   no such tree */
	const char		*key;		/* publisher's key, base64; NULL */
	unsigned		 expires_days;
	uint64_t		 serial_floor;
	size_t			 nunit;
	struct unit		*unit;
	size_t			 nreplace;
	struct replacement	*replace;
	size_t			 nwords;
	struct named_words	*words;
	size_t			 nnotice;
	struct notice		*notice;	/* the most severe first */
	struct members_source	 members;
	size_t			 nsection;
	struct section		 section[SECTION_MAX];
	size_t			 npage;
	struct page_head	*page;
	const char		*newest;	/* newest date of all */
};

enum line_kind { LINE_RAIL, LINE_ROAD, LINE_AIR, LINE_WATER };
enum line_status { LINE_OPEN, LINE_FASTER, LINE_BUILDING, LINE_PLANNED };

/* A year, and its month and day if known, for a timeline's drawing. */
struct moment {
	int		 year;		/* below 0: BC; 0: none given */
	unsigned	 month, day;	/* 0: not known */
};

/* What a value may be, if not a number: "<5", "3-5", "n/a"; words. */
enum { VALUE_NUMBER, VALUE_PUBLISHED, VALUE_WORDED };

/* A number as published: "554000", "1800+". */
struct value {
	const char	*text;		/* NULL: none */
	double		 number;	/* text as a number */
	int		 is_worded;	/* one of these; 0: number says all */
	unsigned	 line, column;	/* in the YAML */
};

/* A value of one year or month. */
struct dated_value {
	const char	*when;		/* "2018", "2018-04", "2081/82" */
	int		 year;
	unsigned	 month;		/* 0: none */
	struct value	 value;
};
#define DATED_MAX	64

/* What any record may carry. */
struct remark {
	struct words	 note;		/* editor's note, for the glossary */
	const char	*printed;	/* spelling as the source prints it */
	size_t		 nfact;
	const char	**fact;		/* ids of the source ledger */
	unsigned	 line;		/* in the YAML */
};

/*
 * The records of each type of block.  A text whose in[0] is NULL is not
 * there; which must be is in block_rows.c.
 */
struct list_item {
	struct words	 text;
	const char	*to, *url;	/* where it leads, one of them; NULL */
	struct remark	 remark;
};

struct figure {
	const char	*id;		/* for charts; NULL: none */
	struct words	 label;
	struct value	 value;		/* of several the newest */
	size_t		 nvalue;
	struct dated_value	*values;	/* oldest first; or none */
	size_t		 unit;		/* index into profile.unit, SIZE_MAX */
	struct words	 text;		/* the value in words, or none */
	int		 year;		/* 0: none given */
	struct words	 year_text;	/* the year in words, or none */
	struct remark	 remark;
};

struct bar {
	struct words	 label;
	struct value	 value;
	const char	*figure;	/* its id, whose label and value are
					   here once the page is read */
	struct remark	 remark;
};

struct map_node {
	const char	*id;
	struct words	 label;
	unsigned	 x, y;		/* columns and lines, from 0 */
	struct remark	 remark;
};

struct edge {				/* map: from one node to another */
	size_t		 from, to;	/* indices of nodes */
	enum line_status status;
};

struct event {
	struct words	 when;		/* in words */
	struct moment	 at;		/* as a number */
	struct words	 text;
	struct words	 short_text;	/* for the drawing, or none */
	struct remark	 remark;
};

struct place_item {
	struct words	 name, text;	/* text or none */
	struct remark	 remark;
};

struct line_item {
	struct words	 name, text;	/* text or none */
	enum line_kind	 kind;
	enum line_status status;
	struct remark	 remark;
};

struct name_item {
	struct words	 name;
	struct remark	 remark;
};

struct link_item {			/* to or url, not both */
	const char	*to;		/* page id, checked */
	const char	*url;		/* absolute, allowed scheme */
	struct words	 label;		/* with to: or none */
	struct remark	 remark;
};

struct phone {
	const char	*number;	/* "+86 23 7922 3344", as written */
	struct words	 label;		/* or none */
};

struct contact {
	struct words	 name, role, address;	/* the last two, or none */
	size_t		 nphone;
	struct phone	*phone;
	const char	*mail;		/* or NULL */
	size_t		 nhours;
	const char	**hours;	/* proto/hours.h reads them */
	size_t		 nclosed;
	const char	**closed;	/* "2026-10-01", "2026-10-01..2026-10-07" */
	struct remark	 remark;
};

/*
 * A file beside the text (proto/files.h), as it was found below the capsule's
 * folder; its hash is not taken here.
 */
struct beside {
	const char	*path;		/* "files/bridge.jpg"; NULL: bad */
	uint64_t	 size;		/* bytes */
	unsigned	 width, height;	/* pixels; 0: no picture */
};

enum table_align { TABLE_AUTO, TABLE_LEFT, TABLE_RIGHT };

struct table_column {
	struct words	 label;
	size_t		 unit;		/* index into profile.unit, SIZE_MAX */
	enum table_align align;
	struct words	 from;		/* names of a CSV file's columns */
	unsigned	 line;		/* in the YAML */
};

/* A number, or a text in every language, or nothing. */
struct table_cell {
	struct value	 value;		/* value.text NULL: no number */
	struct words	 text;		/* text.in[0] NULL: none */
};

/* One of the lines of a series. */
struct series_line {
	const char	*id;		/* or NULL */
	struct words	 label;		/* or none, of a single line */
	size_t		 nvalue;
	struct dated_value	*values;	/* oldest first */
	struct value	*at;		/* by the series' periods; text NULL:
					   none then */
	struct remark	 remark;
};
#define SERIES_LINES	6

#define TABLE_COLUMNS	16
#define TABLE_ROWS	200

#define HAPPENINGS_MAX	200
#define STOPS_MAX	60

enum every { EVERY_NONE, EVERY_DAY, EVERY_WEEK, EVERY_2_WEEKS, EVERY_MONTH,
	    EVERY_YEAR };

struct happening {
	struct words	 title, place;	/* place or none */
	const char	*date, *last;	/* days; last NULL: that one only */
	struct words	 when;		/* the same in words, or none */
	const char	*from, *to;	/* "08:30"; NULL: not given */
	enum every	 every;		/* how it is repeated */
	const char	*until;		/* last day of that; NULL: no end */
	struct remark	 remark;
};

struct stop {
	struct words	 name;
	size_t		 ntime;
	const char	**time;		/* "06:00", "-" */
	struct remark	 remark;
};

/* A type's name in the YAML, its schema and its checks: block_rows.c. */
enum block_type {
	BLOCK_HEADING, BLOCK_TEXT, BLOCK_LIST, BLOCK_QUOTE, BLOCK_FIGURES,
	BLOCK_CHART, BLOCK_MAP, BLOCK_TIMELINE, BLOCK_PLACES, BLOCK_LINES,
	BLOCK_NAMES, BLOCK_LINKS, BLOCK_NOTE,
	BLOCK_IMAGE, BLOCK_FILE,
	BLOCK_TABLE, BLOCK_SERIES,
	BLOCK_CONTACTS, BLOCK_EVENTS, BLOCK_GEMTEXT,
	BLOCK_SUBHEADING, BLOCK_STEPS,
	BLOCK_WARNING, BLOCK_TIMETABLE,
	BLOCK_TYPES
};

struct block {
	enum block_type	 type;
	size_t		 nfact;		/* facts of the block itself */
	const char	**fact;
	enum fallback	 fallback;
	unsigned	 missing;	/* a bit for each language that it
					   lacks */
	size_t		 shown;		/* the language shown instead */
	unsigned	 line;
	union {				/* by type; counts, then items */
		struct words	 text;	/* heading, text, quote, note; of text
					   several paragraphs, LF between */
		struct { size_t n; struct list_item *item; }	 list;
		struct { size_t n; struct figure *figure; }	 figures;
		struct block_chart {
			struct words	 caption;
			size_t		 unit;	/* of every bar */
			size_t		 n;
			struct bar	*bar;
		} chart;
		struct block_map {
			struct words	 caption;
			size_t		 n;
			struct map_node	*node;
			size_t		 nedge;
			struct edge	*edge;
		} map;
		struct block_table {
			struct words	 caption;
			const char	*id;	/* of its data file, or NULL */
			const char	*csv;	/* the file it is from */
			size_t		 ncol;
			struct table_column *column;
			size_t		 nrow;	/* with the totals */
			int		 has_total;	/* it is the last row */
			struct table_cell *cell;	/* nrow * ncol */
		} table;
		struct block_series {
			struct words	 caption;
			size_t		 unit;	/* of every value */
			size_t		 n;
			struct series_line *line;
			size_t		 nperiod;
			struct dated_value	*period;	/* without values */
		} series;
		struct { size_t n; struct event *event; }	 timeline;
		struct { size_t n; struct place_item *place; }	 places;
		struct { size_t n; struct line_item *line; }	 lines;
		struct { size_t n; struct name_item *name; }	 names;
		struct { size_t n; struct link_item *link; }	 links;
		struct { size_t n; struct contact *contact; }	 contacts;
		struct block_beside {		/* image, file */
			struct beside	 file;
			struct words	 label;	/* of a picture: in its place */
			struct words	 caption, credit;	/* or none */
		} beside;
		struct { size_t n; struct happening *event; }	 events;
		struct { size_t n; struct list_item *step; }	 steps;
		struct block_warning {
			struct words	 text;
			enum severity	 severity;
			const char	*date, *until;
		} warning;
		struct block_timetable {
			struct words	 caption;
			size_t		 n;
			struct stop	*stop;
		} timetable;
	};
};

struct page {
	const struct page_head	*head;
	size_t			 nblock;
	struct block		*block;
};

#endif
