/* SPDX-License-Identifier: ISC */
/*
 * Wait until a file in some folders has changed.  A folder is summed up as one
 * number made of its files' names, sizes and times; another number means a
 * change. inotify, where the system has it, only tells when to read the folders
 * again; elsewhere they are read each second.  Somebody who wants to hide a
 * change could keep the number the same, but only the user writes into these
 * folders.
 */
#include <sys/stat.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/watch.h"

#define QUIET_MS	100	/* without a change: the editor has finished */
#define QUIET_TRIES	20	/* after so many, a change counts anyway */
#define LOOK_MS		1000	/* between two looks, at most */

struct watch {
	const char *const	*dir;
	size_t			 n;
	uint64_t		 print;	/* number of all folders at the last
					   change that was reported */
	int			 fd;	/* inotify, or -1 */
};

static uint64_t	 mix(uint64_t, const void *, size_t);
static uint64_t	 entry_print(const char *, const struct stat *);
static uint64_t	 dir_print(const char *);
static uint64_t	 look(struct watch *);
static void	 listen_to(struct watch *, const char *);
static void	 drain(struct watch *);
static void	 pause_ms(int);

/* FNV-1a is enough: nobody attacks it, and prints are only compared. */
static uint64_t
mix(uint64_t h, const void *data, size_t len)
{
	const unsigned char	*p = data;

	while (len-- > 0)
		h = (h ^ *p++) * 0x100000001b3u;
	return h;
}

static uint64_t
entry_print(const char *name, const struct stat *st)
{
	const uint64_t	 facts[] = { (uint64_t)st->st_dev,
			    (uint64_t)st->st_ino, (uint64_t)st->st_size,
			    (uint64_t)st->st_mode,
			    (uint64_t)st->st_mtim.tv_sec,
			    (uint64_t)st->st_mtim.tv_nsec,
			    (uint64_t)st->st_ctim.tv_sec,
			    (uint64_t)st->st_ctim.tv_nsec };

	return mix(mix(0xcbf29ce484222325u, name, strlen(name)), facts,
	    sizeof(facts));
}

/* A sum, since a folder may list its files in any order. */
static uint64_t
dir_print(const char *dir)
{
	struct dirent	*entry;
	struct stat	 st;
	uint64_t	 sum = 0;
	size_t		 len;
	DIR		*dp;

	if ((dp = opendir(dir)) == NULL)
		return 0;
	while ((entry = readdir(dp)) != NULL) {
		len = strlen(entry->d_name);
		if (*entry->d_name == '.' || *entry->d_name == '#' ||
		    entry->d_name[len - 1] == '~' ||
		    fstatat(dirfd(dp), entry->d_name, &st, 0) == -1 ||
		    S_ISDIR(st.st_mode))
			continue;
		sum += entry_print(entry->d_name, &st);
	}
	closedir(dp);
	return sum + 1;			/* differs from a missing folder's */
}

/* The system keeps one watch for a folder, also when it is added twice. */
static void
listen_to(struct watch *w, const char *dir)
{
#ifdef __linux__
	if (w->fd != -1)
		inotify_add_watch(w->fd, dir, IN_CLOSE_WRITE | IN_ATTRIB |
		    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
		    IN_ONLYDIR);
#else
	(void)w;
	(void)dir;
#endif
}

static uint64_t
look(struct watch *w)
{
	uint64_t	 h = 0, print;
	size_t		 i;

	drain(w);
	for (i = 0; i < w->n; i++) {
		/* Listen before looking, so that no change is missed. */
		listen_to(w, w->dir[i]);
		print = dir_print(w->dir[i]);
		h = mix(h, &print, sizeof(print));
	}
	return h;
}

/* Read and drop the events: the print shows what has changed. */
static void
drain(struct watch *w)
{
	char	 events[4096];

	if (w->fd == -1)
		return;
	while (read(w->fd, events, sizeof(events)) > 0)
		;
}

static void
pause_ms(int ms)
{
	const struct timespec	 ts = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&ts, NULL);
}

struct watch *
watch_new(const char *const *dir, size_t n)
{
	struct watch	*w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		return NULL;
	w->dir = dir;
	w->n = n;
	w->fd = -1;
#ifdef __linux__
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
#endif
	w->print = look(w);
	return w;
}

void
watch_free(struct watch *w)
{
	if (w == NULL)
		return;
	if (w->fd != -1)
		close(w->fd);
	free(w);
}

int
watch_wait(struct watch *w, int ms, const sigset_t *mask)
{
	struct pollfd	 pfd = { .fd = w->fd, .events = POLLIN };
	struct timespec	 ts;
	uint64_t	 last, print;
	int		 i;

	if (ms < 0 || ms > LOOK_MS)
		ms = LOOK_MS;
	if ((print = look(w)) == w->print) {
		ts.tv_sec = ms / 1000;
		ts.tv_nsec = ms % 1000 * 1000000L;
		ppoll(&pfd, 1, &ts, mask);
		if ((print = look(w)) == w->print)
			return 0;
	}
	for (i = 0; i < QUIET_TRIES; i++) {
		last = print;
		pause_ms(QUIET_MS);
		if ((print = look(w)) == last)
			break;
	}
	w->print = print;
	return 1;
}
