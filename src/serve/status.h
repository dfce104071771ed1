/* SPDX-License-Identifier: ISC */
/*
 * The state of a server as a file for a monitoring system.  The master writes
 * it from time to time and removes it when it ends.
 */
#ifndef SERVE_STATUS_H
#define SERVE_STATUS_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct packages;
struct worker_counts;

struct status {
	int64_t			 started, now;	/* seconds since 1970, UTC */
	size_t			 workers;	/* alive, of this generation */
	const struct worker_counts *counts;	/* of all workers together */
	const struct packages	*packages;
};

/* The line that SIGUSR2 asks for. */
void	status_line(const struct worker_counts *, char *, size_t);
/* The whole file, added to a buffer. */
void	status_write(const struct status *, struct buf *);
/* Replace the file at path.  -1: see e. */
int	status_save(const struct status *, const char *path, struct err *e);

#endif
