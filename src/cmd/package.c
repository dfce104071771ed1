/* SPDX-License-Identifier: ISC */
/*
 * Open a package for the commands that read it, such as cat and search.  The
 * site table is parsed once, and the views ask page() for a page's text.  Each
 * time that REST_BYTES of pages were read, pkg_rest() lets the pages of the
 * mapped file leave memory.  When package_open() is given keys, one of them
 * must prove the package; without keys only its form is checked, and its bytes
 * may be a stranger's.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "cmd/package.h"
#include "package/trust.h"
#include "proto/site.h"
#include "view/memo.h"

#define REST_BYTES	(4u << 20)	/* read between calls of pkg_rest() */
#define REST_SHARED	(REST_BYTES / 16)	/* the same, of a shared one */
#define SITE_TABLE	"data/site.txt"

static int
page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct package		*c = arg;
	struct pkg_entry	 n;
	char			 path[128];
	int			 l;

	l = snprintf(path, sizeof(path), "%s/%s.gmi", dir, id);
	if (l < 0 || (size_t)l >= sizeof(path) ||
	    pkg_find(c->pkg, path, (size_t)l, &n) != 1)
		return -1;
	*text = (const char *)n.data;
	*len = n.size;
	if ((c->touched += n.size) > (c->is_shared ? REST_SHARED :
	    REST_BYTES)) {
		pkg_rest(c->pkg);
		c->touched = 0;
	}
	return 0;
}

int
package_command(int argc, char **argv,
    int (*run)(int, char **, struct anchors *))
{
	struct anchors	 keys = { NULL, 0 };
	int		 rv;

	rv = run(argc, argv, &keys);
	anchors_free(&keys);
	return rv;
}

int
package_of(struct package *c, struct pkg *p, struct err *e)
{
	struct pkg_entry	 n;
	size_t			 size;

	memset(c, 0, sizeof(*c));
	if (pkg_find(p, SITE_TABLE, strlen(SITE_TABLE), &n) != 1) {
		err_set(e, "the package has no " SITE_TABLE);
		return -1;
	}
	c->site = site_table_parse((const char *)n.data, n.size, e);
	if (c->site == NULL)
		return -1;
	c->pkg = pkg_ref(p);
	if ((c->src.memo = memo_new(c->site)) == NULL) {
		err_nomem(e);
		package_close(c);
		return -1;
	}
	pkg_bytes(p, &size);
	c->src.site = c->site;
	c->src.page = page;
	c->src.arg = c;
	c->src.host = "localhost";
	c->src.port = 70;
	c->src.package_size = size;
	return 0;
}

int
package_share(struct package *c, const struct package *of, struct err *e)
{
	*c = *of;
	c->is_shared = 1;
	c->touched = 0;
	c->src.arg = c;
	pkg_ref(c->pkg);
	if ((c->src.memo = memo_share(of->src.memo)) != NULL)
		return 0;
	err_nomem(e);
	package_close(c);
	return -1;
}

int
package_key(struct anchors *a, int opt, const char *arg, struct err *e)
{
	if (anchors_add(a, arg, opt == 'P', e) == 0)
		return 0;
	e->status = STATUS_CANNOT;	/* the command line is at fault */
	return -1;
}

int
package_open(struct package *c, const char *path, const struct anchors *a,
    struct err *e)
{
	struct pkg	*p;
	int		 fd, rv;

	memset(c, 0, sizeof(*c));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if ((p = pkg_prove(fd, path, a == NULL ? NULL : a->v,
	    a == NULL ? 0 : a->n, NULL, e)) == NULL)
		return -1;
	rv = package_of(c, p, e);
	pkg_close(p);
	return rv;
}

void
package_swapped(const char *command, const char *file, const char *word,
    struct err *e)
{
	if (e->sys == ENOENT && access(word, R_OK) == 0)
		err_cannot(e, "%s: no such file; the package comes first: "
		    "apeng %s %s %s", file, command, word, file);
}

void
package_close(struct package *c)
{
	memo_free(c->src.memo);
	if (!c->is_shared)
		site_table_free(c->site);
	pkg_close(c->pkg);
	memset(c, 0, sizeof(*c));
}
