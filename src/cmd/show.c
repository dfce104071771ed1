#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/show.h"

static size_t	 control(const uint8_t *, size_t);

/* Bytes of the control character that s begins with: C0, DEL or UTF-8's C1. */
static size_t
control(const uint8_t *s, size_t len)
{
	if (s[0] == 0xc2 && len > 1 && s[1] >= 0x80 && s[1] < 0xa0)
		return 2;
	return (s[0] < 0x20 && s[0] != '\n' && s[0] != '\t') || s[0] == 0x7f;
}

int
show_text(const char *text, size_t len)
{
	const uint8_t	*s = (const uint8_t *)text;
	size_t		 i, from = 0, n;

	if (!isatty(STDOUT_FILENO))
		return fwrite(s, 1, len, stdout) == len ? 0 : -1;
	for (i = 0; i < len; i += n > 0 ? n : 1) {
		if ((n = control(s + i, len - i)) == 0)
			continue;
		if (fwrite(s + from, 1, i - from, stdout) != i - from)
			return -1;
		from = i + n;
		/* CRLF is a line end, too */
		if (s[i] == '\r' && from < len && s[from] == '\n')
			continue;
		for (size_t k = i; k < from; k++)
			if (printf("\\x%02x", s[k]) < 0)
				return -1;
	}
	return fwrite(s + from, 1, len - from, stdout) == len - from ? 0 : -1;
}
