/* SPDX-License-Identifier: ISC */
/*
 * What a path of a URL means in the open packages: the same for every
 * protocol that serves the pages as they are.
 */
#ifndef SERVE_FOUND_H
#define SERVE_FOUND_H

#include <stddef.h>

#include "package/head.h"
#include "package/reader.h"
#include "proto/files.h"
#include "serve/open.h"

#define FOUND_PATH_MAX	1024		/* bytes of a path */

enum found_kind {
	FOUND_NOTHING,
	FOUND_ENTRY,		/* entry: of the package */
	FOUND_PACKAGE,		/* the whole file: pkg_bytes() */
	FOUND_FOLDER,		/* to be redirected to `redirect' */
	FOUND_FILE,		/* row: beside the package */
	FOUND_SEARCH,		/* page `page' of a search's results */
	FOUND_MIRROR,		/* rest: for answer_mirror() */
	FOUND_DIRECTORY,	/* rest: for ask_parse() */
};

struct found {
	enum found_kind	 kind;
	struct site	*site;
	char		 prefix[HEAD_ID_MAX + 2];	/* "" or "/ID" */
	struct pkg_entry entry;
	struct file_row	 row;
	size_t		 page;
	char		 dir[FOUND_PATH_MAX];	/* of /DIR/search...: the
						   language's; or "" */
	const char	*rest;			/* points into the path that was
						   asked for */
	size_t		 restlen;
	char		 redirect[HEAD_ID_MAX + FOUND_PATH_MAX + 4];
};

/*
 * path: as url_clean_path() gives it, at most FOUND_PATH_MAX bytes; s: the
 * site that the host means; /ID/... is any package of ss.  0; -1: no memory.
 */
int		 found_look(struct sites *ss, struct site *s,
		    const char *path, size_t len, struct found *);
/*
 * What the signed list of s says of the path files/..., or of the file whose
 * hash begins with these 16 hex digits.  0: nothing.
 */
int		 found_row(const struct site *s, const char *path, size_t len,
		    struct file_row *);
int		 found_row_of(const struct site *s, const char *hex,
		    struct file_row *);
/* One line about a file that is not here: its size, and who may have it. */
void		 found_absent(const struct site *s, const struct file_row *,
		    char *out, size_t size);
/*
 * Bytes of the path that lead to REST for answer_mirror(), `.apeng/' or
 * `apeng/'; 0: the path is something else.  No leading slash.
 */
size_t	found_mirror(const char *path, size_t len);
/* The language tag of an entry that is text in a language's folder, NULL. */
const char	*found_lang(const struct found *);

#endif
