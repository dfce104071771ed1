/* SPDX-License-Identifier: ISC */
/*
 * What all commands share: the usage line, --help, the language of messages,
 * and the message of a failure.  cmd_run() notes which command is running.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/help.h"
#include "lang/lang.h"

static const struct command	*running;

int
cmd_run(const struct command *c, int argc, char **argv)
{
	running = c;
	return c->run(argc, argv);
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

/*
 * The language of the locale's name, such as zh_TW.UTF-8; NULL: none is set, or
 * apeng does not have it.
 */
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

/* Print the tags for --lang, the first one of each language. */
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
