/* SPDX-License-Identifier: ISC */
/* Data of gb2312.c, two levels each way; written by a script. */
#ifndef CHARSET_GB2312_TABLE_H
#define CHARSET_GB2312_TABLE_H

#include <stdint.h>

struct gb2312_group {
	uint16_t	bits;		/* bit i: code point 16 * group + i */
	uint16_t	start;		/* of its codes in gb2312_code */
};

extern const uint16_t			gb2312_unicode[];
extern const uint8_t			gb2312_page[];
extern const struct gb2312_group	gb2312_group[];
extern const uint16_t			gb2312_code[];

#endif
