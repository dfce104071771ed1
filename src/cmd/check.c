#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "content/diag.h"
#include "content/profile.h"
#include "content/schema.h"

static void	 print_findings(const struct diag *);
static int	 print_schema(const struct profile *);
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

/* --schema: for the capsule's own languages, since texts must have them. */
static int
print_schema(const struct profile *p)
{
	const char	*dir[LANG_MAX];
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 rv = STATUS_DONE;

	for (i = 0; i < p->nlang; i++)
		dir[i] = p->lang[i].dir;
	if (schema_json(&b, dir, p->nlang) == -1) {
		err_nomem(&e);
		rv = cmd_fail(&e);
	} else if (fwrite(b.data, 1, b.len, stdout) != b.len ||
	    fflush(stdout) == EOF) {
		err_sys(&e, "standard output");
		rv = cmd_fail(&e);
	}
	buf_free(&b);
	return rv;
}

int
cmd_check(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "schema", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 }
	};
	struct err	 e;
	struct diag	*d;
	struct profile	*p;
	int		 ch, schema = 0, status;

	while ((ch = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (ch == 'h')
			return cmd_help();
		if (ch != 's')
			return cmd_usage();
		schema = 1;
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
	status = diag_status(d);
	if (schema && p != NULL)
		status = print_schema(p);
	else
		print_sum(argv[optind], d, p == NULL ? 0 : p->npage,
		    p == NULL ? 0 : p->nlang);
	profile_free(p);
	diag_free(d);
	return status;
}
