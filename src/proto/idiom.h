/* SPDX-License-Identifier: ISC */
/*
 * Idioms: forms of gemtext that have a meaning in apeng's pages, as items with
 * a name and a value, remarks, captions, charts, drawings, timelines.  Each
 * idiom has one writer, which render/ uses, and one reader, which html/ uses;
 * the reader gives back what the writer was given.  apeng-package(5) describes
 * them, because a stranger's package may use them, too.  A reader takes a
 * stranger's bytes.
 *
 * Texts are UTF-8 of one line.  Nothing is owned: the slices that a reader
 * gives point into the text that it was given.
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
	const char	*stop;			/* ". " between a spelling and
						   a note */
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
 * Only the name must be there; a part that is missing has no marks, either.  A
 * name with a colon in it is read back as a name and a value, and a value that
 * ends as a year does as a value and a year.
 */
struct idiom_item {
	struct slice	 name, value;
	struct slice	 year;		/* its digits, also as 2081/82 */
	struct slice	 printed, note;	/* the spelling and the note of the
					   remark */
	struct slice	 mark;		/* "1": the remark is note 1 at the
					   page's foot, and printed and note
					   are missing */
	/* Set by the reader only: the year and the remark with all marks. */
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

/* Write a note without its "* "; write the text of a remark. */
void	 idiom_note_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_note *);
void	 idiom_remark_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_words *, const struct slice *printed,
	    const struct slice *note);
/* 1: the item is one. */
int	 idiom_note_read(const char *, size_t, struct idiom_note *);
/* The number of a mark, 1 to 999 in ASCII digits; 0: it is none. */
size_t	 idiom_mark(const struct slice *);
/*
 * Bytes before the first colon of any language; *mark: bytes of the colon and
 * its blanks.  SIZE_MAX: there is no colon behind the first byte.
 */
size_t	 idiom_colon(const struct slice *, size_t *mark);
/* Cut a bracket off the end of s, if any; 1: *inside is the text in it. */
int	 idiom_bracket(struct slice *s, struct slice *inside);
/* 1: the value begins with a number and is short enough for a cell. */
int	 idiom_is_figure(const struct idiom_item *);

/*
 * An item of a list that is an event:
 *	FIRST - LAST FROM-TO (WORDS): TITLE (PLACE)
 * Only the first day and the title must be there.  Days are 2026-07-21, times
 * 08:30; the words name the day of the week and how the event is repeated.
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
 * Text in another language than the page stands below a line with the BCP 47
 * tag of that language, and ends before the next empty line.
 *	[TAG] WORDS
 * Append the tag; the caller appends the words.
 */
void	 idiom_foreign_begin(struct buf *, const char *tag);
/* Append the lines; empty ones only if they are in a preformatted block. */
void	 idiom_foreign_write(struct buf *, const char *, size_t len);
/* 1: the line begins such a text. */
int	 idiom_foreign_read(const struct slice *line, struct slice *tag,
	    struct slice *words);

/* A title or another line in another language than the page: TEXT [TAG] */
void	 idiom_tagged_write(struct buf *, const char *text, const char *tag);
/* 1: the line has that form; the caller checks that the capsule has the tag. */
int	 idiom_tagged_read(const struct slice *line, struct slice *text,
	    struct slice *tag);

/* A step, a line of text by itself: "2. TEXT".  They count from 1 to 99. */
void	 idiom_step_write(struct buf *, size_t n, const char *, size_t len);
/* Its number; 0: the line is none. */
size_t	 idiom_step_read(const struct slice *line, struct slice *text);

/*
 * A notice, a line of text by itself; one to three marks show how severe it is:
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
 * without such a line it is no contact, but a heading and a list.
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
/* Bytes of the contact that s begins with, at a line's start; 0: none. */
size_t	 idiom_contact_read(const char *s, size_t len,
	    struct idiom_contact *);
/* The next of its parts, which moves on; 0: no more. */
int	 idiom_contact_next(struct slice *parts, struct idiom_contact_part *);

/*
 * A preformatted block.  When it is one of the idioms below, a line of text
 * right before it is its caption.
 */
struct idiom_block {
	struct slice	 alt;		/* behind the marks that open it */
	struct slice	 lines;		/* the lines of the block, without the
					   last LF; NULL: it has none */
};

void	 idiom_block_begin(struct buf *, const char *alt);
void	 idiom_block_end(struct buf *);
/*
 * Write one line without the blanks at its end.  A line that would end the
 * block or a Gopher text gets a blank before it.
 */
