/* SPDX-License-Identifier: ISC */
/*
 * apeng build: load a capsule, render it and write the package.  The new file
 * is made beside the old one, opened and checked as any reader would do it, and
 * only then renamed.  The edition that is replaced is checked for its form; its
 * signature is proven only when it comes from a URL.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/num.h"
#include "cmd/beside.h"
#include "cmd/build.h"
#include "cmd/cmd.h"
#include "cmd/compile.h"
#include "cmd/lineage.h"
#include "cmd/online.h"
#include "cmd/password.h"
#include "cmd/roster.h"
#include "cmd/undated.h"
#include "cmd/views.h"
#include "content/diag.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "package/chain.h"
#include "package/hash.h"
#include "package/publish.h"
#include "package/reader.h"
#include "package/sign.h"
#include "package/sweep.h"
#include "package/writer.h"

#define DAY	86400
#define YEAR_MAX	253402300799	/* the last second of 9999 */

struct build_job {
	const struct build	*b;
	struct profile		*p;
	struct pkg_writer	*w;
	struct beside_list	 beside;
	struct roster		 roster;
	struct sign_key		*key;
	struct pub_key		 pub;
	struct pkg		*old, *new;
	struct head		 h;
	char			*path;
	struct file_new		 f;
};

static void	 tell(const struct build *, const char *, ...)
		    __attribute__((__format__ (printf, 2, 3)));

static void
tell(const struct build *b, const char *fmt, ...)
{
	va_list	 ap;
	char	*line;
	int	 n;

	if (b->tell == NULL)
		return;
	va_start(ap, fmt);
	n = vasprintf(&line, fmt, ap);
	va_end(ap);
	if (n == -1)
		return;
	b->tell(line);
	free(line);
}

/* Load the key first, so that a mistyped password is told at once. */
static int
key_open(struct build_job *j, struct err *e)
{
	if (j->b->key == NULL)
		return 0;
	j->key = sign_key_load(j->b->key, j->b->readable_key, cmd_password,
	    NULL, e);
	if (j->key == NULL)
		return -1;
	sign_key_public(j->key, &j->pub);
	return 0;
}

/* Compare the key with that of capsule.yml, which readers are shown. */
static int
key_fits(struct build_job *j, struct err *e)
{
	char	 own[KEY_STRING + 1];

	if (j->key == NULL)
		return 0;
	key_format(&j->pub, own);
	if (j->p->key == NULL)
		tell(j->b, "capsule.yml names no key: readers find yours on "
		    "the pages after a line `key: %s'", own);
	else if (strcmp(j->p->key, own) != 0) {
		err_set(e, "%s: its public key is %s, but capsule.yml says "
		    "`key: %s'", j->b->key, own, j->p->key);
		return -1;
	}
	return 0;
}

/* The edition that is replaced must be one of the same capsule. */
static int
old_fits(const struct build_job *j, struct err *e)
{
	const struct head	*o = pkg_head(j->old);
	char			 id[17];

	if (strcmp(o->id, j->p->id) != 0 && !j->b->any_id) {
		err_set(e, "%s: holds the capsule \"%s\", this one is \"%s\";"
		    " name another file with -o", j->path, o->id, j->p->id);
		return -1;
	}
	if (o->is_signed && j->key == NULL) {
		err_set(e, "%s: is signed, an unsigned edition does not "
		    "replace it; name another file with -o", j->path);
		return -1;
	}
	if (!o->is_signed || memcmp(o->key_id, j->pub.id, 8) == 0 ||
	    (o->has_next && memcmp(o->next.id, j->pub.id, 8) == 0))
		return 0;
	key_id_format(o->key_id, id);
	tell(j->b, "%s was signed by key %s, which does not name yours as "
	    "the next: mirrors that trust it will refuse this edition",
	    j->path, id);
	return 0;
}

/* Open the edition that is replaced; j->old stays NULL if there is none. */
static int
old_open(struct build_job *j, struct err *e)
{
	const char	*path = j->b->replaces;
	int		 fd;

	if (path == NULL)
		path = j->path;
	if (online_is_url(path)) {
		if (j->key == NULL) {
			err_set(e, "--replaces %s: only a signed edition has "
			    "a key that proves what is there", path);
			return -1;
		}
		if ((fd = online_fetch(path, &j->pub, e)) == -1)
			return -1;
	} else
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1 && errno == ENOENT && j->b->replaces == NULL)
		return 0;
	if (fd == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if ((j->old = pkg_open(fd, path, NULL, 0, e)) == NULL) {
		struct err why = *e;

		if (why.status != STATUS_REFUSED)
			return -1;	/* the file itself may be good */
		err_set(e, "%s; move it away or name another file with -o",
		    why.msg);
		return -1;
	}
	return old_fits(j, e);
}

