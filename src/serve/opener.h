/* SPDX-License-Identifier: ISC */
/*
 * The opener: the process that opens files beside the text for the workers,
 * which can open nothing.  A worker names a file by its hash.  The opener looks
 * for it among the files that the signed lists of the served packages name,
 * makes a copy that nobody else can change, hashes it, and sends a descriptor
 * that can only be read.
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

/* How many files the lists of the packages that are served name. */
size_t	opener_files(struct packages *);
/*
 * Fork an opener that has the lists of p. say and arg: where its messages go.
 * -1: see e.
 */
int	opener_start(struct opener *, struct packages *p,
	    const struct sandbox *, void (*say)(void *, const char *),
	    void *arg, int log, struct err *e);
/* Give it one end of a worker's line; the caller keeps a descriptor of it. */
int	opener_serve(struct opener *, int fd);
/* Let it end after the question that it is answering. */
void	opener_leave(struct opener *);

/* For a worker.  0; -1: the opener cannot be asked now. */
int	opener_ask(int line, const struct opener_ask *);
/*
 * 1: *told and *fd (-1: none) are set; 0: there is no answer yet; -1: it has
 * gone.
 */
int	opener_hear(int line, struct opener_told *told, int *fd);

#endif
