#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/help.h"

static const struct command commands[] = {
	{ "build", cmd_build, "[-k KEY | --unsigned] [-o FILE] [--renew] "
	    "[--serial-above N]\n           [--replaces FILE] [--serial-anew] [--dated-ahead]\n"
	    "           [--no-blobs] [--readable-key] [--lang en|zh] DIR" },
	{ "cast", cmd_cast, "[--frame BYTES] [--rate BITS] [--count N] "
	    "[--deltas N]\n           [--hops N] --to ADDR:PORT | --kiss | "
	    "--call CALL FILE..." },
	{ "cat", cmd_cat, "[-p KEY.pub | -P KEYSTRING] [--view VIEW] FILE PAGE" },
	{ "cert", cmd_cert, "[--renew] [--readable-key] --host NAME "
	    "[--ip ADDR]... DIR" },
	{ "check", cmd_check, "[--schema] [--lang en|zh] DIR" },
	{ "export", cmd_export, "[-p KEY.pub | -P KEYSTRING] [--origin] FILE DIR" },
	{ "keygen", cmd_keygen, "[-W] [--readable-key] -o NAME" },
	{ "letter", cmd_letter, "[--from EDITION|FILE] [--part BYTES] "
	    "[--text | --qr]\n           [--spare N] -o OUT FILE" },
	{ "mirror", cmd_mirror, "[--once | --every TIME] [--strict-tls]\n"
	    "           [--accept-serial N] [--max-size BYTES] [--trust-anew]\n"
	    "           [--status FILE] -p KEY.pub | -P KEYSTRING -o FILE\n           URL... | --parts FILE... | --listen WHERE" },
	{ "new", cmd_new, "[-l LANG,...] [--lang en|zh] DIR" },
	{ "search", cmd_search, "[-p KEY.pub | -P KEYSTRING] [--lang DIR] FILE "
	    "WORD..." },
	{ "serve", cmd_serve, "[-n] [-c CONF] [-p KEY.pub | -P KEYSTRING]... "
	    "[--unsigned]\n           [--host NAME]... "
	    "[--gemini ADDR:PORT]... [--gopher ADDR:PORT]...\n           "
	    "[--spartan ADDR:PORT]... [--certs DIR] [--workers N]\n           "
	    "[--SETTING VALUE]... FILE|DIR...\n"
	    "       apeng serve --watch DIR [--lang en|zh] [OPTION]..." },
	{ "verify", cmd_verify, "[-p KEY.pub | -P KEYSTRING] [--head] FILE" },
	{ NULL, NULL, NULL }
};

static const struct command	*running;

static void
usage(FILE *fp)
{
	static const char *const more[] = {
		"apeng COMMAND --help tells more; so does apeng(1).\n"
		"exit status: 0 done, 1 refused, 2 could not try\n",
		"apeng 命令 --help 有各命令的说明；另见 apeng(1)。\n"
		"退出状态：0 完成，1 被拒绝，2 无法尝试\n",
	};
	const struct command	*c;
	enum tongue		 tongue;

	cmd_lang(NULL, &tongue);
	fprintf(fp, "usage: apeng COMMAND [ARGUMENT...]\n\n");
	for (c = commands; c->name != NULL; c++)
		fprintf(fp, "  %-8s %s\n", c->name,
		    help_what(tongue, c->name));
	fprintf(fp, "\n%s", more[tongue]);
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
	enum tongue	 tongue;

	cmd_lang(NULL, &tongue);
	printf("usage: apeng %s %s\n%s\n", running->name, running->usage,
	    help_what(tongue, running->name));
	help_options(stdout, tongue, running->name);
	return STATUS_DONE;
}

int
cmd_usage(void)
{
	fprintf(stderr, "usage: apeng %s %s\n", running->name,
	    running->usage);
	return STATUS_CANNOT;
}

int
cmd_lang(const char *asked, enum tongue *out)
{
	static const char *const env[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char	*s = asked;
	size_t		 i;

	for (i = 0; s == NULL && i < sizeof(env) / sizeof(env[0]); i++)
		if ((s = getenv(env[i])) != NULL && *s == '\0')
			s = NULL;
	*out = s != NULL && strncmp(s, "zh", 2) == 0 ? TONGUE_ZH : TONGUE_EN;
	if (asked == NULL || strcmp(asked, "en") == 0 ||
	    strcmp(asked, "zh") == 0)
		return 0;
	fprintf(stderr, "apeng %s: --lang: \"%s\", want en or zh\n",
	    running->name, asked);
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
