/* SPDX-License-Identifier: ISC */
/*
 * The files of a catalogue are read strictly, line by line, in order, and
 * written the same way, so that equal lists are equal bytes.  The texts come
 * from a package that the caller must prove.  A line makes its key trusted for
 * one package and for nothing else.  A key that the operator gave for that
 * package counts instead of the line.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "package/b64.h"
#include "package/chain.h"
#include "package/hash.h"
#include "package/members.h"
#include "package/reader.h"

#define KEY_CHARS	B64_LEN(32)
#define GROUPS_LINES	4096

/* A line without its LF, cut into words at a mark. */
struct words_of {
	const char	*word[3];
	size_t		 len[3];
};

/* 1: the next line of n words, 3 at most; 0: the end; -1: something else. */
static int
next_words(const char **s, const char *end, char mark, size_t n,
    struct words_of *w)
{
	const char	*lf, *stop;
	size_t		 i;

	if (*s == end)
		return 0;
	if ((lf = memchr(*s, '\n', (size_t)(end - *s))) == NULL)
		return -1;
	for (i = 0; i < n; i++) {
		stop = i == n - 1 ? lf : memchr(*s, mark, (size_t)(lf - *s));
		if (stop == NULL || stop == *s)
			return -1;
		w->word[i] = *s;
		w->len[i] = (size_t)(stop - *s);
		*s = stop + 1;
	}
	return memchr(w->word[n - 1], mark, w->len[n - 1]) == NULL ? 1 : -1;
}

static int
next_line(const char **s, const char *end, char mark, struct words_of *w)
{
	return next_words(s, end, mark, 3, w);
}

static int
is_group(const char *s, size_t len)
{
	return (len == 1 && *s == '-') ||
	    text_is_id(s, len, 1, MEMBER_GROUP_MAX);
}

/* `ID SERIAL CORE16' */
static int
lines_one(const struct words_of *w, struct member *m)
{
	char	 ed[EDITION_MAX + 1];
	int	 n;

	if (!head_id_ok(w->word[0], w->len[0]) || w->len[2] != SHORT_HEX)
		return -1;
	memcpy(m->id, w->word[0], w->len[0]);
	m->id[w->len[0]] = '\0';
	n = w->len[1] > EDITION_MAX ? -1 : snprintf(ed, sizeof(ed),
	    "%.*s-%.*s", (int)w->len[1], w->word[1], SHORT_HEX, w->word[2]);
	if (n < 0 || (size_t)n >= sizeof(ed) ||
	    edition_parse(ed, (size_t)n, &m->ed) == -1 || m->ed.serial == 0)
		return -1;
	return 0;
}

/* `ID GROUP KEY'; the same line of data/members.txt has the same member. */
static int
delegates_one(const struct words_of *w, struct member *m)
{
	if (w->len[0] != strlen(m->id) ||
	    memcmp(w->word[0], m->id, w->len[0]) != 0 ||
	    !is_group(w->word[1], w->len[1]) ||
	    b64_parse(w->word[2], w->len[2], m->key, sizeof(m->key)) == -1)
		return -1;
	memcpy(m->group, w->word[1], w->len[1]);
	m->group[w->len[1]] = '\0';
	return 0;
}

