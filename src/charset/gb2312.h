/* SPDX-License-Identifier: ISC */
/*
 * The codes of strict GB2312 (EUC-CN, 0xA1A1 to 0xF7FE), for the charsets
 * gb2312 and hz.  Never a byte of GBK.
 */
#ifndef CHARSET_GB2312_H
#define CHARSET_GB2312_H

#include <stddef.h>
#include <stdint.h>

/* Two-byte code of cp (cp > 0x7F), 0 when GB2312 has no place for it. */
unsigned	gb2312_from(uint32_t cp);
int		gb2312_has(uint32_t cp);	/* the same as yes or no */
/* Code point of a two-byte code, 0 when it is unassigned. */
uint32_t	gb2312_to(unsigned code);
/*
 * How many bytes at the start of s are pairs that are such codes when the bits
 * of top are set in both bytes.
 */
size_t		gb2312_run(const char *s, size_t len, uint8_t top);

#endif
