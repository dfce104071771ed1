/* SPDX-License-Identifier: ISC */
/* Files: read whole, and written whole or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

#define FILE_NAME_MAX	100		/* bytes of a safe path */
#define FILE_DEPTH_MAX	8

/*
 * 1 for a relative path of segments [a-z0-9][a-z0-9._-]* joined by '/', at
 * most FILE_NAME_MAX bytes and FILE_DEPTH_MAX segments; else 0.
 */
int	 file_path_ok(const char *, size_t len);
/*
 * 1 when DOS and Windows use the name, up to its end, '.' or '/', for a device:
 * con, prn, aux, nul, com0 to lpt9.  What follows a '.' does not matter.
 */
int	 file_is_device(const char *name);
/*
 * Read the whole of a regular file of at most max bytes.  The text ends in a
 * NUL and is to be freed by the caller.  NULL: see e.
 */
char	*file_read(const char *path, size_t max, size_t *len, struct err *e);
/* Open for reading, close-on-exec, without waiting.  -1: see e. */
int	 file_open(const char *path, struct err *e);
/* As file_read(), of an open file from its offset on; fd stays open. */
char	*file_read_fd(int fd, const char *path, size_t max, size_t *len,
	    struct err *e);
/* Write all n bytes; -1 with errno.  After EINTR it goes on. */
int	 file_write_all(int fd, const void *, size_t n);
int	 file_pread_all(int fd, void *, size_t n, off_t);  /* -1 at EOF too */

/*
 * Replace path whole: write beside it, flush, rename, flush the folder.
 *	fd = file_begin(&f, path, mode, e); ... write to f.fd ...
 *	file_commit(&f, e)  or  file_abandon(&f)
 * A crash leaves the old file and perhaps a PATH.tmp.PID, which the next
 * file_begin() for the same path removes when its process is gone.
 */
struct file_new {
	int	 fd;			/* -1 when not open */
	char	*path, *tmp;		/* owned */
};
int	 file_begin(struct file_new *, const char *path, mode_t, struct err *);
int	 file_commit(struct file_new *, struct err *);	/* f is gone after */
void	 file_abandon(struct file_new *);
int	 file_replace(const char *path, mode_t, const void *, size_t,
	    struct err *);
/*
 * Replace path with a buffer's bytes, mode 0644.  path NULL: the caller had no
 * memory for it, which is an error here.
 */
int	 file_save(const char *path, const struct buf *, struct err *);
/* Flush the folder that path is in, so that a new name in it is kept. */
int	 file_sync_dir(const char *path, struct err *e);
/* mkdir -p; 0 when it is there already. */
int	 file_mkdirs(const char *path, mode_t, struct err *);

#endif
