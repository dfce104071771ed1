/* SPDX-License-Identifier: ISC */
/* Decimal numbers as heads, offers, indexes and options write them. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stddef.h>
#include <stdint.h>

/* 1 to 19 decimal digits without leading zeros to *v; -1 if they are not. */
int	num_parse(const char *, size_t len, uint64_t *v);

#endif
