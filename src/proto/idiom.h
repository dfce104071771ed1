/* SPDX-License-Identifier: ISC */
/*
 * What our pages mean by a form of gemtext: items with a name and a value,
 * remarks, captions, charts, drawings, timelines.  Each idiom has one writer,
 * which render/ uses, and one reader, which html/ uses; what a writer was
 * given, its reader gives back.  apeng-package(5) describes them, since
 * strangers' packages may use them too.  A reader sees a stranger's bytes.
 *
 * Texts are UTF-8 of one line.  Nothing is owned: what a reader gives points
 * into what it was given.
 */
#ifndef PROTO_IDIOM_H
#define PROTO_IDIOM_H

#include <stddef.h>

struct buf;
struct gemtext_line;
struct number_form;

#define IDIOM_COLS	38		/* columns of a drawing's line */
#define IDIOM_BARS_MAX	64
#define IDIOM_START	40		/* bytes of a number with its NUL */

struct slice {
	const char	*at;		/* NULL: not there */
	size_t		 len;
};
struct slice	 slice_of(const char *);	/* NULL is fine */

/* The marks that a language writes its idioms with. */
struct idiom_marks {
	const char	*colon;			/* ": " between name and value */
	const char	*open, *close;		/* " (" and ")" of a year */
	const char	*note_open, *note_close;	/* " [" and "]" */
	const char	*quote_open, *quote_close;	/* of a spelling: \" */
	const char	*stop;			/* ". " behind it */
	const char	*list;			/* "; " within an alt text */
	const char	*year;			/* behind a year: 年 */
};

extern const struct idiom_marks	idiom_narrow;
extern const struct idiom_marks	idiom_french;	/* "NAME : VALUE" */
extern const struct idiom_marks	idiom_chinese;	/* full-width, 2018年 */
extern const struct idiom_marks	idiom_japanese;	/* and 「SPELLING」 */

/*
 * An item of a list, behind its "* ":
 *	NAME: VALUE (YEAR) [WORD "SPELLING". WORD: NOTE]
 * or, with its remark at the page's foot (struct idiom_note),
 *	NAME: VALUE (YEAR) [MARK]
 * Each part may be missing but the name; then its marks are, too.  A name
 * with a colon in it is cut there, a value that ends as a year does loses it.
 */
struct idiom_item {
	struct slice	 name, value;
	struct slice	 year;		/* its digits, also as 2081/82 */
	struct slice	 printed, note;	/* what the remark says */
	struct slice	 mark;		/* "1": the remark is note 1 at the
					   page's foot; then without those two */
	/* From the reader alone: the year and the remark with all marks. */
	struct slice	 year_part, remark;
};

/* The words before a spelling and before a note. */
struct idiom_words {
	const char	*printed, *note;
};

void	 idiom_item_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_words *, const struct idiom_item *);
void	 idiom_item_read(const char *, size_t, struct idiom_item *);
/*
 * A remark at the page's foot, an item of the list under its own heading:
 *	[MARK] TEXT
 * The marks of a page are 1, 2, 3 and so on, each for one note.
 */
struct idiom_note {
	struct slice	 mark, text;
};

/* What is behind "* "; and the text that a remark has. */
void	 idiom_note_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_note *);
void	 idiom_remark_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_words *, const struct slice *printed,
	    const struct slice *note);
/* 1: the item is one. */
int	 idiom_note_read(const char *, size_t, struct idiom_note *);
/* The number of a mark, 0 when it is none: not 1 to 999 in plain digits. */
size_t	 idiom_mark(const struct slice *);
/*
 * Bytes before the first colon of any language, and in *mark those of it with
 * its blanks; SIZE_MAX: there is none, or nothing before it.
 */
size_t	 idiom_colon(const struct slice *, size_t *mark);
/* Cut a parenthesis off the end of s; 1: its words are in *inside. */
int	 idiom_bracket(struct slice *s, struct slice *inside);
/* 1: the value begins with a number and is short enough for a cell. */
int	 idiom_is_figure(const struct idiom_item *);

/*
 * An item of a list that is an event:
 *	FIRST - LAST FROM-TO (WORDS): TITLE (PLACE)
 * Only the first day and the title must be there.  Days are 2026-07-21, times
 * 08:30; the words say which day of the week it is and how it comes again.
 */
struct idiom_event {
	struct slice	 first, last, from, to, words;
	struct slice	 title, place;
};
/* The name and the value of the item. */
void	 idiom_event_name(struct buf *, const struct idiom_marks *,
	    const struct idiom_event *);
