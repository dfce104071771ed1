/* SPDX-License-Identifier: ISC */
/*
 * Files beside the text, once the edition is in place.  Each file that its
 * signed list names and that is not held is fetched, up to the size that the
 * user wants.  Bytes are appended to FILE.mirror/file.SHA16 as they come, and
 * after a break the rest is asked for at that length.  A file is put in place
 * when all of it has the hash of the list; otherwise what came is thrown away.
 *
 * A source is a stranger: no length that it names is believed, and a source
 * that sends other bytes is not asked for files any more in this run.  The text
 * never waits for a file.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/beside.h"
#include "mirror/line.h"
#include "mirror/outcome.h"
#include "mirror/run.h"
#include "mirror/source.h"
#include "package/held.h"
#include "package/offer.h"
#include "package/reader.h"
#include "proto/files.h"

#define ERROR_MAX	1024		/* bytes of an error's text */
#define TRIES		4		/* attempts at one source without a new
					   byte */
#define PART_PREFIX	"file."

/* One file that is being fetched. */
struct beside_job {
	struct mirror		*m;
	struct held_file	 file;
	char			 hex[SHORT_HEX + 1];
	char			 part[PATH_MAX];
	int			 fd;
	uint64_t		 have;		/* bytes in the part */
};

/* The next of the list; as files_next(). */
static int
list_start(const struct mirror *m, struct files *l)
{
	struct pkg_entry	 en;

	memset(l, 0, sizeof(*l));
	if (m->cur == NULL || !pkg_find(m->cur, FILES_PATH,
	    strlen(FILES_PATH), &en))
		return 0;
	l->at = (const char *)en.data;
	l->left = en.size;
	return 1;
}

