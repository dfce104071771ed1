/* SPDX-License-Identifier: ISC */
/*
 * apeng check: tell the author what is wrong in a capsule's folder.  It makes a
 * whole package, in a file that is not kept, and prints each finding and a last
 * line that counts them; with --schema it prints a JSON Schema for editors.
 * The folder is the author's, and anything in it can be wrong.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/build.h"
#include "cmd/cmd.h"
#include "content/diag.h"
#include "content/json.h"
#include "content/profile.h"
#include "content/schema.h"
#include "lang/lang.h"

static void
print_sum(const char *dir, const struct diag *d, size_t npage, size_t nlang,
    const struct language *says)
{
	const size_t	 errors = diag_count(d, DIAG_ERROR);
	const size_t	 warnings = diag_count(d, DIAG_WARNING);
	const char	*ws = lang_plural(says, warnings);

	if (errors == 0) {
		printf(lang_say(says, "%s: %zu pages in %zu language%s, "
		    "no errors, %zu warning%s"), dir, npage, nlang,
		    lang_plural(says, nlang), warnings, ws);
		putchar('\n');
	} else {
		fprintf(stderr, lang_say(says, "%s: %zu error%s, %zu "
		    "warning%s"), dir, errors, lang_plural(says, errors),
		    warnings, ws);
		fputc('\n', stderr);
	}
}

/*
 * Print the schema for the capsule's own languages, since texts must have
 * these.
 */
static int
print_schema(const struct profile *p, const struct language *says)
{
	const char	*dir[LANG_MAX];
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 rv = STATUS_DONE;

	for (i = 0; i < p->nlang; i++)
		dir[i] = p->lang[i].dir;
	if (schema_json(&b, dir, p->nlang, says) == -1) {
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

static int
check(const char *dir, int schema, const struct language *says)
{
	struct err	 e = { 0 };
	struct diag	*d;
	struct profile	*p;
	size_t		 npage = 0, nlang = 0;
	int		 rv, status;

	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	diag_speak(d, says);
	if (schema) {
		p = profile_load(dir, d, NULL, NULL);
		build_print(d);
		status = p != NULL ? print_schema(p, says) : diag_status(d);
		profile_free(p);
	} else {
		/* Make a whole package, which is not kept. */
		rv = build_dry(dir, &npage, &nlang, d, &e);
		build_print(d);
		status = diag_status(d);
		if (rv == 0 || status != STATUS_DONE)
			print_sum(dir, d, npage, nlang, says);
		/* A failure of the machine is told after the findings. */
		if (rv == -1 && (status == STATUS_DONE || e.msg[0] != '\0'))
			status = cmd_fail(&e);
	}
	diag_free(d);
	return status;
}

int
cmd_check(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "schema", no_argument, NULL, 's' },
		{ "lang", required_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 }
	};
	const struct language *says;
	int		 ch, schema = 0;

	cmd_lang(NULL, &says);
	while ((ch = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (ch == 'h')
			return cmd_help();
		if (ch == 's')
			schema = 1;
		else if (ch != 'l')
			return cmd_usage();
		else if (cmd_lang(optarg, &says) == -1)
			return STATUS_CANNOT;
	}
	if (argc - optind != 1)
		return cmd_usage();
	return check(argv[optind], schema, says);
}
