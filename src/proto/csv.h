/* SPDX-License-Identifier: ISC */
/*
 * Tables of a spreadsheet: records of fields with a comma, a semicolon or a
 * tab between them, as RFC 4180 has it and as offices save it.  A byte order
 * mark, LF or CRLF and empty lines are fine.
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
	const char	*why;		/* of -1, in words */
};

/*
 * Begin to read len bytes, which csv_next() writes over; data[len] is a byte
 * of the caller's, too, as file_read() has it.
 */
void	 csv_start(struct csv *, char *data, size_t len);
/*
 * The next record: at most max fields, each a string without its quotes
 * inside data.  1, or 0: no more; -1: see why and next_line.
 */
int	 csv_next(struct csv *, char **field, size_t max, size_t *n);
/* The mark before decimals that goes with a mark between fields: ;  and , */
char	 csv_decimal(const struct csv *);
/*
 * A number as people and programs write it, as YAML has it: "1 234,5" is
 * 1234.5, digits of any script are 0 to 9.  decimal is '.' or ',', the other
 * of them may stand between groups of digits, as blanks and apostrophes may.
 * 1: appended to out; 0: it is no number.
 */
int	 csv_number(const char *, char decimal, struct buf *out);
/*
 * 1: nothing but digits and marks of numbers, two digits or more: meant as a
 * number, whether it is one or not.
 */
int	 csv_looks_number(const char *);

#endif
