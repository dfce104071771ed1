/* SPDX-License-Identifier: ISC */
/*
 * Replays a fuzz corpus without a fuzzer: each file named, or each file of
 * a folder named, is one input; every input is also given cut short.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int		 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static size_t	 replay(const char *);

static size_t
replay(const char *path)
{
	uint8_t	*data, *copy;
	size_t	 len, cut;

	if ((data = (uint8_t *)file_read(path, 64 << 20, &len, NULL)) == NULL)
		return 0;
	for (cut = 0; cut < 3; cut++) {
		/* An exact copy, so that ASan sees a read past the end. */
		size_t n = cut == 0 ? len : cut == 1 ? len / 2 :
		    len > 0 ? len - 1 : 0;
		if ((copy = malloc(n > 0 ? n : 1)) == NULL)
			abort();
		for (size_t i = 0; i < n; i++)
			copy[i] = data[i];
		LLVMFuzzerTestOneInput(copy, n);
		free(copy);
	}
	free(data);
	return 1;
}

int
main(int argc, char **argv)
{
	struct dirent	*d;
	struct stat	 st;
	DIR		*dp;
	char		 path[PATH_MAX];
	size_t		 n = 0;
	int		 i;

	for (i = 1; i < argc; i++) {
		if (stat(argv[i], &st) == -1 || !S_ISDIR(st.st_mode)) {
			n += replay(argv[i]);
			continue;
		}
		if ((dp = opendir(argv[i])) == NULL)
			continue;
		while ((d = readdir(dp)) != NULL) {
			snprintf(path, sizeof(path), "%s/%s", argv[i],
			    d->d_name);
			if (d->d_name[0] != '.')
				n += replay(path);
		}
		closedir(dp);
	}
	printf("%s %zu inputs replayed\n", n > 0 ? "ok" : "not ok", n);
	return n > 0 ? 0 : 1;
}
