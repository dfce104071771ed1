/* SPDX-License-Identifier: ISC */
/*
 * Base64 with padding, one form only: a text is refused when its bytes encode
 * to another text.
 */
#ifndef PACKAGE_B64_H
#define PACKAGE_B64_H

#include <stddef.h>
#include <stdint.h>

#define B64_LEN(n)	(((n) + 2) / 3 * 4)	/* characters for n bytes */
#define B64_MAX		256			/* most bytes at a time */

/* B64_LEN(n) characters and a NUL; n at most B64_MAX. */
void	b64_format(const uint8_t *, size_t n, char *out);
/* Exactly n bytes from exactly len characters, or -1. */
int	b64_parse(const char *, size_t len, uint8_t *out, size_t n);

#endif
