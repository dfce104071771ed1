/* SPDX-License-Identifier: ISC */
/*
 * Files beside the text that a page names: each is looked for below the
 * capsule's folder, through no symbolic link, and what it is must be what its
 * name says.  Pictures are told by their first bytes; texts are read whole,
 * since a reader's screen obeys what stands in them.  The file is an author's,
 * and may come from anywhere.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/text.h"
#include "content/beside.h"
#include "content/diag.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/schema.h"
#include "content/say.h"
#include "content/value.h"
#include "content/yaml.h"
#include "proto/files.h"
#include "proto/picture.h"

#define CHUNK		65536u
#define HEAVY		(200u << 10)	/* bytes; a larger picture is slow */
#define CREDIT		"\xe2\x80\x94 "	/* an em dash: proto/idiom.h */

/* A path that a link may have and a server can find. */
static int
path_ok(struct reader *r, const struct yaml_node *node, int picture,
    const struct path *path)
{
	const char		*s = node->text;
	const struct file_type	*t = file_type_of(s, node->len);

	if (strncmp(s, FILES_FOLDER, strlen(FILES_FOLDER)) != 0) {
		read_wrong(r, node, path, "want files/NAME: pictures and "
		    "documents are in the folder files/ beside capsule.yml");
		return 0;
	}
	if (!file_path_ok(s, node->len)) {
		read_wrong(r, node, path, "want a name of a-z, 0-9, \".\", "
		    "\"_\" and \"-\" in small letters, at most 100 bytes with "
		    "its folders");
		return 0;
	}
	if (t == NULL || (picture && !t->is_picture)) {
		read_wrong(r, node, path, "%s", diag_say(r->d, picture ?
		    "want a picture: a name that ends in .jpg, .png, .gif or "
		    ".webp" : "want a name that ends in .pdf, .txt, .csv, "
		    ".jpg, .png, .gif or .webp"));
		return 0;
	}
	return 1;
}

/* What no text may hold, or NULL; the first *n bytes are whole characters. */
static const char *
text_part(const char *s, size_t len, int is_last, size_t *n)
{
	size_t	 i, good = text_utf8_check(s, len);

	*n = good;
	if (good < len && (is_last || len - good >= 4))
		return "is no text in UTF-8";
	for (i = 0; i < good; i++)
		if (((unsigned char)s[i] < 0x20 && strchr("\t\r\n\f",
		    s[i]) == NULL) || s[i] == 0x7f || s[i] == '\0')
			return "has a control character";
	return NULL;
}

const char *
beside_text_fault(int fd, struct err *e)
{
	char		 buf[CHUNK + 4];
	const char	*why;
	size_t		 kept = 0, used;
	ssize_t		 n;

	e->msg[0] = '\0';
	for (;;) {
		n = read(fd, buf + kept, CHUNK);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(e, "read");
			return NULL;
		}
		why = text_part(buf, kept + (size_t)n, n == 0, &used);
		if (why != NULL || n == 0)
			return why;
		kept += (size_t)n - used;
		memmove(buf, buf + used, kept);
	}
}

static void
look_at_picture(struct reader *r, const struct yaml_node *node,
    const struct first_bytes *p, struct beside *to, const struct path *path)
{
	char	 shown[READ_SHOWN];

	if (p->width == 0 || p->height == 0 || p->width > FILES_SIDE_MAX ||
	    p->height > FILES_SIDE_MAX) {
		read_wrong(r, node, path, "the picture does not say its width "
		    "and height where it should: save it anew");
		to->path = NULL;
		return;
	}
	to->width = p->width;
	to->height = p->height;
	read_shown(r, node, shown, sizeof(shown));
	if (p->has_exif)
		diag_add(r->d, DIAG_WARNING, r->file, node->line,
		    node->column, "%s says how it was taken, and perhaps where "
		    "(EXIF): `apeng attach' leaves that out", shown);
	if (to->size > HEAVY)
		diag_add(r->d, DIAG_WARNING, r->file, node->line,
		    node->column, "%s has %llu KB, %llu minutes at 9,600 "
		    "bit/s: `apeng attach' makes it smaller", shown,
		    (unsigned long long)(to->size + 1023) / 1024,
		    (unsigned long long)(to->size * 10 / 9600 + 59) / 60);
}

