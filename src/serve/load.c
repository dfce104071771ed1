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
#include "package/copies.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/kept.h"
#include "serve/load.h"
#include "serve/open.h"
#include "serve/prove.h"
#include "serve/site.h"

#define DAY	86400

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

/* 1: the file has exactly these bytes.  Shuts fd. */
static int
has_bytes(int fd, const uint8_t *data, size_t len)
{
	uint8_t	 part[65536];
	ssize_t	 n = 0;
	size_t	 at;

	for (at = 0; at <= len; at += (size_t)n) {
		n = read(fd, part, sizeof(part));
		if (n <= 0 || (size_t)n > len - at ||
		    memcmp(data + at, part, (size_t)n) != 0)
			break;
	}
	close(fd);
	return n == 0 && at == len;
}

/* 1: the blobs beside the file are those that are served. */
static int
has_blobs(const char *path, const struct site *s)
{
	struct store	*store;
	int		 same;

	if (s->store == NULL)
		return 1;
	if ((store = store_open(path, s->pkg, NULL)) == NULL)
		return 0;
	same = store_same(store, s->store);
	store_close(store);
	return same;
}

int
load_settle(struct copies *c, const char *path, const struct site *s,
    const struct seen *file, struct seen *blobs)
{
	static const struct seen none;
	struct source_seen	 seen;
	const uint8_t		*data;
	size_t			 len;
	int			 fd, same;

	if ((fd = look(path, &seen, NULL)) == -1)
		return 0;
	if (!seen.settled || !seen_is(&seen.file, file)) {
		close(fd);
		return 0;
	}
	data = pkg_bytes(s->pkg, &len);
	/* Without a folder of blobs a full one was made, of the file alone. */
	same = has_bytes(fd, data, len) && (seen_is(&seen.blobs, &none) ||
	    has_blobs(path, s));
	site_rest(s);
	if (!same)
		return 0;
	kept_settle(c, path, &seen);
	*blobs = seen.blobs;
	return 1;
}

/* Without the folder of copies, all works; it takes more time and memory. */
struct copies *
load_copies(const struct packages_conf *conf)
{
	struct copies	*c;
	struct err	 e;

	if (conf->state == NULL)
		return NULL;
	if ((c = copies_open(conf->state, &e)) == NULL)
		prove_say(conf, "%s; no copies are kept there", e.msg);
	return c;
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