void	 idiom_event_value(struct buf *, const struct idiom_marks *,
	    const struct idiom_event *);
/* 1: the item is one. */
int	 idiom_event_read(const struct idiom_item *, struct idiom_event *);

/*
 * What is in another language than the page: below a line with its BCP 47 tag,
 * up to the next empty line.
 *	[TAG] WORDS
 */
void	 idiom_foreign_begin(struct buf *, const char *tag);
/* The lines without the empty ones, but for those of preformatted blocks. */
void	 idiom_foreign_write(struct buf *, const char *, size_t len);
/* 1: a line that begins it. */
int	 idiom_foreign_read(const struct slice *line, struct slice *tag,
	    struct slice *words);

/* A title or another line in another language than the page: TEXT [TAG] */
void	 idiom_tagged_write(struct buf *, const char *text, const char *tag);
/* 1: a line that may be one, if that is a tag of the capsule. */
int	 idiom_tagged_read(const struct slice *line, struct slice *text,
	    struct slice *tag);

/* A step, a line of text by itself: "2. TEXT".  They count from 1 to 99. */
void	 idiom_step_write(struct buf *, size_t n, const char *, size_t len);
/* Its number; 0: the line is none. */
size_t	 idiom_step_read(const struct slice *line, struct slice *text);

/*
 * A notice, a line of text by itself, with one to three marks by how much
 * hangs on it:
 *	!! WORD (DATES): TEXT
 */
struct idiom_notice {
	size_t		 level;		/* 1 to 3 */
	struct slice	 word, dates, text;	/* dates NULL: none */
};
void	 idiom_notice_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_notice *);
int	 idiom_notice_read(const struct slice *line, struct idiom_notice *);

/*
 * A person or an office, from a heading to the next empty line, heading or
 * end:
 *	### NAME
 *	ROLE
 *	=> tel:NUMBER WORD: NUMBER (LABEL)
 *	=> mailto:ADDRESS WORD: ADDRESS
 *	* WORD: TEXT
 * Only the name must be there, and one line with a phone or a mail address:
 * without these it is a heading and a list.
 */
enum idiom_contact_kind { CONTACT_PHONE, CONTACT_MAIL, CONTACT_ITEM };
struct idiom_contact_part {
	enum idiom_contact_kind	 kind;
	struct slice		 url;	/* of a phone or mail */
	struct slice		 word, text;	/* word NULL: none */
};
struct idiom_contact {
	struct slice	 name, role;
	struct slice	 parts;		/* their lines */
};

void	 idiom_contact_begin(struct buf *, const struct idiom_contact *);
void	 idiom_contact_part(struct buf *, const struct idiom_marks *,
	    const struct idiom_contact_part *);
/* Bytes that it takes of s, which begins a line; 0: there is none. */
size_t	 idiom_contact_read(const char *s, size_t len,
	    struct idiom_contact *);
/* The next of its parts, which moves on; 0: no more. */
int	 idiom_contact_next(struct slice *parts, struct idiom_contact_part *);

/*
 * A preformatted block.  A line of text right before it is its caption when
 * the block is one of those below.
 */
struct idiom_block {
	struct slice	 alt;		/* behind the marks that open it */
	struct slice	 lines;		/* between them, without the last LF;
					   NULL: there is none */
};

void	 idiom_block_begin(struct buf *, const char *alt);
void	 idiom_block_end(struct buf *);
/* One line.  What would end the block or a Gopher text gets a blank. */
void	 idiom_line(struct buf *, const char *, size_t len);
/* A text on as many lines as it needs. */
void	 idiom_wrap(struct buf *, const char *, size_t len);
/*
 * Bytes of s that go on a line of cols columns: up to a blank if there is
 * one, and no mark that ends a phrase begins the next.  0 for an empty s.
 */
size_t	 idiom_break(const char *s, size_t len, size_t cols);
/*
 * Bytes of s, at most len, that fit into cols columns without cutting a
 * character or parting a mark from what it stands on.
 */
size_t	 idiom_fit(const char *s, size_t len, size_t cols);
/* 1: s begins with a full-width mark that no line may begin with. */
int	 idiom_is_closing(const char *s, size_t len);
/* The first line of rest, which moves on and is NULL behind the last; 0: end. */
int	 idiom_next_line(struct slice *rest, struct slice *line);

/*
 * A timetable, a line a stop; a time is 06:00, perhaps with a letter, * or +
 * right behind it, or "-", none, or "x", on request.  In a block of at most
 * IDIOM_COLS columns, or else as items of a list:
 *	``` WORD: NAME 06:00 -; NAME 06:40 08:10
 *	NAME 06:00   -
 *	NAME 06:40 08:10
 *	```
 *	* NAME: 06:00 -
 */
