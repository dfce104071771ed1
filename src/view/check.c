/* SPDX-License-Identifier: ISC */
/*
 * The rules over the bytes of finished replies.  A line of ASCII and hanzi
 * alone is measured at once; any other line is decoded first.  The code that
 * made the reply is not trusted.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "proto/gopher.h"
#include "view/check.h"

struct reply_check {
	const struct view	*view;
	check_found		 found;
	void			*arg;
	size_t			 line, count;
	size_t			 links, info;
	struct buf		 utf8;		/* a line, decoded */
};

/*
 * Report a finding.  arg fills the first place of the text; arg NULL: a and b
 * fill its places.
 */
static void
tell_all(struct reply_check *c, const char *rule, const char *text,
    const char *arg, size_t a, size_t b)
{
	struct finding	 f;

	finding_set(&f, rule, text);
	if (arg != NULL)
		snprintf(f.arg[0], FINDING_ARG, "%s", arg);
	else {
		finding_number(&f, 0, a);
		finding_number(&f, 1, b);
	}
	c->count++;
	if (c->found != NULL)
		c->found(c->arg, c->line, &f);
}

static void
tell(struct reply_check *c, const char *rule, const char *text)
{
	tell_all(c, rule, text, "", 0, 0);
}

static void
tell_numbers(struct reply_check *c, const char *rule, const char *text,
    size_t found, size_t most)
{
	tell_all(c, rule, text, NULL, found, most);
}

/*
 * Columns of a line that holds nothing but printable ASCII, hanzi and their
 * marks, in the bytes of the charset; -1: the line holds others.
 */
static long
plain_width(const struct charset *c, const char *s, size_t len)
{
	size_t	 n, width = 0;

	for (; len > 0; s += n, len -= n) {
		if (c->of == NULL && (n = text_ascii_run(s, len)) > 0)
			width += n;
		else if (c->plain == NULL ||
		    (n = c->plain(s, len, &width)) == 0)
			return -1;
	}
	return (long)width;
}

/* Check charset and columns of one line of text, or of an item's title. */
static void
check_line(struct reply_check *c, const char *s, size_t len, unsigned cols)
{
	const struct charset	*set = c->view->charset;
	const char		*fault;
	size_t			 i, width;
	long			 plain;

	if ((plain = plain_width(set, s, len)) != -1 && plain <= (long)cols)
		return;
	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			break;
	if (i < len)
		tell(c, "control", "a control byte in the line");
	buf_reset(&c->utf8);
	if (set->decode(s, len, &c->utf8) == -1) {
		tell_all(c, "charset", "a byte that is not %s",
		    set->label, 0, 0);
		return;
	}
	if (set->fault != NULL && (fault = set->fault(s, len)) != NULL)
		tell(c, set->name, fault);
	width = charset_width(set, c->utf8.data == NULL ? "" : c->utf8.data,
	    c->utf8.len);
	if (width > cols)
		tell_numbers(c, "width", "%s columns, at most %s", width, cols);
}

static int
selector_is_plain(const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= '0' && s[i] <= '9') || s[i] == '/' ||
		    s[i] == '.' || s[i] == '_' || s[i] == '-'))
			return 0;
	return 1;
}

static void
check_selector(struct reply_check *c, const struct gopher_item *i)
{
	if (i->type == 'h' && i->selectorlen > 4 &&
	    memcmp(i->selector, "URL:", 4) == 0)
		return;
	if (i->selectorlen > VIEW_SELECTOR)
		tell_numbers(c, "selector", "%s bytes, at most %s",
		    i->selectorlen, VIEW_SELECTOR);
	if (!selector_is_plain(i->selector, i->selectorlen))
		tell(c, "selector", "want a-z, 0-9 and / . _ - only");
}

static void
check_item(struct reply_check *c, const char *s, size_t len)
{
	struct gopher_item	 i;
	const char		*why;
	char			 type[2] = "";

	if (gopher_item_parse(s, len, &i, &why) == -1) {
		tell(c, "fields", why);
		return;
	}
	type[0] = i.type;
	if (strchr(c->view->old ? "01379i" : "01379hiIg", i.type) == NULL)
		tell_all(c, "type", "%s is no type for this tree", type, 0, 0);
	check_line(c, i.display, i.displaylen, c->view->menu_cols);
	if (i.type == 'i') {
		c->info++;
		return;
	}
	c->links++;
	if (i.displaylen == 0)
		tell(c, "fields", "an item without a title");
	if (i.hostlen == 0 || i.port == 0)
		tell(c, "fields", "an item without host or port");
	check_selector(c, &i);
}

static int
is_end(const char *s, size_t len)
{
	return len == 1 && *s == '.';
}

/*
 * Walk the lines; each() gets those before the end.  1: the last line is a
 * dot alone.
 */
static int
lines(struct reply_check *c, const char *s, size_t len,
    void (*each)(struct reply_check *, const char *, size_t))
{
	const char	*nl;
	size_t		 n;
	int		 end = 0;

	while (len > 0) {
		c->line++;
		nl = memchr(s, '\n', len);
		n = nl == NULL ? len : (size_t)(nl - s);
		if (nl == NULL || n == 0 || s[n - 1] != '\r')
			tell(c, "crlf", "a line without CR LF at its end");
		else
			n--;
		if (end)
			tell(c, "end", "something behind the last line");
		end = is_end(s, n);
		if (!end)
			each(c, s, n);
		n = nl == NULL ? len : (size_t)(nl - s) + 1;
		s += n;
		len -= n;
	}
	return end;
}

static void
text_line(struct reply_check *c, const char *s, size_t len)
{
	if (len > 0 && *s == '.')
		tell(c, "dot", "a line of text begins with a dot");
	check_line(c, s, len, c->view->text_cols);
}

size_t
check_text(const struct view *v, const char *s, size_t len, size_t most,
    check_found found, void *arg)
{
	struct reply_check	 c = { .view = v, .found = found, .arg = arg };
	int		 end;

	end = lines(&c, s, len, text_line);
	c.line = 0;
	if (end != v->old)
		tell(&c, "end", v->old ? "no last line with a dot" :
		    "a last line with a dot in a UTF-8 tree");
	if (len > most)
		tell_numbers(&c, "bytes", "%s in a text, at most %s", len, most);
	buf_free(&c.utf8);
	return c.count;
}

size_t
check_menu(const struct view *v, const char *s, size_t len, size_t most,
    check_found found, void *arg)
{
	struct reply_check	 c = { .view = v, .found = found, .arg = arg };
	size_t		 n;
	int		 end;

	end = lines(&c, s, len, check_item);
	n = c.line > 0 ? c.line - 1 : 0;
	c.line = 0;
	if (!end)
		tell(&c, "end", "no last line with a dot");
	if (c.links > VIEW_LINKS)
		tell_numbers(&c, "links", "%s in a menu, at most %s", c.links,
		    VIEW_LINKS);
	if (n > VIEW_LINES)
		tell_numbers(&c, "lines", "%s in a menu, at most %s", n, VIEW_LINES);
	if (v->old && c.info > VIEW_INFO)
		tell_numbers(&c, "info", "%s info lines, at most %s in an old "
		    "tree", c.info, VIEW_INFO);
	if (len > most)
		tell_numbers(&c, "bytes", "%s in a menu, at most %s", len, most);
	buf_free(&c.utf8);
	return c.count;
}
