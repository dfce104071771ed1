/* SPDX-License-Identifier: ISC */
/*
 * apeng letter: write one edition as a file that any carrier can bring to a
 * mirror, whole or cut into parts.  The letter is what a server answers to
 * `up/SERIAL-CORE16': the head, the offer and the blob.  The package is not
 * proven here; the mirror proves the letter.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/cmd.h"
#include "cmd/qr.h"
#include "mirror/cast.h"
#include "package/letter.h"
#include "package/offer.h"
#include "package/part.h"

#define SPARE_MAX	1000
#define NAME_LEN	128		/* id, serial, numbers, an ending */

enum letter_form { FORM_NONE, FORM_BYTES, FORM_TEXT, FORM_QR };

struct letter_cli {
	const char	*from, *out;
	uint64_t	 part;		/* bytes of a part; 0: not given */
	uint64_t	 spare;		/* parts beyond those needed */
	enum letter_form	 form;
};

/* The parts while they are written. */
struct putting {
	const struct letter_cli *a;
	const struct letter *l;
	size_t		 n;		/* how many parts */
	struct buf	 all;		/* the text or sheet of all parts */
};

enum { OPT_FROM = 256, OPT_PART, OPT_SPARE, OPT_TEXT, OPT_QR, OPT_HELP };

static const struct option	 options[] = {
	{ "from",	required_argument,	NULL, OPT_FROM },
	{ "part",	required_argument,	NULL, OPT_PART },
	{ "spare",	required_argument,	NULL, OPT_SPARE },
	{ "text",	no_argument,		NULL, OPT_TEXT },
	{ "qr",		no_argument,		NULL, OPT_QR },
	{ "help",	no_argument,		NULL, OPT_HELP },
	{ NULL,		0,			NULL, 0 }
};

/* Tell the user on standard error, since standard output may get the letter. */
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

/*
 * Write b to the file path, or to standard output when path is `-'.  -1: see e.
 */
static int
put(const char *path, const struct buf *b, struct err *e)
{
	char	*to;
	int	 rv;

	if (!buf_ok(b)) {
		err_nomem(e);
		return -1;
	}
	if (strcmp(path, "-") != 0) {
		if ((to = file_target(path, e)) == NULL)
			return -1;
		rv = file_replace(to, 0644, b->data, b->len, e);
		free(to);
		return rv;
	}
	if (fwrite(b->data, 1, b->len, stdout) == b->len &&
	    fflush(stdout) == 0)
		return 0;
	err_sys(e, "standard output");
	return -1;
}

/*
 * Append the edition that --from names: `-' when it is not given, an edition,
 * or that of a package file.  -1: see e.
 */
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

/*
 * Make the cast that gives the parts of the letter, with the smallest limit of
 * part numbers that holds all.  NULL: see e.
 */
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

/* Write b as the file `name' in the folder of -o.  -1: see e. */
static int
put_in(const struct putting *t, const char *name, const struct buf *b,
    struct err *e)
{
	char		*path;
	int		 rv;

	if (asprintf(&path, "%s/%s", t->a->out, name) == -1) {
		err_nomem(e);
		return -1;
	}
	rv = put(path, b, e);
	free(path);
	return rv;
}

/* Write part i as a file of its own.  -1: see e. */
static int
put_bytes(struct putting *t, size_t i, const struct buf *part, struct err *e)
{
	char		 name[NAME_LEN];

	snprintf(name, sizeof(name), "%s-%" PRIu64 "-%03zu.part",
	    t->l->head.id, t->l->head.serial, i + 1);
	return put_in(t, name, part, e);
}

/* Add part i as a line to the text of all parts. */
static int
put_line(struct putting *t, size_t i, const struct buf *part, struct err *e)
{
	(void)i;
	(void)e;
	part_armour((uint8_t *)part->data, part->len, &t->all);
	buf_ch(&t->all, '\n');
	return 0;
}

/*
 * Write part i as a picture with a QR code, and add it to the sheet.
 * -1: see e.
 */
