/* SPDX-License-Identifier: ISC */
/*
 * The lower half of the page on mirroring: how to download the package, read it
 * without apeng, prove it with stock tools, and keep a mirror.
 *
 * The shell commands are patterns in which `@' stands for the capsule's id;
 * they are broken with `\' so that a pasted line does the same as the long one.
 * Trusts the profile, which content/ has checked: its id, host names and key
 * hold no byte that a shell would read as more than a word.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/mirror.h"
#include "render/part.h"
#include "proto/idiom.h"

#define KB_STEP		10	/* the size is rounded to so many KB */
#define FRAME_BYTES	2560	/* a page like this, or the package's head */
#define HARD		'\1'	/* a blank at which no command is broken */

/*
 * Write one command on lines of at most CHART_COLS columns, which a reader can
 * paste into a shell unchanged: `\' at the end of a line joins it to the next.
 * Lines are broken between words, and inside a word that is too long.
 */
static void
command(const struct pen *p, const char *s)
{
	char	 line[CHART_COLS + 1];
	size_t	 n = 0, len, room;

	while (*s != '\0') {
		len = strcspn(s, " ");
		room = CHART_COLS - (s[len] == '\0' ? 0 : 2);
		if (n > 0 && n + 1 + len > room) {
			memcpy(line + n, " \\", 2);
			idiom_line(p->b, line, n + 2);
			n = 0;
			line[n++] = ' ';
		} else if (n > 0)
			line[n++] = ' ';
		for (; len > 0; len--, s++) {
			if ((n == CHART_COLS - 1 && len > 1) ||
			    (n == room && len <= CHART_COLS - room)) {
				line[n++] = '\\';
				idiom_line(p->b, line, n);
				n = 0;
			}
			line[n++] = *s == HARD ? ' ' : *s;
		}
		s += strspn(s, " ");
	}
	idiom_line(p->b, line, n);
}

/* Append a pattern with the capsule's id for each `@'. */
static void
filled(struct buf *b, const char *s, const struct profile *p)
{
	for (; *s != '\0'; s++) {
		if (*s == '@')
			buf_str(b, p->id);
		else
			buf_ch(b, *s);
	}
}

/* Write a block of commands; the line above it says what they do. */
static void
commands(const struct pen *p, const char *const *list, size_t n)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;

	buf_str(p->b, "``` ");
	pen_word(p, LANG_SHELL);
	buf_ch(p->b, '\n');
	for (i = 0; i < n; i++) {
		buf_reset(&b);
		filled(&b, list[i], p->p);
		if (buf_ok(&b))
			command(p, b.data);
		else
			p->b->failed = 1;
	}
	buf_free(&b);
	idiom_block_end(p->b);
	pen_empty(p);
}

static void
download(const struct render *r, const struct pen *p)
{
	struct buf	 name = BUF_INIT;

	buf_fmt(&name, "%s.gpub", p->p->id);
	if (!buf_ok(&name)) {
		p->b->failed = 1;
		buf_free(&name);
		return;
	}
	pen_heading(p, 2, p->v->word[LANG_GET]);
	pen_line(p, p->v->word[LANG_GET_READ]);
	pen_empty(p);
	/* Relative: a mirror's readers do not download from the origin. */
	buf_fmt(p->b, "=> ../%s ", name.data);
	pen_word_of(p, LANG_GET_LINK, name.data);
	pen_open(p);
	pen_kb(p, (size_t)r->bytes + FRAME_BYTES * (1 + p->p->nlang), KB_STEP);
	pen_close(p);
	buf_str(p->b, "\n\n");
	pen_word_of(p, LANG_STOCK_OPEN, name.data);
	buf_str(p->b, "\n\n");
	buf_free(&name);
}

static void
mirror(const struct pen *p)
{
	static const char *const	serve[] = {
		"apeng serve -p\1@.pub @.gpub"
	};
	struct buf	 b = BUF_INIT;
	const char	*fetch[1];

	buf_fmt(&b, "apeng mirror --every 1h -p\1@.pub "
	    "-o\1@.gpub gemini://%s/",
	    p->p->nhost > 0 ? p->p->host[0] : "HOST");
	if (!buf_ok(&b)) {
		p->b->failed = 1;
		buf_free(&b);
		return;
	}
	fetch[0] = b.data;
	pen_heading(p, 2, p->v->word[LANG_APENG]);
	pen_line(p, p->v->word[LANG_APENG_TEXT]);
	commands(p, fetch, 1);
	pen_line(p, p->v->word[LANG_APENG_STICK]);
	commands(p, serve, 1);
	buf_free(&b);
}

void
half_mirror(const struct render *r, const struct pen *p)
{
	static const char *const	unpack[] = { "unzip @.gpub -d\1@" };
	static const char *const	prove[] = {
		"unzip -z @.gpub >\1note",
		"sed -n '/^apeng-head/,$p' note > all",
		"sed '/^untrusted/,$d' all > head",
		"sed -n '/^untrusted/,$p' all > sig",
		"minisign -V -p\1@.pub -m\1head -x\1sig",
		"set -- $(grep '^core' head)",
		"head -c\1$(($3\1-\0012)) @.gpub >\1core",
		"printf '\\0\\0' >> core",
		"echo \"$2\1\1core\" | sha256sum -c",
	};
	struct buf	 key = BUF_INIT;
	const char	*make[2];

	download(r, p);
	pen_heading(p, 2, p->v->word[LANG_STOCK]);
	pen_line(p, p->v->word[LANG_STOCK_TEXT]);
	commands(p, unpack, 1);
	pen_heading(p, 2, p->v->word[LANG_KEY]);
	if (p->p->key != NULL) {
		pen_line(p, p->v->word[LANG_KEY_TEXT]);
		pen_empty(p);
		pen_line(p, p->p->key);
		pen_empty(p);
		pen_word_of(p, LANG_KEY_FILE, p->p->id);
		buf_ch(p->b, '\n');
		buf_fmt(&key, "echo %s >>\1@.pub", p->p->key);
		make[0] = "echo untrusted comment: key >\1@.pub";
		make[1] = key.data;
		if (buf_ok(&key))
			commands(p, make, 2);
		else
			p->b->failed = 1;
		buf_free(&key);
	} else {
		pen_word_of(p, LANG_UNSIGNED, p->p->id);
		buf_str(p->b, "\n\n");
	}
	pen_heading(p, 2, p->v->word[LANG_PROVE]);
	pen_line(p, p->v->word[LANG_PROVE_TEXT]);
	commands(p, prove, sizeof(prove) / sizeof(prove[0]));
	pen_line(p, p->v->word[LANG_PROVE_GOOD]);
	pen_empty(p);
	mirror(p);
}
