/* SPDX-License-Identifier: ISC */
/*
 * The commands, and what is the same in each: usage, --help, the language in
 * which a command speaks, how it tells that it failed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/help.h"
#include "lang/lang.h"

static const struct command commands[] = {
	{ "build", cmd_build, "[-k KEY | --unsigned] [-o FILE] [--renew] "
	    "[--serial-above N]\n           [--replaces FILE] [--serial-anew] [--dated-ahead]\n"
	    "           [--no-blobs] [--readable-key] [--lang LANG] DIR" },
	{ "cast", cmd_cast, "[--frame BYTES] [--rate BITS] [--count N] "
	    "[--deltas N]\n           [--hops N] --to ADDR:PORT | --kiss | "
	    "--call CALL FILE..." },
	{ "cat", cmd_cat, "[-p KEY.pub | -P KEYSTRING] [--view VIEW] FILE PAGE" },
	{ "cert", cmd_cert, "[--renew] [--readable-key] --host NAME "
	    "[--ip ADDR]... DIR" },
	{ "check", cmd_check, "[--schema] [--lang LANG] DIR" },
	{ "export", cmd_export, "[-p KEY.pub | -P KEYSTRING] [--origin] FILE DIR" },
	{ "keygen", cmd_keygen, "[-W] [--readable-key] -o NAME" },
	{ "letter", cmd_letter, "[--from EDITION|FILE] [--part BYTES] "
	    "[--text | --qr]\n           [--spare N] -o OUT FILE" },
	{ "mirror", cmd_mirror, "[--once | --every TIME] [--strict-tls]\n"
	    "           [--accept-serial N] [--max-size BYTES] [--trust-anew]\n"
	    "           [--status FILE] -p KEY.pub | -P KEYSTRING -o FILE\n           URL... | --parts FILE... | --listen WHERE" },
	{ "new", cmd_new, "[-l LANG,...] [--lang LANG] DIR" },
	{ "search", cmd_search, "[-p KEY.pub | -P KEYSTRING] [--lang DIR] FILE "
	    "WORD..." },
	{ "serve", cmd_serve, "[-n] [-c CONF] [-p KEY.pub | -P KEYSTRING]... "
	    "[--unsigned]\n           [--host NAME]... "
	    "[--gemini ADDR:PORT]... [--gopher ADDR:PORT]...\n           "
	    "[--spartan ADDR:PORT]... [--certs DIR] [--workers N]\n           "
	    "[--SETTING VALUE]... FILE|DIR...\n"
	    "       apeng serve --watch DIR [--lang LANG] [OPTION]..." },
	{ "verify", cmd_verify, "[-p KEY.pub | -P KEYSTRING] [--head] FILE" },
	{ NULL, NULL, NULL }
};

static const struct command	*running;

static void
usage(FILE *fp)
{
	const struct language	*l;
	const struct command	*c;

	cmd_lang(NULL, &l);
	fprintf(fp, "usage: apeng COMMAND [ARGUMENT...]\n\n");
	for (c = commands; c->name != NULL; c++)
		fprintf(fp, "  %-8s %s\n", c->name,
		    help_what(l, c->name));
	fprintf(fp, "\n%s\n%s\n", lang_say(l,
	    "apeng COMMAND --help tells more; so does apeng(1)."), lang_say(l,
	    "exit status: 0 done, 1 refused, 2 could not try"));
}

int
cmd_fail(const struct err *e)
{
	fprintf(stderr, "apeng %s: %s\n", running->name, e->msg);
	return e->status == STATUS_DONE ? STATUS_CANNOT : e->status;
}

int
cmd_help(void)
{
	const struct language	*l;

	cmd_lang(NULL, &l);
	printf("usage: apeng %s %s\n%s\n", running->name, running->usage,
	    help_what(l, running->name));
	help_options(stdout, l, running->name);
	return STATUS_DONE;
}

int
cmd_usage(void)
{
	fprintf(stderr, "usage: apeng %s %s\n", running->name,
	    running->usage);
	return STATUS_CANNOT;
}

/* By the locale's name, as zh_TW.UTF-8; NULL: none is set. */
static const struct language *
lang_of_locale(void)
{
	static const char *const env[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char	*s = NULL;
	char		 tag[36];
	size_t		 i, n;

	for (i = 0; s == NULL && i < sizeof(env) / sizeof(env[0]); i++)
		if ((s = getenv(env[i])) != NULL && *s == '\0')
			s = NULL;
	if (s == NULL || (n = strcspn(s, ".@")) >= sizeof(tag))
		return NULL;
	for (i = 0; i < n; i++)
		tag[i] = s[i] == '_' ? '-' : s[i];
	tag[n] = '\0';
	return lang_of(tag);
}

/* The tags that --lang may be: the first of each language. */
static void
print_langs(FILE *fp)
{
	size_t	 i;

	for (i = 0; i < lang_nall; i++)
		fprintf(fp, "%s%.*s", i > 0 ? ", " : "",
		    (int)strcspn(lang_all[i].tags, " "), lang_all[i].tags);
}

int
cmd_lang(const char *asked, const struct language **out)
{
	*out = asked != NULL ? lang_of(asked) : lang_of_locale();
	if (*out != NULL || asked == NULL) {
		if (*out == NULL)
			*out = &lang_all[0];
		return 0;
	}
	*out = &lang_all[0];
	fprintf(stderr, "apeng %s: --lang: \"%s\", want one of: ",
	    running->name, asked);
	print_langs(stderr);
	fputc('\n', stderr);
	return -1;
}

int
main(int argc, char **argv)
{
	const struct command	*c;

	if (argc < 2) {
		usage(stderr);
		return STATUS_CANNOT;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return STATUS_DONE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("apeng %s\n", VERSION);
		return STATUS_DONE;
	}
	for (c = commands; c->name != NULL; c++) {
		if (strcmp(argv[1], c->name) == 0) {
			running = c;
			return c->run(argc - 1, argv + 1);
		}
	}
	fprintf(stderr, "apeng: no command \"%s\"\n", argv[1]);
	usage(stderr);
	return STATUS_CANNOT;
}
