/* SPDX-License-Identifier: ISC */
/*
 * The schema of a capsule as tables: which keys there are, of what type and
 * whether they must be there.  The reader (read.c), the nearest known key
 * and schema.json (json.c) all come from these tables.
 */
#ifndef CONTENT_SCHEMA_H
#define CONTENT_SCHEMA_H

#include <stddef.h>

#include "proto/trees.h"

struct buf;

/* In brackets: how a key's value is stored, at key.at of the target. */
struct language;

enum schema_type {
	TYPE_TEXT,	/* text in every language [struct words] */
	TYPE_ARTICLE,	/* a file of gemtext: its text [struct words] */
	TYPE_PARAGRAPHS, /* the same, several with LF between [struct words] */
	TYPE_SHORT,	/* the same, at most SHORT_COLS columns */
	TYPE_WORD,	/* the same, may begin as no line of gemtext may */
	TYPE_STRING,	/* one string, the same in all languages [char *] */
	TYPE_ID,	/* a name that others refer to [char *] */
	TYPE_PAGE,	/* id of a page that exists [char *] */
	TYPE_HOST,	/* a host name [char *] */
	TYPE_TAG,	/* a BCP 47 tag [char *] */
	TYPE_KEY,	/* a minisign public key [char *] */
	TYPE_FACT,	/* id of the source ledger [char *] */
	TYPE_PHONE,	/* as people write it [char *] */
	TYPE_MAIL,	/* a mail address [char *] */
	TYPE_HOURS,	/* days of the week with times [char *] */
	TYPE_DAYS,	/* a day, or a first and a last [char *] */
	TYPE_TIME,	/* 08:30 [char *] */
	TYPE_DEPARTURE,	/* the same, or "-" [char *] */
	TYPE_DATE,	/* YYYY-MM-DD [char *] */
	TYPE_URL,	/* absolute, of an allowed scheme [char *] */
	TYPE_INT,	/* min..max [unsigned] */
	TYPE_BIGINT,	/* the same [uint64_t] */
	TYPE_VALUE,	/* a figure [struct value] */
	TYPE_ENUM,	/* one of names[] [an enum: its index] */
	TYPE_LANG,	/* dir of a language [char *] */
	TYPE_UNIT,	/* id of units: [size_t, an index] */
	TYPE_NODE,	/* id of a map's node [size_t, an index] */
	TYPE_AT,	/* [x, y] of a map's node [two unsigned] */
	TYPE_FILE,	/* path of a file below the folder [struct beside] */
	TYPE_MOMENT,	/* a year, month or day [struct moment] */
	TYPE_STRINGS,	/* list of type `item' [size_t n; char **] */
	TYPE_LIST,	/* list of maps `sub' [size_t n; struct *] */
	TYPE_MAP,	/* one map `sub' [its struct] */
	TYPE_UNITS,	/* id: text; read by hand [struct yaml_node *] */
	TYPE_WORDS,	/* id: some languages; by hand [the same] */
	TYPE_REPLACE,	/* charset: {from: to}; by hand [the same] */
	TYPE_TREES,	/* tree: language; by hand [the same] */
	TYPE_BLOCKS,	/* list of blocks; by hand [the same] */
	TYPE_FROM,	/* string, or one for each language [struct words] */
	TYPE_CELLS,	/* a row of a table; by hand (table.c) */
	TYPE_ROWS,	/* list of these; by hand */
	TYPE_DATED	/* values by year [size_t n; struct dated_value *] */
};

#define REQUIRED	0x1
#define NOT_EMPTY	0x2		/* a list that wants an item */
#define LANGUAGES	0x4		/* sets the languages of texts */
#define WORDED		0x8		/* a value that may have words in it
					   when "text" stands beside it */

#define NAMES_FILES	0x10		/* an id that files are called by */
#define PICTURE		0x20		/* a file that can be shown */

struct schema_key {
	const char		*key;
	enum schema_type	 type;
	unsigned		 flags;
	size_t			 at;	/* offset in the target */
	const char		*what;	/* for editors and the manual */
	const struct schema	*sub;
	const char *const	*names;
	enum schema_type	 item;
	unsigned long long	 min, max;	/* also: most items of a list */
};

struct schema {
	const char		*name;		/* of its definition in JSON */
	const struct schema_key	*key;
	size_t			 n;
	size_t			 size;		/* of the target struct */
	size_t			 line_at;	/* where its line is put; or
						   SCHEMA_NO_LINE */
	/*
	 * A list item, or a map, may be a bare text instead, told by the
	 * absence of this key, and is then stored as that key's value; where
	 * the key's type is a string, a bare string.  NULL: no.
	 */
	const char		*lone;
	/*
	 * Ways to fill it in: the first key of exactly one of these sets
	 * must be there, and with it the others of its set.
	 */
	const char *const	*either[3];
};
#define SCHEMA_NO_LINE	((size_t)-1)

struct block;
struct reader;
struct yaml_node;

/*
 * A type of block, by enum block_type: a block has exactly one of these as a
 * key.  Its value is stored at `at' in struct block: TYPE_TEXT: a struct
 * words; TYPE_LIST: a count and records of sub; TYPE_MAP: the struct of sub.
 */
