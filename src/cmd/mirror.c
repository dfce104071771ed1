/* SPDX-License-Identifier: ISC */
/*
 * apeng mirror: read the options, run one job, or one job again and again, and
 * print progress and results.  The sources are URLs, files of parts, or parts
 * that come in by --listen; src/mirror fetches and proves.  Trust begins with
 * the keys of -p and -P: without a key no package is fetched, and what a
 * source's head says is printed unproven.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/nofollow.h"
#include "cmd/cmd.h"
#include "cmd/package.h"
#include "cmd/parts.h"
#include "mirror/folder.h"
#include "mirror/follow.h"
#include "mirror/mirror.h"
#include "mirror/report.h"
#include "mirror/source.h"
#include "package/trust.h"

#define BAR_COLUMNS	24
#define LINE_MS		10000	/* between lines of progress */

/* The options, and the state of what is printed. */
struct mirror_cli {
	struct mirror_conf	 conf;
	struct anchors		 given;		/* by -p and -P */
	uint64_t		 every;		/* seconds, 0: one job */
	int			 parts;		/* files of parts, not URLs */
	const char		*status;	/* file for it; NULL: none */
	char			*file;		/* owned: what -o leads to */
	const char		*listen;	/* WHERE; NULL: not given */
	const char		*dir;		/* of a catalogue; NULL: -o */
	const char		**only;		/* owned; groups and ids */
	size_t			 nonly;
	int			 changed;	/* by the last job */
	/* is_tty: standard error is a terminal; bar_shown: the bar is on it. */
	int			 is_tty, bar_shown;
	uint64_t		 shown_ms;	/* when progress was printed */
};

enum {
	OPT_ONCE = 256, OPT_EVERY, OPT_STRICT, OPT_ACCEPT, OPT_MAX, OPT_PARTS,
	OPT_LISTEN, OPT_ANEW, OPT_STATUS, OPT_FILES, OPT_ONLY, OPT_BASE,
	OPT_HELP
};

static const struct option	 options[] = {
	{ "once",		no_argument,		NULL, OPT_ONCE },
	{ "every",		required_argument,	NULL, OPT_EVERY },
	{ "status",		required_argument,	NULL, OPT_STATUS },
	{ "strict-tls",		no_argument,		NULL, OPT_STRICT },
	{ "accept-serial",	required_argument,	NULL, OPT_ACCEPT },
	{ "files",		required_argument,	NULL, OPT_FILES },
	{ "only",		required_argument,	NULL, OPT_ONLY },
	{ "base",		required_argument,	NULL, OPT_BASE },
	{ "max-size",		required_argument,	NULL, OPT_MAX },
	{ "trust-anew",		no_argument,		NULL, OPT_ANEW },
	{ "parts",		no_argument,		NULL, OPT_PARTS },
	{ "listen",		required_argument,	NULL, OPT_LISTEN },
	{ "help",		no_argument,		NULL, OPT_HELP },
	{ NULL,			0,			NULL, 0 }
};

static void	 many_jobs(struct mirror_cli *)
		    __attribute__((__noreturn__));

static int
parse_number(const char *s, uint64_t *out, const char **end)
{
	char	*stop;

	errno = 0;
	*out = strtoull(s, &stop, 10);
	*end = stop;
	return *s >= '0' && *s <= '9' && errno == 0 ? 0 : -1;
}

/*
 * Read a time into *out, in seconds: 90s, 30m, 6h or 7d; without a letter
 * seconds.
 */
static int
parse_time(const char *s, uint64_t *out)
{
	static const struct {
		const char	*unit;
		uint64_t	 seconds;
	} units[] = {
		{ "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 },
		{ "d", 86400 },
	};
	const char	*end;
	size_t		 i;

	if (parse_number(s, out, &end) == -1 || *out == 0 ||
	    *out > 366 * 86400)
		return -1;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].unit) == 0) {
			*out *= units[i].seconds;
			return 0;
		}
	}
	return -1;
}

static void
take_bar_away(struct mirror_cli *a)
{
	if (a->bar_shown)
		fprintf(stderr, "\r\033[K");
	a->bar_shown = 0;
}

static void
say(void *arg, enum mirror_say how, const char *line)
{
	struct mirror_cli	*a = arg;

	take_bar_away(a);
	fprintf(stderr, "apeng mirror: %s%s\n",
	    how == MIRROR_WARN ? "warning: " : "", line);
}

