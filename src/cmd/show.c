/* SPDX-License-Identifier: ISC */
/*
 * Print a stranger's text to standard output.  A file or a pipe gets it
 * unchanged, byte for byte.  A terminal gets no control or formatting
 * characters: whoever wrote the page must not move the cursor, set the window's
 * title or turn the order of the letters around.
 */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/show.h"

/*
 * Read one character at s into *cp; returns its bytes.  In an 8-bit charset,
 * and for a bad byte, it is one byte.
 */
static size_t
step(const uint8_t *s, size_t len, int utf8, uint32_t *cp)
{
	size_t	 n;

	n = utf8 ? text_utf8_next((const char *)s, len, cp) : 0;
	if (n == 0) {
		/* A bad byte above 0x9f may be a letter: it is shown. */
		*cp = *s < 0xa0 ? *s : 0xa0;
		n = 1;
	}
	return n;
}

/* 1: a terminal may show the character; LF, CRLF and tabs are layout. */
static int
is_shown(const uint8_t *s, size_t n, size_t len, uint32_t cp)
{
	return cp == '\n' || cp == '\t' || (cp == '\r' && len > n &&
	    s[n] == '\n') || !text_is_unseen(cp);
}

int
show_text(const char *text, size_t len, int utf8)
{
	const uint8_t	*s = (const uint8_t *)text;
	size_t		 i, k, n;
	uint32_t	 cp;

	if (!isatty(STDOUT_FILENO))
		return fwrite(s, 1, len, stdout) == len ? 0 : -1;
	for (i = 0; i < len; i += n) {
		n = step(s + i, len - i, utf8, &cp);
		if (is_shown(s + i, n, len - i, cp)) {
			if (cp != '\r' && fwrite(s + i, 1, n, stdout) != n)
				return -1;
		} else if (!text_is_hint(cp))
			for (k = i; k < i + n; k++)
				if (printf("\\x%02x", s[k]) < 0)
					return -1;
	}
	return 0;
}
