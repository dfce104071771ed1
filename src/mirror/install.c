/* SPDX-License-Identifier: ISC */
/*
 * Make FILE the new edition, from a job's blob or from a package file.  The
 * package is written beside FILE; then it is proven by the mirror's keys as it
 * lies on the disk, its head is compared with the one that was judged, and it
 * replaces FILE.  Blobs and files come from a source that is not trusted.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "mirror/heads.h"
#include "mirror/install.h"
#include "mirror/letterfile.h"
#include "mirror/outcome.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "mirror/witness.h"
#include "package/guess.h"
#include "package/publish.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/sweep.h"
#include "package/wire.h"
#include "package/zip.h"

static void
say_line(void *arg, const char *line)
{
	mirror_say(arg, MIRROR_NOTE, "%s", line);
}

/*
 * A proof alone is not enough, because an older edition has one, too.  Only the
 * head that was judged is taken.
 */
static int
is_judged(const struct pkg *p, const char *head, size_t len,
    const char *name, struct err *e)
{
	const char	*s;
	size_t		 n;

	s = pkg_comment(p, &n);
	if (n == len && memcmp(s, head, n) == 0)
		return 1;
	err_set(e, "%s: changed while it was copied: now it is edition %"
	    PRIu64, name, pkg_head(p)->serial);
	return 0;
}

/*
 * The file beside FILE is complete: prove it as it lies on our disk, with
 * the head that was judged, keep the blob it came from, put it in place.
 * name is what errors call it.  Ends f in any case.
 */
static int
publish(struct mirror *m, struct file_new *f, const char *name,
    const char *head, size_t len, int blob, int is_delta, struct err *e)
{
	struct err	 why;
	struct proof	 proof;
	struct pkg	*new = NULL;
	int		 fd, rv = -1;

	if ((fd = fcntl(f->fd, F_DUPFD_CLOEXEC, 3)) == -1) {
		err_sys(e, "%s", m->conf->file);
		goto out;
	}
	if ((new = pkg_prove(fd, name, m->anchor, m->nanchor,
	    &proof, e)) == NULL ||
	    !is_judged(new, head, len, name, e) ||
	    store_publish(m->conf->file, new, m->cur, blob, is_delta,
	    say_line, m, e) == -1)
		goto out;
	if (file_commit(f, e) == -1)
		goto gone;
	/* From here on a failure is told, but the edition is in place. */
	m->result->changed = 1;
	m->result->serial = pkg_head(new)->serial;
	pkg_close(m->cur);
	m->cur = new;
	new = NULL;
	mirror_note(m, pkg_head(m->cur), &proof,
	    pkg_head(m->cur)->serial == m->conf->accept_serial);
	if (witness_note(m, e) == -1 ||
	    state_save(&m->state, m->state_path, e) == -1)
		goto gone;
	if (store_sweep(m->conf->file, m->cur, &why) == -1)
		mirror_say(m, MIRROR_WARN, "old blobs: %s", why.msg);
	job_end(&m->job, m->dir);
	rv = 0;
	goto gone;
 out:
	file_abandon(f);
 gone:
	pkg_close(new);
	return rv;
}

/* The same pages under a new head: nothing needs to be fetched. */
static int
renew(struct mirror *m, int out, struct err *e)
{
	int	 fd, rv = -1;

	if ((fd = spool_open(m->conf->file, e)) == -1)
		return -1;
	if (pkg_to_wire(m->cur, fd, e) == 0)
		rv = pkg_from_wire(fd, m->job.comment, m->job.len, out, e);
	close(fd);
	return rv;
}

int
install_job(struct mirror *m, struct err *e)
{
	struct job	*j = &m->job;
	struct file_new	 f;
	int		 rv;

	if (j->offer.size == 0 && m->cur == NULL) {
		err_set(e, "a renewed head, but its pages are gone");
		return -1;
	}
	if (file_begin(&f, m->conf->file, 0644, e) == -1)
		return -1;
	if (j->offer.size == 0)
		rv = renew(m, f.fd, e);
	else
		rv = pkg_from_blob(j->fd, j->offer.has_base ? mirror_base(m) :
		    NULL,
		    j->comment, j->len, m->conf->file, f.fd, e);
	if (rv == -1) {
		file_abandon(&f);
		return -1;
	}
	return publish(m, &f, m->conf->file, j->comment, j->len,
	    j->offer.size == 0 ? -1 : j->fd, j->offer.has_base, e);
}

