/* SPDX-License-Identifier: ISC */
/*
 * Where apeng starts: the table of commands, with their usage, and main().
 * main() compares the first argument with the names of the table and runs the
 * command with the arguments from its name on; its result is the exit status.
 * The arguments are the user's; each command checks its own.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/help.h"
#include "lang/lang.h"

static const struct command commands[] = {
	{ "attach", cmd_attach, "[--budget KB] [--as NAME] CAPSULE FILE..." },
	{ "build", cmd_build, "[-k KEY | --unsigned] [-o FILE] [--renew] "
	    "[--serial-above N]\n           [--replaces FILE|URL] [--serial-anew] [--dated-ahead]\n"
	    "           [--no-blobs] [--base FILE]... [--readable-key]\n"
	    "           [--lang LANG] DIR" },
	{ "cast", cmd_cast, "[--frame BYTES] [--rate BITS] [--count N] "
	    "[--deltas N]\n           [--hops N] --to ADDR:PORT | --kiss | "
	    "--call CALL FILE..." },
	{ "cat", cmd_cat, "[-p KEY.pub | -P KEYSTRING] [--view VIEW] FILE PAGE" },
	{ "cert", cmd_cert, "[--renew] [--readable-key] --host NAME "
	    "[--ip ADDR]... DIR" },
	{ "check", cmd_check, "[--schema] [--lang LANG] DIR" },
	{ "export", cmd_export, "[-p KEY.pub | -P KEYSTRING]\n"
	    "           [--book | --origin [--files] [--small-parts]] FILE DIR" },
	{ "import", cmd_import, "[-n] [--date DATE] [--change LANG=TEXT]...\n"
	    "           [--decimal MARK] [--lang LANG] DIR FILE.csv" },
	{ "keygen", cmd_keygen, "[-W] [--readable-key] -o NAME" },
	{ "letter", cmd_letter, "[--from EDITION|FILE] [--part BYTES] "
	    "[--text | --qr]\n           [--spare N] -o OUT FILE" },
	{ "mirror", cmd_mirror, "[--once | --every TIME] [--strict-tls]\n"
	    "           [--accept-serial N] [--max-size BYTES] [--trust-anew]\n"
	    "           [--files BYTES|all|none] [--base FILE] [--status FILE]\n"
	    "           -p KEY.pub | -P KEYSTRING -o FILE |\n           "
	    "-d DIR [--only GROUP|ID]...\n           URL... | --parts FILE... | --listen WHERE" },
	{ "new", cmd_new, "[-l LANG,...] [--lang LANG] DIR" },
	{ "search", cmd_search, "[-p KEY.pub | -P KEYSTRING] [--lang DIR] FILE "
	    "WORD..." },
	{ "serve", cmd_serve, "[-n] [-c CONF] [-p KEY.pub | -P KEYSTRING]... "
	    "[--unsigned]\n           [--host NAME]... "
	    "[--gemini ADDR:PORT]... [--gopher ADDR:PORT]...\n           "
	    "[--spartan ADDR:PORT]... [--http ADDR:PORT]... "
	    "[--https ADDR:PORT]...\n           "
	    "[--certs DIR] [--workers N]\n           "
	    "[--SETTING VALUE]... FILE|DIR...\n"
	    "       apeng serve --watch DIR [--lang LANG] [OPTION]..." },
	{ "verify", cmd_verify, "[-p KEY.pub | -P KEYSTRING] "
	    "[--catalogue FILE]\n           [--head | --evidence] FILE" },
	{ NULL, NULL, NULL }
};

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
	for (c = commands; c->name != NULL; c++)
		if (strcmp(argv[1], c->name) == 0)
			return cmd_run(c, argc - 1, argv + 1);
	fprintf(stderr, "apeng: no command \"%s\"\n", argv[1]);
	usage(stderr);
	return STATUS_CANNOT;
}
