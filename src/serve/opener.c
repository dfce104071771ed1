/* SPDX-License-Identifier: ISC */
/*
 * The opener's process and how workers ask it.  The master forks it with the
 * packages that are served; it reads their lists once, and the master forks
 * another one when they change.  The workers' lines stay with the master, so
 * that a question which one opener has not read is read by the next.
 *
 * A file in NAME.gpub.files/ may be written over or cut short at any time.  It
 * is copied into a file without a name, and the copy is hashed, so that what
 * readers get is what was proven, or nothing.  A few copies are kept for the
 * next reader.  A worker is not trusted: it can ask for what the signed lists
 * name, and for nothing else.  The opener keeps the master's user, since it
 * reads what that one may read; Landlock leaves it the folders of the packages
 * that have files, and no other.
 */
#include <sys/socket.h>
#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "package/held.h"
#include "package/own.h"
#include "package/reader.h"
#include "proto/files.h"
#include "serve/opener.h"
#include "serve/packages.h"
#include "serve/proc.h"
#include "serve/site.h"

#define LINES_MAX	256		/* workers, with those of generations
					   that drain */
#define COPIES		8		/* copies that are kept open */
#define COPIES_MAX	(64u << 20)	/* bytes of them on the disk */
#define CHUNK		65536

struct opener_item {
	struct held_file	 file;
	const char		*gpub;		/* the package's path */
	int			 told;		/* that it is damaged was
						   logged */
};

struct opener_copy {
	struct own	 own;		/* fd -1: none */
	uint8_t		 sha[SHA_LEN];
	uint64_t	 used;		/* the count of questions at its last
					   use */
};

struct opener_desk {
	struct opener_item	*item;		/* by hash */
	size_t		 n, room;
	struct opener_copy	 copy[COPIES];
	uint64_t	 now;
	void		(*say)(void *, const char *);
	void		*arg;
};

/* -- the lists --------------------------------------------------------- */

static int
by_sha(const void *a, const void *b)
{
	const struct opener_item	*x = a, *y = b;

	return memcmp(x->file.sha, y->file.sha, SHA_LEN);
}

static int
add_item(struct opener_desk *d, const struct file_row *row, const char *gpub)
{
	struct opener_item	*p;
	size_t		 room;

	if (d->n == d->room) {
		room = d->room == 0 ? 64 : d->room * 2;
		if ((p = realloc(d->item, room * sizeof(*p))) == NULL)
			return -1;
		d->item = p;
		d->room = room;
	}
	p = &d->item[d->n++];
	memcpy(p->file.sha, row->sha, SHA_LEN);
	p->file.size = row->size;
	p->gpub = gpub;
	p->told = 0;
	return 0;
}

/* Read one package's list; a forged list counts for nothing. */
static void
add_list(void *arg, const char *gpub, const struct pkg *pkg)
{
	struct opener_desk	*d = arg;
	struct pkg_entry	 en;
	struct file_row		 row;
	struct files		 f;
	size_t			 before = d->n;
	int			 rv;

	if (!pkg_find(pkg, FILES_PATH, strlen(FILES_PATH), &en))
		return;
	memset(&f, 0, sizeof(f));
	f.at = (const char *)en.data;
	f.left = en.size;
	while ((rv = files_next(&f, &row, NULL)) == 1)
		if (add_item(d, &row, gpub) == -1)
			break;
	if (rv == -1)
		d->n = before;
}

size_t
opener_files(struct packages *p)
{
	struct opener_desk	 d;

	memset(&d, 0, sizeof(d));
	packages_each(p, add_list, &d);
	free(d.item);
	return d.n;
}

/* -- copies ------------------------------------------------------------ */

static void	tell(struct opener_desk *, const char *, ...)
		    __attribute__((__format__ (printf, 2, 3)));

static void
tell(struct opener_desk *d, const char *fmt, ...)
{
	char	 line[ERR_MAX];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	d->say(d->arg, line);
}

/* Copy size bytes of the file into a copy of our own, and hash the copy. */
static int
fill(struct own *o, int fd, uint64_t size, uint8_t sha[SHA_LEN],
    struct err *e)
{
	struct sha	*h;
	char		 chunk[CHUNK];
	uint64_t	 at = 0;
	ssize_t		 n;
	int		 rv = 0;

	if ((h = sha_new(e)) == NULL)
		return -1;
	while (rv == 0 && at < size) {
		n = pread(fd, chunk, size - at < CHUNK ? (size_t)(size - at) :
		    CHUNK, (off_t)at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == 0)
			break;
		if (n == -1 || file_write_all(o->fd, chunk, (size_t)n) == -1) {
			err_sys(e, "a copy that nobody can change");
			rv = -1;
			break;
		}
		sha_add(h, chunk, (size_t)n);
		at += (uint64_t)n;
	}
	if (sha_end(h, sha, e) == -1)
		rv = -1;
	return rv;
}