static size_t
count_lines(const char *s, size_t len)
{
	size_t	 i, n = 0;

	for (i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}

static int
bad(struct err *e, const char *file, size_t line)
{
	err_set(e, "%s:%zu: is no line of a catalogue", file, line);
	return -1;
}

static int
parse_members(struct members *m, const char *lines, size_t nlines,
    const char *keys, size_t nkeys, struct err *e)
{
	const char	*s = lines, *k = keys;
	struct words_of	 w;
	size_t		 n;

	n = count_lines(lines, nlines);
	if (n > MEMBERS_MAX) {
		err_set(e, "%s: %zu lines, at most %d", MEMBERS_PATH, n,
		    MEMBERS_MAX);
		return -1;
	}
	if ((m->v = calloc(n + 1, sizeof(*m->v))) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (m->n = 0; m->n < n; m->n++) {
		if (next_line(&s, lines + nlines, ' ', &w) != 1 ||
		    lines_one(&w, &m->v[m->n]) == -1 || (m->n > 0 &&
		    strcmp(m->v[m->n - 1].id, m->v[m->n].id) >= 0))
			return bad(e, MEMBERS_PATH, m->n + 1);
		if (next_line(&k, keys + nkeys, ' ', &w) != 1 ||
		    delegates_one(&w, &m->v[m->n]) == -1)
			return bad(e, DELEGATES_PATH, m->n + 1);
	}
	if (s != lines + nlines)
		return bad(e, MEMBERS_PATH, n + 1);
	return k == keys + nkeys ? 0 : bad(e, DELEGATES_PATH, n + 1);
}

/* Text of one line: UTF-8 without control characters and the like. */
static int
is_title(const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n;

	for (; len > 0; s += n, len -= n)
		if ((n = text_utf8_next(s, len, &cp)) == 0 ||
		    text_is_unseen(cp))
			return 0;
	return 1;
}

/* `GROUP DIR TITLE' with TABs between them. */
static int
parse_groups(struct members *m, const char *text, size_t len, struct err *e)
{
	struct words_of	 w;
	const char	*s;
	size_t		 n, i, at;

	n = count_lines(text, len);
	if (n > GROUPS_LINES)
		return bad(e, GROUPS_PATH, GROUPS_LINES + 1);
	if ((m->store = malloc(len + 1)) == NULL ||
	    (m->group = calloc(n + 1, sizeof(*m->group))) == NULL) {
		err_nomem(e);
		return -1;
	}
	memcpy(m->store, text, len);
	m->store[len] = '\0';
	for (s = text; (i = m->ngroup) <= n && s != text + len; m->ngroup++) {
		if (next_line(&s, text + len, '\t', &w) != 1 ||
		    !is_group(w.word[0], w.len[0]) ||
		    !is_title(w.word[2], w.len[2]))
			return bad(e, GROUPS_PATH, i + 1);
		at = (size_t)(w.word[0] - text);
		m->group[i].id = m->store + at;
		m->group[i].dir = m->store + (w.word[1] - text);
		m->group[i].title = m->store + (w.word[2] - text);
		m->group[i].id[w.len[0]] = '\0';
		m->group[i].dir[w.len[1]] = '\0';
		m->group[i].title[w.len[2]] = '\0';
	}
	return 0;
}

static int
by_group(const void *id, const void *p)
{
	return strcmp(id, ((const struct member_parent *)p)->id);
}

const char *
members_parent(const struct members *m, const char *group)
{
	const struct member_parent	*p;

	p = m->nparent == 0 ? NULL : bsearch(group, m->parent, m->nparent,
	    sizeof(*p), by_group);
	return p == NULL ? NULL : p->parent;
}

int
members_in(const struct members *m, const struct member *one,
    const char *group)
{
	const char	*parent;

	if (strcmp(one->group, group) == 0)
		return 1;
	parent = members_parent(m, one->group);
	return parent != NULL && strcmp(parent, group) == 0;
}

/*
 * `GROUP PARENT' with a blank between them, sorted by the first.  A parent is a
 * part of no other group: there are two levels.
 */
int
members_parse_parents(struct members *m, const char *text, size_t len,
    struct err *e)
{
	struct words_of		 w;
	struct member_parent	*p;
	const char		*s;
	size_t			 n, i;

	n = count_lines(text, len);
	if (n > GROUPS_LINES)
		return bad(e, PARENTS_PATH, GROUPS_LINES + 1);
	if ((m->parent_store = malloc(len + 1)) == NULL ||
	    (m->parent = calloc(n + 1, sizeof(*m->parent))) == NULL) {
		err_nomem(e);
		return -1;
	}
	memcpy(m->parent_store, text, len);
	m->parent_store[len] = '\0';
	for (s = text, i = 0; i <= n && s != text + len; i++) {
		p = &m->parent[i];
		if (next_words(&s, text + len, ' ', 2, &w) != 1 ||
		    !text_is_id(w.word[0], w.len[0], 1, MEMBER_GROUP_MAX) ||
		    !text_is_id(w.word[1], w.len[1], 1, MEMBER_GROUP_MAX))
			return bad(e, PARENTS_PATH, i + 1);
		p->id = m->parent_store + (w.word[0] - text);
		p->parent = m->parent_store + (w.word[1] - text);
		p->id[w.len[0]] = p->parent[w.len[1]] = '\0';
		if (i > 0 && strcmp(p[-1].id, p->id) >= 0)
			return bad(e, PARENTS_PATH, i + 1);
	}
	m->nparent = i;
	for (i = 0; i < m->nparent; i++)
		if (members_parent(m, m->parent[i].parent) != NULL) {
			m->nparent = 0;
			return bad(e, PARENTS_PATH, i + 1);
		}
	return 0;
}

int
members_parse(struct members *m, const char *lines, size_t nlines,
    const char *keys, size_t nkeys, const char *groups, size_t ngroups,
    struct err *e)
{
	memset(m, 0, sizeof(*m));
	if (parse_members(m, lines, nlines, keys, nkeys, e) == 0 &&
	    parse_groups(m, groups, ngroups, e) == 0)
		return 0;
	members_free(m);
	return -1;
}

int
members_read(const struct pkg *p, struct members *m, struct err *e)
{
	struct pkg_entry	 lines, keys, groups = { 0 }, parents;

	memset(m, 0, sizeof(*m));
	if (!pkg_find(p, MEMBERS_PATH, strlen(MEMBERS_PATH), &lines))
		return 0;
	if (!pkg_find(p, DELEGATES_PATH, strlen(DELEGATES_PATH), &keys)) {
		err_set(e, "%s: the catalogue has no such file",
		    DELEGATES_PATH);
		return -1;
	}
	pkg_find(p, GROUPS_PATH, strlen(GROUPS_PATH), &groups);
	if (members_parse(m, (const char *)lines.data, lines.size,
	    (const char *)keys.data, keys.size,
	    groups.data != NULL ? (const char *)groups.data : "", groups.size,
	    e) == -1)
		return -1;
	if (!pkg_find(p, PARENTS_PATH, strlen(PARENTS_PATH), &parents) ||
	    members_parse_parents(m, (const char *)parents.data, parents.size,
	    e) == 0)
		return 1;
	members_free(m);
	return -1;
}

void
members_free(struct members *m)
{
	free(m->v);
	free(m->group);
	free(m->store);
	free(m->parent);
	free(m->parent_store);
	memset(m, 0, sizeof(*m));
}

static int
by_id(const void *id, const void *m)
{
	return strcmp(id, ((const struct member *)m)->id);
}

const struct member *
members_find(const struct members *m, const char *id)
{
	return m->n == 0 ? NULL :
	    bsearch(id, m->v, m->n, sizeof(*m->v), by_id);
}

const char *
members_group_title(const struct members *m, const char *group,
    const char *dir)
{
	size_t	 i;

	for (i = 0; i < m->ngroup; i++)
		if (strcmp(m->group[i].id, group) == 0 &&
		    strcmp(m->group[i].dir, dir) == 0)
			return m->group[i].title;
	return NULL;
}

void
members_write_lines(const struct members *m, struct buf *b)
{
	char	 core[2 * SHORT_LEN + 1];
	size_t	 i;

	for (i = 0; i < m->n; i++) {
		hex_format(m->v[i].ed.core, SHORT_LEN, core);
		buf_fmt(b, "%s %" PRIu64 " %s\n", m->v[i].id,
		    m->v[i].ed.serial, core);
	}
}

void
members_write_delegates(const struct members *m, struct buf *b)
{
	char	 key[KEY_CHARS + 1];
	size_t	 i;

	for (i = 0; i < m->n; i++) {
		b64_format(m->v[i].key, sizeof(m->v[i].key), key);
		buf_fmt(b, "%s %s %s\n", m->v[i].id, m->v[i].group, key);
	}
}

void
members_write_groups(const struct members *m, struct buf *b)
{
	size_t	 i;

	for (i = 0; i < m->ngroup; i++)
		buf_fmt(b, "%s\t%s\t%s\n", m->group[i].id, m->group[i].dir,
		    m->group[i].title);
}

void
members_write_parents(const struct members *m, struct buf *b)
{
	size_t	 i;

	for (i = 0; i < m->nparent; i++)
		buf_fmt(b, "%s %s\n", m->parent[i].id, m->parent[i].parent);
}

void
members_anchor(const struct member *m, const char *text, size_t len,
    const char *keys, size_t nkeys, struct anchor *a)
{
	struct chain	*c;
	struct head	 h;
	size_t		 i;

	memset(a, 0, sizeof(*a));
	a->how = ANCHOR_OPEN;
	memcpy(a->id, m->id, sizeof(a->id));
	memcpy(a->key.key, m->key, sizeof(a->key.key));
	if (head_parse(text, len, &h, NULL) == -1 || !h.is_signed)
		return;
	memcpy(a->key.id, h.key_id, sizeof(a->key.id));
	if (head_verify(text, len, &a->key, 1, NULL, NULL) == 0 || nkeys == 0)
		return;
	if ((c = malloc(sizeof(*c))) == NULL)
		return;			/* the package is then not proven */
	if (chain_parse(c, keys, nkeys, NULL) == 0)
		for (i = 0; i < c->n; i++) {
			memcpy(a->key.id, c->step[i].signer,
			    sizeof(a->key.id));
			if (head_verify(c->step[i].text, c->step[i].len,
			    &a->key, 1, NULL, NULL) == 0)
				break;
		}
	free(c);
}

/* 1: the operator gave a key for this id. */
static int
is_given(const struct anchor *a, size_t n, const char *id)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strcmp(a[i].id, id) == 0)
			return 1;
	return 0;
}

enum trust
members_judge(const struct anchor *a, size_t n, const struct members *m,
    const char *text, size_t len, const char *keys, size_t nkeys,
    struct proof *p, struct err *e)
{
	const struct member	*one;
	struct anchor		 line;
	struct head		 h;
	struct err		 why;
	enum trust		 rv;

	rv = trust_judge(a, n, text, len, keys, nkeys, p, e);
	if (rv == TRUST_PROVEN || m == NULL ||
	    head_parse(text, len, &h, NULL) == -1 || !h.is_signed ||
	    is_given(a, n, h.id) || (one = members_find(m, h.id)) == NULL)
		return rv;
	members_anchor(one, text, len, keys, nkeys, &line);
	rv = trust_judge(&line, 1, text, len, keys, nkeys, p, &why);
	if (p != NULL)
		p->anchor = n;		/* none of the given anchors */
	if (rv != TRUST_PROVEN)
		err_set(e, "%s; the catalogue lists another key for \"%s\"",
		    why.msg, h.id);
	return rv;
}
