/* SPDX-License-Identifier: ISC */
/* Blobs: never more than the size that was signed, with and without base. */
#include <sys/stat.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "package/blob.h"

#define WANT	300

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char	 base[] = "metadata.txt 2\nindex.gmi 12\n\n"
	    "x\n=> en/a.gmi\n";
	struct stat		 st;
	struct err		 e;
	uint8_t			 sha[32];
	int			 fd, rv;

	fd = pkgs_file("", 0);
	blob_expand(data, n, (const uint8_t *)base, sizeof(base) - 1, WANT,
	    -1, sha, &e);
	rv = blob_expand(data, n, NULL, 0, WANT, fd, sha, &e);
	if (fstat(fd, &st) == -1 || st.st_size > WANT ||
	    (rv == 0 && st.st_size != WANT))
		abort();
	close(fd);
	return 0;
}
