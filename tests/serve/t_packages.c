/* SPDX-License-Identifier: ISC */
/* Several packages, of several publishers: what a new edition may do. */
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "lib/test.h"
#include "package/reader.h"
#include "package/writer.h"
#include "serve/open.h"
#include "serve/packages.h"
#include "serve/sites.h"

static char	 dir[] = "/tmp/apeng-packages-XXXXXX";
static char	 path[2][64];
static char	 said[1024];

static void
say(void *arg, const char *line)
{
	(void)arg;
	snprintf(said, sizeof(said), "%s", line);
}

/* Put an edition in the place of the n-th file. */
static void
edition(size_t n, const char *id, const char *host, uint64_t serial)
{
	struct head		 h = { .serial = serial,
				    .published = 1795392000,
				    .expires = 4102444800 };
	struct pkg_writer	*w;
	struct file_new		 f;
	struct buf		 b = BUF_INIT;
	struct err		 e = { .msg = "" };

	buf_fmt(&b, "apeng-site 1\nid\t%s\nhost\t%s\n"
	    "lang\ten\ten\tEnglish\tA\tA\ncontact\tc\n"
	    "page\ten\tc\t-\t2026-11-23\tC\tC\n", id, host);
	snprintf(h.id, sizeof(h.id), "%s", id);
	w = pkg_writer_new(path[n], &e);
	if (w == NULL || pkg_add(w, "metadata.txt", "a: b\n", 5, &e) == -1 ||
	    pkg_add(w, "en/c.gmi", "# C\n", 4, &e) == -1 ||
	    pkg_add(w, "data/site.txt", b.data, b.len, &e) == -1 ||
	    pkg_seal(w, &h, &e) == -1 ||
	    file_begin(&f, path[n], 0644, &e) == -1 ||
	    pkg_write(w, f.fd, &h, NULL, &e) == -1 ||
	    file_commit(&f, &e) == -1)
		fail_msg("%s: %s", path[n], e.msg);
	pkg_writer_free(w);
	buf_free(&b);
}

/* The serials now served, in order; 0: no such package. */
static void
serves(struct packages *p, uint64_t a, uint64_t b)
{
	struct sites	*ss = packages_sites(p);

	assert_int_equal(sites_count(ss), (a != 0) + (b != 0));
	if (a != 0)
		assert_int_equal(pkg_head(site_pkg(sites_at(ss, 0)))->serial,
		    a);
	if (b != 0)
		assert_int_equal(pkg_head(site_pkg(sites_at(ss, a != 0)))
		    ->serial, b);
}

static void
editions(void **state)
{
	const char *const	 files[] = { path[0], path[1] };
	struct packages_conf	 conf = { .path = files, .npath = 2,
				    .unproven = 2, .say = say };
	struct packages		*p;
	struct err		 e = { .msg = "" };

	(void)state;
	edition(0, "first", "first.example", 1);
	edition(1, "second", "second.example", 1);
	if ((p = packages_open(&conf, &e)) == NULL)
		fail_msg("%s", e.msg);
	serves(p, 1, 1);
	assert_int_equal(packages_look(p, 0), 0);

	/* A name of the first's, or the id: the edition before stays... */
	edition(1, "second", "First.Example", 2);
	assert_int_equal(packages_look(p, 0), 0);
	assert_non_null(strstr(said, "First.Example is also in package"));
	assert_non_null(strstr(said, "the edition before it stays"));
	serves(p, 1, 1);
	/* ...is said once, and stands in nobody else's way. */
	said[0] = '\0';
	assert_int_equal(packages_look(p, 0), 0);
	assert_string_equal(said, "");
	edition(0, "first", "first.example", 2);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 2, 1);
	edition(1, "first", "second.example", 3);
	assert_int_equal(packages_look(p, 1), 0);	/* all is as it was */
	assert_non_null(strstr(said, "two packages have this id"));
	serves(p, 2, 1);
	edition(1, "data", "second.example", 4);
	assert_int_equal(packages_look(p, 0), 0);
	assert_non_null(strstr(said, "folder of package first"));
	serves(p, 2, 1);

	/* A name that moves, its new owner's edition being the earlier. */
	edition(1, "second", "first.example", 5);
	assert_int_equal(packages_look(p, 0), 0);
	serves(p, 2, 1);
	edition(0, "first", "other.example", 3);
	assert_int_equal(packages_look(p, 0), 2);
	serves(p, 3, 5);
	packages_free(p);
}

