/* SPDX-License-Identifier: ISC */
/*
 * Parses, writes and searches the site table of a package.  The text is
 * copied once and cut into fields in place; lines are counted first, to
 * allocate memory for them.  Pages are found by a hash table.  The table comes
 * from a package and is not trusted: it must be UTF-8 without control
 * characters, folders and ids may have only letters, digits, '.', '_' and '-',
 * and the number of lines is limited.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "proto/site.h"
#include "proto/url.h"

#define FIELD_MAX	6		/* beside the kind */

enum site_kind {
	KIND_ID, KIND_HOST, KIND_LANG, KIND_TREE, KIND_CONTACT, KIND_NOTICE,
	KIND_REPLACE, KIND_WORD, KIND_SECTION, KIND_PAGE, KIND_UNKNOWN
};

/* In the order in which they stand in the table. */
static const struct {
	const char	*name;
	size_t		 len;		/* of the name */
	size_t		 nfield;
	size_t		 most;		/* lines; 0: one, or one a language */
} kinds[] = {
	[KIND_ID]	= { "id",	2, 1, 0 },
	[KIND_HOST]	= { "host",	4, 1, SITE_HOST_MAX },
	[KIND_LANG]	= { "lang",	4, 5, SITE_LANG_MAX },
	[KIND_TREE]	= { "tree",	4, 2, SITE_TREE_MAX },
	[KIND_CONTACT]	= { "contact",	7, 1, 0 },
	[KIND_NOTICE]	= { "notice",	6, 3, 0 },
	[KIND_REPLACE]	= { "replace",	7, 3, SITE_REPLACE_MAX },
	[KIND_WORD]	= { "word",	4, 3, SITE_WORD_MAX },
	[KIND_SECTION]	= { "section",	7, 4, SITE_SECTION_MAX },
	[KIND_PAGE]	= { "page",	4, 6, SITE_PAGE_MAX },
};

struct site_line {
	enum site_kind	 kind;
	size_t		 number;		/* in the file, from 1 */
	size_t		 nfield;
	char		*f[FIELD_MAX];
};

/* Cut *s at the next c.  Returns the part before it; *s: behind it, or NULL. */
static char *
cut(char **s, char c)
{
	char	*part = *s, *end;

	if ((end = strchr(part, c)) != NULL)
		*end++ = '\0';
	*s = end;
	return part;
}

/* Try the kind of the line before first: most lines are of the same kind. */
static enum site_kind
kind_of(const char *s, size_t len, enum site_kind before)
{
	enum site_kind	 k = before;

	do {
		if (k != KIND_UNKNOWN && kinds[k].len == len &&
		    memcmp(s, kinds[k].name, len) == 0)
			return k;
		k = k == KIND_UNKNOWN ? KIND_ID : k + 1;
	} while (k != before);
	return KIND_UNKNOWN;
}

static void
line_split(char *s, struct site_line *l, enum site_kind before)
{
	const char	*name;

	name = cut(&s, '\t');
	l->kind = kind_of(name, strlen(name), before);
	for (l->nfield = 0; s != NULL; l->nfield++) {
		if (l->nfield < FIELD_MAX)
			l->f[l->nfield] = cut(&s, '\t');
		else
			cut(&s, '\t');
	}
}

/* 1: s has letters and digits, and behind the first also bytes of `more'. */
static int
name_ok(const char *s, const char *more)
{
	size_t	 i;

	for (i = 0; s[i] != '\0'; i++)
		if (!(s[i] >= 'a' && s[i] <= 'z') &&
		    !(s[i] >= 'A' && s[i] <= 'Z') &&
		    !(s[i] >= '0' && s[i] <= '9') &&
		    (i == 0 || strchr(more, s[i]) == NULL))
			return 0;
	return i > 0;
}

/*
 * Check folders, ids and tags, which become parts of paths, selectors, URLs and
 * a reply's first line: they must have no blank, slash or quotation mark.
 */
static int
names_check(const struct site_line *l, struct err *e)
{
	const int	 has_dir = l->kind == KIND_LANG ||
			    l->kind == KIND_WORD || l->kind == KIND_SECTION ||
			    l->kind == KIND_PAGE;
	const int	 has_id = l->kind == KIND_SECTION ||
			    l->kind == KIND_PAGE;

	if ((!has_dir || name_ok(l->f[0], "._-")) &&
	    (!has_id || name_ok(l->f[1], "._-")) &&
	    (l->kind != KIND_CONTACT || name_ok(l->f[0], "._-")) &&
	    (l->kind != KIND_LANG || (name_ok(l->f[1], "-") &&
	    strlen(l->f[1]) <= SITE_TAG_BYTES)))
		return 0;
	err_set(e, "site table: line %zu: want letters, digits, '.', '_' and "
	    "'-' in a folder or id, and a language tag as zh-Hans",
	    l->number);
	return -1;
}

