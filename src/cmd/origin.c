/* SPDX-License-Identifier: ISC */
/*
 * A static origin, see origin.h.  The name of a blob is its hash, so a blob
 * that is there already is not written again; only the files in u/ and up/,
 * head and keys ever change.  A file is removed only when its bytes prove that
 * apeng wrote it: a blob, or a file beside the text, by the hash that is its
 * name; a part by the blob that it is part of; an answer by the head in it or
 * by its own grammar.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/beside.h"
#include "cmd/origin.h"
#include "package/chain.h"
#include "package/compact.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/letter.h"
#include "package/offer.h"
#include "package/reader.h"
#include "package/store.h"
#include "package/trust.h"

#define LOOKED_MAX	4096		/* names read of one folder */
#define BLOB_MAX	(256u << 20)	/* bytes of a file that is read */

struct origin {
	char		*dir;		/* DIR/apeng */
	const char	*gpub;
	int		 is_small;	/* write small parts, too */
	char		 id[HEAD_ID_MAX + 1];
	/* Names of blobs that stay: of this edition and the one before. */
	char		 keep[2 * STORE_EDITIONS + 4][SHORT_HEX + 1];
	size_t		 nkeep;
	char		 up[STORE_EDITIONS + 2][EDITION_MAX + 1];
	size_t		 nup;
	struct beside_list	 files;	/* beside the text; may be empty */
};

