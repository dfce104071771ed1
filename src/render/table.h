/* SPDX-License-Identifier: ISC */
/* Tables on a page, and the CSV files that have them. */
#ifndef RENDER_TABLE_H
#define RENDER_TABLE_H

struct block;
struct buf;
struct page;
struct pen;

/* Write the whole block, with its caption line and alt text. */
void	 table_write(const struct pen *, const struct block *);
/* The same as a CSV file in the pen's language. */
void	 table_csv(const struct pen *, const struct block *);
/* Append that file's path in the capsule; dir: the language's folder. */
void	 table_name(const struct page *, const struct block *,
	    const char *dir, struct buf *path);

#endif
