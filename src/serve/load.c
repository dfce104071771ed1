/* SPDX-License-Identifier: ISC */
/*
 * Opens a file as a site.  The package is copied to where nobody else can
 * change it, and the copy is proven; its blobs are copied, too, or a full one
 * is made.  A copy of the same file that an earlier start has left is taken
 * instead, and proven like a new one.  What is wrong with dates, blobs and the
 * folder of copies is told and hinders nothing.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/kept.h"
#include "serve/load.h"
#include "serve/prove.h"
#include "serve/site.h"

#define DAY	86400
#define SETTLE_S	4	/* clocks of file systems tick in steps */

/* A machine whose clock is wrong still serves: dates only warn. */
static void
check_dates(const struct packages_conf *conf, const char *path,
    const struct head *h)
{
	int64_t	 now = clock_wall();
	char	 when[21];

	if (h->expires != 0 && now > h->expires) {
		clock_format(h->expires, when);
		prove_say(conf, "%s: expired on %.10s by this machine's "
		    "clock; ask the publisher for a new edition", path, when);
	} else if (h->published > now + DAY) {
		clock_format(h->published, when);
		prove_say(conf, "%s: published on %.10s, which lies ahead; is "
		    "this machine's clock right?", path, when);
	}
}

static struct store *
open_store(const struct packages_conf *conf, const char *path,
    struct pkg *pkg)
{
	struct store	*store;
	struct err	 e;

	if (!pkg_head(pkg)->is_signed)
		return NULL;
	if ((store = store_open_kept(path, pkg, &e)) == NULL)
		prove_say(conf, "%s; mirrors cannot update from here", e.msg);
	else if (store_made(store))
		prove_say(conf, "%s: no blobs beside it; made a full one for "
		    "mirrors", path);
	return store;
}

/* Both as they are now.  A descriptor of the file, or -1: see e. */
static int
look(const char *path, struct source_seen *seen, struct err *e)
{
	struct stat	 st;
	int		 fd;

	memset(seen, 0, sizeof(*seen));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1 ||
	    fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	seen_note(&st, &seen->file);
	seen_blobs(path, &seen->blobs);
	seen->settled =
	    seen->blobs.ctime.tv_sec + SETTLE_S < clock_wall() &&
	    seen->file.ctime.tv_sec + SETTLE_S < clock_wall();
	return fd;
}

/* Without the copy the site is as good; the reason is told once. */
static void
keep(const struct packages_conf *conf, struct copies *c, const char *path,
    const struct source_seen *seen, struct pkg *pkg, struct store *store)
{
	static int	 told;
	struct err	 e;

	if (kept_put(c, path, seen, pkg, store, &e) == -1 && !told) {
		prove_say(conf, "%s; what is served stays in memory, too", e.msg);
		told = 1;
	}
}

struct site *
load_site(const struct packages_conf *conf, struct copies *copies,
    const char *path, struct source_seen *seen, struct err *e)
{
	struct site	*site;
	struct store	*store = NULL;
	struct pkg	*pkg = NULL;
	char		 id[17];
	int		 fd, known = 0;

	if ((fd = look(path, seen, e)) == -1)
		return NULL;
	if (copies != NULL)
		pkg = kept_take(copies, conf, path, seen, &store, &known);
	if (pkg != NULL)
		close(fd);
	else if ((pkg = prove_pkg(conf, fd, path, 0, e)) == NULL)
		return NULL;
	/* Without a key nothing tells a good signature from a bad one. */
	if (conf->nanchor == 0 && pkg_head(pkg)->is_signed) {
		key_id_format(pkg_head(pkg)->key_id, id);
		err_set(e, "%s: it says it is signed with key %s: give that "
		    "key with -p; --unsigned is for packages without a "
		    "signature", path, id);
		store_close(store);
		pkg_close(pkg);
		return NULL;
	}
	check_dates(conf, path, pkg_head(pkg));
	if (!known) {
		store = open_store(conf, path, pkg);
		if (copies != NULL)
			keep(conf, copies, path, seen, pkg, store);
	}
	site = site_new(pkg, store, e);
	if (site != NULL)
		site_rest(site);	/* read for the proof, and all of it */
	return site;
}