static int
put(const char *path, const void *data, size_t n, struct err *e)
{
	struct stat	 st;

	/* Outside up/ and u/ the same name and size mean the same bytes. */
	if (strstr(path, "/up/") == NULL && strstr(path, "/u/") == NULL &&
	    stat(path, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == n)
		return 0;
	return file_replace(path, 0644, data, n, e);
}

/*
 * Make DIR/apeng/FOLDER; returns the path of NAME in it, to be freed.
 * NULL: see e.
 */
static char *
place(const struct origin *o, const char *folder, const char *name,
    struct err *e)
{
	char		*path = NULL, *dir = NULL;

	if (asprintf(&dir, "%s/%s", o->dir, folder) == -1 ||
	    asprintf(&path, "%s/%s", dir, name) == -1) {
		path = NULL;
		err_nomem(e);
	} else if (file_mkdirs(dir, 0755, e) == -1) {
		free(path);
		path = NULL;
	}
	free(dir);
	return path;
}

static int
put_at(const struct origin *o, const char *folder, const char *name,
    const void *data, size_t n, struct err *e)
{
	char		*path;
	int		 rv;

	if ((path = place(o, folder, name, e)) == NULL)
		return -1;
	rv = put(path, data, n, e);
	free(path);
	return rv;
}

static void
keep(struct origin *o, const uint8_t sha[SHA_LEN])
{
	if (o->nkeep < sizeof(o->keep) / sizeof(o->keep[0]))
		hex_format(sha, SHORT_LEN, o->keep[o->nkeep++]);
}

/*
 * Put the bytes of a part's file into out.  A Gopher server takes a file
 * without a NUL near its beginning for text and changes its line ends, so a NUL
 * is put before a part that does not begin with one.
 */
static void
part_file(const uint8_t *data, size_t n, struct buf *out)
{
	buf_reset(out);
	if (data[0] != '\0')
		buf_ch(out, '\0');
	buf_add(out, data, n);
}

/*
 * Write the parts of a blob, FOLDER/SHA16/N, each of `size' bytes but the last.
 */
static int
put_parts(const struct origin *o, char folder, size_t size, const char *hex,
    const uint8_t *blob, size_t n, struct err *e)
{
	struct buf	 part = BUF_INIT;
	char		 dir[SHORT_HEX + 3], name[24];
	size_t		 i, len;
	int		 rv = 0;

	snprintf(dir, sizeof(dir), "%c/%s", folder, hex);
	for (i = 0; i * size < n && rv == 0; i++) {
		len = n - i * size < size ? n - i * size : size;
		snprintf(name, sizeof(name), "%zu", i);
		part_file(blob + i * size, len, &part);
		if (buf_ok(&part))
			rv = put_at(o, dir, name, part.data, part.len, e);
		else
			rv = (err_nomem(e), -1);
	}
	buf_free(&part);
	return rv;
}

/* Write the blob of a letter, whole and in parts, and note that it stays. */
static int
put_blob(struct origin *o, const struct offer *of, const uint8_t *blob,
    size_t n, struct err *e)
{
	char		 hex[SHORT_HEX + 1];

	if (n == 0)
		return 0;
	keep(o, of->sha);
	hex_format(of->sha, SHORT_LEN, hex);
	if (put_at(o, "b", hex, blob, n, e) == -1 ||
	    put_parts(o, 'p', ORIGIN_PART, hex, blob, n, e) == -1)
		return -1;
	return o->is_small ? put_parts(o, 's', ORIGIN_SMALL, hex, blob, n, e) :
	    0;
}

/*
 * Make the letter for mirrors that have the edition `from': write its blob,
 * append the answer to *answer.  -1: see e.
 */
static int
letter(struct origin *o, const char *from, struct buf *answer, struct err *e)
{
	struct letter	 l;
	struct offer	 of;
	size_t		 head_len, used;
	int		 rv = -1;

	if (letter_make(&l, o->gpub, from, LETTER_TEXT, e) == 0 &&
	    offer_answer(l.bytes.data, l.bytes.len, &head_len, &of, &used,
	    e) == 1) {
		memcpy(o->id, l.head.id, sizeof(o->id));
		rv = put_blob(o, &of, (uint8_t *)l.bytes.data + used, l.blob,
		    e);
		buf_add(answer, l.bytes.data, l.bytes.len);
		if (rv == 0 && !buf_ok(answer)) {
			err_nomem(e);
			rv = -1;
		}
	}
	letter_free(&l);
	return rv;
}

/*
 * Note that the blobs stay which the answers of the edition before name, since
 * mirrors may be fetching them now.
 */
static void
keep_last(struct origin *o)
{
	struct offer	 of;
	struct dirent	*d;
	size_t		 head_len, used, len;
	char		*path, *data;
	DIR		*dp;

	if ((path = place(o, "up", "", NULL)) == NULL)
		return;
	dp = opendir(path);
	free(path);
	while (dp != NULL && o->nkeep < STORE_EDITIONS + 2 &&
	    (d = readdir(dp)) != NULL) {
		if (d->d_name[0] == '.' ||
		    (path = place(o, "up", d->d_name, NULL)) == NULL)
			continue;
		data = file_read(path, BLOB_MAX, &len, NULL);
		if (data != NULL && offer_answer(data, len, &head_len, &of,
		    &used, NULL) == 1 && of.size > 0)
			keep(o, of.sha);
		free(data);
		free(path);
	}
	if (dp != NULL)
		closedir(dp);
}

static int
is_kept(const struct origin *o, const char *name)
{
	char		 hex[SHORT_HEX + 1];
	size_t		 i;

	for (i = 0; i < o->nkeep; i++)
		if (strcmp(o->keep[i], name) == 0)
			return 1;
	for (i = 0; i < o->nup; i++)
		if (strcmp(o->up[i], name) == 0)
			return 1;
	for (i = 0; i < o->files.n; i++) {
		hex_format(o->files.held[i].sha, SHORT_LEN, hex);
		if (strcmp(hex, name) == 0)
			return 1;
	}
	return 0;
}

/*
 * Remove the parts of a blob, each if its bytes are the blob's, and their
 * folder if it is empty then.
 */
static void
drop_parts(const struct origin *o, char dir, size_t size, const char *hex,
    const uint8_t *blob, size_t n)
{
	struct buf	 part = BUF_INIT;
	char		 folder[SHORT_HEX + 3], name[24], *path, *data;
	size_t		 i, len, want;

	snprintf(folder, sizeof(folder), "%c/%s", dir, hex);
	for (i = 0; i * size < n; i++) {
		snprintf(name, sizeof(name), "%zu", i);
		if (asprintf(&path, "%s/%s/%s", o->dir, folder, name) == -1)
			break;
		want = n - i * size < size ? n - i * size : size;
		part_file(blob + i * size, want, &part);
		data = file_read(path, size + 1, &len, NULL);
		if (data != NULL && buf_ok(&part) && len == part.len &&
		    memcmp(data, part.data, len) == 0)
			unlink(path);
		free(data);
		free(path);
	}
	if (asprintf(&path, "%s/%s", o->dir, folder) != -1) {
		rmdir(path);
		free(path);
	}
	buf_free(&part);
}

/* 1: an answer in the compact form. */
static int
is_compact(const char *name, const char *data, size_t len)
{
	struct compact	 c;
	struct edition	 ed;
	size_t		 used;

	return edition_parse(name, strlen(name), &ed) == 0 &&
	    ((len == strlen(COMPACT_SAME) &&
	    memcmp(data, COMPACT_SAME, len) == 0) ||
	    compact_parse((const uint8_t *)data, len, &c, &used, NULL) == 1);
}

/* 1: the name is the hash of the bytes. */
static int
is_hash_of(const char *name, const char *data, size_t len)
{
	uint8_t		 sha[SHA_LEN];
	char		 hex[SHORT_HEX + 1];

	if (sha_bytes(data, len, sha, NULL) == -1)
		return 0;
	hex_format(sha, SHORT_LEN, hex);
	return strcmp(hex, name) == 0;
}

/*
 * Remove a file of b/, f/, u/ or up/ that nothing needs, if it proves that
 * apeng wrote it.
 */
static void
drop(const struct origin *o, const char *folder, const char *name)
{
	struct head	 h;
	struct offer	 of;
	char		*path, *data;
	size_t		 len, head_len, used;

	if ((path = place(o, folder, name, NULL)) == NULL)
		return;
	data = file_read(path, BLOB_MAX, &len, NULL);
	if (data == NULL)
		;
	else if (strcmp(folder, "f") == 0) {
		if (is_hash_of(name, data, len))
			unlink(path);
	} else if (strcmp(folder, "b") == 0) {
		if (is_hash_of(name, data, len)) {
			drop_parts(o, 'p', ORIGIN_PART, name,
			    (uint8_t *)data, len);
			drop_parts(o, 's', ORIGIN_SMALL, name,
			    (uint8_t *)data, len);
			unlink(path);
		}
	} else if (strcmp(folder, "u") == 0) {
		if (is_compact(name, data, len))
			unlink(path);
	} else if (offer_answer(data, len, &head_len, &of, &used, NULL) == 1
	    && head_parse(data, head_len, &h, NULL) == 0 &&
	    strcmp(h.id, o->id) == 0)
		unlink(path);
	free(data);
	free(path);
}

static void
sweep(const struct origin *o, const char *folder)
{
	struct dirent	*d;
	char		*path;
	size_t		 n = 0;
	DIR		*dp;

	if ((path = place(o, folder, "", NULL)) == NULL)
		return;
	dp = opendir(path);
	free(path);
	while (dp != NULL && n++ < LOOKED_MAX && (d = readdir(dp)) != NULL)
		if (d->d_name[0] != '.' && !is_kept(o, d->d_name))
			drop(o, folder, d->d_name);
	if (dp != NULL)
		closedir(dp);
}

/*
 * Write all answers to up/: for mirrors that have an edition with a delta, this
 * edition, or none (`-').  All blobs are written before the first answer.
 */
static int
answers(struct origin *o, struct err *e)
{
	struct edition	 ed[STORE_EDITIONS];
	struct buf	 name = BUF_INIT, b[STORE_EDITIONS + 2];
	size_t		 i, n;
	int		 rv = 0;

	memset(b, 0, sizeof(b));
	n = letter_bases(o->gpub, ed, STORE_EDITIONS);
	for (i = 0; i < n + 2 && rv == 0; i++) {
		buf_reset(&name);
		if (i < n)
			edition_write(&ed[i], &name);
		else if (i == n)
			rv = letter_edition(o->gpub, &name, e);
		else
			buf_str(&name, "-");
		if (rv == -1)
			break;
		if (!buf_ok(&name)) {
			err_nomem(e);
			rv = -1;
			break;
		}
		snprintf(o->up[o->nup++], sizeof(o->up[0]), "%s", name.data);
		rv = letter(o, name.data, &b[i], e);
	}
	for (i = 0; i < o->nup && rv == 0; i++)
		rv = put_at(o, "up", o->up[i], b[i].data, b[i].len, e);
	for (i = 0; i < sizeof(b) / sizeof(b[0]); i++)
		buf_free(&b[i]);
	buf_free(&name);
	return rv;
}

/*
 * Write the same answers in the compact form to u/; their blobs are written
 * already.
 */
static int
compact_answers(const struct origin *o, struct err *e)
{
	struct letter	 l;
	size_t		 i;
	int		 rv = 0;

	for (i = 0; i < o->nup && rv == 0; i++) {
		rv = letter_make(&l, o->gpub, o->up[i], LETTER_FILE, e);
		if (rv == 0)
			rv = put_at(o, "u", o->up[i], l.bytes.data,
			    l.bytes.len, e);
		letter_free(&l);
	}
	return rv;
}

/* Write the file head, which a mirror without a key asks for. */
static int
put_head(const struct origin *o, struct err *e)
{
	struct letter	 l;
	char		*path = NULL;
	size_t		 head_len, used;
	struct offer	 of;
	int		 rv = -1;

	if (letter_make(&l, o->gpub, "-", LETTER_TEXT, e) == 0 &&
	    offer_answer(l.bytes.data, l.bytes.len, &head_len, &of, &used,
	    e) == 1) {
		if (asprintf(&path, "%s/head", o->dir) == -1)
			err_nomem(e);
		else
			rv = file_replace(path, 0644, l.bytes.data, head_len,
			    e);
	}
	free(path);
	letter_free(&l);
	return rv;
}

/*
 * Write the file keys, the succession of keys, for mirrors that know only an
 * older key.
 */
static int
put_keys(const struct origin *o, struct err *e)
{
	struct pkg_entry keys = { .data = (const uint8_t *)CHAIN_FIRST "\n",
			    .size = sizeof(CHAIN_FIRST) };
	struct pkg	*p;
	char		*path;
	int		 fd, rv = -1;

	if ((fd = file_open(o->gpub, e)) == -1 ||
	    (p = pkg_open(fd, o->gpub, NULL, 0, e)) == NULL)
		return -1;
	(void)pkg_find(p, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	if (asprintf(&path, "%s/keys", o->dir) == -1)
		err_nomem(e);
	else {
		rv = file_replace(path, 0644, keys.data, keys.size, e);
		free(path);
	}
	pkg_close(p);
	return rv;
}

/*
 * Write the files beside the text to f/, named by their hashes; o keeps the
 * list.  -1: see e, also when one is missing.
 */
static int
put_files(struct origin *o, struct err *e)
{
	struct beside_list	*l = &o->files;
	struct pkg		*p;
	char			 hex[SHORT_HEX + 1], *data;
	size_t			 i, len;
	int			 fd, rv;

	if ((fd = file_open(o->gpub, e)) == -1 ||
	    (p = pkg_open(fd, o->gpub, NULL, 0, e)) == NULL)
		return -1;
	rv = beside_read(l, p, e);
	for (i = 0; i < l->n && rv == 0; i++) {
		if ((data = beside_bytes(o->gpub, &l->held[i], &len)) == NULL) {
			err_set(e, "%s" HELD_SUFFIX ": %s is not there",
			    o->gpub, l->row[i].path);
			rv = -1;
			break;
		}
		hex_format(l->held[i].sha, SHORT_LEN, hex);
		rv = put_at(o, "f", hex, data, len, e);
		free(data);
	}
	pkg_close(p);
	return rv;
}

/* 0: one of the keys proves the package, or there are none; -1: see e. */
static int
prove(const char *gpub, const struct anchors *keys, struct err *e)
{
	struct pkg	*p;
	int		 fd;

	if (keys->n == 0)
		return 0;
	if ((fd = file_open(gpub, e)) == -1 ||
	    (p = pkg_prove(fd, gpub, keys->v, keys->n, NULL, e)) == NULL)
		return -1;
	pkg_close(p);
	return 0;
}

int
origin_write(const char *gpub, const char *dir, const struct anchors *keys,
    unsigned flags, struct err *e)
{
	struct origin	 o = { .gpub = gpub,
			    .is_small = (flags & ORIGIN_SMALL_PARTS) != 0 };
	int		 rv = -1;

	if (prove(gpub, keys, e) == -1)
		return -1;
	if (asprintf(&o.dir, "%s/apeng", dir) == -1) {
		err_nomem(e);
		return -1;
	}
	if (file_mkdirs(o.dir, 0755, e) == 0) {
		keep_last(&o);
		if (((flags & ORIGIN_FILES) == 0 || put_files(&o, e) == 0) &&
		    answers(&o, e) == 0 && compact_answers(&o, e) == 0 &&
		    put_head(&o, e) == 0 && put_keys(&o, e) == 0) {
			sweep(&o, "up");
			sweep(&o, "u");
			sweep(&o, "b");
			if ((flags & ORIGIN_FILES) != 0)
				sweep(&o, "f");
			rv = 0;
		}
	}
	beside_free(&o.files);
	free(o.dir);
	return rv;
}
