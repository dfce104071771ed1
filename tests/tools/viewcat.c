/* SPDX-License-Identifier: ISC */
/*
 * Print views of a site folder as a server sends them:
 *	viewcat DIR		every selector, "== SELECTOR KIND BYTES"
 *	viewcat DIR SELECTOR	that reply
 *	viewcat -t DIR SELECTOR	CPU microseconds for one, of 200
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "lib/viewsite.h"
#include "view/walk.h"

static int	one(void *, const char *, enum view_kind);

static int
one(void *arg, const char *selector, enum view_kind kind)
{
	struct viewsite	*v = arg;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	enum view_kind	 got;

	if (view_reply(&v->src, selector, strlen(selector), &b, &got,
	    &e) == -1 || got != kind) {
		fprintf(stderr, "%s: no reply\n", selector);
		exit(1);
	}
	printf("== /%s %s %zu\n", selector, kind == VIEW_MENU ? "menu" :
	    "text", b.len);
	fwrite(b.data, 1, b.len, stdout);
	buf_free(&b);
	return 0;
}

static void
timed(struct viewsite *v, const char *selector)
{
	struct timespec	 a, z;
	struct buf	 b = BUF_INIT;
	enum view_kind	 kind;
	int		 i;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	for (i = 0; i < 200; i++) {
		buf_reset(&b);
		view_reply(&v->src, selector, strlen(selector), &b, &kind,
		    NULL);
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &z);
	printf("%s: %.1f us, %zu bytes\n", selector, ((z.tv_sec - a.tv_sec) *
	    1e9 + (double)(z.tv_nsec - a.tv_nsec)) / 1e3 / 200, b.len);
	buf_free(&b);
}

int
main(int argc, char **argv)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	enum view_kind	 kind;
	int		 t = argc > 1 && strcmp(argv[1], "-t") == 0;

	argc -= t;
	argv += t;
	if (argc < 2)
		return 2;
	viewsite_load(&v, argv[1]);
	if (t)
		timed(&v, argc > 2 ? argv[2] : "");
	else if (argc > 2) {
		view_reply(&v.src, argv[2], strlen(argv[2]), &b, &kind, NULL);
		fwrite(b.data, 1, b.len, stdout);
		buf_free(&b);
	} else if (walk_selectors(&v.src, one, &v, NULL) == -1)
		return 1;
	viewsite_free(&v);
	return 0;
}
