#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "content/diag.h"
#include "content/profile.h"

static void	 print_findings(const struct diag *);
static void	 print_sum(const char *, const struct diag *, size_t, size_t);

static void
print_findings(const struct diag *d)
{
	const char	*line;
	size_t		 i, all;

	for (i = 0; (line = diag_line(d, i, NULL)) != NULL; i++)
		fprintf(stderr, "%s\n", line);
	all = diag_count(d, DIAG_ERROR) + diag_count(d, DIAG_WARNING);
	if (all > i)
		fprintf(stderr, "and %zu more\n", all - i);
}

static void
print_sum(const char *dir, const struct diag *d, size_t npage, size_t nlang)
{
	const size_t	 errors = diag_count(d, DIAG_ERROR);
	const size_t	 warnings = diag_count(d, DIAG_WARNING);

	if (errors == 0)
		printf("%s: %zu pages in %zu languages, no errors, "
		    "%zu warning%s\n", dir, npage, nlang, warnings,
		    warnings == 1 ? "" : "s");
	else
		fprintf(stderr, "%s: %zu error%s, %zu warning%s\n", dir,
		    errors, errors == 1 ? "" : "s", warnings,
		    warnings == 1 ? "" : "s");
}

int
cmd_check(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct err	 e;
	struct diag	*d;
	struct profile	*p;
	int		 ch, status;

	while ((ch = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (ch == 'h')
			return cmd_help();
		return cmd_usage();
	}
	if (argc - optind != 1)
		return cmd_usage();
	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	/* What looks at finished pages comes in as each(). */
	p = profile_load(argv[optind], d, NULL, NULL);
	print_findings(d);
	print_sum(argv[optind], d, p == NULL ? 0 : p->npage,
	    p == NULL ? 0 : p->nlang);
	status = diag_status(d);
	profile_free(p);
	diag_free(d);
	return status;
}
