/* SPDX-License-Identifier: ISC */
/* data/figures.csv. */
#ifndef RENDER_CSV_H
#define RENDER_CSV_H

struct buf;
struct figure;
struct page_head;
struct profile;

void	csv_head(const struct profile *, struct buf *);
void	csv_record(const struct profile *, const struct page_head *,
	    const struct figure *, struct buf *);

#endif
