/* SPDX-License-Identifier: ISC */
/* Data of gb2312.c, written by a script. */
#ifndef CHARSET_GB2312_TABLE_H
#define CHARSET_GB2312_TABLE_H

#define GB2312_ROWS	81		/* 1 to 9, then 16 to 87 */
#define GB2312_CELLS	94		/* of a row */

/* The characters of each row as UTF-8; `-': this cell has none. */
extern const char *const	gb2312_rows[GB2312_ROWS];

#endif
