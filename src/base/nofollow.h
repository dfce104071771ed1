/* SPDX-License-Identifier: ISC */
/*
 * Open files without following symbolic links: files below a capsule's folder,
 * and files that apeng keeps in its own folders.  file_target() alone follows a
 * link, which the user named for output.
 */
#ifndef BASE_NOFOLLOW_H
#define BASE_NOFOLLOW_H

#include <sys/types.h>

#include <dirent.h>
#include <stddef.h>

struct err;

/*
 * Open rel, a relative path without "..", below the folder dir.  The user named
 * dir, so links in it are followed; links in rel are not.  Never waits
 * (O_NONBLOCK), close-on-exec.  -1: see e, REFUSED for a link.
 */
int	 file_open_below(const char *dir, const char *rel, int flags,
	    struct err *e);
/* As file_read(), of such a file. */
char	*file_read_below(const char *dir, const char *rel, size_t max,
	    size_t *len, struct err *e);
/* As opendir(), of such a folder, with errno and e as of file_open_below(). */
DIR	*file_list_below(const char *dir, const char *rel, struct err *e);
/*
 * Open FOLDER/NAME, where apeng made FOLDER: neither of the two is followed
 * when it is a link.  The user named what stands before FOLDER, so links in it
 * are followed.
 */
int	 file_open_ours(const char *path, int flags, mode_t mode,
	    struct err *e);
char	*file_read_ours(const char *path, size_t max, size_t *len,
	    struct err *e);
/* As mkdir -p, for a folder of apeng's; -1 also when it is a link. */
int	 file_dir_ours(const char *path, mode_t mode, struct err *e);
DIR	*file_list_ours(const char *path, struct err *e);
/*
 * The path to write to when the user names path for output: path itself, or
 * what it leads to when it is a link, whether that exists or not.  To be
 * freed by the caller.  NULL: see e.
 */
char	*file_target(const char *path, struct err *e);

#endif
