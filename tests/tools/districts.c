/* SPDX-License-Identifier: ISC */
/*
 * Make many packages out of one, for tests and measurements:
 *	districts KEY BASE DIR FIRST N SERIAL [blobs [own]]
 * Each package is DIR/dNNNN.gpub, for N numbers from FIRST on.  It has the
 * pages of BASE, in which the names Qianjiang and 黔江 are replaced, another id
 * and host name, and the signature of KEY, which has no password.  blobs,
 * unless it is `-': make the blobs for mirrors, too, with deltas from the
 * package that was there before.  own: each package gets a key of its own,
 * whose public half is dNNNN.pub.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/b64.h"
#include "package/ed25519.h"
#include "package/hash.h"
#include "package/publish.h"
#include "package/reader.h"
#include "package/sign.h"
#include "package/writer.h"

#define PARTS	20

static const char *const	 latin[PARTS] = { "an", "bei", "chang", "dong",
    "feng", "gao", "hai", "jin", "kang", "lin", "min", "nan", "ping", "qing",
    "shan", "tai", "wan", "xin", "yang", "zhou" };
static const char *const	 han[PARTS] = { "安", "北", "长", "东", "丰",
    "高", "海", "金", "康", "林", "民", "南", "平", "清", "山", "太", "万",
    "新", "阳", "州" };

struct swap {
	const char	*from;
	char		 to[40];
};

static struct err	 e = { .msg = "" };

/* The replacements for number i; names repeat after 8,000 numbers. */
static void
names(unsigned i, struct swap s[4])
{
	const unsigned	 a = i % PARTS, b = i / PARTS % PARTS,
			 c = i / PARTS / PARTS % PARTS;

	s[0].from = "qianjiang.example";
	snprintf(s[0].to, sizeof(s[0].to), "d%04u.example", i);
	s[1].from = "Qianjiang";
	snprintf(s[1].to, sizeof(s[1].to), "%s%s%s", latin[a], latin[b],
	    latin[c]);
	s[1].to[0] = (char)(s[1].to[0] - 'a' + 'A');
	s[2].from = "黔江";
	snprintf(s[2].to, sizeof(s[2].to), "%s%s%s", han[a], han[b], han[c]);
	s[3].from = "qianjiang";
	snprintf(s[3].to, sizeof(s[3].to), "d%04u", i);
}

static void
swapped(struct buf *out, const char *p, size_t n, const struct swap s[4])
{
	size_t	 i, k, len;

	for (i = 0; i < n; i += len) {
		len = 1;
		for (k = 0; k < 4; k++)
			if (n - i >= strlen(s[k].from) && memcmp(p + i,
			    s[k].from, strlen(s[k].from)) == 0)
				break;
		if (k < 4) {
			len = strlen(s[k].from);
			buf_add(out, s[k].to, strlen(s[k].to));
		} else
			buf_add(out, p + i, 1);
	}
}

/*
 * Make the key of number i, the same in every run, and write its public half
 * beside the package.
 */
static struct sign_key *
own_key(const char *dir, unsigned i)
{
	struct sign_key	*k;
	struct pub_key	 pub;
	uint8_t		 raw[158] = { 'E', 'd', 0, 0, 'B', '2' };
	char		 text[B64_LEN(158) + 1], string[KEY_STRING + 1];
	char		*path, *line;

	if (sha_bytes(&i, sizeof(i), raw + 62, &e) == -1 ||
	    sha_bytes(raw + 62, 32, raw + 94, &e) == -1)
		errx(1, "%s", e.msg);
	memcpy(raw + 54, raw + 94, 8);
	if (ed_public(raw + 62, raw + 94) == -1)
		errx(1, "ed_public");
	b64_format(raw, sizeof(raw), text);
	if (asprintf(&path, "%s/d%04u.key", dir, i) == -1 || asprintf(&line,
	    "untrusted comment: k\n%s\n", text) == -1)
		errx(1, "no memory");
	if (file_replace(path, 0600, line, strlen(line), &e) == -1 ||
	    (k = sign_key_load(path, 1, NULL, NULL, &e)) == NULL)
		errx(1, "%s", e.msg);
	unlink(path);
	free(line);
	sign_key_public(k, &pub);
	key_format(&pub, string);
	if (asprintf(&line, "untrusted comment: k\n%s\n", string) == -1)
		errx(1, "no memory");
	memcpy(path + strlen(path) - 3, "pub", 3);
	if (file_replace(path, 0644, line, strlen(line), &e) == -1)
		errx(1, "%s", e.msg);
	free(line);
	free(path);
	return k;
}

