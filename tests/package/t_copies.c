/* SPDX-License-Identifier: ISC */
/* The folder of copies: what is found again, what is not believed, what goes. */
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <fcntl.h>

#include "base/err.h"
#include "lib/test.h"
#include "package/copies.h"

static char	 dir[] = "/tmp/apeng-copies-XXXXXX";
static char	 folder[80];

static struct copies *
opened(void)
{
	struct err	 e = { .msg = "" };
	struct copies	*c;

	if ((c = copies_open(folder, &e)) == NULL)
		fail_msg("%s", e.msg);
	return c;
}

/* A copy of text, noted for path. */
static void
keep(struct copies *c, const char *path, const char *text)
{
	struct copies_row	 r = { .nblob = 7 };
	struct err		 e = { .msg = "" };
	int			 fd;

	fd = copies_put(c, COPIES_PKG, text, strlen(text),
	    r.one[COPIES_PKG].sha, &e);
	if (fd == -1)
		fail_msg("%s", e.msg);
	assert_int_equal(write(fd, "x", 1), -1);
	close(fd);
	memset(r.one[COPIES_PKG].from, 3, SHA_LEN);
	r.one[COPIES_PKG].size = strlen(text);
	assert_int_equal(copies_note(c, path, &r), 0);
}

/* The text that is kept for path; "" when there is none. */
static const char *
kept(const struct copies *c, const char *path)
{
	static char		 text[80];
	const struct copies_row	*r;
	ssize_t			 n;
	int			 fd;

	if ((r = copies_find(c, path)) == NULL ||
	    (fd = copies_get(c, COPIES_PKG, &r->one[COPIES_PKG])) == -1)
		return "";
	assert_int_equal(r->nblob, 7);
	n = read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	close(fd);
	return text;
}

/* Names that end so, and where the last of them is. */
static size_t
files(const char *ending, char out[512])
{
	struct dirent	*d;
	DIR		*dp = opendir(folder);
	size_t		 n = 0, len, end = strlen(ending);

	assert_non_null(dp);
	while ((d = readdir(dp)) != NULL) {
		len = strlen(d->d_name);
		if (len < end || strcmp(d->d_name + len - end, ending) != 0)
			continue;
		snprintf(out, 512, "%s/%s", folder, d->d_name);
		n++;
	}
	closedir(dp);
	return n;
}

static void
found_again(void **state)
{
	struct copies	*c = opened();
	char		 at[512];

	(void)state;
	keep(c, "a.gpub", "one");
	keep(c, "b.gpub", "two");
	keep(c, "c.gpub", "one");		/* the same bytes */
	assert_int_equal(files(".gpub", at), 2);
	copies_close(c);
	c = opened();
	assert_string_equal(kept(c, "a.gpub"), "one");
	assert_string_equal(kept(c, "b.gpub"), "two");
	assert_string_equal(kept(c, "c.gpub"), "one");
	assert_string_equal(kept(c, "d.gpub"), "");
	/* Another edition: the one before goes when nobody names it. */
	keep(c, "b.gpub", "three");
	keep(c, "a.gpub", "four");
	assert_int_equal(files(".gpub", at), 3);
	assert_string_equal(kept(c, "c.gpub"), "one");
	assert_int_equal(copies_note(c, "c.gpub", NULL), 0);
	assert_int_equal(copies_note(c, "d.gpub", NULL), 0);
	assert_int_equal(files(".gpub", at), 2);
	copies_close(c);
}

/* What no package used since the start goes, and nothing else. */
static void
swept(void **state)
{
	struct copies	*c;
	char		 at[512];
	int		 fd;

	(void)state;
	snprintf(at, sizeof(at), "%s/%064d.gpub", folder, 0);
	fd = open(at, O_WRONLY | O_CREAT, 0400);
	close(fd);
	snprintf(at, sizeof(at), "%s/mine.gpub", folder);
	fd = open(at, O_WRONLY | O_CREAT, 0400);
	close(fd);
	c = opened();
	assert_int_equal(files(".gpub", at), 4);
	copies_use(c, "a.gpub");
	copies_sweep(c);
	assert_int_equal(files(".gpub", at), 2);
	assert_string_equal(kept(c, "a.gpub"), "four");
	assert_string_equal(kept(c, "b.gpub"), "");
	copies_close(c);
}

static void
not_believed(void **state)
{
	struct copies	*c = opened();
	struct err	 e = { .msg = "" };
	struct stat	 st;
	char		 at[512];
	int		 fd;

	(void)state;
	snprintf(at, sizeof(at), "%s/mine.gpub", folder);
	unlink(at);
	assert_int_equal(files(".gpub", at), 1);
	assert_int_equal(chmod(at, 0422), 0);
	assert_string_equal(kept(c, "a.gpub"), "");
	assert_int_equal(chmod(at, 0400), 0);
	assert_string_equal(kept(c, "a.gpub"), "four");
	assert_int_equal(chmod(at, 0600), 0);
	assert_int_equal(truncate(at, 3), 0);
	assert_string_equal(kept(c, "a.gpub"), "");
	copies_close(c);
	/* An index that was damaged, or is no index. */
	snprintf(at, sizeof(at), "%s/index", folder);
	assert_int_equal(stat(at, &st), 0);
	assert_int_equal(chmod(at, 0600), 0);
	fd = open(at, O_WRONLY);
	assert_int_equal(pwrite(fd, "?", 1, st.st_size / 2), 1);
	close(fd);
	c = opened();
	assert_null(copies_find(c, "a.gpub"));
	keep(c, "a.gpub", "five");
	copies_close(c);
	assert_int_equal(truncate(at, 10), -1 + (geteuid() == 0));
	c = opened();
	if (geteuid() == 0)
		assert_null(copies_find(c, "a.gpub"));
	copies_close(c);
	/* A folder that others can write to, or that is a link. */
	assert_int_equal(chmod(folder, 0770), 0);
	assert_null(copies_open(folder, &e));
	assert_non_null(strstr(e.msg, "nobody else can write to"));
	assert_int_equal(chmod(folder, 0700), 0);
	snprintf(at, sizeof(at), "%s-link", folder);
	assert_int_equal(symlink(folder, at), 0);
	assert_null(copies_open(at, &e));
	unlink(at);
}

/* Two servers would remove each other's copies. */
static void
one_server(void **state)
{
	struct copies	*c = opened();
	struct err	 e = { .msg = "" };
	pid_t		 pid;
	int		 status = 1;

	(void)state;
	if ((pid = fork()) == 0)
		_exit(copies_open(folder, &e) == NULL &&
		    strstr(e.msg, "another server") != NULL ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	copies_close(c);
}

/* Everything may be removed while the server runs. */
static void
removed(void **state)
{
	struct copies	*c = opened();
	char		 command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	assert_string_equal(kept(c, "a.gpub"), "");
	keep(c, "a.gpub", "six");
	assert_string_equal(kept(c, "a.gpub"), "six");
	copies_close(c);
	c = opened();
	assert_string_equal(kept(c, "a.gpub"), "six");
	copies_close(c);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(found_again),
		cmocka_unit_test(swept),
		cmocka_unit_test(not_believed),
		cmocka_unit_test(one_server),
		cmocka_unit_test(removed),
	};
	int			 rv;

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(folder, sizeof(folder), "%s/deep/state", dir);
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(folder, sizeof(folder), "%s/deep", dir);
	rmdir(folder);
	rmdir(dir);
	return rv;
}
