/* SPDX-License-Identifier: ISC */
/* CRC-32 as ZIP has it: reflected, polynomial 0xedb88320. */
#ifndef PACKAGE_CRC_H
#define PACKAGE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* crc is the CRC of some bytes (0: of none): the CRC of these and n more. */
uint32_t	 crc_add(uint32_t crc, const void *, size_t n);

#endif
