/* SPDX-License-Identifier: ISC */
/*
 * Files that are not looked for through symbolic links: what stands below a
 * capsule's folder, and what apeng keeps in folders of its own.  And the
 * other way round: the file that a link given for output stands for.
 */
#ifndef BASE_NOFOLLOW_H
#define BASE_NOFOLLOW_H

#include <sys/types.h>

#include <dirent.h>
#include <stddef.h>

struct err;

/*
 * Open rel, a relative path without "..", below the folder dir.  dir is the
 * user's word and may lead through links; no step of rel does.  Never waits
 * (O_NONBLOCK), close-on-exec.  -1: see e, REFUSED for a link.
 */
int	 file_open_below(const char *dir, const char *rel, int flags,
	    struct err *e);
/* file_read() of it. */
char	*file_read_below(const char *dir, const char *rel, size_t max,
	    size_t *len, struct err *e);
/* opendir() of it, with errno and e as of file_open_below(). */
DIR	*file_list_below(const char *dir, const char *rel, struct err *e);
/*
 * Open FOLDER/NAME, FOLDER being one that apeng made: neither of the two is
 * followed when it is a link.  What stands before FOLDER is the user's word.
 */
int	 file_open_ours(const char *path, int flags, mode_t mode,
	    struct err *e);
char	*file_read_ours(const char *path, size_t max, size_t *len,
	    struct err *e);
/* mkdir -p of a folder of our own; -1 also when it is a link. */
int	 file_dir_ours(const char *path, mode_t mode, struct err *e);
DIR	*file_list_ours(const char *path, struct err *e);
/*
 * The path to write to when the user names path for output: path itself, or
 * what it leads to when it is a link, whether that exists or not.  To be
 * freed by the caller.  NULL: see e.
 */
char	*file_target(const char *path, struct err *e);

#endif
