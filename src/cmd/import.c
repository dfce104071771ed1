/* SPDX-License-Identifier: ISC */
/*
 * apeng import: put the values of a spreadsheet into a capsule's pages.  The
 * changes are shown first; pages that change get a new date and a change note,
 * which are asked for on a terminal when no option gives them.
 * content/import.c checks both the table and the pages.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "cmd/build.h"
#include "cmd/cmd.h"
#include "content/diag.h"
#include "content/import.h"
#include "content/profile.h"
#include "lang/lang.h"

#define ANSWER_MAX	500		/* bytes of a line that is asked for */

struct wants {
	const char	*date;
	const char	*note[LANG_MAX];	/* "en=Figures of 2026." */
	size_t		 nnote;
	char		 decimal;	/* ',' or '.'; '\0': by the file */
	int		 only_show;	/* -n: change nothing */
	char		 answer[LANG_MAX + 1][ANSWER_MAX];
};

/* Print every change, a line each, and a last line that counts them. */
static void
show(const struct import *m)
{
	struct import_change	 c;
	size_t			 i;

	for (i = 0; import_change(m, i, &c); i++)
		printf("%s:%u: %s%s%s: %s -> %s\n", c.file, c.line, c.id,
		    *c.when != '\0' ? " " : "", c.when, *c.from != '\0' ?
		    c.from : "(new)", c.to);
	printf("%zu values in %zu pages change, %zu stay", i,
	    import_pages(m), import_same(m));
	if (import_older(m) > 0)
		printf(", %zu are older than what is there",
		    import_older(m));
	putchar('\n');
	fflush(stdout);
}

/*
 * Ask for one line on the terminal and put it in `to'; NULL: nothing was typed,
 * or standard input is no terminal.
 */
static const char *
ask(const char *what, const char *of, char *to)
{
	size_t	 n;

	if (!isatty(STDIN_FILENO))
		return NULL;
	fprintf(stderr, "%s%s%s: ", what, *of != '\0' ? ", " : "", of);
	if (fgets(to, ANSWER_MAX, stdin) == NULL)
		return NULL;
	n = strcspn(to, "\n");
	to[n] = '\0';
	return n > 0 ? to : NULL;
}

/* The note of a language among the options --change; NULL: there is none. */
static const char *
note_of(const struct wants *w, const char *lang)
{
	const size_t	 n = strlen(lang);
	size_t		 i;

	for (i = 0; i < w->nnote; i++)
		if (strncmp(w->note[i], lang, n) == 0 && w->note[i][n] == '=')
			return w->note[i] + n + 1;
	return NULL;
}

/*
 * Ask for the date and for the note in each language, where no option gave it.
 * -1: one is missing, see e.
 */
static int
complete(const struct import *m, struct wants *w, const char **note,
    struct err *e)
{
	const char	*lang;
	size_t		 i;

	if (w->date == NULL)
		w->date = ask("Date of the change, as 2026-11-23", "",
		    w->answer[LANG_MAX]);
	if (w->date == NULL || clock_parse_date(w->date) == -1) {
		err_set(e, "%s: want --date YYYY-MM-DD, the day of this "
		    "change (-n only shows)", w->date == NULL ? "no date" :
		    w->date);
		return -1;
	}
	for (i = 0; (lang = import_lang(m, i)) != NULL; i++) {
		if ((note[i] = note_of(w, lang)) == NULL)
			note[i] = ask("What changed", lang, w->answer[i]);
		if (note[i] == NULL || *note[i] == '\0') {
			err_set(e, "want --change %s=TEXT, what is new on "
			    "these pages (-n only shows)", lang);
			return -1;
		}
	}
	return 0;
}

static int
import(const char *dir, const char *csv, struct wants *w,
    const struct language *says)
{
	const char	*note[LANG_MAX] = { NULL };
	struct import	*m;
	struct diag	*d;
	struct err	 e;
	int		 rv = STATUS_DONE;

	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	diag_speak(d, says);
	if ((m = import_open(dir, csv, w->decimal, d)) != NULL) {
		show(m);
		if (!w->only_show && import_pages(m) > 0) {
			if (complete(m, w, note, &e) == -1)
				rv = cmd_fail(&e);
			else
				import_write(m, w->date, note, d);
		}
	}
	build_print(d);
	if (rv == STATUS_DONE)
		rv = diag_status(d);
	if (m == NULL || rv != STATUS_DONE)
		fprintf(stderr, "%s: %s\n", csv, lang_say(says,
		    "nothing was changed"));
	import_free(m);
	diag_free(d);
	return rv;
}

int
cmd_import(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "date", required_argument, NULL, 'd' },
		{ "change", required_argument, NULL, 'c' },
		{ "decimal", required_argument, NULL, 'm' },
		{ "lang", required_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 }
	};
	const struct language	*says;
	struct wants		 w;
	int			 ch;

	memset(&w, 0, sizeof(w));
	cmd_lang(NULL, &says);
	while ((ch = getopt_long(argc, argv, "hn", options, NULL)) != -1) {
		switch (ch) {
		case 'h':
			return cmd_help();
		case 'n':
			w.only_show = 1;
			break;
		case 'd':
			w.date = optarg;
			break;
		case 'c':
			if (w.nnote == LANG_MAX || strchr(optarg, '=') == NULL)
				return cmd_usage();
			w.note[w.nnote++] = optarg;
			break;
		case 'm':
			if (strcmp(optarg, "comma") != 0 &&
			    strcmp(optarg, "point") != 0)
				return cmd_usage();
			w.decimal = *optarg == 'c' ? ',' : '.';
			break;
		case 'l':
			if (cmd_lang(optarg, &says) == -1)
				return STATUS_CANNOT;
			break;
		default:
			return cmd_usage();
		}
	}
	if (argc - optind != 2)
		return cmd_usage();
	return import(argv[optind], argv[optind + 1], &w, says);
}
