/* SPDX-License-Identifier: ISC */
/*
 * Keep a download that is not complete, so that a later run can go on with it.
 * The file job, replaced whole, has the head and the offer; a file part.SHA16
 * has the bytes so far of one blob, appended as they come.  The bytes are a
 * source's, not proven: job_check() compares them with the offer's hash.
 * After a restart the caller judges the head again.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "mirror/job.h"
#include "package/hash.h"

#define PARTS_MAX	4		/* of other blobs, kept to be resumed */

void
job_init(struct job *j)
{
	memset(j, 0, sizeof(*j));
	j->fd = -1;
}

void
job_close(struct job *j)
{
	if (j->fd != -1)
		close(j->fd);
	free(j->comment);
	job_init(j);
}

static int
part_path(const struct job *j, const char *dir, char *out, size_t size,
    struct err *e)
{
	char	 hex[SHORT_HEX + 1];

	hex_format(j->offer.sha, SHORT_LEN, hex);
	if (snprintf(out, size, "%s/part.%s", dir, hex) >= (int)size) {
		err_cannot(e, "%s: path is too long", dir);
		return -1;
	}
	return 0;
}

static int
part_open(struct job *j, const char *dir, struct err *e)
{
	struct stat	 st;
	char		 path[PATH_MAX];

	if (j->offer.size == 0)
		return 0;
	if (part_path(j, dir, path, sizeof(path), e) == -1)
		return -1;
	j->fd = file_open_ours(path, O_RDWR | O_CREAT | O_APPEND, 0644, e);
	if (j->fd == -1)
		return -1;
	if (fstat(j->fd, &st) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		err_cannot(e, "%s: not a regular file", path);
		return -1;
	}
	j->have = (uint64_t)st.st_size;
	j->from = NULL;
	if (j->have > j->offer.size)
		return job_drop_part(j, dir, e);
	return 0;
}

/*
 * Sources that offer different blobs each have a part that can be resumed.  But
 * anybody can offer blobs, and the disk has an end: keep few.
 */
static void
few_parts(const struct job *j, const char *dir)
{
	struct dirent	*d;
	char		 own[PATH_MAX], path[PATH_MAX];
	DIR		*dp;
	unsigned	 n = 0;
	int		 pass;

	if (part_path(j, dir, own, sizeof(own), NULL) == -1 ||
	    (dp = file_list_ours(dir, NULL)) == NULL)
		return;
	for (pass = 0; pass == 0 || (pass == 1 && n > PARTS_MAX); pass++) {
		rewinddir(dp);
		while ((d = readdir(dp)) != NULL) {
			if (strncmp(d->d_name, "part.", 5) != 0 ||
			    snprintf(path, sizeof(path), "%s/%s", dir,
			    d->d_name) >= (int)sizeof(path) ||
			    strcmp(path, own) == 0)
				continue;
			n++;
			if (pass == 1)
				unlink(path);
		}
	}
	closedir(dp);
}

int
job_load(struct job *j, const char *dir, struct err *e)
{
	char	 path[PATH_MAX], *data;
	size_t	 len, head_len, used;
	int	 rv;

	job_close(j);
	if (snprintf(path, sizeof(path), "%s/job", dir) >=
	    (int)sizeof(path)) {
		err_cannot(e, "%s: path is too long", dir);
		return -1;
	}
	if (access(path, F_OK) == -1 && errno == ENOENT)
		return 0;
	if ((data = file_read_ours(path, HEAD_MAX + 2 * OFFER_LINE_MAX,
	    &len, e)) == NULL)
		return e->status == STATUS_REFUSED ? 0 : -1;
	/* It is always written whole, so anything else cannot be used. */
	if (offer_answer(data, len, &head_len, &j->offer, &used, NULL) != 1) {
		free(data);
		job_init(j);
		return 0;
	}
	j->comment = data;
	j->len = head_len;
	if ((rv = part_open(j, dir, e)) == -1)
		job_close(j);
	else
		j->active = rv = 1;
	return rv;
}

int
job_begin(struct job *j, const char *dir, const char *comment, size_t len,
    const struct offer *o, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		 path[PATH_MAX];
	int		 rv = -1;

	job_close(j);
	j->offer = *o;
	buf_add(&b, comment, len);
	offer_write(o, &b);
	buf_ch(&b, '\n');
	if (!buf_ok(&b) || (j->comment = malloc(len + 1)) == NULL) {
		err_nomem(e);
		goto out;
	}
	memcpy(j->comment, comment, len);
	j->comment[len] = '\0';
	j->len = len;
	if (snprintf(path, sizeof(path), "%s/job", dir) >=
	    (int)sizeof(path)) {
		err_cannot(e, "%s: path is too long", dir);
		goto out;
	}
	few_parts(j, dir);
	if (file_replace(path, 0644, b.data, b.len, e) == -1 ||
	    part_open(j, dir, e) == -1)
		goto out;
	j->active = 1;
	rv = 0;
 out:
	if (rv == -1)
		job_close(j);
	buf_free(&b);
	return rv;
}

int
job_append(struct job *j, const struct source *s, const void *data, size_t n,
    struct err *e)
{
	const char	*p = data;
	ssize_t		 w;

	if (n == 0)
		return 0;
	if (j->have == 0)
		j->from = s;
	else if (j->from != s)
		j->from = NULL;
	/* What was written counts, even when the disk fills up meanwhile. */
	while (n > 0) {
		w = write(j->fd, p, n);
		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1) {
			err_sys(e, "part of the new edition");
			return -1;
		}
		p += w;
		n -= (size_t)w;
		j->have += (uint64_t)w;
		j->dirty = 1;
	}
	return 0;
}

int
job_sync(struct job *j, struct err *e)
{
	if (!j->dirty)
		return 0;
	if (fsync(j->fd) == -1) {
		err_sys(e, "part of the new edition");
		return -1;
	}
	j->dirty = 0;
	return 0;
}

int
job_is_whole(const struct job *j)
{
	return j->active && j->have == j->offer.size;
}

int
job_check(const struct job *j, struct err *e)
{
	uint8_t	 sha[SHA_LEN];

	if (sha_file(j->fd, sha, e) == -1)
		return -1;
	return memcmp(sha, j->offer.sha, SHA_LEN) == 0;
}

int
job_drop_part(struct job *j, const char *dir, struct err *e)
{
	char	 path[PATH_MAX];

	if (j->offer.size == 0)
		return 0;
	if (part_path(j, dir, path, sizeof(path), e) == -1)
		return -1;
	if (j->fd != -1)
		close(j->fd);
	j->fd = -1;
	j->have = 0;
	j->dirty = 0;
	if (unlink(path) == -1 && errno != ENOENT) {
		err_sys(e, "%s", path);
		return -1;
	}
	return part_open(j, dir, e);
}

void
job_end(struct job *j, const char *dir)
{
	struct dirent	*d;
	char		 path[PATH_MAX];
	DIR		*dp;

	job_close(j);
	if ((dp = file_list_ours(dir, NULL)) == NULL)
		return;
	/* What cannot be removed now is judged, and removed, next time. */
	while ((d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, "job") != 0 &&
		    strncmp(d->d_name, "part.", 5) != 0)
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", dir, d->d_name) <
		    (int)sizeof(path))
			unlink(path);
	}
	closedir(dp);
}