struct idiom_stop {
	struct slice		 name;
	const char *const	*time;
	size_t			 ntime;		/* each stop has as many */
};
void	 idiom_times_write(struct buf *, const struct idiom_marks *,
	    const char *word, const struct idiom_stop *, size_t n);
/* How many times each line of the block has; 0: it is no timetable. */
size_t	 idiom_times_read(const struct idiom_block *);
/* The same of one line of it, or of an item's value, which has no name. */
size_t	 idiom_stop_read(const struct slice *, struct slice *name,
	    struct slice *times);
/* 1: it may stand in one. */
int	 idiom_is_time(const char *, size_t len);
/* The next of them; 0: no more. */
int	 idiom_time_next(struct slice *times, struct slice *time);

/*
 * Bars from nothing, each a run of '#' between its name and its value:
 *	``` WORD: NAME VALUE; NAME VALUE
 *	NAME ##### VALUE
 *	```
 * Different values have different bars as long as there are columns for it.
 * Bars that begin at another value, which words before the first one say,
 * begin with a '/':
 *	Bars begin at 400.
 *	2024 /##### 415
 * Names that leave no room stand on the lines above their bars, and values,
 * too, as "NAME: VALUE".
 */
struct idiom_bar {
	struct slice	 name, value;
	double		 number;	/* of the value, not below 0 */
};

/*
 * 1: the values are too near each other for bars from nothing; start is the
 * one to begin at, as capsules write numbers.
 */
int	 idiom_chart_start(const struct idiom_bar *, size_t n,
	    char start[IDIOM_START]);
/*
 * The whole block; word: what the alt text begins with; start: the words that
 * say at which value the bars begin, NULL: at nothing.
 */
void	 idiom_chart_write(struct buf *, const struct idiom_marks *,
	    const char *word, const char *start, const struct idiom_bar *,
	    size_t n);
/*
 * At most IDIOM_BARS_MAX bars; how many, 0 when the block is no chart.  The
 * numbers agree with the bars that are drawn: where a value can be read in
 * two ways, or form (NULL: unknown) is not the one it was written with.
 */
size_t	 idiom_chart_read(const struct idiom_block *,
	    const struct number_form *form, struct idiom_bar *bar);

/*
 * A timeline, a line each: perhaps a time, a mark (o an event, + a round
 * year, | the way between), perhaps words.  The marks stand in one column.
 *	``` ALT
 *	1950 o The district is founded.
 *	     |
 *	```
 */
struct idiom_rail {
	struct slice	 time, words;
	char		 mark;
};

/* One line of it; column: where the marks stand. */
void	 idiom_rail_write(struct buf *, size_t column,
	    const struct idiom_rail *);
/* 1: the block is one; *column is where its marks stand. */
int	 idiom_rail_read(const struct idiom_block *, size_t *column);
/* Its next line, as idiom_next_line(). */
int	 idiom_rail_next(struct slice *rest, size_t column,
	    struct idiom_rail *);

/*
 * A file beside the text: a link, and right below it perhaps a caption and a
 * credit, which begins with a dash:
 *	=> ../files/bridge.jpg LABEL (JPEG, 640x480, 38 KB)
 *	CAPTION
 *	— CREDIT
 */
struct idiom_file {
	struct slice	 label;
	const char	*word;		/* "JPEG", of proto/files.h */
	unsigned	 width, height;	/* 0: no picture */
	struct slice	 size;		/* "38 KB", in the language's words */
};

/* The link line; captions are lines of text. */
void	 idiom_file_write(struct buf *, const struct idiom_marks *,
	    const char *url, const struct idiom_file *);
/* A link's label.  1: it is one. */
int	 idiom_file_read(const char *, size_t, struct idiom_file *);
void	 idiom_credit_write(struct buf *, const char *);
/* 1: the line of text is a credit. */
int	 idiom_credit_read(const char *, size_t, struct slice *);

/*
 * What stands right below a link is about it: below a file beside the text each
 * line of text up to another line or an empty one, below another link one line:
 *	=> history.gmi History
 *	From the Tang dynasty to 2018.
 */
void	 idiom_below_write(struct buf *, const char *);
/* 1: that line, right below a link, is about it; *text is what it says. */
int	 idiom_below_read(const struct gemtext_line *, struct slice *text);

