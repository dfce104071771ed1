/* SPDX-License-Identifier: ISC */
/*
 * Letters as files: the start of one is found within its bounds, and the blob
 * begins where the empty line ends.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "mirror/letterfile.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct letterfile l;
	struct err	 e;
	int		 fd = pkgs_file(data, n);

	if (letterfile_is(fd, "letter", &l, &e) == 1 && (l.used > n ||
	    l.head_len >= l.used || data[l.used - 1] != '\n' ||
	    data[l.used - 2] != '\n' || l.head.id[0] == '\0'))
		abort();
	close(fd);
	return 0;
}
