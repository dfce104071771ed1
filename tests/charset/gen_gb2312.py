#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/charset/gb2312_table.c from Python's gb2312 codec.

    tests/charset/gen_gb2312.py > src/charset/gb2312_table.c

Only the standard's assignments come from there.  What a Chinese keyboard
types for A1A4 and A1AA (U+00B7, U+2014) differs from the codec's choice
(U+30FB, U+2015); decoding gives the keyboard's character, and gb2312.c
encodes both.
"""

TYPED = {0xA1A4: "\u00b7", 0xA1AA: "\u2014"}
ROWS = list(range(1, 10)) + list(range(16, 88))
GAP = "-"
PARTS = (0, 32, 63, 94)         # cells of a line of the table


def character(row, cell):
    gb = (row + 0xA0) << 8 | (cell + 0xA0)
    try:
        return TYPED.get(gb) or gb.to_bytes(2, "big").decode("gb2312")
    except UnicodeDecodeError:
        return GAP


print("""/* SPDX-License-Identifier: ISC */
/*
 * The characters of GB2312: rows 1 to 9 and 16 to 87, 94 cells each, as UTF-8;
 * a `-' is a cell without a character.  Written by tests/charset/gen_gb2312.py
 * from Python's codec: change that.
 */
#include "charset/gb2312_table.h"

const char *const gb2312_rows[GB2312_ROWS] = {""")
for row in ROWS:
    cells = "".join(character(row, cell) for cell in range(1, 95))
    print("\t/* %d */" % row)
    for at, to in zip(PARTS, PARTS[1:]):
        print('\t"%s"%s' % (cells[at:to], "," if to == 94 else ""))
print("};")
