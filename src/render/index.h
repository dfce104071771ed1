/* SPDX-License-Identifier: ISC */
/* The package's first page and its metadata.txt. */
#ifndef RENDER_INDEX_H
#define RENDER_INDEX_H

struct buf;
struct render;

/* Append the whole file to b. */
void	index_write(const struct render *, struct buf *);
void	metadata_write(const struct render *, struct buf *);

#endif
