#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/charset/gb2312_table.c from Python's gb2312 codec.

    tests/charset/gen_gb2312.py > src/charset/gb2312_table.c

Only the standard's assignments come from there.  What a Chinese keyboard
types for A1A4 and A1AA (U+00B7, U+2014) differs from the codec's choice
(U+30FB, U+2015); decoding gives the keyboard's character, encoding takes
both, and U+3007 (the zero of a year in characters) takes the circle's place.
"""

TYPED = {0xA1A4: 0x00B7, 0xA1AA: 0x2014}
ALSO = {0x30FB: 0xA1A4, 0x2015: 0xA1AA, 0x3007: 0xA1F0}
ROWS = list(range(1, 10)) + list(range(16, 88))


def facts():
    cells = {}
    for row in ROWS:
        for cell in range(1, 95):
            gb = (row + 0xA0) << 8 | (cell + 0xA0)
            try:
                cells[gb] = ord(gb.to_bytes(2, "big").decode("gb2312"))
            except UnicodeDecodeError:
                pass
    cells.update(TYPED)
    return cells


def numbers(values, width):
    per, line = 76 // (width + 4), []
    for i, v in enumerate(values):
        if i % per == 0:
            if line:
                print("\t" + " ".join(line))
            line = []
        line.append("0x%0*x," % (width, v))
    print("\t" + " ".join(line))


def main():
    cells = facts()
    back = {cp: gb for gb, cp in cells.items()}
    back.update(ALSO)
    print("""/* SPDX-License-Identifier: ISC */
/*
 * GB2312 and Unicode.  Written by tests/charset/gen_gb2312.py: change that.
 */
#include "charset/gb2312_table.h"

/* Cells of rows 1 to 9 and 16 to 87 in order; 0: unassigned. */
const uint16_t gb2312_unicode[%d] = {""" % (len(ROWS) * 94))
    numbers([cells.get((r + 0xA0) << 8 | (c + 0xA0), 0)
             for r in ROWS for c in range(1, 95)], 4)
    print("};\n")
    pages = sorted({cp >> 8 for cp in back})
    index = [0] * 256
    for i, page in enumerate(pages):
        index[page] = i + 1
    groups, packed = [], []
    for page in pages:
        for group in range(16):
            base = page << 8 | group << 4
            bits = sum(1 << i for i in range(16) if base + i in back)
            groups.append((bits, len(packed)))
            packed += [back[base + i] for i in range(16) if base + i in back]
    print("/* High byte of a code point -> 1 + its page, 0: none. */")
    print("const uint8_t gb2312_page[256] = {")
    numbers(index, 2)
    print("};\n")
    print("/* 16 groups a page: which of 16 code points, where they start. */")
    print("const struct gb2312_group gb2312_group[%d] = {" % len(groups))
    line = []
    for i, (bits, at) in enumerate(groups):
        line.append("{ 0x%04x, %4d }," % (bits, at))
        if len(line) == 4 or i == len(groups) - 1:
            print("\t" + " ".join(line))
            line = []
    print("};\n")
    print("/* The GB2312 codes in the order of the groups' bits. */")
    print("const uint16_t gb2312_code[%d] = {" % len(packed))
    numbers(packed, 4)
    print("};")


if __name__ == "__main__":
    main()
