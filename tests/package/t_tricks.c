/* SPDX-License-Identifier: ISC */
/*
 * Every way of making two programs see different things in one ZIP.  Each
 * sample has a head that is right for its own bytes and is signed with the
 * right key: only reading by the canonical form can refuse it.
 */
#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/hash.h"
#include "package/sign.h"

#define LOCAL	1		/* which headers a patch goes to */
#define CENTRAL	2
#define BOTH	3		/* `at' counts in the local header */
#define END	4
#define NAME	30		/* offset of the name in a local header */
#define DIR(at)	((at) >= NAME ? (at) + 16 : (at) + 2)

static const struct pkgs_file files[] = {
	{ "metadata.txt", "m" },
	{ "a.gmi", "AAAA" },
	{ "b.gmi", "BBBB" },
	{ "c/d.gmi", "DDDD" },
};

/* The good package without its head, and where things are in it. */
static struct {
	uint8_t	*data;
	size_t	 len;
	size_t	 local[N(files)], central[N(files)], dir, end;
} good;
static struct head	 head;
static struct sign_key	*key;
static struct pub_key	 pub;

static uint32_t	 get32(const uint8_t *);
static void	 put32(char *, size_t);
static void	 add_to(char *, size_t);
static char	*refused(const char *, const char *, size_t,
		    const char *, size_t);
static void	 insert(struct buf *, size_t, const void *, size_t, int);
static void	 start(struct buf *);
static void	 case_(const char *, struct buf *, const char *);
static void	 test_good(void **);
static void	 test_patches(void **);
static void	 test_inserted(void **);
static void	 test_comments(void **);
static void	 test_heads(void **);

