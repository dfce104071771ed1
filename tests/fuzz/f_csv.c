/* SPDX-License-Identifier: ISC */
/*
 * A CSV file from anywhere.  Fields stay inside the file and are strings, a
 * number that was read is read again as itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/csv.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
number(const char *s, char decimal)
{
	struct buf	 b = BUF_INIT, again = BUF_INIT;

	if (csv_number(s, decimal, &b) && (!buf_ok(&b) ||
	    !csv_number(b.data, '.', &again) ||
	    strcmp(b.data, again.data) != 0))
		abort();
	(void)csv_looks_number(s);
	buf_free(&b);
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct csv	 c;
	char		*copy, *field[8];
	size_t		 i, n;
	int		 got;

	if ((copy = malloc(len + 1)) == NULL)
		abort();
	memcpy(copy, data, len);
	copy[len] = '\0';
	csv_start(&c, copy, len);
	while ((got = csv_next(&c, field, 8, &n)) == 1)
		for (i = 0; i < n; i++) {
			if (field[i] < copy || field[i] + strlen(field[i]) >
			    copy + len)
				abort();
			number(field[i], csv_decimal(&c));
			number(field[i], '.');
		}
	if (got == -1 && c.why == NULL)
		abort();
	free(copy);
	return 0;
}
