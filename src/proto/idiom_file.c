/* SPDX-License-Identifier: ISC */
/*
 * Links to files beside the text, and the captions and credits below them.  In
 * the label of such a link the last bracket, of any language, has a type that
 * apeng knows, the width and height of a picture, and a size; by these the
 * reader recognizes it.  The labels and lines that it reads are a stranger's.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/files.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"

#define CREDIT	"\xe2\x80\x94 "		/* an em dash and a blank */
#define JOIN	", "

static const struct {
	const char	*open, *close;
} brackets[] = {
	{ " (", ")" },
	{ "\xef\xbc\x88", "\xef\xbc\x89" },	/* full-width */
};

void
idiom_file_write(struct buf *b, const struct idiom_marks *m, const char *url,
    const struct idiom_file *f)
{
	buf_fmt(b, "=> %s ", url);
	buf_add(b, f->label.at, f->label.len);
	buf_fmt(b, "%s%s" JOIN, m->open, f->word);
	if (f->width > 0)
		buf_fmt(b, "%ux%u" JOIN, f->width, f->height);
	buf_add(b, f->size.at, f->size.len);
	buf_str(b, m->close);
	buf_ch(b, '\n');
}

/* 1: s began with the mark, and now begins behind it. */
static int
take(struct slice *s, const char *mark)
{
	size_t	 n = strlen(mark);

	if (s->len < n || memcmp(s->at, mark, n) != 0)
		return 0;
	s->at += n;
	s->len -= n;
	return 1;
}

/* Read a number of 1 to FILES_SIDE_MAX; s moves behind it.  0: none. */
static unsigned
side(struct slice *s)
{
	unsigned	 n = 0;

	if (s->len == 0 || *s->at == '0')
		return 0;
	while (s->len > 0 && *s->at >= '0' && *s->at <= '9') {
		n = n * 10 + (unsigned)(*s->at - '0');
		if (n > FILES_SIDE_MAX)
			return 0;
		s->at++;
		s->len--;
	}
	return n;
}

/* Read the text in the bracket; 0: it is not that of a file. */
static int
inside(struct slice s, struct idiom_file *f)
{
	size_t	 i;

	for (i = 0; i < file_ntypes; i++)
		if (take(&s, file_types[i].word))
			break;
	if (i == file_ntypes || !take(&s, JOIN))
		return 0;
	f->word = file_types[i].word;
	if (file_types[i].is_picture && ((f->width = side(&s)) == 0 ||
	    !take(&s, "x") || (f->height = side(&s)) == 0 || !take(&s, JOIN)))
		return 0;
	f->size = s;
	return s.len > 0;
}

int
idiom_file_read(const char *s, size_t len, struct idiom_file *f)
{
	size_t	 i, at, no, nc;

	for (i = 0; i < sizeof(brackets) / sizeof(brackets[0]); i++) {
		no = strlen(brackets[i].open);
		nc = strlen(brackets[i].close);
		if (len < no + nc || memcmp(s + len - nc, brackets[i].close,
		    nc) != 0)
			continue;
		for (at = len - nc - no + 1; at-- > 0;)
			if (memcmp(s + at, brackets[i].open, no) == 0)
				break;
		memset(f, 0, sizeof(*f));
		if (at == (size_t)-1 || at == 0 || !inside((struct slice){
		    s + at + no, len - nc - no - at }, f))
			continue;
		f->label = (struct slice){ s, at };
		return 1;
	}
	memset(f, 0, sizeof(*f));
	return 0;
}

void
idiom_credit_write(struct buf *b, const char *credit)
{
	buf_fmt(b, CREDIT "%s\n", credit);
}

int
idiom_credit_read(const char *s, size_t len, struct slice *credit)
{
	struct slice	 line = { s, len };

	if (!take(&line, CREDIT) || line.len == 0)
		return 0;
	*credit = line;
	return 1;
}

void
idiom_below_write(struct buf *b, const char *text)
{
	buf_fmt(b, "%s\n", text);
}

int
idiom_below_read(const struct gemtext_line *l, struct slice *text)
{
	if (l->type != GEMTEXT_TEXT || l->len == 0)
		return 0;
	*text = (struct slice){ l->text, l->len };
	return 1;
}