static const struct patch {
	const char	*name;
	int		 where;
	size_t		 entry, at, len;
	const char	*bytes;
	const char	*want;		/* in the message */
} patches[] = {
	{ "local name differs", LOCAL, 1, NAME, 1, "x", "canonical" },
	{ "central name differs", CENTRAL, 1, DIR(NAME) + 1, 1, "-",
	    "canonical" },
	{ "local name shorter", LOCAL, 1, 26, 1, "\4", "canonical" },
	{ "local size differs", LOCAL, 1, 22, 1, "\3", "canonical" },
	{ "local packed size differs", LOCAL, 1, 18, 1, "\3", "canonical" },
	{ "packed size differs", BOTH, 1, 18, 1, "\3", "canonical" },
	{ "sizes smaller: a gap", BOTH, 1, 18, 8, "\3\0\0\0\3\0\0",
	    "the entries make" },
	{ "sizes larger: overlap", BOTH, 1, 18, 8, "\5\0\0\0\5\0\0",
	    "the entries make" },
	{ "size 4 GiB - 1", BOTH, 1, 22, 4, "\xff\xff\xff\xff",
	    "at most" },
	{ "local CRC differs", LOCAL, 1, 14, 1, "\0", "canonical" },
	{ "central CRC differs", CENTRAL, 1, DIR(14), 1, "\0", "canonical" },
	{ "bad CRC", BOTH, 1, 14, 4, "\1\2\3\4", "a.gmi: CRC-32" },
	{ "CRC 0", BOTH, 1, 14, 4, "\0\0\0", "a.gmi: CRC-32" },
	{ "two entries, one body", CENTRAL, 2, 42, 1, "\x2b", "canonical" },
	{ "offset behind the file", CENTRAL, 2, 42, 4, "\xff\xff\xff\x7f",
	    "canonical" },
	{ "encrypted", BOTH, 1, 6, 1, "\1", "canonical" },
	{ "encrypted, local only", LOCAL, 1, 6, 1, "\1", "canonical" },
	{ "data descriptor", BOTH, 1, 6, 1, "\x08", "canonical" },
	{ "UTF-8 flag", BOTH, 1, 7, 1, "\x08", "canonical" },
	{ "strong encryption", BOTH, 1, 6, 1, "\x41", "canonical" },
	{ "method deflate", BOTH, 1, 8, 1, "\x08", "canonical" },
	{ "method deflate, local only", LOCAL, 1, 8, 1, "\x08",
	    "canonical" },
	{ "method zstd", BOTH, 1, 8, 1, "\x5d", "canonical" },
	{ "version 2.0", BOTH, 1, 4, 1, "\x14", "canonical" },
	{ "version 4.5 (ZIP64)", BOTH, 1, 4, 1, "\x2d", "canonical" },
	{ "a time", BOTH, 1, 10, 1, "\1", "canonical" },
	{ "a date", BOTH, 1, 12, 1, "\x22", "canonical" },
	{ "made by DOS", CENTRAL, 1, 5, 1, "\0", "canonical" },
	{ "symlink", CENTRAL, 1, 40, 2, "\xff\xa1", "canonical" },
	{ "character device", CENTRAL, 1, 40, 2, "\xa4\x21", "canonical" },
	{ "block device", CENTRAL, 1, 40, 2, "\xa4\x61", "canonical" },
	{ "fifo", CENTRAL, 1, 40, 2, "\xa4\x11", "canonical" },
	{ "folder mode", CENTRAL, 1, 40, 2, "\xed\x41", "canonical" },
	{ "set-user-id", CENTRAL, 1, 40, 2, "\xed\x89", "canonical" },
	{ "executable", CENTRAL, 1, 40, 2, "\xed\x81", "canonical" },
	{ "DOS folder bit", CENTRAL, 1, 38, 1, "\x10", "canonical" },
	{ "text bit", CENTRAL, 1, 36, 1, "\1", "canonical" },
	{ "on another disk", CENTRAL, 1, 34, 1, "\1", "canonical" },
	{ "entry comment", CENTRAL, 1, 32, 1, "\1", "canonical" },
	{ "central extra field", CENTRAL, 1, 30, 1, "\4", "canonical" },
	{ "local extra field", LOCAL, 1, 28, 1, "\4", "canonical" },
	{ "local signature", LOCAL, 1, 2, 1, "\7", "canonical" },
	{ "central signature", CENTRAL, 1, 2, 1, "\7", "cut short" },
	{ "name longer than the directory", CENTRAL, 3, 28, 2, "\xff\xff",
	    "cut short" },
	{ "twice the same name", BOTH, 2, NAME, 1, "a", "a.gmi: twice" },
	{ "case twin", BOTH, 2, NAME, 1, "A", "not a safe name" },
	{ "NUL in a name", BOTH, 1, NAME, 5, "a\0gmi", "not a safe name" },
	{ "traversal", BOTH, 3, NAME, 7, "../d.gm", "not a safe name" },
	{ "traversal inside", BOTH, 3, NAME, 7, "c/../gm",
	    "not a safe name" },
	{ "one dot", BOTH, 3, NAME, 7, "c/./gmi", "not a safe name" },
	{ "absolute", BOTH, 3, NAME, 7, "/etc/pa", "not a safe name" },
	{ "drive", BOTH, 3, NAME, 7, "c:d.gmi", "not a safe name" },
	{ "backslash", BOTH, 3, NAME, 7, "c\\d.gmi", "not a safe name" },
	{ "LF in a name", BOTH, 3, NAME, 7, "c/d\ngmi", "not a safe name" },
	{ "UTF-8 in a name", BOTH, 3, NAME, 7, "c/\xe6\xb1\x9f.g",
	    "not a safe name" },
	{ "hidden file", BOTH, 3, NAME, 7, "c/.gmi0", "not a safe name" },
	{ "folder entry", BOTH, 3, NAME, 7, "c/d.gm/", "not a safe name" },
	{ "empty segment", BOTH, 3, NAME, 7, "c//d.gm", "not a safe name" },
	{ "file and folder", BOTH, 3, NAME, 7, "b.gmi/x",
	    "b.gmi: both a file and a folder" },
	{ "out of order", BOTH, 1, NAME, 1, "b", "b.gmi: twice" },
	{ "out of order", BOTH, 1, NAME, 1, "e", "b.gmi: out of order" },
	{ "metadata.txt not first", BOTH, 0, NAME, 1, "n", "out of order" },
	{ "body changed", LOCAL, 1, NAME + 5, 1, "B", "a.gmi: CRC-32" },
	{ "end: this disk", END, 0, 4, 1, "\1", "canonical" },
	{ "end: directory's disk", END, 0, 6, 1, "\1", "canonical" },
	{ "end: fewer on this disk", END, 0, 8, 1, "\3", "canonical" },
	{ "end: fewer entries", END, 0, 8, 3, "\3\0\3", "the entries make" },
	{ "end: more entries", END, 0, 8, 3, "\5\0\5", "cut short" },
	{ "end: no entries", END, 0, 8, 3, "\0\0\0", "no entries" },
	{ "end: 65535 entries (ZIP64)", END, 0, 8, 4, "\xff\xff\xff\xff",
	    "cut short" },
	{ "end: directory larger", END, 0, 12, 1, "\xff", "canonical" },
	{ "end: ZIP64 offset", END, 0, 16, 4, "\xff\xff\xff\xff",
	    "no directory" },
	{ "end: directory elsewhere", END, 0, 16, 1, "\0", "cut short" },
	{ "end: comment shorter", END, 0, 20, 1, "\1", "no end record" },
	{ "end: no signature", END, 0, 2, 1, "\7", "no end record" },
};

