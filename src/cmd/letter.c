/* SPDX-License-Identifier: ISC */
/*
 * apeng letter: one edition as a file that travels by any carrier, whole or
 * cut into parts.  The letter is what a server answers to
 * `up/SERIAL-CORE16': the head, the offer and the blob.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "mirror/cast.h"
#include "package/letter.h"
#include "package/offer.h"
#include "package/part.h"

#define SPARE_MAX	1000

struct letter_cli {
	const char	*from, *out;
	uint64_t	 part;		/* bytes of one; 0: whole */
	uint64_t	 spare;		/* parts beyond those needed */
	int		 text;		/* parts as lines of text */
};

enum { OPT_FROM = 256, OPT_PART, OPT_SPARE, OPT_TEXT, OPT_HELP };

static const struct option	 options[] = {
	{ "from",	required_argument,	NULL, OPT_FROM },
	{ "part",	required_argument,	NULL, OPT_PART },
	{ "spare",	required_argument,	NULL, OPT_SPARE },
	{ "text",	no_argument,		NULL, OPT_TEXT },
	{ "help",	no_argument,		NULL, OPT_HELP },
	{ NULL,		0,			NULL, 0 }
};

/* What was done, for the user; the letter itself may go to standard output. */
static void	 say(const char *, ...)
		    __attribute__((__format__ (printf, 1, 2)));

static void
say(const char *fmt, ...)
{
	va_list		 ap;

	va_start(ap, fmt);
	fprintf(stderr, "apeng letter: ");
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

/* `-' is standard output. */
static int
put(const char *path, const struct buf *b, struct err *e)
{
	if (!buf_ok(b)) {
		err_nomem(e);
		return -1;
	}
	if (strcmp(path, "-") != 0)
		return file_replace(path, 0644, b->data, b->len, e);
	if (fwrite(b->data, 1, b->len, stdout) == b->len &&
	    fflush(stdout) == 0)
		return 0;
	err_sys(e, "standard output");
	return -1;
}

/* What --from means: nothing, an edition, or a package file. */
static int
base_edition(const char *from, struct buf *b, struct err *e)
{
	struct edition	 ed;

	if (from == NULL)
		buf_str(b, "-");
	else if (edition_parse(from, strlen(from), &ed) == 0)
		buf_str(b, from);
	else
		return letter_edition(from, b, e);
	return buf_ok(b) ? 0 : -1;
}

/* The letter as the carousel of its parts; NULL: see e. */
static struct cast *
cut(const struct letter *l, size_t frame, uint64_t spare, struct err *e)
{
	static const uint32_t most[] = { 0x7f, 0x3fff, PART_NUMBER_MAX };
	struct cast	*c;
	size_t		 i;

	for (i = 0; i < sizeof(most) / sizeof(most[0]); i++) {
		if ((c = cast_new(frame, most[i])) == NULL) {
			err_nomem(e);
			return NULL;
		}
		if (cast_add(c, l->head.id, l->head.serial,
		    (uint8_t *)l->bytes.data, l->bytes.len, e) == 0 &&
		    cast_symbols(c) + spare <= most[i])
			return c;
		cast_free(c);
	}
	return NULL;
}

/* All parts, each by itself in a file of the folder --out, or as a line. */
static int
put_parts(const struct letter_cli *a, const struct letter *l, struct err *e)
{
	struct buf	 b = BUF_INIT, lines = BUF_INIT;
	struct cast	*c;
	char		*path;
	size_t		 i, n, frame = (size_t)a->part;
	int		 rv = 0;

	if (a->text)		/* three characters for two bytes */
		frame = frame > strlen(PART_ARMOUR) ?
		    (frame - strlen(PART_ARMOUR)) / 3 * 2 : 0;
	if ((c = cut(l, frame, a->spare, e)) == NULL)
		return -1;
	n = cast_symbols(c) + (size_t)a->spare;
	if (!a->text && file_mkdirs(a->out, 0755, e) == -1)
		rv = -1;
	for (i = 0; i < n && rv == 0; i++) {
		buf_reset(&b);
		cast_next(c, &b);
		if (a->text) {
			part_armour((uint8_t *)b.data, b.len, &lines);
			buf_ch(&lines, '\n');
			continue;
		}
		if (asprintf(&path, "%s/%s-%" PRIu64 "-%03zu.part", a->out,
		    l->head.id, l->head.serial, i + 1) == -1) {
			err_nomem(e);
			rv = -1;
			break;
		}
		rv = put(path, &b, e);
		free(path);
	}
	if (a->text && rv == 0)
		rv = put(a->out, &lines, e);
	if (rv == 0)
		say("%s: edition %" PRIu64 ", %zu parts, any %u of them are "
		    "the letter", l->head.id, l->head.serial, n,
		    cast_symbols(c));
	cast_free(c);
	buf_free(&b);
	buf_free(&lines);
	return rv;
}

static int
put_whole(const struct letter_cli *a, const struct letter *l, struct err *e)
{
	if (put(a->out, &l->bytes, e) == -1)
		return -1;
	say("%s: edition %" PRIu64 ", a letter of %zu bytes%s", l->head.id,
	    l->head.serial, l->bytes.len, l->blob == 0 ?
	    ": nothing is new since that edition" : "");
	return 0;
}

static int
number(const char *s, uint64_t max, uint64_t *out)
{
	char		*end;

	errno = 0;
	*out = strtoull(s, &end, 10);
	return *s >= '0' && *s <= '9' && *end == '\0' && errno == 0 &&
	    *out > 0 && *out <= max ? 0 : -1;
}

/* 0; 1: the exit status is *status. */
static int
parse(struct letter_cli *a, int argc, char **argv, int *status)
{
	uint64_t	 max;
	int		 c, n = 0;

	*status = STATUS_CANNOT;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		max = c == OPT_SPARE ? SPARE_MAX : PART_MAX;
		if (c == 'o')
			a->out = optarg;
		else if (c == OPT_FROM)
			a->from = optarg;
		else if (c == OPT_PART)
			n = number(optarg, max, &a->part);
		else if (c == OPT_SPARE)
			n = number(optarg, max, &a->spare);
		else if (c == OPT_TEXT)
			a->text = 1;
		else {
			*status = c == OPT_HELP ? cmd_help() : cmd_usage();
			return 1;
		}
		if (n == -1) {
			fprintf(stderr, "apeng letter: \"%s\", want a number "
			    "from 1 to %" PRIu64 "\n", optarg, max);
			return 1;
		}
	}
	if (argc - optind != 1 || a->out == NULL ||
	    (a->part == 0 && (a->text || a->spare != 0))) {
		*status = cmd_usage();
		return 1;
	}
	*status = STATUS_DONE;
	return 0;
}

int
cmd_letter(int argc, char **argv)
{
	struct letter_cli a = { 0 };
	struct letter	 l = { .bytes = BUF_INIT };
	struct buf	 from = BUF_INIT;
	struct err	 e;
	int		 status, rv;

	if (parse(&a, argc, argv, &status))
		return status;
	rv = base_edition(a.from, &from, &e);
	if (rv == 0)
		rv = letter_make(&l, argv[optind], from.data, &e);
	if (rv == 0)
		rv = a.part != 0 ? put_parts(&a, &l, &e) :
		    put_whole(&a, &l, &e);
	if (rv == -1)
		status = cmd_fail(&e);
	letter_free(&l);
	buf_free(&from);
	return status;
}
