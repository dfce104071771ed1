/* SPDX-License-Identifier: ISC */
/*
 * Make a package from arguments alone, for system tests:
 *	mkpkg OUT KEY|- SERIAL PATH=BODY... PATH@FILE...
 * KEY is a secret key file, `-' makes an unsigned package; a password is read
 * from the first line of standard input.  The id is `test'.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "cmd/password.h"
#include "package/sign.h"
#include "package/writer.h"

int
main(int argc, char **argv)
{
	struct head		 h = { .id = "test", .published = 1795392000,
				    .expires = 1826928000 };
	struct pkg_writer	*w;
	struct sign_key		*key = NULL;
	struct file_new		 f;
	struct err		 e;
	char			*body, *at;
	size_t			 len;
	int			 i;

	if (argc < 5)
		errx(2, "usage: mkpkg OUT KEY|- SERIAL PATH=BODY...");
	if (strcmp(argv[2], "-") != 0 &&
	    (key = sign_key_load(argv[2], 0, cmd_password, NULL, &e)) == NULL)
		errx(1, "%s", e.msg);
	h.serial = strtoull(argv[3], NULL, 10);
	if (key != NULL &&
	    (h.has_next = sign_reserve(argv[2], &h.next, &e)) == -1)
		errx(1, "%s", e.msg);
	if ((w = pkg_writer_new(argv[1], &e)) == NULL)
		errx(1, "%s", e.msg);
	for (i = 4; i < argc; i++) {
		at = argv[i] + strcspn(argv[i], "=@");
		if (*at == '\0')
			errx(2, "%s: want PATH=BODY or PATH@FILE", argv[i]);
		if (*at == '@') {
			body = file_read(at + 1, 1 << 30, &len, &e);
			if (body == NULL)
				errx(1, "%s", e.msg);
		} else {
			body = strdup(at + 1);
			len = strlen(at + 1);
		}
		*at = '\0';
		if (body == NULL || pkg_add(w, argv[i], body, len, &e) == -1)
			errx(1, "%s", e.msg);
		free(body);
	}
	if (pkg_seal(w, &h, &e) == -1 ||
	    file_begin(&f, argv[1], 0644, &e) == -1 ||
	    pkg_write(w, f.fd, &h, key, &e) == -1 ||
	    file_commit(&f, &e) == -1)
		errx(1, "%s", e.msg);
	pkg_writer_free(w);
	sign_key_free(key);
	return 0;
}
