/* SPDX-License-Identifier: ISC */
/*
 * apeng mirror --parts and --listen: letters put together out of parts, from
 * files or as they come in.
 */
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include <stddef.h>

struct err;
struct mirror_conf;
struct source;

/*
 * Read the n files and write each letter that is complete beside gpub, as
 * FILE.mirror/letter-SERIAL-TAG; *out of *nout are the sources that name
 * them, to be ended with parts_sources_free(), which removes the letters.
 * What is missing, damaged or foreign is said through c->say.  0; -1: see e,
 * STATUS_REFUSED when no letter is complete.
 */
int	parts_sources(const struct mirror_conf *c, char **files, size_t n,
	    struct source **out, size_t *nout, struct err *e);
void	parts_sources_free(struct source *, size_t n);
/*
 * Listen at ADDR:PORT for datagrams, or read a stream of KISS frames: `-' is
 * standard input, /PATH a device, pipe or file.  Each letter that is complete
 * is written as above and handed to job(), which says 1 to end; then it is
 * removed.  0: job() ended it, or the stream did; -1: see e.
 */
int	parts_listen(const struct mirror_conf *c, const char *where,
	    int (*job)(void *, struct source *), void *arg, struct err *e);

#endif
