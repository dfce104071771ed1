/* SPDX-License-Identifier: ISC */
/* Deltas in windows: never more than the size that was signed. */
#include <sys/stat.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "package/spool.h"
#include "package/window.h"

#define WANT	300

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char	 text[] = "metadata.txt 2\nindex.gmi 12\n\n"
	    "x\n=> en/a.gmi\n";
	static const uint8_t	*base;
	static size_t		 nbase;
	struct stat		 st;
	struct err		 e;
	uint8_t			 sha[32];
	int			 fd, rv;

	if (base == NULL) {
		fd = pkgs_file(text, sizeof(text) - 1);
		if (spool_map(fd, &base, &nbase, &e) == -1)
			abort();
		close(fd);
	}
	fd = pkgs_file("", 0);
	rv = window_expand(data, n, base, nbase, WANT, fd, sha, &e);
	if (fstat(fd, &st) == -1 || st.st_size > WANT ||
	    (rv == 0 && st.st_size != WANT))
		abort();
	close(fd);
	return 0;
}
