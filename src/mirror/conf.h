/* SPDX-License-Identifier: ISC */
/* What a run of mirror_run() is told, and what it tells.  Sizes are bytes. */
#ifndef MIRROR_CONF_H
#define MIRROR_CONF_H

#include <stddef.h>
#include <stdint.h>

struct anchor;
struct buf;
struct source;

#define MIRROR_MAX_SIZE	(64ull << 20)	/* of a package, by default */

enum mirror_say { MIRROR_NOTE, MIRROR_WARN };

struct mirror_progress {
	uint64_t	got, total;	/* of the blob */
	uint64_t	rate;		/* bytes a second; 0: not known yet */
	uint64_t	left;		/* seconds; with rate only */
};

struct mirror_conf {
	const char		*file;
	const struct anchor	*anchor;	/* keys given, nanchor of them */
	size_t			 nanchor;
	/*
	 * The file of another package, from which a first copy may come as a
	 * delta.  NULL: none.
	 */
	const char		*base;
	int			 trust_anew;	/* forget learned keys */
	struct source		*source;	/* sorted; remembers the job */
	size_t			 nsource;
	int			 once;		/* bounded tries */
	int			 strict_tls;
	uint64_t		 accept_serial;	/* 0: none */
	uint64_t		 max_size;
	uint64_t		 files;		/* bytes of the largest file beside the
						   text to fetch; 0: none */
	/*
	 * Of a catalogue: which members its source is asked for in the same
	 * request, NULL: none, or it is no catalogue; and what came behind
	 * the catalogue's own letter, with a limit.
	 */
	const char		*all;
	struct buf		*rest;
	/* Divides the waits between attempts, no deadline; 1, tests more. */
	unsigned		 scale;
	void			(*say)(void *, enum mirror_say, const char *);
	/* Often; NULL progress: the bar is to be taken away. */
	void			(*progress)(void *,
				    const struct mirror_progress *);
	void			*arg;
};

struct mirror_result {
	int		changed;	/* file is a new edition */
	uint64_t	serial;		/* what file is now; 0: nothing */
	uint64_t	in, out;	/* payload of TCP, TLS included */
	unsigned	connections;
	size_t		files;		/* beside the text, that are wanted and
					   held */
};

#endif