/* Check a line of any kind; last: the kind of the line before, -1: none. */
static int
line_check(const struct site_line *l, int last, struct err *e)
{
	size_t	 i;

	if (l->nfield != kinds[l->kind].nfield) {
		err_set(e, "site table: line %zu: %zu fields, want %zu",
		    l->number, l->nfield, kinds[l->kind].nfield);
		return -1;
	}
	if ((int)l->kind < last || ((int)l->kind == last &&
	    (l->kind == KIND_ID || l->kind == KIND_CONTACT))) {
		err_set(e, "site table: line %zu: \"%s\" after \"%s\"",
		    l->number, kinds[l->kind].name, kinds[last].name);
		return -1;
	}
	/* Titles may be empty, and so may the text of a replacement. */
	for (i = 0; i < l->nfield; i++) {
		if (l->f[i][0] != '\0' || (l->kind == KIND_LANG && i >= 3) ||
		    (l->kind == KIND_REPLACE && i == 2) ||
		    (l->kind == KIND_SECTION && i >= 2) ||
		    (l->kind == KIND_PAGE && i >= 4))
			continue;
		err_set(e, "site table: line %zu: field %zu is empty",
		    l->number, i + 1);
		return -1;
	}
	return names_check(l, e);
}

/* 0x80 in each byte of x that is c, and nowhere else. */
static uint64_t
bytes_equal(uint64_t x, unsigned char c)
{
	const uint64_t	 low = 0x7f7f7f7f7f7f7f7fu;

	x ^= low / 0x7f * c;
	return ~(((x & low) + low) | x | low);
}

/*
 * 1: one of the eight bytes at s may be 0xc2 or a control character.  A blank
 * beside a TAB or LF can also give 1; 0 is certain.
 */
static int
is_odd_word(const char *s)
{
	const uint64_t	 ones = 0x0101010101010101u;
	uint64_t	 x, c0;

	memcpy(&x, s, sizeof(x));
	c0 = (x - ones * 0x20) & ~x & ones * 0x80;
	c0 &= ~(bytes_equal(x, '\t') | bytes_equal(x, '\n'));
	return (c0 | bytes_equal(x, 0x7f) | bytes_equal(x, 0xc2)) != 0;
}

/*
 * 1: s has a control character (C0 without TAB and LF, DEL, C1), which would be
 * sent to clients.
 */
static int
has_control(const char *s, size_t len)
{
	unsigned char	 c;
	size_t		 i, n;

	for (i = 0; i < len; i += n) {
		n = 8;
		if (len - i >= n && !is_odd_word(s + i))
			continue;
		n = 1;
		c = s[i];
		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
			return 1;
		if (c == 0xc2 && i + 1 < len &&
		    (unsigned char)s[i + 1] < 0xa0)
			return 1;
	}
	return 0;
}

