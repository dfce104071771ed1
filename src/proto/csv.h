/* SPDX-License-Identifier: ISC */
/*
 * Reads tables of a spreadsheet: records of fields with a comma, a semicolon
 * or a tab between them, as RFC 4180 defines them and as offices save them.  A
 * byte order mark, LF or CRLF and empty lines are fine.
 */
#ifndef PROTO_CSV_H
#define PROTO_CSV_H

#include <stddef.h>

struct buf;

struct csv {
	char		*at, *end;
	char		 mark;		/* between fields, as line 1 has it */
	unsigned	 line;		/* of the record read last, from 1 */
	unsigned	 next_line;
	const char	*why;		/* after -1: what is wrong, in words */
};

/*
 * Begin to read len bytes, over which csv_next() writes.  It may also write to
 * data[len], so that byte must be the caller's, as it is after file_read().
 */
void	 csv_start(struct csv *, char *data, size_t len);
/*
 * The next record: at most max fields, each a string without its quotes
 * inside data.  1, or 0: no more; -1: see why and next_line.
 */
int	 csv_next(struct csv *, char **field, size_t max, size_t *n);
/* The file's decimal mark: a comma if ; is between fields, else a dot. */
char	 csv_decimal(const struct csv *);
/*
 * Append a number, which people and programs write in many ways, as it stands
 * in YAML: "1 234,5" becomes 1234.5, and digits of any script 0 to 9.  decimal
 * is '.' or ','; the other of them, blanks and apostrophes may stand between
 * groups of digits.  1: it was appended to out; 0: it is no number.
 */
int	 csv_number(const char *, char decimal, struct buf *out);
/*
 * 1: it has only digits and marks of numbers, and two digits or more, so its
 * author meant a number, even if csv_number() finds none.
 */
int	 csv_looks_number(const char *);

#endif