static void
progress(void *arg, const struct mirror_progress *p)
{
	struct mirror_cli	*a = arg;
	uint64_t	 now = clock_mono_ms();
	char		 bar[BAR_COLUMNS + 1], left[32] = "";
	size_t		 n;

	if (p == NULL) {
		take_bar_away(a);
		return;
	}
	if (now - a->shown_ms < (a->is_tty ? 200 : LINE_MS) || p->total == 0)
		return;
	a->shown_ms = now;
	if (p->rate > 0)
		snprintf(left, sizeof(left), ", %" PRIu64 ":%02u left",
		    p->left / 60, (unsigned)(p->left % 60));
	if (!a->is_tty) {
		fprintf(stderr, "apeng mirror: %" PRIu64 " of %" PRIu64
		    " bytes, %" PRIu64 " a second%s\n", p->got, p->total,
		    p->rate, left);
		return;
	}
	n = (size_t)(p->got * BAR_COLUMNS / p->total);
	memset(bar, '.', BAR_COLUMNS);
	memset(bar, '#', n);
	bar[BAR_COLUMNS] = '\0';
	fprintf(stderr, "\r[%s] %" PRIu64 "/%" PRIu64 " bytes, %" PRIu64
	    " B/s%s\033[K", bar, p->got, p->total, p->rate, left);
	fflush(stderr);
	a->bar_shown = 1;
}

/*
 * Read the largest size of the files beside the text that are wanted: `none' is
 * 0, `all' UINT64_MAX, else bytes.
 */
static int
parse_files(const char *arg, uint64_t *out, const char **end)
{
	*end = "";
	if (strcmp(arg, "none") == 0)
		*out = 0;
	else if (strcmp(arg, "all") == 0)
		*out = UINT64_MAX;
	else
		return parse_number(arg, out, end);
	return 0;
}

/* 1: these options may be given together; has_source: arguments follow them. */
static int
is_consistent(const struct mirror_cli *a, int has_source)
{
	const struct mirror_conf	*c = &a->conf;

	if (a->dir != NULL && (c->file != NULL || a->parts ||
	    a->listen != NULL || c->nanchor == 0 || c->files > 0 ||
	    c->accept_serial > 0 || a->status != NULL))
		return 0;
	if (has_source == (a->listen != NULL) ||
	    (a->dir == NULL && a->nonly > 0) ||
	    (a->dir == NULL && c->file == NULL && c->nanchor > 0) ||
	    (c->once && a->every != 0) ||
	    (a->parts && a->listen != NULL))
		return 0;
	return (!a->parts && a->listen == NULL) ||
	    (a->every == 0 && c->nanchor > 0);
}

static int
add_only(struct mirror_cli *a, const char *name)
{
	const char	**more;

	more = reallocarray(a->only, a->nonly + 1, sizeof(*more));
	if (more == NULL)
		return -1;
	a->only = more;
	a->only[a->nonly++] = name;
	return 0;
}

static int
set_file(struct mirror_cli *a, const char *path, int *status)
{
	struct err	 e;

	free(a->file);
	if ((a->file = file_target(path, &e)) == NULL) {
		*status = cmd_fail(&e);
		return -1;
	}
	a->conf.file = a->file;
	return 0;
}