/*
 * A table.  When 38 columns hold it, it is a block: the labels, which may go
 * over several lines, a rule with a run of '-' as wide as each column, the
 * rows, and perhaps another rule and a row of totals:
 *	``` WORD: WARD; PEOPLE
 *	WARD    PEOPLE
 *	------  ------
 *	East     4,500
 *	```
 * Else it is a record for each row, which is a table again when all have the
 * same names in the same order, two records or more:
 *	### WARD: East
 *	* PEOPLE: 4,500
 * The totals then are a last record whose heading has no "WARD: ".
 * A line of text right before either is the caption.
 */
#define IDIOM_TABLE_COLS	16

struct idiom_column {
	struct slice	 label;
	int		 right;		/* cells stand at its right edge */
	size_t		 from, to;	/* its columns; from the reader alone */
};

struct idiom_table {
	size_t			 ncol;
	struct idiom_column	 column[IDIOM_TABLE_COLS];
	size_t			 nrow;		/* the totals are one, too */
	int			 has_total;	/* the last row is of totals */
	const struct slice	*cell;	/* for the writer: nrow * ncol, an
					   empty one is written as "-" */
	struct slice		 rest;	/* the reader's: rows to come */
	int			 is_records;
};

/* As a block, else as records; word: what the alt text begins with. */
void	 idiom_table_write(struct buf *, const struct idiom_marks *,
	    const char *word, const struct idiom_table *);
/* 1: the block is a table; its rows follow from idiom_table_next(). */
int	 idiom_table_read(const struct idiom_block *, struct idiom_table *);
/*
 * 1: records of a table begin at s, which is at a line of level 3; *used is
 * how many bytes they have.
 */
int	 idiom_records_read(const char *s, size_t len, struct idiom_table *,
	    size_t *used);
/* The next row: ncol cells.  1: it is there; 2: it is of totals; 0: end. */
int	 idiom_table_next(struct idiom_table *,
	    struct slice cell[IDIOM_TABLE_COLS]);

/*
 * A series: bars over years or months.  Each period stands before the first
 * of its bars; with several lines their names follow it, or letters for them,
 * which lines before the drawing and an empty line tell.  A bar below nothing
 * is of '-', and a value alone "-" is not there.
 *	``` WORD: WOMEN; MEN; 2018 12,000; 11,500; 2025 11,000; -
 *	2018 WOMEN ############ 12,000
 *	     MEN   ########### 11,500
 *	2025 WOMEN ########### 11,000
 *	     MEN   -
 *	```
 */
#define IDIOM_PERIODS	64
#define IDIOM_LINES	6

struct idiom_point {
	struct slice	 text;		/* of the value; empty: none there */
	double		 number;	/* 0 when there is none */
};

struct idiom_series {
	size_t			 nline, nperiod;	/* 1 and 2, or more */
	struct slice		 line[IDIOM_LINES];	/* a single one has no
							   name to be read */
	struct slice		 period[IDIOM_PERIODS];	/* 2018, 2018-04 */
	/* By period, IDIOM_LINES each. */
	struct idiom_point	 point[IDIOM_PERIODS * IDIOM_LINES];
};

/* As idiom_chart_start() and idiom_chart_write(). */
int	 idiom_series_start(const struct idiom_series *,
	    char start[IDIOM_START]);
void	 idiom_series_write(struct buf *, const struct idiom_marks *,
	    const char *word, const char *start,
	    const struct idiom_series *);
/* 1: the block is one.  Of its numbers holds what idiom_chart_read() says. */
int	 idiom_series_read(const struct idiom_block *,
	    const struct number_form *, struct idiom_series *);

/*
 * The way on: the links that end a page, with nothing but empty lines between
 * and behind them, lead about the capsule.
 *	=> URL WORD: TITLE
 * The word says where to, as "Next" in the page's language, and may be
 * missing; a title without a word that has a colon is cut there.
 */
struct idiom_way {
	struct slice	 url;
	struct slice	 word;		/* NULL: none */
	struct slice	 title;
};

/* The link line. */
void	 idiom_way_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_way *);
/* Where in the page they begin: a byte, len when there is none. */
size_t	 idiom_ways(const char *text, size_t len);
/* One of them; a line that is a link. */
void	 idiom_way_read(const struct gemtext_line *, struct idiom_way *);

/*
 * Any other drawing, as a map is: words at their columns.  It is one when
 * it has three lines or more and its alt text says all that they say.
 */
int	 idiom_is_drawing(const struct idiom_block *);
/* The next word of a line from byte *at on, which moves behind it. */
int	 idiom_drawing_next(const struct slice *line, size_t *at,
	    struct slice *word);

#endif
