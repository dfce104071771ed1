/* SPDX-License-Identifier: ISC */
/*
 * apeng mirror --parts and --listen: put letters together out of parts, which
 * are read from files or come in over a line.
 */
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include <stddef.h>

struct err;
struct mirror_conf;
struct source;

/*
 * Read the n files and write each complete letter to the file letter-SERIAL-TAG
 * in the folder FILE.mirror, where FILE is c->file.  *out are the *nout sources
 * that name these files; end with parts_sources_free(), which removes them.
 * c->say() is told which parts are missing or of no use.  0; -1: see e,
 * STATUS_REFUSED when no letter is complete.
 */
int	parts_sources(const struct mirror_conf *c, char **files, size_t n,
	    struct source **out, size_t *nout, struct err *e);
void	parts_sources_free(struct source *, size_t n);
/*
 * Listen at ADDR:PORT for datagrams, or read a stream of KISS frames: `-' is
 * standard input, /PATH a device, pipe or file.  Each complete letter is
 * written as above, given to job(), and removed.  job() returns 1 to end.  0:
 * job() returned 1 or the stream ended; -1: see e.
 */
int	parts_listen(const struct mirror_conf *c, const char *where,
	    int (*job)(void *, struct source *), void *arg, struct err *e);

#endif
