/* SPDX-License-Identifier: ISC */
/* The reader: whatever opens is canonical and can be packed again. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "package/list.h"
#include "package/zip.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pkg_entry it;
	struct pkg_list	 l = { .n = 0 };
	struct pkg	*p;
	struct err	 e;
	size_t		 i, comment;

	/* Without hashes, so that it gets further. */
	if (zip_scan(data, n, &l, &comment, &e) == 0 &&
	    list_zip_size(&l) != comment)
		abort();
	list_free(&l);
	if ((p = pkg_open(pkgs_file(data, n), "fuzz", NULL, 0, &e)) == NULL)
		return 0;
	for (i = 0; i < pkg_count(p); i++) {
		pkg_at(p, i, &it);
		if (pkg_find(p, it.path, strlen(it.path), &it) != 1 ||
		    it.index != i)
			abort();
	}
	pkg_close(p);
	return 0;
}