static uint32_t
get32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static void
put32(char *p, size_t v)
{
	int	 i;

	for (i = 0; i < 4; i++, v >>= 8)
		p[i] = (char)v;
}

static void
add_to(char *p, size_t n)
{
	put32(p, get32((const uint8_t *)p) + n);
}

/*
 * Put a signed head behind these bytes, which end where the comment begins;
 * tail comes between the signed lines and the signature.  The message with
 * which the package is refused, or the test fails.
 */
static char *
refused(const char *name, const char *data, size_t len, const char *more,
    size_t more_len)
{
	static struct err	 e;
	struct head		 h = head;
	struct buf		 b = BUF_INIT, text = BUF_INIT;
	struct pkg		*p;
	char			*core;

	core = malloc(len);
	memcpy(core, data, len);
	core[len - 2] = core[len - 1] = '\0';
	assert_int_equal(sha_bytes(core, len, h.core, &e), 0);
	free(core);
	h.core_size = len;
	head_write(&h, &text);
	assert_int_equal(sign_head(key, &text, &e), 0);
	buf_add(&text, more, more_len);
	buf_add(&b, data, len);
	if (b.data[len - 2] == '\0' && b.data[len - 1] == '\0') {
		b.data[len - 2] = (char)text.len;
		b.data[len - 1] = (char)(text.len >> 8);
	}
	buf_add(&b, text.data, text.len);
	e.msg[0] = '\0';
	p = pkg_open(pkgs_file(b.data, b.len), name, &pub, 1, &e);
	buf_free(&b);
	buf_free(&text);
	if (p != NULL) {
		pkg_close(p);
		return NULL;
	}
	assert_int_equal(e.status, STATUS_REFUSED);
	return e.msg;
}

static void
case_(const char *name, struct buf *b, const char *want)
{
	const char	*msg;

	assert_true(buf_ok(b));
	msg = refused(name, b->data, b->len, "", 0);
	if (msg == NULL)
		fail_msg("%s: accepted", name);
	if (strstr(msg, want) == NULL)
		fail_msg("%s: \"%s\", want \"%s\"", name, msg, want);
	buf_free(b);
}

static void
start(struct buf *b)
{
	buf_init(b);
	buf_add(b, good.data, good.len);
}

/* Insert bytes; fix: move all offsets behind them as a careful forger. */
static void
insert(struct buf *b, size_t at, const void *data, size_t n, int fix)
{
	size_t	 i, old = b->len;

	assert_non_null(buf_room(b, n));
	memmove(b->data + at + n, b->data + at, old - at);
	memcpy(b->data + at, data, n);
	b->len += n;
	if (!fix)
		return;
	for (i = 0; i < N(files); i++)
		if (good.local[i] >= at)
			add_to(b->data + good.central[i] + 42 +
			    (good.central[i] >= at ? n : 0), n);
	if (good.dir >= at)
		add_to(b->data + good.end + 16 + (good.end >= at ? n : 0), n);
}

static void
test_good(void **state)
{
	(void)state;
	assert_null(refused("good", (char *)good.data, good.len, "", 0));
}

static void
test_patches(void **state)
{
	const struct patch	*p;
	struct buf		 b;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(patches); i++) {
		p = &patches[i];
		start(&b);
		if (p->where & LOCAL)
			memcpy(b.data + good.local[p->entry] + p->at,
			    p->bytes, p->len);
		if (p->where & CENTRAL)
			memcpy(b.data + good.central[p->entry] +
			    (p->where == BOTH ? DIR(p->at) : p->at),
			    p->bytes, p->len);
		if (p->where & END)
			memcpy(b.data + good.end + p->at, p->bytes, p->len);
		if (memcmp(b.data, good.data, b.len) == 0)
			fail_msg("%s: changes nothing", p->name);
		case_(p->name, &b, p->want);
	}
}