/* Count the lines of each kind and allocate memory for them. */
static int
room(struct site_table *t, char *s, struct err *e)
{
	size_t		 n[KIND_UNKNOWN + 1] = { 0 };
	enum site_kind	 k = KIND_ID;
	char		*end;

	for (; *s != '\0'; s = end + 1) {
		k = kind_of(s, strcspn(s, "\t\n"), k);
		n[k]++;
		if ((end = strchr(s, '\n')) == NULL)
			break;
	}
	for (k = KIND_ID; k < KIND_UNKNOWN; k++) {
		if (kinds[k].most == 0 || n[k] <= kinds[k].most)
			continue;
		err_set(e, "site table: %zu lines of \"%s\", at most %zu",
		    n[k], kinds[k].name, kinds[k].most);
		return -1;
	}
	for (t->nslot = 8; t->nslot < 2 * n[KIND_PAGE]; t->nslot *= 2)
		continue;
	t->host = calloc(n[KIND_HOST] + 1, sizeof(*t->host));
	t->lang = calloc(n[KIND_LANG] + 1, sizeof(*t->lang));
	t->tree = calloc(n[KIND_TREE] + 1, sizeof(*t->tree));
	t->replace = calloc(n[KIND_REPLACE] + 1, sizeof(*t->replace));
	t->word = calloc(n[KIND_WORD] + 1, sizeof(*t->word));
	t->section = calloc(n[KIND_SECTION] + 1, sizeof(*t->section));
	t->page = calloc(n[KIND_PAGE] + 1, sizeof(*t->page));
	t->slot = calloc(t->nslot, sizeof(*t->slot));
	if (t->host == NULL || t->lang == NULL || t->tree == NULL ||
	    t->replace == NULL || t->word == NULL || t->section == NULL ||
	    t->page == NULL || t->slot == NULL) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

static struct site_lang *
lang_find(const struct site_table *t, const char *dir)
{
	size_t	 i;

	for (i = 0; i < t->nlang; i++)
		if (strcmp(t->lang[i].dir, dir) == 0)
			return &t->lang[i];
	return NULL;
}

static struct site_section *
section_find(const struct site_table *t, const char *dir, const char *id)
{
	size_t	 i;

	for (i = 0; i < t->nsection; i++)
		if (strcmp(t->section[i].id, id) == 0 &&
		    strcmp(t->section[i].dir, dir) == 0)
			return &t->section[i];
	return NULL;
}

static int
add_lang(struct site_table *t, const struct site_line *l, struct err *e)
{
	struct site_lang	*n = &t->lang[t->nlang];

	if (lang_find(t, l->f[0]) != NULL) {
		err_set(e, "site table: line %zu: language \"%s\" again",
		    l->number, l->f[0]);
		return -1;
	}
	n->dir = l->f[0];
	n->tag = l->f[1];
	n->name = l->f[2];
	n->title = l->f[3];
	n->short_title = l->f[4];
	t->nlang++;
	return 0;
}

static int
add_notice(struct site_table *t, const struct site_line *l, struct err *e)
{
	struct site_lang	*n = lang_find(t, l->f[0]);

	if (n == NULL || n->notice != NULL) {
		err_set(e, "site table: line %zu: notice for language \"%s\", "
		    "want one for each", l->number, l->f[0]);
		return -1;
	}
	if (clock_parse_date(l->f[1]) == -1 ||
	    strlen(l->f[1]) != 10) {
		err_set(e, "site table: line %zu: \"%s\", want YYYY-MM-DD",
		    l->number, l->f[1]);
		return -1;
	}
	n->until = l->f[1];
	n->notice = l->f[2];
	return 0;
}

static int
add_section(struct site_table *t, const struct site_line *l, struct err *e)
{
	struct site_section	*n = &t->section[t->nsection];

	if (lang_find(t, l->f[0]) == NULL) {
		err_set(e, "site table: line %zu: no language \"%s\"",
		    l->number, l->f[0]);
		return -1;
	}
	if (strcmp(l->f[1], "-") == 0 ||
	    section_find(t, l->f[0], l->f[1]) != NULL) {
		err_set(e, "site table: line %zu: section \"%s\" again",
		    l->number, l->f[1]);
		return -1;
	}
	n->dir = l->f[0];
	n->id = l->f[1];
	n->title = l->f[2];
	n->short_title = l->f[3];
	t->nsection++;
	return 0;
}

/* FNV-1a over DIR, a slash and ID. */
static size_t
hash(const char *dir, const char *id)
{
	uint64_t	 h = 14695981039346656037u;

	for (; *dir != '\0'; dir++)
		h = (h ^ (unsigned char)*dir) * 1099511628211u;
	h = (h ^ '/') * 1099511628211u;
	for (; *id != '\0'; id++)
		h = (h ^ (unsigned char)*id) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

/*
 * Add page i to the hash table, whose slots have i + 1.  -1: it has a page of
 * that name.
 */
static int
slot_add(struct site_table *t, size_t i)
{
	const struct site_page	*p = &t->page[i], *q;
	size_t			 at = hash(p->dir, p->id);

	for (;; at++) {
		at &= t->nslot - 1;
		if (t->slot[at] == 0)
			break;
		q = &t->page[t->slot[at] - 1];
		if (strcmp(p->id, q->id) == 0 && strcmp(p->dir, q->dir) == 0)
			return -1;
	}
	t->slot[at] = i + 1;
	return 0;
}

static int
add_page(struct site_table *t, const struct site_line *l, struct err *e)
{
	struct site_page	*n = &t->page[t->npage];
	struct site_section	*s;

	if (lang_find(t, l->f[0]) == NULL) {
		err_set(e, "site table: line %zu: no language \"%s\"",
		    l->number, l->f[0]);
		return -1;
	}
	s = section_find(t, l->f[0], l->f[2]);
	if (s == NULL && strcmp(l->f[2], "-") != 0) {
		err_set(e, "site table: line %zu: no section \"%s\"",
		    l->number, l->f[2]);
		return -1;
	}
	if (strlen(l->f[3]) != 10 || clock_parse_date(l->f[3]) == -1) {
		err_set(e, "site table: line %zu: \"%s\", want YYYY-MM-DD",
		    l->number, l->f[3]);
		return -1;
	}
	n->dir = l->f[0];
	n->id = l->f[1];
	n->section = l->f[2];
	n->date = l->f[3];
	n->title = l->f[4];
	n->short_title = l->f[5];
	if (slot_add(t, t->npage) == -1) {
		err_set(e, "site table: line %zu: page %s/%s again",
		    l->number, n->dir, n->id);
		return -1;
	}
	if (s != NULL) {
		if (s->n++ == 0)
			s->first = t->npage;
		s->end = t->npage + 1;
	}
	t->npage++;
	return 0;
}

static int
add(struct site_table *t, const struct site_line *l, struct err *e)
{
	switch (l->kind) {
	case KIND_ID:
		t->id = l->f[0];
		return 0;
	case KIND_HOST:
		t->host[t->nhost++] = l->f[0];
		return 0;
	case KIND_LANG:
		return add_lang(t, l, e);
	case KIND_TREE:
		if (lang_find(t, l->f[1]) == NULL) {
			err_set(e, "site table: line %zu: no language \"%s\"",
			    l->number, l->f[1]);
			return -1;
		}
		t->tree[t->ntree].tree = l->f[0];
		t->tree[t->ntree++].dir = l->f[1];
		return 0;
	case KIND_CONTACT:
		t->contact = l->f[0];
		return 0;
	case KIND_NOTICE:
		return add_notice(t, l, e);
	case KIND_REPLACE:
		if (strlen(l->f[1]) > SITE_REPLACE_BYTES ||
		    strlen(l->f[2]) > SITE_REPLACE_BYTES) {
			err_set(e, "site table: line %zu: a replacement of "
			    "more than %d bytes", l->number,
			    SITE_REPLACE_BYTES);
			return -1;
		}
		t->replace[t->nreplace].charset = l->f[0];
		t->replace[t->nreplace].from = l->f[1];
		t->replace[t->nreplace++].to = l->f[2];
		return 0;
	case KIND_WORD:
		t->word[t->nword].dir = l->f[0];
		t->word[t->nword].id = l->f[1];
		t->word[t->nword++].text = l->f[2];
		return 0;
	case KIND_SECTION:
		return add_section(t, l, e);
	case KIND_PAGE:
		return add_page(t, l, e);
	case KIND_UNKNOWN:
		break;
	}
	return 0;
}

struct site_table *
site_table_parse(const char *s, size_t len, struct err *e)
{
	struct site_table	*t;
	struct site_line		 l;
	int			 last = -1;
	char			*rest;

	if (len > SITE_BYTES_MAX) {
		err_set(e, "site table: %zu bytes, at most %u", len,
		    SITE_BYTES_MAX);
		return NULL;
	}
	if (memchr(s, '\0', len) != NULL || text_utf8_check(s, len) != len ||
	    has_control(s, len)) {
		err_set(e, "site table: not plain UTF-8 text");
		return NULL;
	}
	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (t->store = malloc(len + 1)) == NULL) {
		err_nomem(e);
		goto fail;
	}
	memcpy(t->store, s, len);
	t->store[len] = '\0';
	rest = t->store;
	if (room(t, rest, e) == -1)
		goto fail;
	if (len == 0 || s[len - 1] != '\n') {
		err_set(e, "site table: cut short, want LF at its end");
		goto fail;
	}
	if (strcmp(cut(&rest, '\n'), "apeng-site 1") != 0) {
		err_set(e, "site table: line 1: want \"apeng-site 1\"");
		goto fail;
	}
	for (l.number = 2; rest != NULL && *rest != '\0'; l.number++) {
		line_split(cut(&rest, '\n'), &l,
		    last == -1 ? KIND_ID : (enum site_kind)last);
		if (l.kind == KIND_UNKNOWN)
			continue;
		if (line_check(&l, last, e) == -1 || add(t, &l, e) == -1)
			goto fail;
		last = l.kind;
	}
	if (t->id == NULL || t->nlang == 0 || t->contact == NULL) {
		err_set(e, "site table: want an id, a language and a contact");
		goto fail;
	}
	return t;
 fail:
	site_table_free(t);
	return NULL;
}

void
site_table_free(struct site_table *t)
{
	if (t == NULL)
		return;
	free(t->host);
	free(t->lang);
	free(t->tree);
	free(t->replace);
	free(t->word);
	free(t->section);
	free(t->page);
	free(t->slot);
	free(t->store);
	free(t);
}

const struct site_page *
site_table_page(const struct site_table *t, const char *dir, const char *id)
{
	const struct site_page	*p;
	size_t			 i, at;

	if (t->slot == NULL) {
		for (i = 0; i < t->npage; i++) {
			p = &t->page[i];
			if (strcmp(p->id, id) == 0 &&
			    strcmp(p->dir, dir) == 0)
				return p;
		}
		return NULL;
	}
	for (at = hash(dir, id);; at++) {
		at &= t->nslot - 1;
		if (t->slot[at] == 0)
			return NULL;
		p = &t->page[t->slot[at] - 1];
		if (strcmp(p->id, id) == 0 && strcmp(p->dir, dir) == 0)
			return p;
	}
}

const struct site_lang *
site_table_lang_at(const struct site_table *t, const char *dir, size_t len)
{
	size_t	 i;

	for (i = 0; i < t->nlang; i++)
		if (strlen(t->lang[i].dir) == len &&
		    memcmp(t->lang[i].dir, dir, len) == 0)
			return &t->lang[i];
	return NULL;
}

const struct site_lang *
site_table_lang(const struct site_table *t, const char *dir)
{
	return site_table_lang_at(t, dir, strlen(dir));
}

const struct site_section *
site_table_section(const struct site_table *t, const char *dir,
    const char *id)
{
	const struct site_section	*s;
	size_t				 i;

	for (i = 0; i < t->nsection; i++) {
		s = &t->section[i];
		if (strcmp(s->dir, dir) == 0 && strcmp(s->id, id) == 0)
			return s;
	}
	return NULL;
}

int
site_page_is_list(const struct site_page *p)
{
	return strncmp(p->id, SITE_LIST_PREFIX, strlen(SITE_LIST_PREFIX)) == 0;
}

/* Write one line: the strings up to NULL, with TABs between them. */
static void
put(struct buf *b, const char *kind, ...)
{
	const char	*s;
	va_list		 ap;

	buf_str(b, kind);
	va_start(ap, kind);
	while ((s = va_arg(ap, const char *)) != NULL) {
		buf_ch(b, '\t');
		buf_str(b, s);
	}
	va_end(ap);
	buf_ch(b, '\n');
}

void
site_table_write(const struct site_table *t, struct buf *b)
{
	const struct site_section	*s;
	const struct site_page		*p;
	const struct site_lang		*l;
	size_t				 i;

	put(b, "apeng-site 1", NULL);
	put(b, "id", t->id, NULL);
	for (i = 0; i < t->nhost; i++)
		put(b, "host", t->host[i], NULL);
	for (i = 0; i < t->nlang; i++) {
		l = &t->lang[i];
		put(b, "lang", l->dir, l->tag, l->name, l->title,
		    l->short_title, NULL);
	}
	for (i = 0; i < t->ntree; i++)
		put(b, "tree", t->tree[i].tree, t->tree[i].dir, NULL);
	put(b, "contact", t->contact, NULL);
	for (i = 0; i < t->nlang; i++) {
		l = &t->lang[i];
		if (l->notice != NULL)
			put(b, "notice", l->dir, l->until, l->notice, NULL);
	}
	for (i = 0; i < t->nreplace; i++)
		put(b, "replace", t->replace[i].charset, t->replace[i].from,
		    t->replace[i].to, NULL);
	for (i = 0; i < t->nword; i++)
		put(b, "word", t->word[i].dir, t->word[i].id, t->word[i].text,
		    NULL);
	for (i = 0; i < t->nsection; i++) {
		s = &t->section[i];
		put(b, "section", s->dir, s->id, s->title, s->short_title,
		    NULL);
	}
	for (i = 0; i < t->npage; i++) {
		p = &t->page[i];
		put(b, "page", p->dir, p->id, p->section, p->date, p->title,
		    p->short_title, NULL);
	}
}

int
site_is_package(const struct site_table *site, const struct url *u)
{
	size_t	 n = strlen(site->id);

	return url_is(&u->scheme, "gemini") && u->path.len == n + 6 &&
	    memcmp(u->path.at + 1, site->id, n) == 0 &&
	    memcmp(u->path.at + 1 + n, ".gpub", 5) == 0;
}
