/* SPDX-License-Identifier: ISC */
/*
 * apeng search: search one package without a network, with the same search that
 * the server offers.  The package may be a stranger's, so its text goes to the
 * terminal only through show_text().
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/package.h"
#include "cmd/show.h"
#include "proto/site.h"
#include "view/search.h"

static int
lang_known(const struct package *c, const char *dir, struct err *e)
{
	struct buf	 all = BUF_INIT;
	size_t		 i;

	if (site_table_lang(c->site, dir) != NULL)
		return 1;
	for (i = 0; i < c->site->nlang; i++)
		buf_fmt(&all, "%s%s", i > 0 ? ", " : "",
		    c->site->lang[i].dir);
	err_set(e, "no language \"%s\", want %s", dir,
	    buf_ok(&all) && all.len > 0 ? all.data : "another");
	buf_free(&all);
	return 0;
}

/*
 * Join the arguments into one line of words; one with a space in it, which the
 * shell's quotes made, becomes a phrase.
 */
static void
join(char **argv, int argc, struct buf *words)
{
	const char	*quote;
	int		 i;

	for (i = 0; i < argc; i++) {
		quote = strchr(argv[i], ' ') != NULL &&
		    strchr(argv[i], '"') == NULL ? "\"" : "";
		buf_fmt(words, "%s%s%s%s", i > 0 ? " " : "", quote, argv[i],
		    quote);
	}
}

/* Print `ours' as it is, then the text s of the package. */
static void
show_line(const char *ours, const char *s)
{
	fputs(ours, stdout);
	show_text(s, strlen(s), 1);
}

static void
print(void *arg, const struct search_hit *h)
{
	(void)arg;
	show_line("", h->page->dir);
	show_line("/", h->page->id);
	show_line(".gmi: ", h->page->title);
	if (h->context[0] != '\0')
		show_line("\n    ", h->context);
	putchar('\n');
}

/*
 * Say that nothing was found, and name the glossary, if there is one, since it
 * has other spellings of names.
 */
static void
nothing(const struct package *c, const char *file, const char *dir,
    struct err *e)
{
	if (dir == NULL && c->site->nlang > 0)
		dir = c->site->lang[0].dir;
	if (dir != NULL && site_table_page(c->site, dir, "glossary") != NULL)
		err_set(e, "nothing found; try fewer or shorter words, or "
		    "look at the spellings: apeng cat %s %s/glossary", file,
		    dir);
	else
		err_set(e, "nothing found; try fewer or shorter words");
}

static int
run(const struct package *c, const char *file, const char *dir,
    const struct buf *words, struct err *e)
{
	size_t	 total;

	if (search_each(&c->src, dir, words->data, words->len, print, NULL,
	    &total, e) == -1)
		return -1;
	if (total == 0)
		nothing(c, file, dir, e);
	else if (fflush(stdout) != 0)
		err_sys(e, "standard output");
	else
		return 0;
	return -1;
}

static int
run_search(int argc, char **argv, struct anchors *keys)
{
	static const struct option opts[] = {
		{ "lang", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct package	 c = { 0 };
	struct buf	 words = BUF_INIT;
	struct err	 e;
	const char	*dir = NULL;
	int		 ch, status = STATUS_DONE;

	while ((ch = getopt_long(argc, argv, "p:P:h", opts, NULL)) != -1) {
		if (ch == 'h')
			return cmd_help();
		if (ch == 'p' || ch == 'P') {
			if (package_key(keys, ch, optarg, &e) == -1)
				return cmd_fail(&e);
			continue;
		}
		if (ch != 'l')
			return cmd_usage();
		dir = optarg;
	}
	if (argc - optind < 2)
		return cmd_usage();
	join(argv + optind + 1, argc - optind - 1, &words);
	if (package_open(&c, argv[optind], keys, &e) == -1) {
		package_swapped("search", argv[optind], argv[argc - 1], &e);
		buf_free(&words);
		return cmd_fail(&e);
	}
	if (!buf_ok(&words)) {
		err_nomem(&e);
		status = cmd_fail(&e);
	} else if ((dir != NULL && !lang_known(&c, dir, &e)) ||
	    run(&c, argv[optind], dir, &words, &e) == -1)
		status = cmd_fail(&e);
	buf_free(&words);
	package_close(&c);
	return status;
}

int
cmd_search(int argc, char **argv)
{
	return package_command(argc, argv, run_search);
}
