/* SPDX-License-Identifier: ISC */
/*
 * Parts out of files, see gather.h.  The form is found by looking, since what
 * scanners and gateways write differs.  Everything is a stranger's: a part
 * that does not parse costs one line and stops nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/gather.h"
#include "mirror/parts.h"
#include "package/part.h"
#include "proto/kiss.h"

#define FEND		0xc0
#define PART_FIRST	0xa5
#define WHERE_MAX	256

static void
complain(struct gather *g, const char *where, const char *why)
{
	struct err	 e;

	g->bad++;
	err_set(&e, "%s: %s", where, why);
	g->say(g->arg, e.msg);
}

int
gather_part(struct gather *g, const char *where, const uint8_t *s, size_t n)
{
	struct parts_letter l;
	struct part	 p;
	struct err	 e;

	if (part_parse(s, n, &p, &e) == -1) {
		complain(g, where, e.msg);
		return 0;
	}
	switch (parts_add(g->parts, &p, &l)) {
	case PARTS_NOMEM:
		complain(g, where, "a part of a letter that is too long");
		return 0;
	case PARTS_KNOWN:
		g->known++;
		return 0;
	case PARTS_NEW:
		g->taken++;
		return 0;
	case PARTS_DONE:
		g->taken++;
		return g->letter(g->arg, &l);
	}
	return 0;
}

int
gather_stream(struct gather *g, const char *where, struct kiss *k,
    const uint8_t *s, size_t n)
{
	size_t		 at, len, skip;

	for (at = 0; at < n;) {
		at += kiss_read(k, s + at, n - at, &len);
		if (len == 0)
			continue;
		skip = k->frame[1] == PART_FIRST ? 0 :
		    ax25_skip(k->frame + 1, len);
		if (gather_part(g, where, k->frame + 1 + skip, len - skip) ==
		    -1)
			return -1;
	}
	return 0;
}

static int
gather_text(struct gather *g, const char *name, const char *s, size_t n)
{
	struct buf	 b = BUF_INIT;
	const char	*lf;
	char		 where[WHERE_MAX];
	size_t		 len, text, line = 0, found = 0;
	int		 rv = 0;

	for (; n > 0 && rv == 0; s += len, n -= len) {
		lf = memchr(s, '\n', n);
		len = lf == NULL ? n : (size_t)(lf - s) + 1;
		line++;
		text = lf == NULL ? len : len - 1;
		if (text > 0 && s[text - 1] == '\r')
			text--;
		snprintf(where, sizeof(where), "%s:%zu", name, line);
		if (part_from_line(s, text, &b)) {
			found++;
			rv = gather_part(g, where, (uint8_t *)b.data, b.len);
		} else if (memmem(s, text, PART_ARMOUR,
		    strlen(PART_ARMOUR)) != NULL) {
			found++;
			complain(g, where, "a part with characters that base45 "
			    "does not have");
		}
	}
	if (found == 0)
		complain(g, name, "no part of a letter in it");
	buf_free(&b);
	return rv;
}

int
gather_file(struct gather *g, const char *name, const uint8_t *s, size_t n)
{
	struct kiss	*k;
	int		 rv;

	if (n > 0 && s[0] == PART_FIRST)
		return gather_part(g, name, s, n);
	if (n == 0 || s[0] != FEND)
		return gather_text(g, name, (const char *)s, n);
	if ((k = calloc(1, sizeof(*k))) == NULL) {
		complain(g, name, "no memory");
		return 0;
	}
	rv = gather_stream(g, name, k, s, n);
	free(k);
	return rv;
}