void	 idiom_line(struct buf *, const char *, size_t len);
/* Write a text on as many lines as it needs. */
void	 idiom_wrap(struct buf *, const char *, size_t len);
/*
 * How many bytes of s stand on a line of cols columns.  The line ends at a
 * blank if it has one; else the next line does not begin with a mark that ends
 * a phrase.  When not even one character fits, all bytes; 0 for an empty s.
 */
size_t	 idiom_break(const char *s, size_t len, size_t cols);
/*
 * How many bytes of s, at most len, fit into cols columns.  No character is
 * cut, and none is separated from its combining marks.
 */
size_t	 idiom_fit(const char *s, size_t len, size_t cols);
/* 1: s begins with a full-width mark that no line may begin with. */
int	 idiom_is_closing(const char *s, size_t len);
/*
 * 1: *line is the first line of rest without its LF or CRLF; rest moves behind
 * it, or to NULL behind the last line.  0: there is none.
 */
int	 idiom_next_line(struct slice *rest, struct slice *line);

/*
 * A timetable, with one line for each stop.  A time is 06:00, which may have a
 * letter, * or + right behind it; "-" (no stop) or "x" (on request).  It is a
 * block of at most IDIOM_COLS columns, or else items of a list:
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
/* How many times a line of it has, or an item's value, which has no name. */
size_t	 idiom_stop_read(const struct slice *, struct slice *name,
	    struct slice *times);
/* 1: it is a time of a timetable. */
int	 idiom_is_time(const char *, size_t len);
/* The next of the times; 0: no more. */
int	 idiom_time_next(struct slice *times, struct slice *time);

/*
 * A chart: bars that begin at 0, each a run of '#' between its name and its
 * value:
 *	``` WORD: NAME VALUE; NAME VALUE
 *	NAME ##### VALUE
 *	```
 * Different values get different bars if there are enough columns.  Bars that
 * begin at another value than 0 begin with a '/', and words before the first
 * bar state that value:
 *	Bars begin at 400.
 *	2024 /##### 415
 * Names that leave too few columns for bars stand on lines above their bars;
 * so do values that are too wide, as "NAME: VALUE".
 */
struct idiom_bar {
	struct slice	 name, value;
	double		 number;	/* of the value, not below 0 */
};

/*
 * 1: the values are too near each other for bars from 0; start is the value at
 * which to begin them, written as in YAML.
 */
int	 idiom_chart_start(const struct idiom_bar *, size_t n,
	    char start[IDIOM_START]);
/*
 * Write the whole block.  word: the alt text begins with it; start: the words
 * that say at which value the bars begin, NULL: they begin at 0.
 */
void	 idiom_chart_write(struct buf *, const struct idiom_marks *,
	    const char *word, const char *start, const struct idiom_bar *,
	    size_t n);
/*
 * Read at most IDIOM_BARS_MAX bars.  Returns how many; 0: the block is no
 * chart.  A value can be read in several ways, and form (NULL: not known) may
 * not be the form with which it was written: the reader takes the numbers that
 * agree with the bars that are drawn, else the lengths of these bars.
 */
size_t	 idiom_chart_read(const struct idiom_block *,
	    const struct number_form *form, struct idiom_bar *bar);

/*
 * A timeline.  Each line has a time or none, a mark (o an event, + a round
 * year, | a line between them), and words or none.  The marks stand in one
 * column.
 *	``` ALT
 *	1950 o The district is founded.
 *	     |
 *	```
 */
struct idiom_rail {
	struct slice	 time, words;
	char		 mark;
};

/* Write one line of it; column: where the marks stand. */
void	 idiom_rail_write(struct buf *, size_t column,
	    const struct idiom_rail *);
/* 1: the block is a timeline; *column is where its marks stand. */
int	 idiom_rail_read(const struct idiom_block *, size_t *column);
/* Its next line, as idiom_next_line(). */
int	 idiom_rail_next(struct slice *rest, size_t column,
	    struct idiom_rail *);

/*
 * A file beside the text: a link, and right below it a caption or none and a
 * credit or none; a credit begins with a dash:
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

/* Write the link line; captions are written by idiom_below_write(). */
void	 idiom_file_write(struct buf *, const struct idiom_marks *,
	    const char *url, const struct idiom_file *);
/* Read a link's label.  1: the link is to a file beside the text. */
int	 idiom_file_read(const char *, size_t, struct idiom_file *);
void	 idiom_credit_write(struct buf *, const char *);
/* 1: the line of text is a credit. */
int	 idiom_credit_read(const char *, size_t, struct slice *);