static int
put_code(struct putting *t, size_t i, const struct buf *part, struct err *e)
{
	struct buf	 text = BUF_INIT, png = BUF_INIT;
	char		 name[NAME_LEN], line[NAME_LEN], day[21];
	int		 rv = -1;

	clock_format(t->l->head.published, day);
	snprintf(line, sizeof(line), "%zu of %zu, %s, %.10s", i + 1, t->n,
	    t->l->head.id, day);
	snprintf(name, sizeof(name), "%s-%" PRIu64 "-%03zu.png",
	    t->l->head.id, t->l->head.serial, i + 1);
	part_armour((uint8_t *)part->data, part->len, &text);
	if (!buf_ok(&text)) {
		err_nomem(e);
		goto out;
	}
	buf_str(&t->all, "<figure>");
	if (qr_png(text.data, text.len, line, &png, e) == -1 ||
	    qr_svg(text.data, text.len, t->n == 1 ? 160 : 86, &t->all, e) ==
	    -1)
		goto out;
	buf_fmt(&t->all, "<figcaption>%s</figcaption></figure>\n", line);
	rv = put_in(t, name, &png, e);
 out:
	buf_free(&text);
	buf_free(&png);
	return rv;
}

/* Begin the sheet, an HTML page to print: two codes a row, or one code alone. */
static void
sheet_begin(struct putting *t)
{
	buf_fmt(&t->all, "<!doctype html>\n<html lang=\"en\">\n<meta charset="
	    "\"utf-8\">\n<title>%s, edition %" PRIu64 "</title>\n<style>"
	    "@page{size:A4;margin:12mm}body{margin:0;font:10pt sans-serif}"
	    "figure{display:inline-block;margin:0 3mm 4mm 0;text-align:center;"
	    "break-inside:avoid}</style>\n", t->l->head.id,
	    t->l->head.serial);
}

/* How each form of parts is cut and written. */
static const struct {
	size_t		 usual;		/* --part; 0: must be given */
	int		 is_text, is_folder;
	int		(*put)(struct putting *, size_t, const struct buf *,
			    struct err *);
	void		(*begin)(struct putting *);
	const char	*rest;		/* the sheet's name; NULL: none */
} forms[] = {
	[FORM_BYTES]	= { 0, 0, 1, put_bytes, NULL, NULL },
	[FORM_TEXT]	= { 0, 1, 0, put_line, NULL, NULL },
	[FORM_QR]	= { QR_TEXT_MAX, 1, 1, put_code, sheet_begin,
			    "sheet.html" },
};

/* Write all parts in the form asked for.  -1: see e. */
static int
put_parts(const struct letter_cli *a, const struct letter *l, struct err *e)
{
	struct putting	 t = { a, l, 0, BUF_INIT };
	struct buf	 b = BUF_INIT;
	struct cast	*c;
	size_t		 i, frame;
	int		 rv = 0;

	frame = a->part != 0 ? (size_t)a->part : forms[a->form].usual;
	if (forms[a->form].is_text)	/* three characters for two bytes */
		frame = frame > strlen(PART_ARMOUR) ?
		    (frame - strlen(PART_ARMOUR)) / 3 * 2 : 0;
	if ((c = cut(l, frame, a->spare, e)) == NULL)
		return -1;
	t.n = cast_symbols(c) + (size_t)a->spare;
	if (forms[a->form].is_folder)
		rv = file_mkdirs(a->out, 0755, e);
	if (forms[a->form].begin != NULL)
		forms[a->form].begin(&t);
	for (i = 0; i < t.n && rv == 0; i++) {
		buf_reset(&b);
		cast_next(c, &b);
		rv = forms[a->form].put(&t, i, &b, e);
	}
	if (rv == 0 && a->form == FORM_TEXT)
		rv = put(a->out, &t.all, e);
	if (rv == 0 && forms[a->form].rest != NULL)
		rv = put_in(&t, forms[a->form].rest, &t.all, e);
	if (rv == 0)
		say("%s: edition %" PRIu64 ", %zu parts, any %u of them are "
		    "the letter", l->head.id, l->head.serial, t.n,
		    cast_symbols(c));
	cast_free(c);
	buf_free(&b);
	buf_free(&t.all);
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
		else if (c == OPT_TEXT || c == OPT_QR)
			a->form = c == OPT_TEXT ? FORM_TEXT : FORM_QR;
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
	if (a->form == FORM_NONE && a->part != 0)
		a->form = FORM_BYTES;
	if (argc - optind != 1 || a->out == NULL ||
	    (a->form == FORM_NONE && a->spare != 0) ||
	    (a->form != FORM_NONE && a->part == 0 &&
	    forms[a->form].usual == 0)) {
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
		rv = letter_make(&l, argv[optind], from.data, LETTER_TEXT, &e);
	if (rv == 0)
		rv = a.form != FORM_NONE ? put_parts(&a, &l, &e) :
		    put_whole(&a, &l, &e);
	if (rv == -1)
		status = cmd_fail(&e);
	letter_free(&l);
	buf_free(&from);
	return status;
}
