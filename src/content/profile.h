/*
 * The profile of a district as the YAML says it.  A profile holds who and
 * where and the order of the pages; a page's blocks are loaded one page at a
 * time, so that memory does not grow with a capsule's size.
 * Strings are UTF-8, checked, one line each, without control characters,
 * and borrowed from the profile or page that holds them.
 */
#ifndef CONTENT_PROFILE_H
#define CONTENT_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "proto/trees.h"

struct diag;

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

struct notice {				/* stands first on home, if any */
	struct words	 text;		/* text.in[0] NULL: no notice */
	const char	*date, *until;
};

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
	GENERATE_MIRROR		/* how to mirror and prove this capsule */
};

struct page_head {
	const char	*id;		/* "economy": economy.yml, economy.gmi */
	const char	*file;		/* as errors name it */
	struct words	 title, short_title, summary, change;
	const char	*date;		/* of the last change */
	enum generate	 generate;
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
	struct notice		 notice;
	size_t			 nsection;
	struct section		 section[SECTION_MAX];
	size_t			 npage;
	struct page_head	*page;
	const char		*newest;	/* newest date of all */
};

enum block_type {
	BLOCK_HEADING,		/* label */
	BLOCK_TEXT,		/* label: one paragraph */
	BLOCK_LIST,		/* records: label */
	BLOCK_QUOTE,		/* label */
	BLOCK_FIGURES,		/* records: label value text? unit year */
	BLOCK_CHART,		/* caption unit; records: label value */
	BLOCK_MAP,		/* caption; records: id label x y; edges */
	BLOCK_TIMELINE,		/* records: when text at label? */
	BLOCK_PLACES,		/* records: label printed? text */
	BLOCK_LINES,		/* records: label kind status text */
	BLOCK_NAMES,		/* records: label printed note */
	BLOCK_LINKS,		/* records: to or url, label */
	BLOCK_NOTE		/* label: an editor's note */
};

enum line_kind { LINE_RAIL, LINE_ROAD, LINE_AIR, LINE_WATER };
enum line_status { LINE_OPEN, LINE_FASTER, LINE_BUILDING, LINE_PLANNED };

/* A time as closely as it is known, for a timeline's drawing. */
struct moment {
	int		 year;		/* below 0: BC; 0: none given */
	unsigned	 month, day;	/* 0: not known */
};

/* A row of a block; which members are set depends on the block's type. */
struct record {
	const char	*id;		/* map node, figure (for charts) */
	struct words	 label;		/* the row's text or name */
	struct words	 when;		/* timeline: in words */
	struct moment	 at;		/* timeline: as a number */
	struct words	 text;		/* what is said of it */
	struct words	 note;		/* editor's note, goes to the glossary */
	const char	*printed;	/* spelling as the source prints it */
	const char	*value;		/* as published: "554000", "1800+" */
	double		 number;	/* the same as a number */
	int		 is_worded;	/* value has words: number is not all
					   that it says */
	unsigned	 value_line, value_column;	/* in the YAML */
	size_t		 unit;		/* index into profile.unit, SIZE_MAX */
	int		 year;		/* 0: none given */
	enum line_kind	 kind;
	enum line_status status;
	const char	*to;		/* page id, checked */
	const char	*url;		/* absolute, allowed scheme */
	unsigned	 x, y;		/* map: columns and lines, from 0 */
	size_t		 nfact;
	const char	**fact;		/* ids of the source ledger */
	unsigned	 line;		/* in the YAML */
};

struct edge {				/* map: from one node to another */
	size_t		 from, to;	/* indices of records */
	enum line_status status;
};

struct block {
	enum block_type	 type;
	struct words	 label;
	struct words	 caption;
	size_t		 unit;		/* chart */
	size_t		 nrecord;
	struct record	*record;
	size_t		 nedge;
	struct edge	*edge;
	size_t		 nfact;		/* facts of the block itself */
	const char	**fact;
	unsigned	 line;
};

struct page {
	const struct page_head	*head;
	size_t			 nblock;
	struct block		*block;
};

/*
 * Read DIR/capsule.yml and check every page under DIR/pages/; errors and
 * warnings go to d, all of them.  The heads of all pages are kept, their
 * blocks are not: each(page) is called once per page, in reading order,
 * while it is loaded (each may be NULL), and stops the run with -1.
 * NULL when d has an error (also when each() failed; then d may be clean).
 */
struct profile	*profile_load(const char *dir, struct diag *d,
		    int (*each)(const struct profile *, const struct page *,
		    void *), void *arg);
void		 profile_free(struct profile *);
/* Index of the language with that dir, or SIZE_MAX. */
size_t		 profile_lang(const struct profile *, const char *dir);
/* Index into profile.page, or SIZE_MAX. */
size_t		 profile_page(const struct profile *, const char *id);

#endif
