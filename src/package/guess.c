/* SPDX-License-Identifier: ISC */
/*
 * Recognizes what networks and programs do to a package on its way: a login
 * page in its place, a copy in FTP's text mode, a download that was cut or
 * compressed.  This only chooses the words of a refusal: no byte of such a file
 * is used.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "package/guess.h"
#include "package/zip.h"

#define LINES_MIN	4		/* line ends that show text mode */
#define TAIL_ZIP	"PK\5\6"

static const struct {
	const char	*magic;
	size_t		 len;
	const char	*what;
} kinds[] = {
	{ "\x1f\x8b", 2, "compressed by gzip; run gunzip over it first" },
	{ "\x28\xb5\x2f\xfd", 4, "compressed by zstd; run zstd -d over it "
	    "first" },
	{ "\xfd" "7zXZ", 5, "compressed by xz; run unxz over it first" },
	{ "BZh", 3, "compressed by bzip2; run bunzip2 over it first" },
	{ "7z\xbc\xaf", 4, "packed by 7-Zip; unpack it first" },
	{ "apeng-head ", 11, "a letter, or the head of one; apeng mirror "
	    "takes letters, as file:// and its whole path" },
	{ "untrusted comment:", 18, "a key, or a signature" },
};

/* After blanks and a BOM, "<!", "<?" or "<" and a letter. */
static int
is_markup(const uint8_t *s, size_t n)
{
	size_t	 i = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (i < n && strchr(" \t\r\n", s[i]) != NULL && s[i] != '\0')
		i++;
	return i + 1 < n && s[i] == '<' && (s[i + 1] == '!' ||
	    s[i + 1] == '?' || (s[i + 1] >= 'a' && s[i + 1] <= 'z') ||
	    (s[i + 1] >= 'A' && s[i + 1] <= 'Z'));
}

static int
is_zeros(const uint8_t *s, size_t n)
{
	size_t	 i;

	for (i = 0; i < n && s[i] == 0; i++)
		;
	return i == n;
}

static int
is_text(const uint8_t *s, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (s[i] < 0x20 && strchr("\t\r\n", s[i]) == NULL)
			return 0;
	return memchr(s, '\0', n) == NULL;
}

/* 1: each line end has become CR LF, which apeng never writes. */
static int
is_text_mode(const uint8_t *s, size_t n)
{
	size_t	 i, lines = 0;

	for (i = 0; i < n; i++) {
		if (s[i] != '\n')
			continue;
		if (i > 0 && s[i - 1] != '\r')
			return 0;
		lines++;
	}
	return lines >= LINES_MIN;
}

/* The file begins as a ZIP does: find out what happened to its end. */
static void
damaged_zip(const uint8_t *head, size_t n, const uint8_t *tail, size_t ntail,
    uint64_t size, struct err *e)
{
	size_t	 i, len;

	if (is_text_mode(head, n) && is_text_mode(tail, ntail)) {
		err_set(e, "no package any more: its line ends were changed on "
		    "the way, as FTP does in text mode; copy it again, in "
		    "binary mode");
		return;
	}
	for (i = ntail < ZIP_END ? 0 : ntail - ZIP_END + 1; i-- > 0;) {
		if (memcmp(tail + i, TAIL_ZIP, 4) != 0)
			continue;
		len = (size_t)tail[i + 20] | (size_t)tail[i + 21] << 8;
		if (len == 0 && i + ZIP_END == ntail) {
			err_set(e, "no package: a ZIP without a head, packed "
			    "by another program");
			return;
		}
		if (i + ZIP_END + len < ntail) {
			err_set(e, "no end record at its very end: %zu bytes "
			    "too many are behind it; fetch it again",
			    ntail - i - ZIP_END - len);
			return;
		}
		break;
	}
	err_set(e, "no end record of a package, though it begins as one: "
	    "its end is missing after %llu bytes, the copy was cut; fetch it again",
	    (unsigned long long)size);
}

/*
 * 1: the line is a server's error message.  Other text is not quoted: a link in
 * a folder of packages may lead to a file that only root can read.
 */
static int
is_reply(const uint8_t *s, size_t n)
{
	if (n < 6)
		return 0;
	return memcmp(s, "HTTP/", 5) == 0 ||
	    (s[0] == '3' && memchr(s, '\t', n) != NULL) ||
	    (s[0] >= '4' && s[0] <= '6' && s[1] >= '0' && s[1] <= '9' &&
	    s[2] == ' ');
}

static int
first_line(const uint8_t *s, size_t n)
{
	int	 line = 0;

	while ((size_t)line < n && line < 60 && s[line] != '\r' &&
	    s[line] != '\n')
		line++;
	return line;
}

void
guess_damage(const uint8_t *head, size_t n, const uint8_t *tail,
    size_t ntail, uint64_t size, struct err *e)
{
	size_t	 i;
	int	 line;

	if (size == 0) {
		err_set(e, "no package: empty; fetch it again");
		return;
	}
	if (n >= 4 && memcmp(head, "PK\3\4", 4) == 0) {
		damaged_zip(head, n, tail, ntail, size, e);
		return;
	}
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (n >= kinds[i].len && memcmp(head, kinds[i].magic,
		    kinds[i].len) == 0) {
			err_set(e, "no package: %s", kinds[i].what);
			return;
		}
	if (is_markup(head, n))
		err_set(e, "no package: a web page (HTML) in its place, as "
		    "login pages and error pages are; fetch it again from "
		    "elsewhere");
	else if (is_zeros(head, n) && is_zeros(tail, ntail))
		err_set(e, "no package: zeros in its place, as a crash or a "
		    "broken disk leave them; fetch it again");
	else if (n > 5 && head[2] == ' ' && head[0] >= '1' && head[0] <= '6' &&
	    memmem(head, n, "\r\nPK\3\4", 6) != NULL)
		err_set(e, "no package: the answer of a Gemini server, with "
		    "its first line before the package");
	else if (is_text(head, n)) {
		line = is_reply(head, n) ? first_line(head, n) : 0;
		err_set(e, "no package: text in its place%s%.*s%s",
		    line > 0 ? ", \"" : "", line, (const char *)head,
		    line > 0 ? "\"" : "");
	} else
		err_set(e, "no package: no end record of a ZIP with a head");
}