/* 1: *o is a proven copy; 0: the file is not there, or has other bytes. */
static int
make_copy(struct opener_desk *d, struct opener_item *i, struct own *o)
{
	struct err	 e;
	struct stat	 st;
	uint8_t		 sha[SHA_LEN];
	int		 fd, good = 0;

	if ((fd = held_open(i->gpub, &i->file, &e)) == -1) {
		if (e.sys != ENOENT && !i->told)
			tell(d, "%s", e.msg);
		i->told = e.sys != ENOENT;
		return 0;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uint64_t)st.st_size == i->file.size) {
		/* The copy is on the disk, because memory is scarce. */
		if (own_begin(o, OWN_MEMORY + 1, i->gpub, &e) == -1 &&
		    own_begin(o, i->file.size, i->gpub, &e) == -1) {
			tell(d, "%s", e.msg);
			close(fd);
			return 0;
		}
		if (fill(o, fd, i->file.size, sha, &e) == -1) {
			tell(d, "%s" HELD_SUFFIX ": %s", i->gpub, e.msg);
			own_free(o);
			close(fd);
			return 0;
		}
		good = memcmp(sha, i->file.sha, SHA_LEN) == 0;
		if (!good)
			own_free(o);
		else
			good = own_finish(o, &e) == 0;
	}
	close(fd);
	if (!good && !i->told)
		tell(d, "%s" HELD_SUFFIX ": a file is damaged or was changed, "
		    "and is not served; build or mirror again mends it",
		    i->gpub);
	i->told = !good;
	return good;
}

/* A place for one more copy: the one that was used longest ago is dropped. */
static struct opener_copy *
make_room(struct opener_desk *d, uint64_t size)
{
	struct opener_copy	*old;
	uint64_t	 all;
	size_t		 i;

	for (;;) {
		old = NULL;
		all = size;
		for (i = 0; i < COPIES; i++) {
			all += d->copy[i].own.size;
			if (d->copy[i].own.fd == -1)
				old = &d->copy[i];
		}
		if (old != NULL && (all <= COPIES_MAX || all == size))
			return old;
		old = NULL;
		for (i = 0; i < COPIES; i++)
			if (d->copy[i].own.fd != -1 && (old == NULL ||
			    d->copy[i].used < old->used))
				old = &d->copy[i];
		own_free(&old->own);
	}
}

/* The copy's descriptor, or -1. */
static int
find_copy(struct opener_desk *d, const uint8_t sha[SHA_LEN],
    uint64_t *size)
{
	struct opener_item	 key, *i;
	struct opener_copy	*c;
	size_t		 k;

	memcpy(key.file.sha, sha, SHA_LEN);
	d->now++;
	if (d->n == 0 || (i = bsearch(&key, d->item, d->n, sizeof(key),
	    by_sha)) == NULL)
		return -1;
	*size = i->file.size;
	for (k = 0; k < COPIES; k++) {
		c = &d->copy[k];
		if (c->own.fd != -1 && memcmp(c->sha, sha, SHA_LEN) == 0) {
			c->used = d->now;
			return c->own.fd;
		}
	}
	/* Several packages may name the file, and only one of them hold it. */
	while (i > d->item && by_sha(i - 1, &key) == 0)
		i--;
	c = make_room(d, i->file.size);
	for (; i < d->item + d->n && by_sha(i, &key) == 0; i++)
		if (i->file.size == *size && make_copy(d, i, &c->own)) {
			memcpy(c->sha, sha, SHA_LEN);
			c->used = d->now;
			return c->own.fd;
		}
	return -1;
}

/* -- the process ------------------------------------------------------- */

static int
add_folder(struct sandbox_fds *fds, char **folder, const char *path,
    size_t len)
{
	if ((folder[fds->nfolder] = strndup(path, len)) == NULL)
		return -1;
	fds->nfolder++;
	return 0;
}

/*
 * Allow the folders where the files are, and where copies are made: beside the
 * package, else where temporary files are.  The items are still in the order of
 * their packages.
 */
static int
add_folders(const struct opener_desk *d, struct sandbox_fds *fds,
    struct err *e)
{
	const char	*tmp = getenv("TMPDIR"), *last = NULL, *slash;
	char		**folder, *files;
	size_t		 i;

	if ((folder = calloc(d->n * 3 + 1, sizeof(*folder))) == NULL)
		goto nomem;
	fds->folder = folder;
	for (i = 0; i < d->n; i++) {
		if (d->item[i].gpub == last)
			continue;
		last = d->item[i].gpub;
		slash = strrchr(last, '/');
		if (add_folder(fds, folder, slash == NULL ? "." : last,
		    slash == NULL ? 1 : slash == last ? 1 :
		    (size_t)(slash - last)) == -1)
			goto nomem;
		if (access(folder[fds->nfolder - 1], W_OK) == -1 &&
		    add_folder(fds, folder, tmp != NULL ? tmp : "/tmp",
		    SIZE_MAX) == -1)
			goto nomem;
		/* The folder may be a link to another disk. */
		if (asprintf(&files, "%s" HELD_SUFFIX, last) == -1)
			goto nomem;
		folder[fds->nfolder++] = files;
	}
	return 0;
 nomem:
	err_nomem(e);
	return -1;
}

