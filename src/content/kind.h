/* SPDX-License-Identifier: ISC */
/* What a string is; 1 yes, 0 no. */
#ifndef CONTENT_KIND_H
#define CONTENT_KIND_H

#include <stddef.h>

struct moment;

int	 kind_is_id(const char *, size_t min, size_t max);
int	 kind_is_host(const char *);
int	 kind_is_key(const char *);
int	 kind_is_fact(const char *);
int	 kind_is_taken(const char *);	/* a folder or tree of apeng's own */
/* NULL: fine; else what is wrong with it, in words. */
const char *kind_url(const char *);
const char *kind_text(const char *, size_t len, int line_start, int folded);
/* 1: a year (as a plain number), YYYY-MM or YYYY-MM-DD, put into *to. */
int	 kind_moment(const char *, int plain, struct moment *to);
const char *kind_phone(const char *);
const char *kind_mail(const char *);
const char *kind_hours(const char *);
const char *kind_days(const char *);
const char *kind_time(const char *, int or_none);	/* "-" */
const char *kind_value(const char *, int plain_number, double *number,
	    int *is_worded);

#endif