/* 0, or -1 with the exit status in *status. */
static int
parse_options(struct mirror_cli *a, int argc, char **argv, int *status)
{
	struct mirror_conf	*c = &a->conf;
	struct err		 e;
	const char		*end = "";
	int			 ch, n = 0;

	*status = STATUS_CANNOT;
	while ((ch = getopt_long(argc, argv, "p:P:o:d:", options, NULL)) != -1) {
		switch (ch) {
		case 'p':
		case 'P':
			if (package_key(&a->given, ch, optarg, &e) == -1) {
				*status = cmd_fail(&e);
				return -1;
			}
			break;
		case OPT_ANEW:
			c->trust_anew = 1;
			break;
		case 'o':
			if (set_file(a, optarg, status) == -1)
				return -1;
			break;
		case 'd':
			a->dir = optarg;
			break;
		case OPT_ONLY:
			n = add_only(a, optarg);
			break;
		case OPT_ONCE:
			c->once = 1;
			break;
		case OPT_EVERY:
			n = parse_time(optarg, &a->every);
			break;
		case OPT_STATUS:
			a->status = optarg;
			break;
		case OPT_STRICT:
			c->strict_tls = 1;
			break;
		case OPT_ACCEPT:
			n = parse_number(optarg, &c->accept_serial, &end);
			break;
		case OPT_FILES:
			n = parse_files(optarg, &c->files, &end);
			break;
		case OPT_MAX:
			n = parse_number(optarg, &c->max_size, &end);
			break;
		case OPT_BASE:
			c->base = optarg;
			break;
		case OPT_PARTS:
			a->parts = 1;
			break;
		case OPT_LISTEN:
			a->listen = optarg;
			break;
		default:
			*status = ch == OPT_HELP ? cmd_help() : cmd_usage();
			return -1;
		}
		if (n == -1 || *end != '\0') {
			fprintf(stderr, "apeng mirror: \"%s\", want a "
			    "number%s\n", optarg,
			    ch == OPT_EVERY ? " with s, m, h or d" : "");
			return -1;
		}
	}
	c->anchor = a->given.v;
	c->nanchor = a->given.n;
	if (!is_consistent(a, argc > optind)) {
		*status = cmd_usage();
		return -1;
	}
	return 0;
}