/*
 * The time of publishing: SOURCE_DATE_EPOCH, or else midnight UTC of the newest
 * date of the capsule and, for a catalogue, of its members.  -1: see e.
 */
static int
published(const struct build_job *j, int64_t *out, struct err *e)
{
	char		 date[21];
	const char	*s = getenv("SOURCE_DATE_EPOCH");
	uint64_t	 n;

	if (s == NULL || *s == '\0') {
		*out = clock_parse_date(roster_newest(&j->roster, j->p->newest,
		    date));
		return 0;
	}
	if (num_parse(s, strlen(s), &n) == -1 || n > YEAR_MAX) {
		err_cannot(e, "SOURCE_DATE_EPOCH: \"%s\", want seconds since "
		    "1970", s);
		return -1;
	}
	*out = (int64_t)n;
	return 0;
}

/* The lowest serial that capsule.yml and --serial-above allow; 0: any. */
static uint64_t
least_serial(const struct build_job *j)
{
	uint64_t	 n = j->p->serial_floor;

	if (j->b->above > 0 && j->b->above + 1 > n)
		n = j->b->above + 1;
	return n;
}

/* Announce the reserve key as next-key, or again the one announced before. */
static int
next_key(struct build_job *j, struct err *e)
{
	const struct head	*o;
	char			 id[17];
	int			 rv;

	if (j->key == NULL)
		return 0;
	if ((rv = sign_reserve(j->b->key, &j->h.next, e)) == -1)
		return -1;
	j->h.has_next = rv;
	o = j->old == NULL ? NULL : pkg_head(j->old);
	if (o == NULL || !o->is_signed || !o->has_next ||
	    memcmp(o->key_id, j->pub.id, sizeof(o->key_id)) != 0)
		return 0;
	/* This key has announced a next key; mirrors count only the first. */
	if (rv == 0) {
		j->h.has_next = 1;
		j->h.next = o->next;
	} else if (memcmp(&o->next, &j->h.next, sizeof(o->next)) != 0) {
		key_id_format(o->next.id, id);
		err_set(e, "%s: the reserve beside it is not the one that the "
		    "edition before announces, key %s; only the first one "
		    "announced counts for mirrors: put that one back",
		    j->b->key, id);
		return -1;
	}
	return 0;
}

static int
head_fill(struct build_job *j, struct err *e)
{
	struct head	*h = &j->h;
	uint64_t	 n;

	/* content/ has checked that the id is at most HEAD_ID_MAX bytes. */
	snprintf(h->id, sizeof(h->id), "%s", j->p->id);
	if (published(j, &h->published, e) == -1 || next_key(j, e) == -1)
		return -1;
	h->expires = h->published + (int64_t)j->p->expires_days * DAY;
	if (h->expires > YEAR_MAX)
		h->expires = YEAR_MAX;
	h->serial = (uint64_t)clock_day(h->published) * 100 + 1;
	if (j->old != NULL && !j->b->serial_anew &&
	    (n = pkg_head(j->old)->serial + 1) > h->serial)
		h->serial = n;
	if ((n = least_serial(j)) > h->serial)
		h->serial = n;
	return 0;
}

/* Add the succession of keys to the package, if there is one. */
static int
add_keys(struct build_job *j, struct err *e)
{
	struct buf	 b = BUF_INIT;
	int		 rv = 0;

	if (j->key == NULL)
		return 0;
	if (lineage_keys(j->old, &j->pub, &b, e) == -1)
		rv = -1;
	else if (b.len > 0)
		rv = pkg_add(j->w, CHAIN_PATH, b.data, b.len, e);
	buf_free(&b);
	return rv;
}

/* 1: the time is after tomorrow by this machine's clock. */
static int
is_ahead(int64_t when)
{
	return clock_day(when) > clock_day(clock_wall() + DAY);
}

/*
 * Sign no date after tomorrow unless --dated-ahead is given: serials only rise,
 * so a mistyped year cannot be taken back.  Or the clock is wrong: tell both.
 */