static void
make(const struct pkg *base, const struct sign_key *key, const char *dir,
    unsigned i, uint64_t serial, int blobs)
{
	struct head		 h = *pkg_head(base);
	struct swap		 s[4];
	struct pkg_entry	 en;
	struct pkg_writer	*w;
	struct pub_key		 pub;
	struct file_new		 f;
	struct buf		 b = BUF_INIT;
	struct pkg		*p, *old = NULL;
	char			*path;
	size_t			 k;
	int			 fd;

	names(i, s);
	if (asprintf(&path, "%s/d%04u.gpub", dir, i) == -1)
		errx(1, "no memory");
	snprintf(h.id, sizeof(h.id), "d%04u", i);
	h.serial = serial;
	h.has_next = 0;
	if ((w = pkg_writer_new(path, &e)) == NULL)
		errx(1, "%s", e.msg);
	for (k = 0; k < pkg_count(base); k++) {
		pkg_at(base, k, &en);
		buf_reset(&b);
		swapped(&b, (const char *)en.data, en.size, s);
		if (!buf_ok(&b) || pkg_add(w, en.path, b.data, b.len, &e) ==
		    -1)
			errx(1, "%s", e.msg);
	}
	if (pkg_seal(w, &h, &e) == -1 ||
	    file_begin(&f, path, 0644, &e) == -1 ||
	    pkg_write(w, f.fd, &h, key, &e) == -1)
		errx(1, "%s", e.msg);
	sign_key_public(key, &pub);
	if (blobs && (fd = open(path, O_RDONLY)) != -1)
		old = pkg_open(fd, path, NULL, 0, NULL);
	if (blobs && ((fd = dup(f.fd)) == -1 || (p = pkg_open(fd, path, &pub,
	    1, &e)) == NULL || store_publish(path, p, old, -1, 0, NULL, NULL,
	    &e) == -1))
		errx(1, "%s", e.msg);
	if (file_commit(&f, &e) == -1)
		errx(1, "%s", e.msg);
	if (blobs)
		pkg_close(p);
	pkg_close(old);
	pkg_writer_free(w);
	buf_free(&b);
	free(path);
}

int
main(int argc, char **argv)
{
	struct sign_key	*key, *own;
	struct pkg	*base;
	unsigned	 i, first, n;
	int		 fd, blobs = argc > 7 && strcmp(argv[7], "-") != 0;

	if (argc < 7)
		errx(2, "usage: districts KEY BASE DIR FIRST N SERIAL "
		    "[blobs [own]]");
	if ((key = sign_key_load(argv[1], 0, NULL, NULL, &e)) == NULL)
		errx(1, "%s", e.msg);
	if ((fd = open(argv[2], O_RDONLY)) == -1)
		err(1, "%s", argv[2]);
	if ((base = pkg_open(fd, argv[2], NULL, 0, &e)) == NULL)
		errx(1, "%s", e.msg);
	first = (unsigned)strtoul(argv[4], NULL, 10);
	n = (unsigned)strtoul(argv[5], NULL, 10);
	for (i = first; i < first + n; i++) {
		own = argc > 8 ? own_key(argv[3], i) : NULL;
		make(base, own != NULL ? own : key, argv[3], i,
		    strtoull(argv[6], NULL, 10), blobs);
		sign_key_free(own);
	}
	pkg_close(base);
	sign_key_free(key);
	return 0;
}
