/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>

#include "cmd/config.h"
#include "content/diag.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct config	 c;
	struct diag	*d;
	int		 rv;

	if (config_init(&c) == -1 || (d = diag_new()) == NULL)
		return 0;
	rv = config_load_text(&c, "t", (const char *)data, len, d);
	/* Refused with a reason, or taken without one. */
	if ((rv == -1) != (diag_count(d, DIAG_ERROR) > 0))
		abort();
	diag_free(d);
	config_free(&c);
	return 0;
}