/* The names of the server itself bring readers to the first package. */
static void
server_names(void **state)
{
	const char		*name[] = { "mirror.example", "second.example" };
	const struct site_names	 names = { .nhost = 2, .host = name };
	const char *const	 files[] = { path[0], path[1] };
	struct packages_conf	 conf = { .path = files, .npath = 2,
				    .unproven = 2, .say = say };
	struct packages		*p;
	struct err		 e = { .msg = "" };

	(void)state;
	edition(0, "first", "first.example", 1);
	edition(1, "second", "second.example", 1);	/* from the start */
	if ((p = packages_open(&conf, &e)) == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(sites_rename(packages_sites(p), &names, &e), 0);
	edition(1, "second", "second.example", 2);
	assert_int_equal(packages_look(p, 0), 1);
	edition(1, "second", "Mirror.example", 3);
	assert_int_equal(packages_look(p, 0), 0);
	assert_non_null(strstr(said, "asks for Mirror.example"));
	serves(p, 1, 2);
	/* Nor when it is tried again for another's sake. */
	edition(0, "first", "mirror.example", 2);
	assert_int_equal(packages_look(p, 0), 1);
	edition(1, "second", "mirror.example", 4);
	assert_int_equal(packages_look(p, 0), 0);
	edition(0, "first", "first.example", 3);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 3, 2);
	said[0] = '\0';
	assert_int_equal(packages_look(p, 1), 1);	/* the operator asks */
	assert_string_equal(said, "");
	serves(p, 3, 4);
	packages_free(p);
}

static void
wants(const char *what)
{
	if (strstr(said, what) == NULL)
		fail_msg("\"%s\" is not said but: %s", what, said);
}

/* What is wrong with one keeps none of the others from being served. */
static void
set_aside(void **state)
{
	const char *const	 files[] = { path[0], path[1] };
	struct packages_conf	 conf = { .path = files, .npath = 2,
				    .unproven = 2, .say = say };
	struct packages		*p;
	struct err		 e = { .msg = "" };

	(void)state;
	/* A doubled id: the first that is named has it. */
	edition(0, "same", "first.example", 1);
	edition(1, "same", "second.example", 2);
	assert_non_null(p = packages_open(&conf, &e));
	serves(p, 1, 0);
	wants("same: two packages have this id; set aside");
	assert_int_equal(packages_aside(p, &e), 1);
	assert_non_null(strstr(e.msg, "two packages have this id"));
	edition(1, "other", "second.example", 3);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 1, 3);
	wants("edition 3 of other is served from now on");
	packages_free(p);
	/* A broken one, the first; nothing is said again before it changes. */
	assert_int_equal(truncate(path[0], 100), 0);
	assert_non_null(p = packages_open(&conf, &e));
	serves(p, 3, 0);
	wants("a.gpub: no end record of a package");
	said[0] = '\0';
	assert_int_equal(packages_look(p, 0), 0);
	assert_int_equal(packages_look(p, 0), 0);
	assert_string_equal(said, "");
	/* It comes, and is the default, as it is named first. */
	edition(0, "first", "first.example", 4);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 4, 3);
	packages_free(p);
	/* A missing one. */
	unlink(path[1]);
	assert_non_null(p = packages_open(&conf, &e));
	serves(p, 4, 0);
	wants("b.gpub: No such file or directory; set aside");
	edition(1, "data", "second.example", 5);	/* a folder's name */
	assert_int_equal(packages_look(p, 0), 0);
	wants("folder of package first; set aside");
	/* Who is served stays, also beside a default that comes late. */
	packages_free(p);
	unlink(path[0]);
	assert_non_null(p = packages_open(&conf, &e));
	serves(p, 5, 0);
	edition(0, "first", "first.example", 6);
	assert_int_equal(packages_look(p, 0), 0);
	wants("data: this id is also the name of a folder of package first");
	serves(p, 5, 0);
	edition(1, "second", "second.example", 6);	/* it gives way */
	assert_int_equal(packages_look(p, 0), 2);
	serves(p, 6, 6);
	packages_free(p);
	/* Nothing at all. */
	unlink(path[0]);
	unlink(path[1]);
	assert_non_null(p = packages_open(&conf, &e));
	serves(p, 0, 0);
	assert_int_equal(packages_aside(p, &e), 2);
	assert_int_equal(e.status, STATUS_CANNOT);
	edition(1, "late", "late.example", 7);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 7, 0);
	packages_free(p);
}

