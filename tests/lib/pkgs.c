/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "lib/pkgs.h"
#include "package/b64.h"
#include "package/ed25519.h"
#include "package/spool.h"
#include "package/writer.h"

static void	 must(int, const char *);

/* Tools and fuzz entries link this too, without cmocka. */
static void
must(int good, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "tests/lib/pkgs.c: %s\n", why);
	abort();
}

struct sign_key *
pkgs_key(uint8_t n, struct pub_key *pub)
{
	struct sign_key	*k;
	struct err	 e;
	uint8_t		 raw[158] = { 'E', 'd', 0, 0, 'B', '2' };
	char		 text[B64_LEN(158) + 1], path[64], line[300];
	int		 fd;

	memset(raw + 54, n, 8 + 32);
	must(ed_public(raw + 62, raw + 94) == 0, "ed_public");
	b64_format(raw, sizeof(raw), text);
	snprintf(path, sizeof(path), "/tmp/apeng-key-XXXXXX");
	fd = mkstemp(path);			/* mode 0600 */
	snprintf(line, sizeof(line), "untrusted comment: k\n%s\n", text);
	must(file_write_all(fd, line, strlen(line)) == 0, path);
	close(fd);
	k = sign_key_load(path, 0, NULL, NULL, &e);
	must(k != NULL, e.msg);
	unlink(path);
	if (pub != NULL)
		sign_key_public(k, pub);
	return k;
}

int
pkgs_make(const struct pkgs_file *f, size_t n, uint64_t serial,
    const struct sign_key *key)
{
	struct pkg_writer	*w;
	struct head		 h = { .id = "test", .serial = 2026112301,
				    .published = 1795392000,
				    .expires = 1826928000 };
	struct err		 e = { .msg = "" };
	size_t			 i;
	int			 fd;

	if (serial != 0)
		h.serial = serial;
	fd = spool_open("/tmp/x", &e);
	must(fd != -1, e.msg);
	w = pkg_writer_new("/tmp/x", &e);
	must(w != NULL, e.msg);
	for (i = 0; i < n; i++)
		must(pkg_add(w, f[i].path, f[i].body, strlen(f[i].body),
		    &e) == 0, e.msg);
	must(pkg_seal(w, &h, &e) == 0, e.msg);
	must(pkg_write(w, fd, &h, key, &e) == 0, e.msg);
	pkg_writer_free(w);
	return fd;
}

struct pkg *
pkgs_open(const struct pkgs_file *f, size_t n, uint64_t serial,
    const struct sign_key *key)
{
	struct pkg	*p;
	struct pub_key	 pub;
	struct err	 e;

	if (key != NULL)
		sign_key_public(key, &pub);
	p = pkg_open(pkgs_make(f, n, serial, key), "test.gpub", &pub,
	    key != NULL, &e);
	must(p != NULL, e.msg);
	return p;
}

int
pkgs_file(const void *data, size_t n)
{
	int	 fd;

	fd = spool_open("/tmp/x", NULL);
	must(fd != -1, "no temporary file");
	must(file_write_all(fd, data, n) == 0, "write");
	return fd;
}

uint8_t *
pkgs_read(int fd, size_t *n)
{
	struct stat	 st;
	uint8_t		*data;

	must(fstat(fd, &st) == 0, "fstat");
	data = malloc((size_t)st.st_size + 1);
	must(data != NULL, "no memory");
	*n = (size_t)st.st_size;
	must(file_pread_all(fd, data, *n, 0) == 0, "read");
	return data;
}
