/* SPDX-License-Identifier: ISC */
/*
 * Letters: files that hold what `up/SERIAL-CORE16' answers, a head, an offer,
 * an empty line and the blob.  A letter that came by mail, stick or radio is
 * judged by the same rules as an answer from the net, and filled into the
 * same job.  Nothing in the file is believed before the head is proven, and
 * the blob not before its hashes fit.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "mirror/letterfile.h"
#include "mirror/outcome.h"
#include "mirror/source.h"
#include "mirror/take.h"

#define FIRST		"apeng-head "
#define START_MAX	(HEAD_MAX + 1 + OFFER_LINE_MAX + 1)
#define CHUNK		65536

/*
 * The first bytes of a file.  1: they are a letter's, and what it says is
 * filled in; 0: they are not; -1: a letter, but damaged, see e.
 */
static int
read_start(int fd, const char *name, char text[START_MAX + 1],
    struct letterfile *l, struct err *e)
{
	struct err	 why;
	struct stat	 st;
	ssize_t		 n;
	int		 rv;

	memset(l, 0, sizeof(*l));
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return 0;
	while ((n = pread(fd, text, START_MAX, 0)) == -1 && errno == EINTR)
		continue;
	if (n == -1) {
		err_sys(e, "%s", name);
		return -1;
	}
	text[n] = '\0';
	if ((size_t)n < strlen(FIRST) ||
	    memcmp(text, FIRST, strlen(FIRST)) != 0)
		return 0;
	rv = offer_answer(text, (size_t)n, &l->head_len, &l->offer, &l->used,
	    &why);
	if (rv == 1)
		return 1;
	if (rv == 0)
		err_set(e, "%s: a letter that ends within its head", name);
	else
		err_set(e, "%s: %s", name, why.msg);
	return -1;
}

int
letterfile_is(int fd, const char *name, struct letterfile *l, struct err *e)
{
	char		 text[START_MAX + 1];
	int		 rv;

	rv = read_start(fd, name, text, l, e);
	if (rv == 1 && head_parse(text, l->head_len, &l->head, e) == -1)
		rv = -1;
	return rv;
}

/* The blob from where the job's part ends. */
static enum fetch
body(struct mirror *m, struct source *s, int fd, size_t used, struct err *e)
{
	struct job	*j = &m->job;
	char		 chunk[CHUNK];
	ssize_t		 n;

	for (;;) {
		n = pread(fd, chunk, sizeof(chunk), (off_t)(used + j->have));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(e, "%s", s->path);
			return FETCH_CUT;
		}
		if ((uint64_t)n > j->offer.size - j->have) {
			err_set(e, "%s: longer than the %" PRIu64 " bytes of "
			    "its blob", s->path, j->offer.size);
			return FETCH_REFUSED;
		}
		if (n == 0 && j->have < j->offer.size) {
			err_set(e, "%s: ends at %" PRIu64 " of %" PRIu64
			    " bytes of its blob", s->path, j->have,
			    j->offer.size);
			return FETCH_REFUSED;
		}
		if (n == 0)
			return FETCH_WHOLE;
		if (job_append(j, s, chunk, (size_t)n, e) == -1)
			return FETCH_STOP;
	}
}

enum fetch
letterfile_take(struct mirror *m, struct source *s, int fd, struct err *e)
{
	struct letterfile l;
	char		 text[START_MAX + 1];
	enum fetch	 f;

	if (read_start(fd, s->path, text, &l, e) != 1)
		return FETCH_REFUSED;
	f = take_offer(m, s, text, l.head_len, &l.offer, e);
	if (f != FETCH_WHOLE || job_is_whole(&m->job))
		return f;
	f = body(m, s, fd, l.used, e);
	if (job_sync(&m->job, f == FETCH_STOP ? NULL : e) == -1)
		f = FETCH_STOP;
	return f;
}
