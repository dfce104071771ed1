/* SPDX-License-Identifier: ISC */
/* data/files.txt: what is written is read, and nothing else is. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "proto/files.h"
#include "proto/picture.h"
#include "proto/types.h"

#define H	"9de6e87a5c21cf0f4f2015c363d800624810e0770cda352390dcf4c4e396046c"
#define A	"files/a.png image/png 344 " H " 64x48\n"

static const struct {
	const char	*name, *text, *why;	/* NULL: it is taken */
} cases[] = {
	{ "nothing", "", NULL },
	{ "a picture", A, NULL },
	{ "two", A "files/b.pdf application/pdf 1 " H " -\n", NULL },
	{ "a folder", "files/b/c.txt text/plain 7 " H " -\n", NULL },
	{ "duplicate path", A A, ":2: the paths do not rise" },
	{ "falling", "files/b.pdf application/pdf 1 " H " -\n" A,
	    ":2: the paths do not rise" },
	{ "absurd size", "files/a.pdf application/pdf 99999999999999999999 "
	    H " -\n", "want a size" },
	{ "too large", "files/a.pdf application/pdf 268435457 " H " -\n",
	    "want a size" },
	{ "no size", "files/a.pdf application/pdf 0 " H " -\n",
	    "want a size" },
	{ "minus", "files/a.pdf application/pdf -1 " H " -\n",
	    "want a size" },
	{ "leading zero", "files/a.pdf application/pdf 07 " H " -\n",
	    "not written" },
	{ "above", "files/../a.pdf application/pdf 7 " H " -\n",
	    "want a safe path" },
	{ "absolute", "/files/a.pdf application/pdf 7 " H " -\n",
	    "want a safe path" },
	{ "a page", "en/a.gmi text/gemini 7 " H " -\n", "want a safe path" },
	{ "the folder alone", "files/ text/plain 7 " H " -\n",
	    "want a safe path" },
	{ "another type", "files/a.pdf text/html 7 " H " -\n",
	    "not written" },
	{ "a program", "files/a.exe application/octet-stream 7 " H " -\n",
	    "no type" },
	{ "short hash", "files/a.pdf application/pdf 7 9de6 -\n",
	    "want a SHA-256" },
	{ "capitals", "files/a.pdf application/pdf 7 "
	    "9DE6E87A5C21CF0F4F2015C363D800624810E0770CDA352390DCF4C4E396046C"
	    " -\n", "want a SHA-256" },
	{ "sides of a document", "files/a.pdf application/pdf 7 " H
	    " 1x1\n", "want the sides" },
	{ "no sides", "files/a.png image/png 7 " H " -\n", "want the sides" },
	{ "a side of 0", "files/a.png image/png 7 " H " 0x4\n",
	    "want the sides" },
	{ "a side too many", "files/a.png image/png 7 " H " 4x4x4\n",
	    "want the sides" },
	{ "a large side", "files/a.png image/png 7 " H " 65536x4\n",
	    "want the sides" },
	{ "more behind it", "files/a.pdf application/pdf 7 " H " - x\n",
	    "not written" },
	{ "no end", "files/a.pdf application/pdf 7 " H " -", "no end" },
	{ "CRLF", "files/a.pdf application/pdf 7 " H " -\r\n",
	    "want the sides" },
	{ "empty line", A "\n", ":2: want a safe path" },
};

static void
lists(void **unused)
{
	struct files	 l;
	struct file_row	 row;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 rv;

	(void)unused;
	for (i = 0; i < N(cases); i++) {
		memset(&l, 0, sizeof(l));
		memset(&e, 0, sizeof(e));
		l.at = cases[i].text;
		l.left = strlen(cases[i].text);
		buf_reset(&b);
		buf_str(&b, "");
		while ((rv = files_next(&l, &row, &e)) == 1)
			files_write(&b, &row);
		if (cases[i].why == NULL) {
			assert_int_equal(rv, 0);
			assert_string_equal(b.data, cases[i].text);
		} else if (rv != -1 || strstr(e.msg, cases[i].why) == NULL)
			fail_msg("%s: %d %s", cases[i].name, rv, e.msg);
	}
	buf_free(&b);
}

static void
too_many(void **unused)
{
	struct files	 l;
	struct file_row	 row = { .type = &file_types[4], .size = 1 };
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 n, k;
	int		 rv;

	(void)unused;
	for (n = 0; n <= FILES_MAX; n++) {
		snprintf(row.path, sizeof(row.path), "files/%05zu.pdf", n);
		files_write(&b, &row);
	}
	assert_true(buf_ok(&b) && b.len <= FILES_LIST_MAX);
	memset(&l, 0, sizeof(l));
	l.at = b.data;
	l.left = b.len;
	for (k = 0; (rv = files_next(&l, &row, &e)) == 1; k++)
		;
	assert_int_equal(rv, -1);
	assert_int_equal(k, FILES_MAX);
	buf_free(&b);
}