/* 1: answered; 0: the worker has gone, or its message is no question. */
static int
answer_one(struct opener_desk *d, int line)
{
	struct opener_ask	 q;
	struct opener_told	 a;
	ssize_t			 n;
	int			 fd;

	do
		n = recv(line, &q, sizeof(q), MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 1;		/* another opener has read it */
	if (n != (ssize_t)sizeof(q))
		return 0;
	memset(&a, 0, sizeof(a));
	a.number = q.number;
	fd = find_copy(d, q.sha, &a.size);
	a.here = fd != -1;
	return proc_send_fds(line, &a, sizeof(a), &fd, fd != -1,
	    MSG_DONTWAIT) == 0 || errno == EAGAIN;
}

/* Line 0 is the master's: it brings the lines of workers. */
static void
answer_all(struct opener_desk *d, int line)
{
	struct pollfd	 pfd[LINES_MAX];
	size_t		 i, used = 1;
	char		 byte;
	int		 fd;

	pfd[0].fd = line;
	pfd[0].events = POLLIN;
	for (;;) {
		if (poll(pfd, used, -1) == -1 && errno != EINTR)
			return;
		for (i = used - 1; i > 0; i--) {
			if (pfd[i].revents == 0 || answer_one(d, pfd[i].fd))
				continue;
			close(pfd[i].fd);
			pfd[i] = pfd[--used];
		}
		if (pfd[0].revents == 0)
			continue;
		if (proc_recv_fds(line, &byte, 1, &fd, 1, 0) <= 0)
			return;		/* another opener has taken over */
		if (fd != -1 && used < LINES_MAX) {
			pfd[used].fd = fd;
			pfd[used].revents = 0;
			pfd[used++].events = POLLIN;
		} else if (fd != -1)
			close(fd);
	}
}

int
opener_start(struct opener *o, struct packages *p, const struct sandbox *box,
    void (*say)(void *, const char *), void *arg, int log, struct err *e)
{
	struct opener_desk	 d;
	struct sandbox_fds	 fds;
	struct err		 why;
	size_t			 i;
	int			 pair[2], keep[2];

	o->pid = 0;
	o->line = -1;
	if (proc_pair(pair, e) == -1)
		return -1;
	keep[0] = pair[1];
	keep[1] = log;
	if ((o->pid = proc_fork(keep, 2, e)) == -1) {
		o->pid = 0;
		close(pair[0]);
		close(pair[1]);
		return -1;
	}
	if (o->pid != 0) {
		close(pair[1]);
		o->line = pair[0];
		return 0;
	}
	memset(&d, 0, sizeof(d));
	d.say = say;
	d.arg = arg;
	for (i = 0; i < COPIES; i++)
		d.copy[i].own = (struct own)OWN_INIT;
	packages_each(p, add_list, &d);
	memset(&fds, 0, sizeof(fds));
	if (add_folders(&d, &fds, &why) == -1) {
		say(arg, why.msg);
		_exit(why.status);
	}
	if (d.n > 0)
		qsort(d.item, d.n, sizeof(*d.item), by_sha);
	fds.first = pair[1] + 1;
	fds.line = -1;
	fds.files = -1;
	if (sandbox_enter(box, SANDBOX_OPENER, &fds, &why) == -1) {
		say(arg, why.msg);
		_exit(why.status);
	}
	answer_all(&d, pair[1]);
	_exit(STATUS_DONE);
}

int
opener_serve(struct opener *o, int fd)
{
	return o->line == -1 || fd == -1 ? 0 :
	    proc_send_fds(o->line, "+", 1, &fd, 1, MSG_DONTWAIT);
}

void
opener_leave(struct opener *o)
{
	if (o->line != -1)
		close(o->line);
	o->line = -1;
}

/* -- the worker's side ------------------------------------------------- */

int
opener_ask(int line, const struct opener_ask *q)
{
	ssize_t	 n;

	do
		n = send(line, q, sizeof(*q), MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	return n == (ssize_t)sizeof(*q) ? 0 : -1;
}

int
opener_hear(int line, struct opener_told *told, int *fd)
{
	ssize_t	 n;

	n = proc_recv_fds(line, told, sizeof(*told), fd, 1, MSG_DONTWAIT);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n == (ssize_t)sizeof(*told))
		return 1;
	if (n > 0 && *fd != -1)
		close(*fd);
	return -1;
}