static int
part_open(struct beside_job *j, struct err *e)
{
	struct stat	 st;

	if (snprintf(j->part, sizeof(j->part), "%s/" PART_PREFIX "%s",
	    j->m->dir, j->hex) >= (int)sizeof(j->part)) {
		err_cannot(e, "%s: path is too long", j->m->dir);
		return -1;
	}
	j->fd = file_open_ours(j->part, O_RDWR | O_CREAT | O_APPEND, 0644, e);
	if (j->fd == -1)
		return -1;
	if (fstat(j->fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		err_cannot(e, "%s: not a regular file", j->part);
		return -1;
	}
	j->have = (uint64_t)st.st_size;
	if (j->have > j->file.size) {
		if (ftruncate(j->fd, 0) == -1) {
			err_sys(e, "%s", j->part);
			return -1;
		}
		j->have = 0;
	}
	return 0;
}

/*
 * Append the answer's bytes behind its first line, up to the end of the file.
 */
static enum fetch
body(struct line *l, struct beside_job *j, uint64_t skip, struct err *e)
{
	enum fetch	 f;
	uint64_t	 n;

	for (;;) {
		n = l->in.len < skip ? l->in.len : skip;
		skip -= n;
		if (l->in.len - n > j->file.size - j->have) {
			err_set(e, "%s: a file is longer than the %" PRIu64
			    " bytes of the signed list", l->s->url,
			    j->file.size);
			return FETCH_REFUSED;
		}
		if (l->in.len > n && file_write_all(j->fd, l->in.data + n,
		    l->in.len - (size_t)n) == -1) {
			err_sys(e, "%s", j->part);
			return FETCH_STOP;
		}
		j->have += l->in.len - n;
		l->m->got += l->in.len - n;
		l->s->meter_bytes += l->in.len - n;
		buf_reset(&l->in);
		if (j->have == j->file.size)
			return FETCH_WHOLE;
		if (l->ended) {
			err_cannot(e, "%s: the line broke at %" PRIu64 " of %"
			    PRIu64 " bytes of a file", l->s->url, j->have,
			    j->file.size);
			return FETCH_CUT;
		}
		if ((f = line_more(l, e)) != FETCH_WHOLE)
			return f;
	}
}

/* Read `apeng-file SHA16 OFFSET TOTAL', the first line of an apeng server. */
static enum fetch
first_line(struct line *l, const struct beside_job *j, int *gone,
    struct err *e)
{
	struct buf	 want = BUF_INIT;
	enum fetch	 f;
	int		 same;

	buf_fmt(&want, "apeng-file %s %" PRIu64 " %" PRIu64 "\n", j->hex,
	    j->have, j->file.size);
	while (l->in.len < want.len && !l->ended) {
		if (l->in.len > 0 && (f = line_first_word(l, "apeng-file ",
		    e)) != FETCH_WHOLE) {
			*gone = 1;
			buf_free(&want);
			return f;
		}
		if ((f = line_more(l, e)) != FETCH_WHOLE) {
			buf_free(&want);
			return f;
		}
	}
	same = buf_ok(&want) && l->in.len >= want.len &&
	    memcmp(l->in.data, want.data, want.len) == 0;
	if (same)
		line_eat(l, want.len);
	else {
		*gone = l->in.len == 0 || line_first_word(l, "apeng-file ",
		    e) != FETCH_WHOLE;
		if (!*gone)
			err_set(e, "%s: a wrong line before a file",
			    l->s->url);
	}
	buf_free(&want);
	return same ? FETCH_WHOLE : FETCH_REFUSED;
}

static enum fetch
ask(struct line *l, struct beside_job *j, int with_offset, int *gone,
    struct err *e)
{
	struct buf		 what = BUF_INIT;
	enum fetch		 f = FETCH_STOP;

	*gone = 0;
	buf_fmt(&what, "%sf/%s", source_below(l->s), j->hex);
	if (with_offset)
		buf_fmt(&what, "/%" PRIu64, j->have);
	if (buf_ok(&what))
		f = line_ask(l, what.data, with_offset ? 0 : j->have, gone, e);
	else
		err_nomem(e);
	buf_free(&what);
	return f;
}

/*
 * Over Gopher the text of an error stands where a file would: it is short, of
 * type 3, and ends before the file's size.
 */
static int
is_error(struct line *l, const struct beside_job *j, struct err *e)
{
	while (!l->ended && l->in.len < ERROR_MAX && l->in.len < j->file.size)
		if (line_more(l, e) != FETCH_WHOLE)
			break;
	if (l->in.len == 0 || l->in.len >= ERROR_MAX ||
	    l->in.len >= j->file.size || l->in.data[0] != '3')
		return 0;
	(void)line_first_word(l, "apeng-file ", e);
	return 1;
}

/*
 * An apeng server is asked by the offset.  An origin of files is asked for the
 * whole file by its name: by a range where it knows ranges, else from the
 * start, and what is there already is skipped.
 */
static enum fetch
from_net(struct beside_job *j, struct source *s, struct err *e)
{
	struct line	 l;
	enum fetch	 f = FETCH_REFUSED;
	int		 gone = 1;

	line_init(&l, j->m, s);
	if (s->kind != SOURCE_HTTP) {
		if ((f = ask(&l, j, 1, &gone, e)) == FETCH_WHOLE)
			f = first_line(&l, j, &gone, e);
		if (f == FETCH_WHOLE)
			f = body(&l, j, 0, e);
		if (gone && s->names == NAMES_DOT) {
			line_free(&l);
			s->names = NAMES_PLAIN;
			f = from_net(j, s, e);
			if (f == FETCH_REFUSED)
				s->names = NAMES_DOT;
			return f;
		}
	}
	if (gone && (s->kind == SOURCE_HTTP || s->names == NAMES_PLAIN) &&
	    (f = ask(&l, j, 0, &gone, e)) == FETCH_WHOLE)
		f = s->kind == SOURCE_GOPHER && is_error(&l, j, e) ?
		    FETCH_REFUSED : body(&l, j, l.is_part ? 0 : j->have, e);
	line_free(&l);
	return f;
}

/* From a stick: the folder beside the package there. */
static enum fetch
from_folder(struct beside_job *j, struct source *s, struct err *e)
{
	int	 fd = held_open(s->path, &j->file, e), rv;

	if (fd == -1)
		return FETCH_REFUSED;
	rv = held_put(j->m->conf->file, &j->file, fd, s->path, e);
	close(fd);
	return rv == 0 ? FETCH_NOTHING : e->status == STATUS_REFUSED ?
	    FETCH_REFUSED : FETCH_STOP;
}

/* All bytes have come: prove them and put the file in place. */
static enum fetch
finish(struct beside_job *j, const struct source *s, struct err *e)
{
	struct err	 why;
	int		 rv;

	rv = held_put(j->m->conf->file, &j->file, j->fd, j->part, &why);
	if (rv == -1 && why.status != STATUS_REFUSED) {
		*e = why;
		return FETCH_STOP;
	}
	unlink(j->part);
	if (rv == 0)
		return FETCH_WHOLE;
	err_set(e, "%s: sent a file whose hash is not that of the signed "
	    "list", s->url);
	return FETCH_REFUSED;
}

static void
wait_a_little(const struct mirror *m, unsigned round)
{
	uint64_t	 ms = (1000u << round) / m->conf->scale;
	struct timespec	 ts = { (time_t)(ms / 1000),
			    (long)(ms % 1000) * 1000000 };

	nanosleep(&ts, NULL);
}

/*
 * Fetch the file from one source, and ask again after a break as long as new
 * bytes come.
 */
static enum fetch
from_source(struct beside_job *j, struct source *s, struct err *e)
{
	enum fetch	 f;
	uint64_t	 before;
	unsigned	 tries = 0;
	int		 mixed = j->have > 0;

	if (s->kind == SOURCE_FILE)
		return from_folder(j, s, e);
	for (;;) {
		before = j->have;
		f = j->have < j->file.size ? from_net(j, s, e) : FETCH_WHOLE;
		if (f == FETCH_WHOLE && (f = finish(j, s, e)) ==
		    FETCH_REFUSED && mixed) {
			/*
			 * Some bytes came before this source was asked, and
			 * nobody knows which were wrong: fetch all again.
			 */
			close(j->fd);
			mixed = 0;
			if (part_open(j, e) == -1)
				return FETCH_STOP;
			continue;
		}
		if (f != FETCH_CUT && f != FETCH_SLOW && f != FETCH_AGAIN)
			return f;
		if (j->have > before)
			tries = 0;
		else if (++tries == TRIES)
			return f;
		else
			wait_a_little(j->m, tries - 1);
	}
}

/*
 * 1: the file is here now; 0: no source has it; -1: no source can help, see e.
 */
static int
get(struct mirror *m, const struct file_row *row, struct err *e)
{
	const struct mirror_conf	*c = m->conf;
	struct beside_job		 j = { .m = m, .fd = -1 };
	enum fetch			 f = FETCH_REFUSED;
	size_t				 i;

	memcpy(j.file.sha, row->sha, SHA_LEN);
	j.file.size = row->size;
	hex_format(row->sha, SHORT_LEN, j.hex);
	for (i = 0; i < c->nsource; i++) {
		if (c->source[i].no_files)
			continue;
		if (j.fd == -1 && part_open(&j, e) == -1) {
			f = FETCH_STOP;
			break;
		}
		f = from_source(&j, &c->source[i], e);
		if (f == FETCH_WHOLE || f == FETCH_NOTHING || f == FETCH_STOP)
			break;
		if (j.have == j.file.size) {	/* the bytes are wrong: start
						   again */
			close(j.fd);
			j.fd = -1;
			c->source[i].no_files = 1;
			mirror_say(m, MIRROR_WARN, "%s", e->msg);
		}
	}
	if (j.fd != -1)
		close(j.fd);
	if (f == FETCH_NOTHING || j.have == 0)
		unlink(j.part);
	return f == FETCH_WHOLE || f == FETCH_NOTHING ? 1 :
	    f == FETCH_STOP ? -1 : 0;
}

/* Parts of files that the list no longer names. */
static void
drop_parts(const struct mirror *m, const struct held_file *keep, size_t n)
{
	struct dirent	*d;
	char		 path[PATH_MAX], hex[SHORT_HEX + 1];
	size_t		 i;
	DIR		*dp;

	if ((dp = file_list_ours(m->dir, NULL)) == NULL)
		return;
	while ((d = readdir(dp)) != NULL) {
		if (strncmp(d->d_name, PART_PREFIX, strlen(PART_PREFIX)) != 0)
			continue;
		for (i = 0; i < n; i++) {
			hex_format(keep[i].sha, SHORT_LEN, hex);
			if (strcmp(hex, d->d_name + strlen(PART_PREFIX)) == 0)
				break;
		}
		if (i == n && snprintf(path, sizeof(path), "%s/%s", m->dir,
		    d->d_name) < (int)sizeof(path))
			unlink(path);
	}
	closedir(dp);
}

/* All rows of the list; -1: see e (it is forged, or no memory). */
static int
read_list(const struct mirror *m, struct file_row **rows,
    struct held_file **held, size_t *n, struct err *e)
{
	struct files	 l;
	struct file_row	 row;
	int		 rv;

	*n = 0;
	if (!list_start(m, &l))
		return 0;
	*rows = calloc(FILES_MAX, sizeof(**rows));
	*held = calloc(FILES_MAX, sizeof(**held));
	if (*rows == NULL || *held == NULL) {
		err_nomem(e);
		return -1;
	}
	while ((rv = files_next(&l, &row, e)) == 1) {
		(*rows)[*n] = row;
		memcpy((*held)[*n].sha, row.sha, SHA_LEN);
		(*held)[(*n)++].size = row.size;
	}
	return rv;
}

/* Fetch every wanted file that is not here. */
static int
get_all(struct mirror *m, const struct file_row *row,
    const struct held_file *held, size_t n, struct err *e)
{
	struct err	 why = { 0 };
	size_t		 i, lacking = 0;
	int		 rv;

	for (i = 0; i < m->conf->nsource; i++)
		m->conf->source[i].no_files = 0;
	for (i = 0; i < n; i++) {
		if (row[i].size > m->conf->files)
			continue;
		if ((rv = held_has(m->conf->file, &held[i], e)) == -1)
			return -1;
		if (rv == 0 && (rv = get(m, &row[i], &why)) == -1) {
			*e = why;
			return -1;
		}
		if (rv == 1)
			m->result->files++;
		else
			lacking++;
	}
	if (lacking > 0)
		mirror_say(m, MIRROR_WARN, "%zu of the files beside the text "
		    "could not be fetched: %s", lacking, why.msg);
	return 0;
}

int
fetch_beside(struct mirror *m, struct err *e)
{
	struct file_row	*row = NULL;
	struct held_file *held = NULL;
	struct err	 why;
	size_t		 n;
	int		 rv = 0;

	if (read_list(m, &row, &held, &n, &why) == -1)
		mirror_say(m, MIRROR_WARN, "%s; no files are fetched",
		    why.msg);
	else {
		drop_parts(m, held, n);
		if (m->conf->files > 0)
			rv = get_all(m, row, held, n, e);
		if (rv == 0 && held_sweep(m->conf->file, held, n, &why) == -1)
			mirror_say(m, MIRROR_WARN, "old files: %s", why.msg);
	}
	free(row);
	free(held);
	return rv;
}
