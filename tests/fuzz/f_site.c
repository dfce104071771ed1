/* SPDX-License-Identifier: ISC */
/* What is taken comes out of write() as it went in, pages are found. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/site.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct site_table	*t, *again;
	struct buf		 a = BUF_INIT, b = BUF_INIT;
	size_t			 i;

	if ((t = site_table_parse((const char *)data, len, NULL)) == NULL)
		return 0;
	for (i = 0; i < t->npage; i++)
		if (site_table_page(t, t->page[i].dir, t->page[i].id) !=
		    &t->page[i])
			abort();
	site_table_write(t, &a);
	if ((again = site_table_parse(a.data, a.len, NULL)) == NULL)
		abort();
	site_table_write(again, &b);
	if (a.len != b.len || memcmp(a.data, b.data, a.len) != 0)
		abort();
	site_table_free(t);
	site_table_free(again);
	buf_free(&a);
	buf_free(&b);
	return 0;
}
