/* SPDX-License-Identifier: ISC */
/*
 * Writes decimal numbers as a language does, and reads them: 554,000, 55.4万.
 * A value is written as in the YAML and the CSV: an optional -, digits without
 * marks between them, optional a point and digits, optional a + for "and more".
 */
#ifndef PROTO_NUMBER_H
#define PROTO_NUMBER_H

#include <stddef.h>

struct buf;

#define NUMBER_GROUP_FROM	5	/* digits: 2402 stays as it is */

/* How a language writes numbers.  All strings are UTF-8 and not owned. */
struct number_form {
	const char	*thousands;	/* between groups; "": none; NULL: any
					   mark that people use, only to read */
	const char	*decimal;	/* before the decimals */
	const char	*more;		/* replaces a + at the end */
	/*
	 * Words for 10^4 and 10^8.  Whole numbers from 10,000 on are written
	 * with them if at most two decimals make that exact.  NULL: the
	 * language has none.
	 */
	const char	*myriad, *myriads;
	int		 lakh;		/* groups of 2 above the last 3 */
	const char	*digits;	/* ten, from zero on; NULL: 0123456789 */
};

extern const struct number_form	number_english;	/* 554,000.5 */
extern const struct number_form	number_chinese;	/* 55.4万 */
/*
 * To read a number of any language.  In the first a dot stands before decimals,
 * in the second a comma; the other marks stand between groups.
 */
extern const struct number_form	number_any, number_any_comma;

/*
 * Append a value.  in_myriads 0: without these words, as when the unit has one
 * itself (万元).  1, or 0: it is no value, and nothing was added.
 */
int	 number_write(struct buf *, const char *value,
	    const struct number_form *, int in_myriads);
/*
 * Read the number that s begins with, in digits of any script.  Returns the
 * bytes used; 0: s begins with no number.  NULL: number_any.
 */
size_t	 number_read(const char *s, size_t len, const struct number_form *,
	    double *out);
/* Replace the ASCII digits of b from byte `from' on by the form's digits. */
void	 number_digits(struct buf *, size_t from, const struct number_form *);
/* Bytes of the digit, of any script, that s begins with, or 0. */
size_t	 number_digit(const char *s, size_t len);
/* 1: s, right behind a number, goes on with a digit, or a mark and a digit. */
int	 number_goes_on(const char *s, size_t len);

#endif