/* packages_look() until it has something to tell, for three seconds. */
static size_t
look_long(struct packages *p)
{
	size_t	 i, n = 0;

	for (i = 0; n == 0 && i < 60; i++) {
		usleep(50000);
		n = packages_look(p, 0);
	}
	return n;
}

/* A folder: files come and go. */
static void
folders(void **state)
{
	const char *const	 files[] = { dir };
	struct packages_conf	 conf = { .path = files, .npath = 1,
				    .unproven = 2, .say = say };
	struct packages		*p;
	struct err		 e = { .msg = "" };
	char			 hidden[80];

	(void)state;
	unlink(path[0]);
	unlink(path[1]);
	assert_non_null(p = packages_open(&conf, &e));
	assert_int_equal(packages_aside(p, &e), 0);
	assert_non_null(strstr(e.msg, "there is no package in this folder"));
	edition(1, "beta", "b.example", 1);
	assert_int_equal(look_long(p), 1);
	serves(p, 1, 0);
	edition(0, "alpha", "a.example", 2);
	assert_int_equal(look_long(p), 1);
	serves(p, 2, 1);
	assert_ptr_equal(sites_by_id(packages_sites(p), "alpha", 5),
	    sites_at(packages_sites(p), 0));
	edition(1, "beta", "b.example", 3);
	assert_int_equal(look_long(p), 1);
	serves(p, 2, 3);
	/* Names that are no packages'. */
	snprintf(hidden, sizeof(hidden), "%s/.b.gpub", dir);
	assert_int_equal(rename(path[1], hidden), 0);
	assert_int_equal(packages_look(p, 0), 0);	/* perhaps a rename */
	serves(p, 2, 3);
	assert_int_equal(rename(hidden, path[1]), 0);
	assert_int_equal(packages_look(p, 0), 0);
	assert_int_equal(rename(path[1], hidden), 0);
	assert_int_equal(look_long(p), 1);
	wants("b.gpub: gone from its folder");
	serves(p, 2, 0);
	assert_null(sites_by_id(packages_sites(p), "beta", 4));
	/* The last one stays: so looks a disk that is not mounted. */
	assert_int_equal(unlink(path[0]), 0);
	assert_int_equal(look_long(p), 0);
	wants("not one package is left");
	serves(p, 2, 0);
	assert_int_equal(packages_look(p, 1), 1);	/* SIGHUP */
	serves(p, 0, 0);
	assert_int_equal(rename(hidden, path[1]), 0);
	assert_int_equal(look_long(p), 1);
	serves(p, 3, 0);
	/* The default goes; the id of what is left is a folder of the next. */
	edition(0, "a-b", "a.example", 5);
	edition(1, "data", "b.example", 5);
	assert_true(look_long(p) > 0);
	wants("this id is also the name of a folder of package a-b");
	packages_free(p);
	unlink(path[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(editions), cmocka_unit_test(server_names),
		cmocka_unit_test(set_aside), cmocka_unit_test(folders),
	};
	int	 rv;

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path[0], sizeof(path[0]), "%s/a.gpub", dir);
	snprintf(path[1], sizeof(path[1]), "%s/b.gpub", dir);
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path[0]);
	unlink(path[1]);
	rmdir(dir);
	return rv;
}