static void
test_inserted(void **state)
{
	static const char	 zip64[76] = "PK\6\6\x2c";
	static const char	 junk[] = "#!/bin/sh\nrm -rf /\n";
	static const char	 local[] = "PK\3\4\n\0\0\0\0\0\0\0\x21\0"
	    "\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0x.gmi";
	struct buf		 b;
	size_t			 n;

	(void)state;
	start(&b);
	insert(&b, 0, junk, sizeof(junk), 0);
	case_("prefix junk", &b, "cut short");
	start(&b);
	insert(&b, 0, junk, sizeof(junk), 1);
	case_("prefix junk, offsets moved", &b, "the entries make");
	start(&b);
	insert(&b, good.local[2], "xxxx", 4, 1);
	case_("gap between entries", &b, "the entries make");
	start(&b);
	insert(&b, good.local[2], local, sizeof(local) - 1, 1);
	case_("entry without a central record", &b, "the entries make");
	start(&b);
	insert(&b, good.dir, "PK\x07\x08\0\0\0\0\4\0\0\0\4\0\0\0", 16, 1);
	case_("data descriptor behind a body", &b, "the entries make");
	start(&b);
	insert(&b, good.end, "PK\5\5\1\0x", 7, 1);
	case_("digital signature record", &b, "the entries make");
	start(&b);
	insert(&b, good.end, zip64, sizeof(zip64), 1);
	case_("ZIP64 records", &b, "the entries make");
	start(&b);
	n = good.len - good.dir;
	insert(&b, good.end, good.data + good.dir, n, 0);
	case_("two directories", &b, "the entries make");
	start(&b);
	insert(&b, good.len - 2, "\0\0", 2, 0);
	case_("two bytes before the head", &b, "no end record");
	start(&b);
	b.data[good.central[1] + 30] = 4;
	insert(&b, good.central[1] + 46 + 5, "\1\0\0\0", 4, 0);
	case_("central extra field with bytes", &b, "cut short");
	start(&b);
	b.data[good.local[1] + 28] = 4;
	insert(&b, good.local[1] + 30 + 5, "\1\0\0\0", 4, 1);
	case_("local extra field with bytes", &b, "the entries make");
	buf_init(&b);
	buf_add(&b, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	case_("empty archive", &b, "no entries");
}

static void
test_comments(void **state)
{
	static const struct {
		const char	*name, *more;
		size_t		 len;
		const char	*want;
	} cases[] = {
		{ "end record in the comment", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0"
		    "\0\0\0\0\0\0\0", 22, "head" },
		{ "NUL behind the head", "\0", 1, "printable" },
		{ "LF behind the head", "\n", 1, "last line" },
		{ "line behind the head", "x\n", 2, "last line" },
		{ "CR behind the head", "\r\n", 2, "printable" },
		{ "UTF-8 behind the head", "\xe6\xb1\x9f\n", 4, "printable" },
		{ "no LF at the end", "x", 1, "no LF" },
	};
	char		*much, *msg;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		msg = refused(cases[i].name, (char *)good.data, good.len,
		    cases[i].more, cases[i].len);
		if (msg == NULL || strstr(msg, cases[i].want) == NULL)
			fail_msg("%s: %s", cases[i].name,
			    msg == NULL ? "accepted" : msg);
	}
	much = malloc(70000);
	memset(much, '\n', 70000);
	assert_non_null(refused("longest", (char *)good.data, good.len, much,
	    HEAD_MAX));
	assert_non_null(refused("longer", (char *)good.data, good.len, much,
	    60000));
	free(much);
}

/* The signed head says other things about the bytes than they are. */
static void
test_heads(void **state)
{
	struct head	 was = head;
	const char	*msg;

	(void)state;
	head.wire[5] ^= 1;
	msg = refused("wire", (char *)good.data, good.len, "", 0);
	assert_non_null(msg);
	assert_non_null(strstr(msg, "wire form"));
	head = was;
	head.wire_size++;
	msg = refused("wire", (char *)good.data, good.len, "", 0);
	assert_non_null(strstr(msg, "wire form"));
	head = was;
}

static int
setup(void **state)
{
	struct pkg	*p;
	size_t		 i, at;
	int		 fd;

	(void)state;
	key = pkgs_key(5, &pub);
	fd = pkgs_make(files, N(files), 0, key);
	good.data = pkgs_read(fd, &good.len);
	p = pkg_open(fd, "good", &pub, 1, NULL);
	head = *pkg_head(p);
	good.len = (size_t)head.core_size;
	good.data[good.len - 2] = good.data[good.len - 1] = 0;
	for (i = 0, at = 0; i < N(files); i++) {
		good.local[i] = at;
		at += 30 + strlen(files[i].path) + strlen(files[i].body);
	}
	good.dir = at;
	for (i = 0; i < N(files); i++) {
		good.central[i] = at;
		at += 46 + strlen(files[i].path);
	}
	good.end = at;
	pkg_close(p);
	return good.end + 22 == good.len ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	free(good.data);
	sign_key_free(key);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_patches),
		cmocka_unit_test(test_inserted),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_heads),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
