/* SPDX-License-Identifier: ISC */
/*
 * Files beside the text: pictures and documents that pages link to and whose
 * bytes are not in the package.  data/files.txt in the package names each, a
 * line a file, sorted by path:
 *	files/bridge.jpg image/jpeg 38211 SHA256 640x480
 * The last field is the size of a picture, or "-".  There is one writer and
 * one reader; the reader sees a stranger's bytes and takes only what the
 * writer would have written.  Sizes are bytes.
 */
#ifndef PROTO_FILES_H
#define PROTO_FILES_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

#define FILES_PATH	"data/files.txt"
#define FILES_FOLDER	"files/"	/* that each path begins with */
#define FILES_MAX	4096		/* lines */
#define FILES_LIST_MAX	(1u << 20)	/* bytes of the list */
#define FILES_SIZE_MAX	(256u << 20)	/* of one file */
#define FILES_SHA	32
#define FILES_SIDE_MAX	65535		/* pixels of a picture's side */

/* A type of file: the ending of its name, and its word in a link's label. */
struct file_type {
	const char	*suffix;	/* ".jpg" */
	const char	*word;		/* "JPEG" */
	int		 is_picture;
};
extern const struct file_type	file_types[];
extern const size_t		file_ntypes;

/* The type by the ending of a path; NULL: apeng takes no such file. */
const struct file_type	*file_type_of(const char *path, size_t len);

struct file_row {
	char			 path[101];	/* safe (base/file.h) */
	const struct file_type	*type;
	uint64_t		 size;
	uint8_t			 sha[FILES_SHA];
	unsigned		 width, height;	/* pixels; 0: no picture */
};

/* Append the line. */
void	 files_write(struct buf *, const struct file_row *);

struct files {				/* start: { text, len } */
	const char	*at;
	size_t		 left;
	size_t		 line;		/* of the row read last, from 1 */
	char		 last[101];	/* the path in that row */
};
/* 1: *out is the next line; 0: no more; -1: see e, which names the line. */
int	 files_next(struct files *, struct file_row *out, struct err *e);

#endif
