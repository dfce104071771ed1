/* SPDX-License-Identifier: ISC */
/*
 * The opener: the process that opens files beside the text for the workers,
 * which can open nothing.  A worker names a file by its hash; the opener looks
 * for it among the files that the signed lists of the served packages name,
 * makes a copy that nobody else can change, hashes it, and hands over a
 * descriptor that only reads.
 */
#ifndef SERVE_OPENER_H
#define SERVE_OPENER_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "package/hash.h"

struct err;
struct packages;
struct sandbox;

/* What a worker asks; number pairs question and answer. */
struct opener_ask {
	uint32_t	 number;
	uint8_t		 sha[SHA_LEN];
};
struct opener_told {
	uint32_t	 number;
	uint32_t	 here;		/* 1: its descriptor is in the message */
	uint64_t	 size;		/* bytes, as the signed list says */
};

struct opener {
	pid_t	 pid;			/* 0: not running */
	int	 line;			/* the master's end, -1: closed */
};

/* The files that are named by lists of the packages served now. */
size_t	opener_files(struct packages *);
/*
 * Fork one that knows the lists of p.  say and arg: what it has to tell.
 * -1: see e.
 */
int	opener_start(struct opener *, struct packages *p,
	    const struct sandbox *, void (*say)(void *, const char *),
	    void *arg, int log, struct err *e);
/* Give it one end of a worker's line to answer on; the caller keeps its own. */
int	opener_serve(struct opener *, int fd);
/* It ends with the question that it is at. */
void	opener_leave(struct opener *);

/* A worker's side.  0, or -1: it cannot be asked now. */
int	opener_ask(int line, const struct opener_ask *);
/* 1: *told and *fd (-1: none); 0: nothing is there now; -1: it has gone. */
int	opener_hear(int line, struct opener_told *told, int *fd);

#endif
