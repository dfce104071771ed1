/* SPDX-License-Identifier: ISC */
/*
 * A number is accepted in one form only, so that two texts with the same
 * numbers are equal as bytes, also where they are signed or compared.
 */
#include "base/num.h"

int
num_parse(const char *s, size_t len, uint64_t *v)
{
	uint64_t	 n = 0;
	size_t		 i;

	if (len == 0 || len > 19 || (s[0] == '0' && len > 1))
		return -1;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		n = n * 10 + (uint64_t)(s[i] - '0');
	}
	*v = n;
	return 0;
}
