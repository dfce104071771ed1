/* SPDX-License-Identifier: ISC */
/*
 * Compare the key that a Gemini host shows with the one kept for it.  The file
 * has one line for each host and port; it is read whole, and replaced whole
 * when a pin is new or the caller wants a changed one replaced.  One host can
 * have very many names, so from 64 KiB on the file takes no new pins.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/pins.h"
#include "package/hash.h"

#define PINS_MAX	(1 << 20)	/* bytes of the file */
#define PINS_FULL	(1 << 16)	/* no new ones from here on */

enum pin
pins_check(const char *path, const char *host, unsigned port,
    const uint8_t key[32], int replace, struct err *e)
{
	struct buf	 out = BUF_INIT;
	enum pin	 found = PIN_NEW, rv = PIN_ERROR;
	char		*data = NULL, *line, *next, want[320];
	char		 hex[SHA_HEX + 1];
	size_t		 n;

	hex_format(key, SHA_LEN, hex);
	/* With the blank: the whole name and port, not the start of one. */
	n = (size_t)snprintf(want, sizeof(want), "%s %u ", host, port);
	if (access(path, F_OK) == 0 || errno != ENOENT)
		data = file_read_ours(path, PINS_MAX, NULL, e);
	else if ((data = strdup("")) == NULL)
		err_nomem(e);
	if (data == NULL)
		goto out;
	for (line = data; *line != '\0'; line = next) {
		next = strchr(line, '\n');
		next = next == NULL ? line + strlen(line) : next + 1;
		if (strncmp(line, want, n) != 0) {
			buf_add(&out, line, (size_t)(next - line));
			continue;
		}
		found = strcspn(line, "\n") == n + SHA_HEX &&
		    memcmp(line + n, hex, SHA_HEX) == 0 ? PIN_SAME :
		    PIN_CHANGED;
	}
	rv = found;
	if (found == PIN_SAME || (found == PIN_CHANGED && !replace))
		goto out;
	/* A host of a thousand names must not push out what others showed. */
	if (found == PIN_NEW && out.len >= PINS_FULL)
		goto out;
	if (out.len > 0 && out.data[out.len - 1] != '\n')
		buf_ch(&out, '\n');	/* an editor's doing, or a cut */
	buf_fmt(&out, "%s%s\n", want, hex);
	if (!buf_ok(&out)) {
		err_nomem(e);
		rv = PIN_ERROR;
	} else if (file_replace(path, 0644, out.data, out.len, e) == -1)
		rv = PIN_ERROR;
 out:
	free(data);
	buf_free(&out);
	return rv;
}