static int
date_fits(const struct build_job *j, struct err *e)
{
	char	 date[21], now[21];

	if (j->key == NULL || j->b->dated_ahead || !is_ahead(j->h.published))
		return 0;
	clock_format(j->h.published, date);
	clock_format(clock_wall(), now);
	err_set(e, "the newest date is %.10s, but it is %.10s by this machine's"
	    " clock, and a serial made of a date cannot be taken back: mend "
	    "the date, or the clock, or say --dated-ahead", date, now);
	return -1;
}

/* 1: pages and signer are the same, and no higher serial is asked for. */
static int
is_kept(const struct build_job *j)
{
	const struct head	*o;

	if (j->old == NULL || j->b->renew)
		return 0;
	o = pkg_head(j->old);
	if (o->core_size != j->h.core_size ||
	    memcmp(o->core, j->h.core, sizeof(o->core)) != 0 ||
	    o->serial < least_serial(j))
		return 0;
	if (j->key == NULL)
		return !o->is_signed;
	return o->is_signed && memcmp(o->key_id, j->pub.id, 8) == 0;
}

static void
advise(const struct build_job *j)
{
	if (j->key != NULL && j->old == NULL)
		tell(j->b, "%s replaces no edition here; if one is public "
		    "already, mirrors take this one only with a higher "
		    "serial: see --serial-above", j->path);
	if (j->key == NULL)
		tell(j->b, "%s is unsigned: nobody can prove it, and serve "
		    "takes it only with --unsigned", j->path);
}

/* Write the new package beside its place, prove it and check its views. */
static int
write_new(struct build_job *j, struct diag *d, struct err *e)
{
	int	 fd;

	if (file_begin(&j->f, j->path, 0644, e) == -1)
		return -1;
	if (pkg_write(j->w, j->f.fd, &j->h, j->key, e) == -1)
		return -1;
	pkg_writer_free(j->w);
	j->w = NULL;
	if ((fd = open(j->f.tmp, O_RDONLY | O_CLOEXEC)) == -1) {
		err_sys(e, "%s", j->f.tmp);
		return -1;
	}
	j->new = pkg_open_mine(fd, j->path, j->key != NULL ? &j->pub : NULL,
	    j->key != NULL, e);
	if (j->new == NULL || views_check(j->new, j->p, d, e) == -1)
		return -1;
	return diag_count(d, DIAG_ERROR) > 0 ? -1 : 0;
}

static void
progress(void *arg, const char *line)
{
	tell(arg, "%s", line);
}

/*
 * Put the blobs and files beside the package, then give the package its name,
 * then remove the blobs and files that are no longer needed.
 */
static int
publish(struct build_job *j, struct err *e)
{
	const struct pkg	*old = j->old;
	int			 blobs = j->key != NULL && !j->b->no_blobs;
	size_t			 i;

	if (old != NULL && !pkg_head(old)->is_signed)
		old = NULL;		/* mirrors take no unsigned edition */
	if (blobs && store_publish(j->path, j->new, old, -1, 0, progress,
	    (void *)(uintptr_t)j->b, e) == -1)
		return -1;
	for (i = 0; blobs && i < j->b->nbase; i++)
		if (store_publish_base(j->path, j->new, j->b->base[i],
		    progress, (void *)(uintptr_t)j->b, e) == -1)
			return -1;
	if (beside_publish(&j->beside, j->path, e) == -1 ||
	    file_commit(&j->f, e) == -1 ||
	    held_sweep(j->path, j->beside.held, j->beside.n, e) == -1)
		return -1;
	return blobs ? store_sweep(j->path, j->new, e) : 0;
}

static int
report(const struct build_job *j, const struct pkg *p, struct built *out,
    struct err *e)
{
	const struct head	*h = pkg_head(p);
	size_t			 size;

