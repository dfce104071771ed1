/* SPDX-License-Identifier: ISC */
/*
 * Decimal numbers as a language writes them, and back: 554,000 and 55.4万.
 * A value is as the YAML and the CSV have it: an optional -, digits without
 * separators, perhaps a point and digits, perhaps a + for "and more".
 */
#ifndef PROTO_NUMBER_H
#define PROTO_NUMBER_H

#include <stddef.h>

struct buf;

#define NUMBER_GROUP_FROM	5	/* digits: 2402 stays as it is */

/* How a language writes numbers.  All strings are UTF-8 and not owned. */
struct number_form {
	const char	*thousands;	/* between groups; "": none; NULL: any
					   that people use, to read only */
	const char	*decimal;	/* before the digits of a part */
	const char	*more;		/* what a + at the end becomes */
	/*
	 * Words of 10^4 and 10^8: counts from 10,000 on are written with
	 * them when that is exact and short.  NULL: not in this language.
	 */
	const char	*myriad, *myriads;
	int		 lakh;		/* groups of 2 above the last 3 */
	const char	*digits;	/* ten, from zero on; NULL: 0123456789 */
};

extern const struct number_form	number_english;	/* 554,000.5 */
extern const struct number_form	number_chinese;	/* 55.4万 */
/* To read what may be in any language; a comma may part or group. */
extern const struct number_form	number_any, number_any_comma;

/*
 * Append value; in_myriads 0 forbids those words, since the unit has one
 * itself (万元).  0: it is no value, nothing was added; else 1.
 */
int	 number_write(struct buf *, const char *value,
	    const struct number_form *, int in_myriads);
/*
 * The number that s begins with, in digits of any script; bytes used, 0 when
 * it begins with none.  NULL: number_any.
 */
size_t	 number_read(const char *s, size_t len, const struct number_form *,
	    double *out);
/* Put the form's digits for those that b has from byte `from' on. */
void	 number_digits(struct buf *, size_t from, const struct number_form *);
/* Bytes of the digit, of any script, that s begins with, or 0. */
size_t	 number_digit(const char *s, size_t len);
/* 1: behind a number follow a mark and digits: it was not read whole. */
int	 number_goes_on(const char *s, size_t len);

#endif
