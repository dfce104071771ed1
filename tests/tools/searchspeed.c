/* SPDX-License-Identifier: ISC */
/*
 * Measure a search, and grep over the same text:
 *	searchspeed FILE.gpub [WORD...]
 * Prints the CPU microseconds of one whole answer (a Gopher menu with
 * contexts), of the search in every language, and of `grep -i -c -F' over one
 * file with all the pages, with the start of grep.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/package.h"
#include "proto/site.h"
#include "serve/search_menu.h"
#include "view/search.h"

#define TURNS	100
#define GREPS	20

static struct package	 c;

static double
cpu_us(clockid_t id)
{
	struct timespec	 t;

	clock_gettime(id, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Write all pages to one file; returns its bytes. */
static size_t
spill(const char *path)
{
	const char	*text;
	size_t		 i, len, all = 0;
	FILE		*fp = fopen(path, "w");

	if (fp == NULL)
		exit(2);
	for (i = 0; i < c.site->npage; i++)
		if (c.src.page(c.src.arg, c.site->page[i].dir,
		    c.site->page[i].id, &text, &len) == 0)
			all += fwrite(text, 1, len, fp);
	fclose(fp);
	return all;
}

static double
grep_us(const char *path, const char *word)
{
	struct rusage	 a, z;
	pid_t		 pid;
	int		 i, fd;

	getrusage(RUSAGE_CHILDREN, &a);
	for (i = 0; i < GREPS; i++) {
		if ((pid = fork()) == 0) {
			fd = open("/dev/null", O_WRONLY);
			dup2(fd, 1);
			execlp("grep", "grep", "-i", "-c", "-F", word, path,
			    (char *)NULL);
			_exit(127);
		}
		waitpid(pid, NULL, 0);
	}
	getrusage(RUSAGE_CHILDREN, &z);
	return ((double)(z.ru_utime.tv_sec + z.ru_stime.tv_sec -
	    a.ru_utime.tv_sec - a.ru_stime.tv_sec) * 1e6 +
	    (double)(z.ru_utime.tv_usec + z.ru_stime.tv_usec -
	    a.ru_utime.tv_usec - a.ru_stime.tv_usec)) / GREPS;
}

static void
measure(const char *path, const char *word, size_t bytes)
{
	static struct search_result	 r;
	struct buf			 b = BUF_INIT;
	struct err			 e;
	char				 selector[64];
	double				 t, menu, all;
	int				 i;

	snprintf(selector, sizeof(selector), "%s/search",
	    c.site->lang[(unsigned char)*word >= 0x80 && c.site->nlang > 1]
	    .dir);
	t = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
	for (i = 0; i < TURNS; i++) {
		buf_reset(&b);
		if (search_gopher(&c.src, NULL, selector, strlen(selector), word,
		    strlen(word), &b, &e) != 1)
			exit(2);
	}
	menu = (cpu_us(CLOCK_PROCESS_CPUTIME_ID) - t) / TURNS;
	t = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
	for (i = 0; i < TURNS; i++)
		if (search_run(&c.src, NULL, word, strlen(word), 0, &r,
		    &e) == -1)
			exit(2);
	all = (cpu_us(CLOCK_PROCESS_CPUTIME_ID) - t) / TURNS;
	printf("%-16s %6zu %10.0f %10.0f %8.2f %10.0f\n", word, r.total, menu,
	    all, all * 1000 / (double)bytes, grep_us(path, word));
	buf_free(&b);
}

int
main(int argc, char **argv)
{
	static const char *const words[] = { "railway", "Qianjiang", "qqqq",
	    "the", "机场", "水" };
	struct err	 e;
	char		 path[] = "/tmp/searchspeed.XXXXXX";
	size_t		 i, bytes;
	int		 fd;

	if (argc < 2)
		return 2;
	if (package_open(&c, argv[1], NULL, &e) == -1 || (fd = mkstemp(path)) == -1) {
		fprintf(stderr, "searchspeed: %s\n", e.msg);
		return 2;
	}
	close(fd);
	bytes = spill(path);
	printf("%zu pages, %zu bytes; CPU microseconds\n"
	    "word              pages  a menu of   search of   ns a    grep -i\n"
	    "                  found   one tree   all pages   byte   and start\n",
	    c.site->npage, bytes);
	for (i = 2; i < (size_t)argc; i++)
		measure(path, argv[i], bytes);
	for (i = 0; argc == 2 && i < sizeof(words) / sizeof(words[0]); i++)
		measure(path, words[i], bytes);
	unlink(path);
	package_close(&c);
	return 0;
}