	if ((out->path = strdup(j->path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	pkg_bytes(p, &size);
	out->size = size;
	out->serial = h->serial;
	out->npage = j->p->npage;
	out->nlang = j->p->nlang;
	if (h->is_signed)
		key_id_format(h->key_id, out->key_id);
	return 0;
}

static void
job_end(struct build_job *j)
{
	file_abandon(&j->f);
	pkg_close(j->new);
	pkg_close(j->old);
	pkg_writer_free(j->w);
	beside_free(&j->beside);
	roster_free(&j->roster);
	sign_key_free(j->key);
	profile_free(j->p);
	free(j->path);
}

/* The path of the package, to be freed: the target of -o if it is a link. */
static char *
output(const char *out, const char *id, struct err *e)
{
	char	*name, *path;

	if (out != NULL)
		return file_target(out, e);
	if (asprintf(&name, "%s.gpub", id) == -1) {
		err_nomem(e);
		return NULL;
	}
	path = file_target(name, e);
	free(name);
	return path;
}

int
build_run(const struct build *b, struct built *out, struct diag *d,
    struct err *e)
{
	struct build_job	 j = { .b = b, .f = { .fd = -1 } };
	int		 rv = -1;

	memset(out, 0, sizeof(*out));
	if (key_open(&j, e) == -1 ||
	    (j.w = pkg_writer_new(b->out != NULL ? b->out : "./x.gpub",
	    e)) == NULL || (j.p = compile_capsule(b->dir, j.w, &j.beside,
	    &j.roster, d, e)) == NULL)
		goto out;
	if ((j.path = output(b->out, j.p->id, e)) == NULL)
		goto out;
	if (key_fits(&j, e) == -1 || old_open(&j, e) == -1 ||
	    roster_fits(&j.roster, j.old, d, e) == -1 ||
	    head_fill(&j, e) == -1 || date_fits(&j, e) == -1 ||
	    add_keys(&j, e) == -1 || pkg_seal(j.w, &j.h, e) == -1)
		goto out;
	if (j.key != NULL && j.old == NULL &&
	    lineage_is_taken(j.path, &j.h, e))
		goto out;
	if (is_kept(&j)) {
		out->kept = 1;
		if (beside_publish(&j.beside, j.path, e) == 0)
			rv = report(&j, j.old, out, e);
		goto out;
	}
	if (write_new(&j, d, e) == -1)
		goto out;
	if (j.old != NULL && b->tell != NULL)
		undated_warn(j.p, j.old, j.new, d);
	advise(&j);
	if (publish(&j, e) == 0)
		rv = report(&j, j.new, out, e);
 out:
	job_end(&j);
	return rv;
}

int
build_dry(const char *dir, size_t *npage, size_t *nlang, struct diag *d,
    struct err *e)
{
	const struct build	 b = { .dir = dir };
	struct build_job		 j = { .b = &b, .f = { .fd = -1 } };
	const char		*tmp = getenv("TMPDIR");
	char			*path = NULL, date[21], now[21];
	int			 fd = -1, rv = -1;

	if (asprintf(&path, "%s/apeng-check-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp") == -1) {
		err_nomem(e);
		return -1;
	}
	if ((fd = mkostemp(path, O_CLOEXEC)) == -1) {
		err_sys(e, "%s", path);
		goto out;
	}
	unlink(path);
	if ((j.w = pkg_writer_new(path, e)) == NULL ||
	    (j.p = compile_capsule(dir, j.w, &j.beside, &j.roster, d,
	    e)) == NULL)
		goto out;
	*npage = j.p->npage;
	*nlang = j.p->nlang;
	if (head_fill(&j, e) == -1)
		goto out;
	if (is_ahead(j.h.published)) {
		clock_format(j.h.published, date);
		clock_format(clock_wall(), now);
		diag_add(d, DIAG_WARNING, dir, 0, 0, "the newest date is %.10s,"
		    " but it is %.10s by this machine's clock", date, now);
	}
	if (pkg_seal(j.w, &j.h, e) == -1 ||
	    pkg_write(j.w, fd, &j.h, NULL, e) == -1)
		goto out;
	j.new = pkg_open_mine(fd, dir, NULL, 0, e);
	fd = -1;
	if (j.new != NULL && views_check(j.new, j.p, d, e) == 0)
		rv = diag_count(d, DIAG_ERROR) > 0 ? -1 : 0;
 out:
	if (fd != -1)
		close(fd);
	free(path);
	job_end(&j);
	return rv;
}

void
build_print(const struct diag *d)
{
	const char	*line;
	size_t		 i, all;

	for (i = 0; (line = diag_line(d, i, NULL)) != NULL; i++)
		fprintf(stderr, "%s\n", line);
	all = diag_count(d, DIAG_ERROR) + diag_count(d, DIAG_WARNING);
	if (all > i) {
		fprintf(stderr, diag_say(d, "and %zu more"), all - i);
		fputc('\n', stderr);
	}
}

static void
tell_stderr(const char *line)
{
	fprintf(stderr, "apeng build: %s\n", line);
}

static int
number(const char *s, uint64_t *out, struct err *e)
{
	if (num_parse(s, strlen(s), out) == 0 &&
	    *out < 9999999999999999999u)
		return 0;
	err_cannot(e, "--serial-above: \"%s\", want a number", s);
	return -1;
}

static int
finish(const struct built *o)
{
	struct err	 e;

	if (o->kept)
		printf("%s: nothing changed, edition %llu stays\n", o->path,
		    (unsigned long long)o->serial);
	else
		printf("%s: edition %llu, %zu pages in %zu language%s, "
		    "%llu KB, %s%s\n", o->path,
		    (unsigned long long)o->serial, o->npage, o->nlang,
		    o->nlang == 1 ? "" : "s",
		    (unsigned long long)(o->size + 1023) / 1024,
		    o->key_id[0] != '\0' ? "signed by key " : "unsigned",
		    o->key_id);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		err_sys(&e, "standard output");
		return cmd_fail(&e);
	}
	return STATUS_DONE;
}

/* Take one option.  -1: end with the exit status *status. */
static int
option(struct build *b, int c, const struct language **says, int *plain, int *status)
{
	struct err	 e;

	*status = STATUS_CANNOT;
	if (c == 'k')
		b->key = optarg;
	else if (c == 'o')
		b->out = optarg;
	else if (c == 'u')
		*plain = 1;
	else if (c == 'r')
		b->renew = 1;
	else if (c == 'n')
		b->no_blobs = 1;
	else if (c == 'P')
		b->replaces = optarg;
	else if (c == 'A')
		b->serial_anew = 1;
	else if (c == 'D')
		b->dated_ahead = 1;
	else if (c == 'R')
		b->readable_key = 1;
	else if (c == 's') {
		if (number(optarg, &b->above, &e) == 0)
			return 0;
		*status = cmd_fail(&e);
		return -1;
	} else if (c == 'B' && b->nbase < BUILD_BASES)
		b->base[b->nbase++] = optarg;
	else if (c == 'L')
		return cmd_lang(optarg, says);
	else {
		*status = c == 'h' ? cmd_help() : cmd_usage();
		return -1;
	}
	return 0;
}

int
cmd_build(int argc, char **argv)
{
	static const struct option opts[] = {
		{ "unsigned", no_argument, NULL, 'u' },
		{ "renew", no_argument, NULL, 'r' },
		{ "serial-above", required_argument, NULL, 's' },
		{ "no-blobs", no_argument, NULL, 'n' },
		{ "base", required_argument, NULL, 'B' },
		{ "replaces", required_argument, NULL, 'P' },
		{ "serial-anew", no_argument, NULL, 'A' },
		{ "dated-ahead", no_argument, NULL, 'D' },
		{ "readable-key", no_argument, NULL, 'R' },
		{ "lang", required_argument, NULL, 'L' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct build	 b = { .tell = tell_stderr };
	struct built	 out = { 0 };
	struct diag	*d;
	struct err	 e = { 0 };
	const struct language *says;
	int		 c, plain = 0, status;

	cmd_lang(NULL, &says);
	while ((c = getopt_long(argc, argv, "k:o:h", opts, NULL)) != -1)
		if (option(&b, c, &says, &plain, &status) == -1)
			return status;
	if (argc - optind != 1)
		return cmd_usage();
	b.dir = argv[optind];
	if (plain == (b.key != NULL)) {
		err_cannot(&e, "want either -k KEY, to sign (apeng keygen "
		    "makes one), or --unsigned");
		return cmd_fail(&e);
	}
	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	diag_speak(d, says);
	if (build_run(&b, &out, d, &e) == 0) {
		build_print(d);
		status = finish(&out);
	} else {
		build_print(d);
		status = diag_status(d);
		if (status == STATUS_DONE || e.msg[0] != '\0')
			status = cmd_fail(&e);
		else {
			fprintf(stderr, diag_say(d, "apeng build: %s: nothing "
			    "written"), b.dir);
			fputc('\n', stderr);
		}
	}
	free(out.path);
	diag_free(d);
	return status;
}