/* Check that the open file is what its name says; if not, clear to->path. */
static void
look(struct reader *r, const struct yaml_node *node, int fd,
    struct beside *to, const struct path *path)
{
	const struct file_type	*t = file_type_of(node->text, node->len);
	struct first_bytes		 p;
	struct err		 e = { 0 };
	const char		*why = NULL;
	char			*data;
	size_t			 len = to->size < PICTURE_LOOK ||
				    t->is_picture ? (size_t)to->size :
				    PICTURE_LOOK;

	if ((data = malloc(len)) == NULL) {
		read_nomem(r);
		to->path = NULL;
		return;
	}
	if (file_pread_all(fd, data, len, 0) == -1)
		err_sys(&e, "read");
	picture_read((const uint8_t *)data, len, &p);
	if (e.msg[0] == '\0' && t->is_picture &&
	    !picture_is_whole((const uint8_t *)data, len))
		why = "the picture breaks off before its end: copy or save it "
		    "again";
	free(data);
	if (p.suffix != NULL && strcmp(p.suffix, t->suffix) != 0) {
		read_wrong(r, node, path, "the file is of another type: want "
		    "a name that ends in %s", p.suffix);
		to->path = NULL;
		return;
	}
	if (p.suffix == NULL && (t->is_picture ||
	    strcmp(t->suffix, ".pdf") == 0))
		why = "the file does not begin as files of this type do";
	else if (p.suffix == NULL && e.msg[0] == '\0')
		why = beside_text_fault(fd, &e);
	if (why != NULL || e.msg[0] != '\0') {
		read_wrong(r, node, path, "%s", why != NULL ?
		    diag_say(r->d, why) : e.msg);
		to->path = NULL;
	} else if (t->is_picture)
		look_at_picture(r, node, &p, to, path);
}

void
read_file_beside(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, struct beside *to, const struct path *path)
{
	struct stat	 st;
	struct err	 e;
	int		 fd;

	if (!read_is_string(r, node, path) ||
	    !path_ok(r, node, (key->flags & PICTURE) != 0, path))
		return;
	if ((fd = file_open_below(r->dir, node->text, O_RDONLY, &e)) == -1) {
		if (e.sys == ENOENT)
			read_wrong(r, node, path, "there is no such file below "
			    "%s/", r->dir);
		else
			read_wrong(r, node, path, "%s", e.msg);
		return;
	}
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		read_wrong(r, node, path, "is not a regular file");
	else if (st.st_size == 0)
		read_wrong(r, node, path, "the file is empty");
	else if ((uint64_t)st.st_size > FILES_SIZE_MAX)
		read_wrong(r, node, path, "the file has %llu MB, at most %u",
		    (unsigned long long)st.st_size >> 20,
		    FILES_SIZE_MAX >> 20);
	else {
		to->size = (uint64_t)st.st_size;
		if ((to->path = read_string(r, node)) != NULL)
			look(r, node, fd, to, path);
	}
	close(fd);
}

/* Readers tell a credit from a caption by the dash in front of it. */
void
block_check_beside(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct yaml_node	*c = yaml_get(body, "caption");
	struct path		 here = { NULL, "caption", 0 };
	size_t			 i;

	for (i = 0; c != NULL && i < r->nlang; i++)
		if (b->beside.caption.in[i] != NULL &&
		    strncmp(b->beside.caption.in[i], CREDIT,
		    strlen(CREDIT)) == 0)
			read_bad(r, c->line, c->column, &here, "begins with a "
			    "dash, as a credit does: put it behind credit:");
}
