/* SPDX-License-Identifier: ISC */
/* data/figures.csv, and the fields of any CSV file. */
#ifndef RENDER_CSV_H
#define RENDER_CSV_H

struct buf;
struct figure;
struct page_head;
struct profile;

/* Write a field and a comma, or CRLF behind the last one; NULL: empty. */
void	csv_field(struct buf *, const char *, int is_last);
void	csv_head(const struct profile *, struct buf *);
void	csv_record(const struct profile *, const struct page_head *,
	    const struct figure *, struct buf *);

#endif