static int
parse_sources(struct mirror_conf *c, int n, char **urls)
{
	struct err	 e;

	c->source = calloc((size_t)n, sizeof(*c->source));
	if (c->source == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	for (; c->nsource < (size_t)n; c->nsource++)
		if (source_parse(&c->source[c->nsource], urls[c->nsource],
		    &e) == -1)
			return cmd_fail(&e);
	source_sort(c->source, c->nsource);
	return STATUS_DONE;
}

/*
 * Without a key no package is fetched, since the key must come from elsewhere:
 * print only what the source says.  Returns the exit status.
 */
static int
name_key(struct mirror_cli *a)
{
	struct head	 h;
	struct err	 e;
	const char	*url;
	char		 id[17];

	if (mirror_peek(&a->conf, &h, &url, &e) == -1)
		return cmd_fail(&e);
	key_id_format(h.key_id, id);
	if (h.is_signed)
		printf("%s: \"%s\", edition %" PRIu64 ", says it is signed "
		    "by key %s\n", url, h.id, h.serial, id);
	else
		printf("%s: \"%s\", edition %" PRIu64 ", is not signed\n",
		    url, h.id, h.serial);
	fprintf(stderr, "apeng mirror: nothing fetched: get the publisher's "
	    "key from paper, the contact page\nor somebody you trust, compare "
	    "the id, and give it with -p KEY.pub\n");
	return STATUS_REFUSED;
}

/* Run one job for a catalogue and its members.  Returns the exit status. */
static int
run_follow(struct mirror_cli *a, struct mirror_result *r)
{
	struct follow_conf	 c = { .mirror = a->conf, .dir = a->dir,
				    .only = a->only, .nonly = a->nonly };
	struct follow_result	 got;
	struct err		 e;
	int			 rv;

	rv = follow_run(&c, &got, &e);
	*r = got.mirror;
	take_bar_away(a);
	if (rv == -1)
		return cmd_fail(&e);
	a->changed = r->changed || got.changed > 0;
	printf("%s: catalogue edition %" PRIu64 ": %zu member%s, %zu new, %zu "
	    "behind, %" PRIu64 " bytes received and %" PRIu64 " sent in %u "
	    "connection%s\n", a->dir, r->serial, got.members,
	    got.members == 1 ? "" : "s", got.changed, got.behind, r->in,
	    r->out, r->connections, r->connections == 1 ? "" : "s");
	fflush(stdout);
	return got.behind > 0 ? STATUS_REFUSED : STATUS_DONE;
}

static int
run_job(struct mirror_cli *a, struct mirror_result *r)
{
	struct mirror_conf	 c;
	struct err		 e;
	int			 rv;

	c = a->conf;
	a->changed = 0;
	if (a->dir != NULL)
		return run_follow(a, r);
	if (folder_expand(a->conf.source, a->conf.nsource, c.file, &c.source,
	    &c.nsource, &e) == -1)
		return cmd_fail(&e);
	if (c.nsource == 0) {
		printf("%s: nothing newer in the folder\n", c.file);
		return STATUS_DONE;
	}
	rv = mirror_run(&c, r, &e);
	folder_free(c.source, c.nsource);
	take_bar_away(a);
	if (rv == -1)
		return cmd_fail(&e);
	a->changed = r->changed;
	printf("%s: edition %" PRIu64 ": %s, %" PRIu64 " bytes received and %"
	    PRIu64 " sent in %u connection%s\n", a->conf.file, r->serial,
	    r->changed ? "new" : "nothing new", r->in, r->out, r->connections,
	    r->connections == 1 ? "" : "s");
	if (c.files > 0)
		printf("%s: %zu file%s beside the text\n", a->conf.file,
		    r->files, r->files == 1 ? "" : "s");
	fflush(stdout);
	return STATUS_DONE;
}

/* Run one job and write the status file.  Returns the exit status. */
static int
one_job(struct mirror_cli *a)
{
	struct mirror_result	 r;
	struct err		 e;
	int			 status;

	memset(&r, 0, sizeof(r));
	status = run_job(a, &r);
	if (a->status != NULL && mirror_report(a->status, a->conf.file,
	    clock_wall(), status == STATUS_DONE, &r, &e) == -1)
		fprintf(stderr, "apeng mirror: warning: %s\n", e.msg);
	return status;
}

/*
 * Put letters together out of files of parts, and run one job with them as
 * sources.  Returns the exit status.
 */
static int
from_parts(struct mirror_cli *a, size_t n, char **files)
{
	struct err	 e;
	int		 status;

	if (parts_sources(&a->conf, files, n, &a->conf.source,
	    &a->conf.nsource, &e) == -1)
		return cmd_fail(&e);
	status = one_job(a);
	parts_sources_free(a->conf.source, a->conf.nsource);
	return status;
}

/*
 * Run one job with a letter that came in.  1: end listening, which is with
 * --once after a new edition.
 */
static int
on_letter(void *arg, struct source *s)
{
	struct mirror_cli	*a = arg;

	a->conf.source = s;
	a->conf.nsource = 1;
	(void)one_job(a);
	return a->conf.once && a->changed;
}

static int
from_air(struct mirror_cli *a)
{
	struct err	 e;

	if (parts_listen(&a->conf, a->listen, on_letter, a, &e) == -1)
		return cmd_fail(&e);
	return a->conf.once && !a->changed ? STATUS_REFUSED : STATUS_DONE;
}

/* Run jobs for ever; when one fails, the next tries again. */
static void
many_jobs(struct mirror_cli *a)
{
	struct timespec	 ts;
	uint64_t	 ms;

	for (;;) {
		(void)one_job(a);
		ms = a->every * 1000 / a->conf.scale;
		ts.tv_sec = (time_t)(ms / 1000);
		ts.tv_nsec = (long)(ms % 1000) * 1000000;
		while (nanosleep(&ts, &ts) == -1 && errno == EINTR)
			continue;
	}
}

static int
from_urls(struct mirror_cli *a, int n, char **urls)
{
	size_t	 i;
	int	 status;

	status = parse_sources(&a->conf, n, urls);
	if (status == STATUS_DONE) {
		if (a->conf.nanchor == 0)
			status = name_key(a);
		else if (a->every != 0)
			many_jobs(a);
		else
			status = one_job(a);
	}
	for (i = 0; i < a->conf.nsource; i++)
		source_free(&a->conf.source[i]);
	free(a->conf.source);
	return status;
}

int
cmd_mirror(int argc, char **argv)
{
	struct mirror_cli	 a;
	const char	*scale, *end;
	uint64_t	 n;
	int		 status;

	memset(&a, 0, sizeof(a));
	a.conf.max_size = MIRROR_MAX_SIZE;
	a.conf.scale = 1;
	a.conf.say = say;
	a.conf.progress = progress;
	a.conf.arg = &a;
	a.is_tty = isatty(STDERR_FILENO);
	/* For tests: all waits become this many times shorter. */
	if ((scale = getenv("APENG_MIRROR_SCALE")) != NULL &&
	    parse_number(scale, &n, &end) == 0 && n >= 1 && n <= 100000)
		a.conf.scale = (unsigned)n;
	signal(SIGPIPE, SIG_IGN);
	if (parse_options(&a, argc, argv, &status) == 0)
		status = a.listen != NULL ? from_air(&a) : a.parts ?
		    from_parts(&a, (size_t)(argc - optind), argv + optind) :
		    from_urls(&a, argc - optind, argv + optind);
	free(a.file);
	free(a.only);
	anchors_free(&a.given);
	return status;
}
