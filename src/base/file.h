/* SPDX-License-Identifier: ISC */
/* Files: whole reads, writes that are there entirely or not at all. */
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
 * 1 for a name, up to its end, '.' or '/', that DOS and Windows keep for a
 * device, whatever ending it has: con, prn, aux, nul, com0 to lpt9.
 */
int	 file_is_device(const char *name);
/*
 * The whole of a regular file of at most max bytes, NUL-terminated, to be
 * freed by the caller.  NULL: see e.
 */
char	*file_read(const char *path, size_t max, size_t *len, struct err *e);
/* For reading, close-on-exec, never waiting.  -1: see e. */
int	 file_open(const char *path, struct err *e);
/* file_read() of what is open, from where it stands; fd stays open. */
char	*file_read_fd(int fd, const char *path, size_t max, size_t *len,
	    struct err *e);
/* All n bytes or -1 with errno; EINTR goes on. */
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
/* The same with a buffer's bytes, mode 0644; path NULL: no memory. */
int	 file_save(const char *path, const struct buf *, struct err *);
/* Flush the folder that path is in: a new name there stays. */
int	 file_sync_dir(const char *path, struct err *e);
/* mkdir -p; 0 when it is there already. */
int	 file_mkdirs(const char *path, mode_t, struct err *);

#endif
