/* SPDX-License-Identifier: ISC */
/*
 * The journal of journal.h.  A line without its end, or of another form, is
 * what a crash left of the last one, and is skipped: what it would have said
 * shows in the member's own file.  The file is written anew, whole, when it has
 * twice as many lines as it needs, or ends in the middle of one.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/journal.h"

#define BASE_WORD	"base"
#define JOURNAL_MAX	(16u << 20)	/* bytes */
#define SPARE_LINES	256

static int
by_id(const void *id, const void *held)
{
	return strcmp(id, ((const struct journal_held *)held)->id);
}

static struct journal_held *
find(const struct journal *j, const char *id)
{
	return j->n == 0 ? NULL :
	    bsearch(id, j->held, j->n, sizeof(*j->held), by_id);
}

/* In its place by id. */
static int
set(struct journal *j, const char *id, const struct edition *ed)
{
	struct journal_held	*h, *more;
	size_t			 at, room;

	if ((h = find(j, id)) != NULL) {
		h->ed = *ed;
		return 0;
	}
	if (j->n == j->room) {
		room = j->room == 0 ? 64 : j->room * 2;
		more = reallocarray(j->held, room, sizeof(*more));
		if (more == NULL)
			return -1;
		j->held = more;
		j->room = room;
	}
	for (at = j->n; at > 0 && strcmp(j->held[at - 1].id, id) > 0; at--)
		;
	memmove(j->held + at + 1, j->held + at,
	    (j->n - at) * sizeof(*j->held));
	memset(&j->held[at], 0, sizeof(j->held[at]));
	memcpy(j->held[at].id, id, strlen(id));
	j->held[at].ed = *ed;
	j->n++;
	return 0;
}

/* One line without its LF; what is no line of ours is skipped. */
static int
take_line(struct journal *j, const char *s, size_t len)
{
	const char	*blank = memchr(s, ' ', len);
	char		 id[HEAD_ID_MAX + 1];
	struct edition	 ed;
	size_t		 n;

	j->lines++;
	if (blank == NULL || (n = (size_t)(blank - s)) > HEAD_ID_MAX ||
	    edition_parse(blank + 1, len - n - 1, &ed) == -1)
		return 0;
	memcpy(id, s, n);
	id[n] = '\0';
	/* Ids have no `=', so that the base is nobody's. */
	if (strcmp(id, "=" BASE_WORD) == 0) {
		j->base = ed;
		return 0;
	}
	return head_id_ok(id, n) ? set(j, id, &ed) : 0;
}

static void
put_line(struct buf *b, const char *id, const struct edition *ed)
{
	buf_fmt(b, "%s ", id);
	edition_write(ed, b);
	buf_ch(b, '\n');
}

/* All of it anew: whole, or as it was. */
static int
rewrite(struct journal *j, struct err *e)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 rv;

	if (j->base.serial != 0)
		put_line(&b, "=" BASE_WORD, &j->base);
	for (i = 0; i < j->n; i++)
		put_line(&b, j->held[i].id, &j->held[i].ed);
	rv = file_save(j->path, &b, e);
	buf_free(&b);
	j->lines = j->n + 1;
	return rv;
}

int
journal_open(struct journal *j, const char *path, struct err *e)
{
	struct err	 why;
	char		*data, *s, *lf;
	size_t		 len = 0;
	int		 torn = 0;

	memset(j, 0, sizeof(*j));
	j->fd = -1;
	if ((j->path = strdup(path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	data = file_read_ours(path, JOURNAL_MAX, &len, &why);
	if (data == NULL && why.sys != ENOENT) {
		*e = why;
		return -1;
	}
	for (s = data; s != NULL && s < data + len; s = lf + 1) {
		if ((lf = memchr(s, '\n', (size_t)(data + len - s))) == NULL) {
			torn = 1;
			break;
		}
		if (take_line(j, s, (size_t)(lf - s)) == -1) {
			free(data);
			err_nomem(e);
			return -1;
		}
	}
	free(data);
	if ((torn || j->lines > 2 * j->n + SPARE_LINES) &&
	    rewrite(j, e) == -1)
		return -1;
	j->fd = file_open_ours(path, O_WRONLY | O_CREAT | O_APPEND, 0644, e);
	return j->fd == -1 ? -1 : 0;
}

void
journal_close(struct journal *j)
{
	if (j->path != NULL && j->fd != -1)
		close(j->fd);
	free(j->held);
	free(j->path);
	memset(j, 0, sizeof(*j));
	j->fd = -1;
}

const struct edition *
journal_held(const struct journal *j, const char *id)
{
	const struct journal_held	*h = find(j, id);

	return h == NULL ? NULL : &h->ed;
}

static int
add_line(struct journal *j, const char *id, const struct edition *ed,
    struct err *e)
{
	struct buf	 b = BUF_INIT;
	int		 rv = -1;

	put_line(&b, id, ed);
	if (!buf_ok(&b))
		err_nomem(e);
	else if (file_write_all(j->fd, b.data, b.len) == -1 ||
	    fdatasync(j->fd) == -1)
		err_sys(e, "%s", j->path);
	else
		rv = 0;
	buf_free(&b);
	j->lines++;
	return rv;
}

int
journal_note(struct journal *j, const char *id, const struct edition *ed,
    struct err *e)
{
	if (set(j, id, ed) == -1) {
		err_nomem(e);
		return -1;
	}
	return add_line(j, id, ed, e);
}

int
journal_base(struct journal *j, const struct edition *ed, struct err *e)
{
	if (j->base.serial == ed->serial &&
	    memcmp(j->base.core, ed->core, SHORT_LEN) == 0)
		return 0;
	j->base = *ed;
	return add_line(j, "=" BASE_WORD, ed, e);
}
