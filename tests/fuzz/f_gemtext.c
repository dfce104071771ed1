/* SPDX-License-Identifier: ISC */
/* Lines and slices stay inside the page; the lines add up to all of it. */
#include <stdint.h>
#include <stdlib.h>

#include "proto/gemtext.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char		*s = (const char *)data;
	struct gemtext		 g;
	struct gemtext_line	 l;
	size_t			 lf = 0, n = 0, i;

	for (i = 0; i < len; i++)
		lf += data[i] == '\n';
	if (len > 0 && data[len - 1] != '\n')
		lf++;
	gemtext_start(&g, s, len);
	while (gemtext_next(&g, &l)) {
		n++;
		if (l.text < s || l.text + l.len > s + len ||
		    (l.url != NULL && (l.url < s || l.urllen == 0 ||
		    l.url + l.urllen > s + len)))
			abort();
		if ((l.type == GEMTEXT_LINK) != (l.url != NULL))
			abort();
	}
	if (n != lf || g.left != 0)
		abort();
	return 0;
}
