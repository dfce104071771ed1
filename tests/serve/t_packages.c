/* Several packages, of several publishers: what a new edition may do. */
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "lib/test.h"
#include "package/reader.h"
#include "package/writer.h"
#include "serve/packages.h"

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

/* The serials now served, the sites fitting together. */
static void
serves(struct packages *p, uint64_t a, uint64_t b)
{
	struct site_names	 none = { 0 };
	struct sites		*ss;
	struct err		 e = { .msg = "" };

	if ((ss = packages_sites(p, &none, &e)) == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(pkg_head(site_pkg(sites_at(ss, 0)))->serial, a);
	assert_int_equal(pkg_head(site_pkg(sites_at(ss, 1)))->serial, b);
	sites_free(ss);
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
	assert_int_equal(packages_look(p, 1), 1);	/* all: the first too */
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
	sites_free(packages_sites(p, &names, &e));
	edition(1, "second", "second.example", 2);
	assert_int_equal(packages_look(p, 0), 1);
	edition(1, "second", "Mirror.example", 3);
	assert_int_equal(packages_look(p, 0), 0);
	assert_non_null(strstr(said, "asks for Mirror.example"));
	serves(p, 1, 2);
	sites_free(packages_sites(p, &names, &e));
	/* Nor when it is tried again for another's sake. */
	edition(0, "first", "mirror.example", 2);
	assert_int_equal(packages_look(p, 0), 1);
	edition(1, "second", "mirror.example", 4);
	assert_int_equal(packages_look(p, 0), 0);
	edition(0, "first", "first.example", 3);
	assert_int_equal(packages_look(p, 0), 1);
	serves(p, 3, 2);
	sites_free(packages_sites(p, &names, &e));
	said[0] = '\0';
	assert_int_equal(packages_look(p, 1), 2);	/* the operator asks */
	assert_string_equal(said, "");
	serves(p, 3, 4);
	packages_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(editions), cmocka_unit_test(server_names),
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