/*
 * Lines of text right below a link describe its target: below a link to a file
 * beside the text all lines up to an empty one or one of another type, below
 * another link only the first line:
 *	=> history.gmi History
 *	From the Tang dynasty to 2018.
 */
void	 idiom_below_write(struct buf *, const char *);
/* 1: the line, right below a link, describes its target; *text is its text. */
int	 idiom_below_read(const struct gemtext_line *, struct slice *text);

/*
 * A table.  If 38 columns are enough, it is a block: the labels, which may take
 * several lines, a rule with a run of '-' as wide as each column, the rows, and
 * if there are totals another rule and a row of them:
 *	``` WORD: WARD; PEOPLE
 *	WARD    PEOPLE
 *	------  ------
 *	East     4,500
 *	```
 * Else there is a record for each row.  Two records or more are read as a table
 * when all have the same names in the same order:
 *	### WARD: East
 *	* PEOPLE: 4,500
 * The totals are then the last record, whose heading has no "WARD: ".
 * A line of text right before the block or the first record is the caption.
 */
#define IDIOM_TABLE_COLS	16

struct idiom_column {
	struct slice	 label;
	int		 right;		/* cells stand at its right edge */
	size_t		 from, to;	/* its columns; set by the reader */
};

struct idiom_table {
	size_t			 ncol;
	struct idiom_column	 column[IDIOM_TABLE_COLS];
	size_t			 nrow;		/* with the row of totals */
	int			 has_total;	/* the last row is of totals */
	const struct slice	*cell;	/* for the writer: nrow * ncol, an
					   empty one is written as "-" */
	struct slice		 rest;	/* for the reader: the rows that
					   idiom_table_next() will read */
	int			 is_records;	/* read from records */
};

/* Write a block, else records; word: the alt text begins with it. */
void	 idiom_table_write(struct buf *, const struct idiom_marks *,
	    const char *word, const struct idiom_table *);
/* 1: the block is a table; its rows follow from idiom_table_next(). */
int	 idiom_table_read(const struct idiom_block *, struct idiom_table *);
/*
 * 1: records of a table begin at s, where a heading of level 3 stands; *used is
 * how many bytes they have.
 */
int	 idiom_records_read(const char *s, size_t len, struct idiom_table *,
	    size_t *used);
/* Read the next row, ncol cells.  1: a row; 2: a row of totals; 0: no more. */
int	 idiom_table_next(struct idiom_table *,
	    struct slice cell[IDIOM_TABLE_COLS]);

/*
 * A series: bars for years or months.  Each period stands before its first bar.
 * With several lines, each bar has the name of its line before it, or a letter
 * for that name; then the names of the letters stand above the drawing, with an
 * empty line behind them.  The bar of a value below 0 is of '-', and "-" alone
 * stands for a value that is missing.
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
	struct slice	 text;		/* of the value; empty: none */
	double		 number;	/* 0 when there is none */
};

struct idiom_series {
	size_t			 nline, nperiod;	/* at least 1; at least
							   2 */
	struct slice		 line[IDIOM_LINES];	/* names; the name of a
							   single line is not
							   read */
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
/* 1: the block is a series.  Numbers are found as in idiom_chart_read(). */
int	 idiom_series_read(const struct idiom_block *,
	    const struct number_form *, struct idiom_series *);

/*
 * Ways: the links at the end of a page, which lead to other pages of the
 * capsule.  Between and behind them are only empty lines.
 *	=> URL WORD: TITLE
 * The word says where the link leads, as "Next" in the page's language, and may
 * be missing; a title with a colon and no word is read back as word and title.
 */
struct idiom_way {
	struct slice	 url;
	struct slice	 word;		/* NULL: none */
	struct slice	 title;
};

/* Write the link line. */
void	 idiom_way_write(struct buf *, const struct idiom_marks *,
	    const struct idiom_way *);
/* The offset at which they begin in the page; len: there is none. */
size_t	 idiom_ways(const char *text, size_t len);
/* Read one of them; the line is a link. */
void	 idiom_way_read(const struct gemtext_line *, struct idiom_way *);

/*
 * Any other drawing, such as a map: words at columns.  A block is a drawing
 * when it has three lines or more and its alt text has at least as many letters
 * as they have.
 */
int	 idiom_is_drawing(const struct idiom_block *);
/* 1: *word is the next word from byte *at on; *at moves behind it.  0: none. */
int	 idiom_drawing_next(const struct slice *line, size_t *at,
	    struct slice *word);

#endif