struct schema_block {
	const char		*key;
	enum schema_type	 body;
	size_t			 at;
	const struct schema	*sub;
	/*
	 * What else must hold of one that was read, and what of it is read
	 * by hand; NULL: nothing.
	 */
	void			 (*check)(struct reader *,
				    const struct yaml_node *body,
				    struct block *);
	const char		*what;
};

extern const struct schema		schema_capsule;
extern const struct schema		schema_page;
extern const struct schema		schema_beside;	/* any block's keys */
extern const struct schema		schema_item, schema_contact;
extern const struct schema		schema_happening, schema_warning;
extern const struct schema		schema_timetable;
extern const struct schema_block	schema_blocks[];	/* BLOCK_TYPES */

#define SCHEMA_TEXT_MAX		4000	/* bytes of a text */
#define SCHEMA_PARAGRAPHS_MAX 40000	/* of several paragraphs */
#define SCHEMA_STRING_MAX	300	/* bytes of a string */
#define SCHEMA_ID_MAX		30
#define SCHEMA_VALUE_MAX	60

/* What an id looks like, for messages and schema.json. */
#define PATTERN_ID	"^[a-z][a-z0-9-]*$"
#define PATTERN_FACT	"^[A-Za-z0-9][A-Za-z0-9._-]*$"
#define PATTERN_DATE	"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
#define PATTERN_MOMENT	"^[0-2][0-9]{3}-(0[1-9]|1[0-2])" \
			"(-(0[1-9]|[12][0-9]|3[01]))?$"
#define PATTERN_TAG	"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
#define PATTERN_KEY	"^RW[A-Za-z0-9+/]{54}$"
#define PATTERN_HOST	"^[a-z0-9]([a-z0-9-]*[a-z0-9])?" \
			"(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"
#define PATTERN_VALUE	"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?" \
			"([^0-9A-Za-z.,_'\u2019\\s].*|\\s(?!\\s*[0-9]).*)?$|" PATTERN_PUBLISHED
#define PATTERN_NUMBER	"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?\\+?$"
#define PATTERN_WHEN	"^[0-2][0-9]{3}(-(0[1-9]|1[0-2])|/[0-9]{2,4})?$"
#define PATTERN_PLAIN	"(0|[1-9][0-9]*)(\\.[0-9]+)?"
#define PATTERN_FIGURE	"^-?" PATTERN_PLAIN "\\+?$|" PATTERN_PUBLISHED
#define PATTERN_PUBLISHED "^(<=|>=|[<>\u2264\u2265~]|ca\\. )" PATTERN_PLAIN "$|^" \
			PATTERN_PLAIN "(-|\u2013)" PATTERN_PLAIN "$|^n/a$"
#define PATTERN_URL	"^(https?|gemini|gopher)://[!-~]+$|^mailto:[!-~]+$"
#define PATTERN_PHONE	"^\\+?\\(?[0-9][-0-9 ./()]*[0-9)]$"
#define PATTERN_MAIL	"^[a-z0-9_+-]+(\\.[a-z0-9_+-]+)*@" \
			"([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+" \
			"[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
#define PATTERN_DAY2	"(Mo|Tu|We|Th|Fr|Sa|Su)(-(Mo|Tu|We|Th|Fr|Sa|Su))?"
#define PATTERN_CLOCK	"([01][0-9]|2[0-3]):[0-5][0-9]"
#define PATTERN_TIME	"^" PATTERN_CLOCK "$"
#define PATTERN_DEPART	"^(" PATTERN_CLOCK "[a-z*+]?|[-x])$"
#define PATTERN_HOURS	"^" PATTERN_DAY2 "(," PATTERN_DAY2 ")*" \
			"( (" PATTERN_CLOCK "|24:00)-(" PATTERN_CLOCK \
			"|24:00))+$"
#define PATTERN_DAYS	"^[0-9]{4}-[0-9]{2}-[0-9]{2}" \
			"(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
#define PATTERN_FILE	"^files/[a-z0-9][a-z0-9._/-]*\\.(png|jpg|gif|webp" \
			"|pdf|txt|csv)$"
#define PATTERN_PICTURE	"^files/[a-z0-9][a-z0-9._/-]*\\.(png|jpg|gif|webp)$"
#define PATTERN_TEXT	"^(?!\\.|=>|#|\\* |>|```)\\S(.*\\S)?$"
#define PATTERN_PARAGRAPHS "^(?!\\.|=>|#|\\* |>|```)\\S([\\s\\S]*\\S)?\\n?$"
#define PATTERN_ARTICLE	"^[a-z0-9_][a-z0-9._-]*\\.gmi$"
#define PATTERN_WORD	"^\\S(.*\\S)?$"

const struct schema_key	*schema_find(const struct schema *, const char *);

/* The keys of old_trees:, or of replacements:, and the row of each. */
struct schema_trees {
	struct schema		 all;		/* its key and n */
	struct schema_key	 key[TREES_MAX];
	const struct tree_row	*row[TREES_MAX];
};
void	 schema_trees(struct schema_trees *, int charsets);
#define TREE_NONE	"none"		/* old_trees: no such tree */

#endif