/*
 * The comment of a file that seems to be a package, at most HEAD_MAX bytes
 * into out; proven later, like everything in it.
 */
static int
read_tail(int fd, const char *name, char *out, size_t *len, struct err *e)
{
	struct stat	 st;
	struct err	 why;
	uint8_t		 head[ZIP_END + HEAD_MAX];
	uint8_t		 tail[ZIP_END + HEAD_MAX];
	size_t		 n, at;

	if (fstat(fd, &st) == -1) {
		err_sys(e, "%s", name);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		err_set(e, "%s: not a regular file", name);
		return -1;
	}
	n = (uint64_t)st.st_size < sizeof(tail) ? (size_t)st.st_size :
	    sizeof(tail);
	if (file_pread_all(fd, tail, n, st.st_size - (off_t)n) == -1) {
		err_sys(e, "%s", name);
		return -1;
	}
	if (zip_comment(tail, n, &at, NULL) == -1 || at == n) {
		/* As many of its first bytes tell what it is instead. */
		if (file_pread_all(fd, head, n, 0) == -1) {
			err_sys(e, "%s", name);
			return -1;
		}
		guess_damage(head, n, tail, n, (uint64_t)st.st_size, &why);
		err_set(e, "%s: %s", name, why.msg);
		return -1;
	}
	*len = n - at;
	memcpy(out, tail + at, *len);
	out[*len] = '\0';
	return 0;
}

/* 0; -1: the source's fault; -2: our disk's; see e. */
static int
copy_file(int from, const char *name, int to, uint64_t max, struct err *e)
{
	char		 chunk[65536];
	uint64_t	 at = 0;
	ssize_t		 n;

	for (;;) {
		n = pread(from, chunk, sizeof(chunk), (off_t)at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(e, "%s", name);
			return -1;
		}
		if (n == 0)
			return 0;
		at += (uint64_t)n;
		if (at > max) {
			err_set(e, "%s: more than %" PRIu64 " bytes, as its "
			    "head says", name, max);
			return -1;
		}
		if (file_write_all(to, chunk, (size_t)n) == -1) {
			err_sys(e, "copy of %s", name);
			return -2;
		}
	}
}

/*
 * A file is copied before anything in it is used: a stick may be removed, or
 * its file may change meanwhile.
 */
enum fetch
install_file(struct mirror *m, struct source *s, int fd, struct err *e)
{
	struct file_new	 f;
	struct head	 h;
	enum fetch	 want;
	char		 text[HEAD_MAX + 1];
	size_t		 len;
	int		 n;

	if (read_tail(fd, s->path, text, &len, e) == -1)
		return e->status == STATUS_REFUSED ? FETCH_REFUSED : FETCH_CUT;
	if ((want = mirror_wants(m, s, text, len, &h, e)) != FETCH_WHOLE)
		return want;
	if (file_begin(&f, m->conf->file, 0644, e) == -1)
		return FETCH_STOP;
	n = copy_file(fd, s->path, f.fd, h.core_size + len, e);
	if (n != 0) {
		file_abandon(&f);
		return n == -2 ? FETCH_STOP : e->status == STATUS_REFUSED ?
		    FETCH_REFUSED : FETCH_CUT;
	}
	if (publish(m, &f, s->path, text, len, -1, 0, e) == -1)
		return e->status == STATUS_REFUSED ? FETCH_REFUSED :
		    FETCH_STOP;
	return FETCH_WHOLE;
}

int
install_peek(const char *path, struct letterfile *l, struct err *e)
{
	char	 text[HEAD_MAX + 1];
	size_t	 len;
	int	 fd, rv;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	rv = letterfile_is(fd, path, l, e);
	if (rv == 0 && (rv = read_tail(fd, path, text, &len, e)) == 0)
		rv = head_parse(text, len, &l->head, e);
	close(fd);
	return rv;
}
