#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/build.h"
#include "cmd/cmd.h"
#include "content/diag.h"
#include "content/profile.h"
#include "content/schema.h"

static int	 print_schema(const struct profile *);
static void	 print_sum(const char *, const struct diag *, size_t, size_t);

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
	size_t		 npage = 0, nlang = 0;
	int		 ch, rv, schema = 0, status;

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
	if (schema) {
		p = profile_load(argv[optind], d, NULL, NULL);
		build_print(d);
		status = p != NULL ? print_schema(p) : diag_status(d);
		profile_free(p);
	} else {
		/* As far as a finished package, which nobody keeps. */
		rv = build_dry(argv[optind], &npage, &nlang, d, &e);
		build_print(d);
		status = diag_status(d);
		if (rv == -1 && status == STATUS_DONE)
			status = cmd_fail(&e);
		else
			print_sum(argv[optind], d, npage, nlang);
	}
	diag_free(d);
	return status;
}
