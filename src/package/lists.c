/* SPDX-License-Identifier: ISC */
/*
 * The catalogues that are served, see lists.h.  A catalogue is believed only
 * when a key that the operator gave has signed it, or proves it by its
 * succession: a catalogue that is itself a member of another lists nobody here.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "package/chain.h"
#include "package/lists.h"
#include "package/members.h"
#include "package/reader.h"

struct lists_one {
	char		*key;
	struct members	 members;
};

struct lists {
	size_t			 n;
	struct lists_one	*one;
};

struct lists *
lists_new(void)
{
	return calloc(1, sizeof(struct lists));
}

void
lists_free(struct lists *l)
{
	size_t	 i;

	if (l == NULL)
		return;
	for (i = 0; i < l->n; i++) {
		members_free(&l->one[i].members);
		free(l->one[i].key);
	}
	free(l->one);
	free(l);
}

static struct lists_one *
find(const struct lists *l, const char *key)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->one[i].key, key) == 0)
			return &l->one[i];
	return NULL;
}

/* 1: the same keys for the same ids; editions and groups do not matter. */
static int
same_keys(const struct members *a, const struct members *b)
{
	size_t	 i;

	if (a->n != b->n)
		return 0;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->v[i].id, b->v[i].id) != 0 ||
		    memcmp(a->v[i].key, b->v[i].key,
		    sizeof(a->v[i].key)) != 0)
			return 0;
	return 1;
}

static int
add(struct lists *l, const char *key, const struct members *m, struct err *e)
{
	struct lists_one	*more;

	more = reallocarray(l->one, l->n + 1, sizeof(*more));
	if (more != NULL)
		l->one = more;
	if (more == NULL || (more[l->n].key = strdup(key)) == NULL) {
		err_nomem(e);
		return -1;
	}
	more[l->n++].members = *m;
	return 1;
}

/* Judge p by the succession that it carries. */
static enum trust
judge(const struct members *m, const struct pkg *p, const struct anchor *a,
    size_t n, struct err *e)
{
	struct pkg_entry keys = { 0 };
	const char	*text;
	size_t		 len;

	text = pkg_comment(p, &len);
	pkg_find(p, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	return members_judge(a, n, m, text, len, (const char *)keys.data,
	    keys.size, NULL, e);
}

int
lists_set(struct lists *l, const char *key, const struct pkg *p,
    const struct anchor *a, size_t n, struct err *e)
{
	struct lists_one	*one = find(l, key);
	struct pkg_entry	 en;
	struct members		 m;
	int			 rv;

	/* First see whether there is a list, because a signature costs more. */
	if (!pkg_find(p, MEMBERS_PATH, strlen(MEMBERS_PATH), &en) ||
	    judge(NULL, p, a, n, NULL) != TRUST_PROVEN ||
	    (rv = members_read(p, &m, e)) == 0)
		return lists_drop(l, key);
	if (rv == -1)
		return -1;
	if (one == NULL) {
		if ((rv = add(l, key, &m, e)) == -1)
			members_free(&m);
		return rv;
	}
	rv = !same_keys(&one->members, &m);
	members_free(&one->members);
	one->members = m;
	return rv;
}

int
lists_has(const struct lists *l, const char *key)
{
	return find(l, key) != NULL;
}

int
lists_drop(struct lists *l, const char *key)
{
	struct lists_one	*one = find(l, key);

	if (one == NULL)
		return 0;
	members_free(&one->members);
	free(one->key);
	*one = l->one[--l->n];
	return 1;
}

enum trust
lists_judge(const struct lists *l, const struct pkg *p,
    const struct anchor *a, size_t n, struct err *e)
{
	struct err	 why;
	enum trust	 t;
	size_t		 i;

	t = judge(NULL, p, a, n, e);
	for (i = 0; l != NULL && i < l->n && t != TRUST_PROVEN; i++)
		if (members_find(&l->one[i].members, pkg_head(p)->id) !=
		    NULL) {
			t = judge(&l->one[i].members, p, a, n, &why);
			if (t != TRUST_PROVEN && e != NULL)
				*e = why;
		}
	return t;
}
