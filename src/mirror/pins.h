/* SPDX-License-Identifier: ISC */
/*
 * Trust on first use: the public keys that Gemini hosts showed.  A file of
 * `HOST PORT SHA256' lines, replaced whole.
 */
#ifndef MIRROR_PINS_H
#define MIRROR_PINS_H

#include <stdint.h>

struct err;

enum pin { PIN_SAME, PIN_NEW, PIN_CHANGED, PIN_ERROR };

/*
 * Compare key with the pin of host (its whole name) and port.  A new or,
 * with replace, a changed one is written to the file; a new one no more
 * once the file has 64 KiB.  PIN_ERROR: see e.
 */
enum pin	pins_check(const char *path, const char *host, unsigned port,
		    const uint8_t key[32], int replace, struct err *e);

#endif