/* Each type has a MIME type of its own. */
static void
types(void **unused)
{
	char	 path[40];
	size_t	 i;

	(void)unused;
	for (i = 0; i < file_ntypes; i++) {
		snprintf(path, sizeof(path), "files/a%s",
		    file_types[i].suffix);
		assert_string_equal(type_of(path, strlen(path))->suffix,
		    file_types[i].suffix);
	}
	assert_ptr_equal(file_type_of("a.jpg", 5), &file_types[1]);
	assert_null(file_type_of(".jpg", 4));
	assert_null(file_type_of("a.jpeg", 6));
}

#define B(text)	text, sizeof(text) - 1

static const struct {
	const char	*name, *bytes;
	size_t		 len;
	const char	*suffix;
	unsigned	 width, height;
	int		 has_exif;
} pictures[] = {
	{ "nothing", B(""), NULL, 0, 0, 0 },
	{ "text", B("hello"), NULL, 0, 0, 0 },
	{ "a web page", B("<html>"), NULL, 0, 0, 0 },
	{ "PDF", B("%PDF-1.7\n"), ".pdf", 0, 0, 0 },
	{ "GIF", B("GIF89a\x40\x00\x30\x00..."), ".gif", 64, 48, 0 },
	{ "GIF, cut", B("GIF89a\x40"), ".gif", 0, 0, 0 },
	{ "PNG", B("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x30"
	    "\x08\x02\0\0\0\0\0\0\0"), ".png", 64, 48, 0 },
	{ "PNG, EXIF", B("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x30"
	    "\x08\x02\0\0\0\0\0\0\0\0\0\0\x01" "eXIfxabcd"), ".png", 64, 48,
	    1 },
	{ "PNG, a chunk too long", B("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40"
	    "\0\0\0\x30\x08\x02\0\0\0\0\0\0\0\xff\xff\xff\xff" "tEXtxabcd"),
	    ".png", 64, 48, 0 },
	{ "PNG, cut", B("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40"), ".png", 0,
	    0, 0 },
	{ "JPEG", B("\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\0\x30\0\x40"),
	    ".jpg", 64, 48, 0 },
	{ "JPEG, EXIF", B("\xff\xd8\xff\xe1\0\x08" "Exif\0\0\xff\xff\xc2\0"
	    "\x0b\x08\0\x30\0\x40"), ".jpg", 64, 48, 1 },
	{ "JPEG, tables before it", B("\xff\xd8\xff\xc4\0\4ab\xff\xc0\0\x0b"
	    "\x08\0\x30\0\x40"), ".jpg", 64, 48, 0 },
	{ "JPEG, a segment too long", B("\xff\xd8\xff\xe0\xff\xff" "ab"),
	    ".jpg", 0, 0, 0 },
	{ "JPEG, a segment of 1", B("\xff\xd8\xff\xe0\0\1ab"), ".jpg", 0, 0,
	    0 },
	{ "JPEG, no frame", B("\xff\xd8\xff\xda\0\4ab"), ".jpg", 0, 0, 0 },
	{ "WebP, lossy", B("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a"
	    "\x40\0\x30\0"), ".webp", 64, 48, 0 },
	{ "WebP, lossless", B("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc0\x0b"
	    "\0\0\0\0\0\0"), ".webp", 64, 48, 0 },
	{ "WebP, extended", B("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\x08\0\0\0\x3f\0\0"
	    "\x2f\0\0"), ".webp", 64, 48, 1 },
	{ "WebP, cut", B("RIFF\0\0\0\0WEBPVP8X"), ".webp", 0, 0, 0 },
};

/* Each once more in a buffer of its own, so that no byte behind it is read. */
static void
first_looks(void **unused)
{
	struct first_bytes	 p;
	uint8_t		*own;
	size_t		 i;

	(void)unused;
	for (i = 0; i < N(pictures); i++) {
		own = malloc(pictures[i].len + 1);
		assert_non_null(own);
		memcpy(own, pictures[i].bytes, pictures[i].len);
		own = realloc(own, pictures[i].len + (pictures[i].len == 0));
		picture_read(own, pictures[i].len, &p);
		free(own);
		if (pictures[i].suffix == NULL ? p.suffix != NULL :
		    p.suffix == NULL || strcmp(p.suffix,
		    pictures[i].suffix) != 0)
			fail_msg("%s: %s", pictures[i].name,
			    p.suffix == NULL ? "none" : p.suffix);
		if (p.width != pictures[i].width ||
		    p.height != pictures[i].height ||
		    p.has_exif != pictures[i].has_exif)
			fail_msg("%s: %ux%u %d", pictures[i].name, p.width,
			    p.height, p.has_exif);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(too_many),
		cmocka_unit_test(types),
		cmocka_unit_test(first_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
