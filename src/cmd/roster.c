/* SPDX-License-Identifier: ISC */
/*
 * Collects a catalogue's members, see roster.h.  The publisher decides which
 * packages lie in the folder and so are members.  Each package is checked here:
 * it must be whole and signed by the key that the catalogue will list for it.
 * Titles, host and figures are what the member says of itself, and are only
 * shown.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/roster.h"
#include "cmd/roster_groups.h"
#include "content/diag.h"
#include "content/profile.h"
#include "package/b64.h"
#include "package/chain.h"
#include "package/index.h"
#include "package/reader.h"
#include "package/trust.h"
#include "proto/csv.h"
#include "proto/site.h"
#include "render/members.h"
#include "render/render.h"
#include "serve/pkgdir.h"

#define SITE_PATH	"data/site.txt"
#define FIGURES_PATH	"data/figures.csv"
#define FIELDS_MAX	64
#define KEY_ID_CHARS	13		/* of a key string, fixed by its id */

struct roster_one {
	struct member		 m;
	struct render_member	 shown;
	const char		*path;
	int64_t			 published;
	int			 by_hand;	/* key of list: or ID.pub */
};

static char *
keep(struct roster *r, char *s)
{
	char	**more;
	size_t	  room = r->room == 0 ? 64 : r->room * 2;

	if (s == NULL)
		return NULL;
	if (r->ntext == r->room) {
		more = reallocarray(r->text, room, sizeof(*more));
		if (more == NULL) {
			free(s);
			return NULL;
		}
		r->text = more;
		r->room = room;
	}
	return r->text[r->ntext++] = s;
}

void
roster_free(struct roster *r)
{
	size_t	 i;

	for (i = 0; i < r->ntext; i++)
		free(r->text[i]);
	free(r->text);
	free(r->one);
	free(r->shown);
	memset(r, 0, sizeof(*r));
}

/* The row of an id in members: list: of capsule.yml; NULL: there is none. */
static const struct member_source *
said(const struct profile *p, const char *id)
{
	size_t	 i;

	for (i = 0; i < p->members.nlist; i++)
		if (strcmp(p->members.list[i].id, id) == 0)
			return &p->members.list[i];
	return NULL;
}

/*
 * Load the key NAME.pub beside the package NAME.gpub.  1: loaded; 0: there is
 * none; -1: see e.
 */
static int
key_beside(const char *path, struct pub_key *key, struct err *e)
{
	char	*pub;
	int	 rv;

	if (asprintf(&pub, "%.*s.pub", (int)(strlen(path) - strlen(".gpub")),
	    path) == -1) {
		err_nomem(e);
		return -1;
	}
	if (access(pub, F_OK) == -1 && errno == ENOENT)
		rv = 0;
	else
		rv = key_load(pub, key, e) == -1 ? -1 : 1;
	free(pub);
	return rv;
}

/*
 * Find in the package's own files the key string of the key that has signed its
 * head.  1: found.  The first characters of a key string hold the key's id, so
 * only strings that begin with the signer's id are tried.
 */
static int
key_on_pages(const struct pkg *p, struct pub_key *key)
{
	const struct head *h = pkg_head(p);
	struct pkg_entry  en;
	const char	 *text, *at, *end;
	uint8_t		  start[12] = { 'E', 'd' };
	char		  want[B64_LEN(sizeof(start)) + 1];
	size_t		  i, len;

	memcpy(start + 2, h->key_id, sizeof(h->key_id));
	b64_format(start, sizeof(start), want);
	text = pkg_comment(p, &len);
	for (i = 0; i < pkg_count(p); i++) {
		pkg_at(p, i, &en);
		at = (const char *)en.data;
		end = at + en.size;
		while (end - at >= KEY_STRING && (at = memmem(at,
		    (size_t)(end - at), want, KEY_ID_CHARS)) != NULL) {
			if (end - at >= KEY_STRING && key_parse(at,
			    KEY_STRING, key, NULL) == 0 && head_verify(text,
			    len, key, 1, NULL, NULL) == 0)
				return 1;
			at++;
		}
	}
	return 0;
}

/*
 * Find the key that the catalogue will list, and prove the package by it.
 * -1: see e.
 */
static int
find_key(struct roster_one *o, const struct profile *p, const struct pkg *pkg,
    struct err *e)
{
	const struct member_source *by = said(p, o->m.id);
	struct pkg_entry	 keys = { 0 };
	struct anchor		 a = { .how = ANCHOR_OPEN };
	const char		*text;
	size_t			 len;
	int			 rv = 1;

	o->by_hand = 1;
	if (by != NULL && by->key != NULL) {
		if (key_parse(by->key, strlen(by->key), &a.key, e) == -1)
			return -1;
	} else if ((rv = key_beside(o->path, &a.key, e)) == -1)
		return -1;
	if (rv == 0) {
		o->by_hand = 0;
		if (!key_on_pages(pkg, &a.key)) {
			err_set(e, "%s: its pages do not name the key that "
			    "signed it: put its public key beside it as "
			    "%s.pub, or name it under members: list:",
			    o->path, o->m.id);
			return -1;
		}
	}
	text = pkg_comment(pkg, &len);
	pkg_find(pkg, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	if (trust_judge(&a, 1, text, len, (const char *)keys.data, keys.size,
	    NULL, e) != TRUST_PROVEN)
		return -1;
	memcpy(o->m.key, a.key.key, sizeof(o->m.key));
	return 0;
}

/*
 * The member's language with the same tag, else with the same folder, else its
 * first one.
 */
static const struct site_lang *
same_lang(const struct site_table *t, const struct lang *lang)
{
	size_t	 i;

	for (i = 0; i < t->nlang; i++)
		if (strcmp(t->lang[i].tag, lang->tag) == 0)
			return &t->lang[i];
	for (i = 0; i < t->nlang; i++)
		if (strcmp(t->lang[i].dir, lang->dir) == 0)
			return &t->lang[i];
	return &t->lang[0];
}

/*
 * Take the member's title in each of the catalogue's languages, and its first
 * host.  -1: see e.
 */
static int
take_names(struct roster *r, struct roster_one *o, const struct profile *p,
    const struct pkg *pkg, struct err *e)
{
	struct pkg_entry	 en;
	struct site_table	*t;
	size_t			 l;
	int			 rv = 0;

	if (!pkg_find(pkg, SITE_PATH, strlen(SITE_PATH), &en)) {
		err_set(e, "%s: has no %s", o->path, SITE_PATH);
		return -1;
	}
	if ((t = site_table_parse((const char *)en.data, en.size, e)) == NULL)
		return -1;
	for (l = 0; l < p->nlang && rv == 0; l++)
		if ((o->shown.title.in[l] = keep(r, strdup(same_lang(t,
		    &p->lang[l])->title))) == NULL)
			rv = -1;
	if (rv == 0 && t->nhost > 0 &&
	    (o->shown.host = keep(r, strdup(t->host[0]))) == NULL)
		rv = -1;
	if (rv == -1)
		err_nomem(e);
	site_table_free(t);
	return rv;
}

/* Columns of data/figures.csv, by their names. */
struct roster_columns {
	size_t	 id, value, unit, year;
};

static int
find_columns(char **field, size_t n, struct roster_columns *c)
{
	static const char *const name[] = { "id", "value", "unit", "year" };
	size_t			 at[4], i, k;

	for (k = 0; k < 4; k++) {
		for (i = 0; i < n && strcmp(field[i], name[k]) != 0; i++)
			;
		if (i == n)
			return 0;
		at[k] = i;
	}
	*c = (struct roster_columns){ at[0], at[1], at[2], at[3] };
	return 1;
}

/*
 * Take a record's value for each figure of the catalogue with the same id and
 * unit, unless one of a later year was taken.  -1: no memory.
 */
static int
take_figure(struct roster *r, struct roster_one *o, const struct profile *p,
    char **field, const struct roster_columns *c, char when[][16])
{
	const struct member_figure	*f;
	const char			*unit;
	size_t				 i;

	for (i = 0; i < p->members.nfigure; i++) {
		f = &p->members.figure[i];
		unit = f->unit < p->nunit ? p->unit[f->unit].id : "";
		if (strcmp(field[c->id], f->id) != 0 ||
		    strcmp(field[c->unit], unit) != 0 ||
		    field[c->value][0] == '\0' ||
		    (o->shown.value[i] != NULL &&
		    strcmp(field[c->year], when[i]) < 0))
			continue;
		snprintf(when[i], sizeof(when[i]), "%s", field[c->year]);
		if ((o->shown.value[i] = keep(r, strdup(field[c->value]))) ==
		    NULL)
			return -1;
	}
	return 0;
}

static int
take_figures(struct roster *r, struct roster_one *o, const struct profile *p,
    const struct pkg *pkg, struct err *e)
{
	struct roster_columns	 c;
	struct pkg_entry	 en;
	struct csv		 csv;
	char			*data, *field[FIELDS_MAX];
	char			 when[MEMBER_FIGURES][16];
	size_t			 n;
	int			 rv = 0;

	memset(when, 0, sizeof(when));
	if (p->members.nfigure == 0 ||
	    !pkg_find(pkg, FIGURES_PATH, strlen(FIGURES_PATH), &en))
		return 0;
	if ((data = malloc(en.size + 1)) == NULL) {
		err_nomem(e);
		return -1;
	}
	memcpy(data, en.data, en.size);
	data[en.size] = '\0';
	csv_start(&csv, data, en.size);
	if (csv_next(&csv, field, FIELDS_MAX, &n) == 1 &&
	    find_columns(field, n, &c))
		while (rv == 0 && csv_next(&csv, field, FIELDS_MAX, &n) == 1)
			if (c.id < n && c.value < n && c.unit < n &&
			    c.year < n)
				rv = take_figure(r, o, p, field, &c, when);
	if (rv == -1)
		err_nomem(e);
	free(data);
	return rv;
}

/*
 * Find the member's group: that of members: list:, else that of its folder,
 * else none.  -1: there is no such group, see e.
 */
static int
find_group(struct roster_one *o, const struct profile *p, const char *folder,
    struct err *e)
{
	const struct member_source	*by = said(p, o->m.id);
	const char			*id = folder;
	size_t				 i;

	if (by != NULL && by->group != NULL)
		id = by->group;
	o->shown.group = SIZE_MAX;
	snprintf(o->m.group, sizeof(o->m.group), "%s",
	    id == NULL ? MEMBER_NO_GROUP : id);
	if (id == NULL)
		return 0;
	for (i = 0; i < p->members.ngroup; i++)
		if (strcmp(p->members.group[i].id, id) == 0) {
			o->shown.group = i;
			return 0;
		}
	err_set(e, "%s: there is no group \"%s\" under members: groups:",
	    o->path, id);
	return -1;
}

/* Read one package into *o and prove it.  -1: see e. */
static int
load_one(struct roster *r, struct roster_one *o, const struct profile *p,
    const char *group, struct err *e)
{
	const struct head	*h;
	struct pkg		*pkg;
	int			 fd, rv = -1;

	if ((fd = file_open(o->path, e)) == -1 ||
	    (pkg = pkg_open(fd, o->path, NULL, 0, e)) == NULL)
		return -1;
	h = pkg_head(pkg);
	memcpy(o->m.id, h->id, sizeof(o->m.id));
	o->published = h->published;
	storeix_edition(h, &o->m.ed);
	o->shown.id = keep(r, strdup(h->id));
	if (o->shown.id == NULL)
		err_nomem(e);
	else if (!h->is_signed)
		err_set(e, "%s: is not signed", o->path);
	else if (strcmp(h->id, p->id) == 0)
		err_set(e, "%s: has the id of the catalogue itself", o->path);
	else if (find_key(o, p, pkg, e) == 0 && find_group(o, p, group,
	    e) == 0 && take_names(r, o, p, pkg, e) == 0)
		rv = take_figures(r, o, p, pkg, e);
	pkg_close(pkg);
	return rv;
}

/*
 * Load the packages right in a folder; the faults of each go to d.  group: the
 * folder's id as a group, or NULL.  -1: see e.
 */
static int
load_folder(struct roster *r, const struct profile *p, const char *dir,
    const char *group, struct diag *d, struct err *e)
{
	struct roster_one	*more, *o;
	struct pkgdir		 names;
	struct err		 why;
	char			*path;
	size_t			 i;

	if (pkgdir_read(dir, &names, e) == -1)
		return -1;
	more = reallocarray(r->one, r->n + names.n + 1, sizeof(*more));
	if (more == NULL)
		goto nomem;
	r->one = more;
	for (i = 0; i < names.n; i++) {
		o = &r->one[r->n];
		memset(o, 0, sizeof(*o));
		if (asprintf(&path, "%s/%s", dir, names.name[i]) == -1)
			path = NULL;
		if ((o->path = keep(r, path)) == NULL)
			goto nomem;
		if (load_one(r, o, p, group, &why) == -1)
			diag_err(d, strstr(why.msg, o->path) == NULL ?
			    o->path : dir, &why);
		else
			r->n++;
	}
	pkgdir_free(&names);
	return 0;
 nomem:
	pkgdir_free(&names);
	err_nomem(e);
	return -1;
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(((const struct roster_one *)a)->m.id,
	    ((const struct roster_one *)b)->m.id);
}

static void
check_ids(const struct roster *r, const struct profile *p, struct diag *d)
{
	struct err	 why;
	size_t		 i, k;

	for (i = 1; i < r->n; i++)
		if (strcmp(r->one[i - 1].m.id, r->one[i].m.id) == 0) {
			err_set(&why, "has the id \"%s\", as %s has",
			    r->one[i].m.id, r->one[i - 1].path);
			diag_err(d, r->one[i].path, &why);
		}
	for (k = 0; k < p->members.nlist; k++) {
		for (i = 0; i < r->n; i++)
			if (strcmp(p->members.list[k].id, r->one[i].m.id) == 0)
				break;
		if (i < r->n)
			continue;
		err_set(&why, "members: list: there is no package \"%s\" in "
		    "the folder", p->members.list[k].id);
		diag_err(d, p->dir, &why);
	}
}

/* Load the folder of the i-th group, when there is one.  -1: see e. */
static int
load_group(struct roster *r, const struct profile *p, const char *dir,
    size_t i, struct diag *d, struct err *e)
{
	const char	*id = p->members.group[i].id;
	char		*path;
	int		 rv;

	if (asprintf(&path, "%s/%s", dir, id) == -1) {
		err_nomem(e);
		return -1;
	}
	rv = access(path, F_OK) == -1 ? 0 : load_folder(r, p, path, id, d, e);
	free(path);
	return rv;
}

/*
 * Load DIR itself, and for each group DIR/GROUP and, when it is a part of
 * another, DIR/PARENT/GROUP.  -1: see e.
 */
static int
load_all(struct roster *r, const struct profile *p, const char *dir,
    struct diag *d, struct err *e)
{
	const struct member_group_source	*g = p->members.group;
	char					*in;
	size_t					 i;
	int					 rv;

	if (load_folder(r, p, dir, NULL, d, e) == -1)
		return -1;
	for (i = 0; i < p->members.ngroup; i++) {
		if (load_group(r, p, dir, i, d, e) == -1)
			return -1;
		if (g[i].parent == SIZE_MAX)
			continue;
		if (asprintf(&in, "%s/%s", dir, g[g[i].parent].id) == -1) {
			err_nomem(e);
			return -1;
		}
		rv = load_group(r, p, in, i, d, e);
		free(in);
		if (rv == -1)
			return -1;
	}
	return 0;
}

int
roster_load(struct roster *r, const struct profile *p, struct diag *d,
    struct err *e)
{
	const char	*folder = p->members.folder;
	char		*dir;
	size_t		 i;
	int		 rv;

	if (folder == NULL)
		return 0;
	if (asprintf(&dir, "%s%s%s", folder[0] == '/' ? "" : p->dir,
	    folder[0] == '/' ? "" : "/", folder) == -1) {
		err_nomem(e);
		return -1;
	}
	rv = load_all(r, p, dir, d, e);
	free(dir);
	if (rv == -1)
		return -1;
	if (r->n > 0)
		qsort(r->one, r->n, sizeof(*r->one), by_id);
	check_ids(r, p, d);
	if ((r->shown = calloc(r->n + 1, sizeof(*r->shown))) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < r->n; i++)
		r->shown[i] = r->one[i].shown;
	return diag_count(d, DIAG_ERROR) > 0 ? -1 : 0;
}

const char *
roster_newest(const struct roster *r, const char *date, char out[21])
{
	int64_t	 newest = 0;
	size_t	 i;

	for (i = 0; i < r->n; i++)
		if (r->one[i].published > newest)
			newest = r->one[i].published;
	if (r->n == 0)
		return date;
	clock_format(newest, out);
	out[DATE_LEN] = '\0';
	return strcmp(out, date) > 0 ? out : date;
}

int
roster_render(const struct roster *r, const struct profile *p,
    struct render *to, struct err *e)
{
	struct members	 m = { .n = r->n };
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 rv = -1;

	if (p->members.folder == NULL)
		return 0;
	if ((m.v = calloc(r->n + 1, sizeof(*m.v))) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < r->n; i++)
		m.v[i] = r->one[i].m;
	render_members(to, r->shown, r->n);
	members_write_lines(&m, &b);
	if (roster_put(to, MEMBERS_PATH, &b, e) == -1)
		goto out;
	members_write_delegates(&m, &b);
	if (roster_put(to, DELEGATES_PATH, &b, e) == -1)
		goto out;
	rv = roster_put_groups(p, to, e);
 out:
	free(m.v);
	return rv;
}

/* 1: the key that was listed before proves the package as it is now. */
static int
old_key_proves(const struct roster_one *o, const struct member *was)
{
	struct pkg_entry keys = { 0 };
	struct anchor	 a;
	struct pkg	*pkg;
	const char	*text;
	size_t		 len;
	int		 fd, ok;

	if ((fd = file_open(o->path, NULL)) == -1 ||
	    (pkg = pkg_open(fd, o->path, NULL, 0, NULL)) == NULL)
		return 0;
	text = pkg_comment(pkg, &len);
	pkg_find(pkg, CHAIN_PATH, strlen(CHAIN_PATH), &keys);
	members_anchor(was, text, len, (const char *)keys.data, keys.size, &a);
	ok = trust_judge(&a, 1, text, len, (const char *)keys.data, keys.size,
	    NULL, NULL) == TRUST_PROVEN;
	pkg_close(pkg);
	return ok;
}

/*
 * 0: the member may replace what the catalogue listed before; -1: it may not,
 * see e.
 */
static int
fits_one(const struct roster_one *o, const struct member *was, struct err *e)
{
	if (memcmp(o->m.key, was->key, sizeof(was->key)) != 0) {
		if (o->by_hand || old_key_proves(o, was))
			return 0;	/* its serials may begin anew */
		err_set(e, "is not signed by the key that the catalogue lists "
		    "for \"%s\", nor by its succession; if that is right, put "
		    "the new key beside it as %s.pub", o->m.id, o->m.id);
		return -1;
	}
	if (o->m.ed.serial < was->ed.serial)
		err_set(e, "is edition %" PRIu64 ", but the catalogue lists "
		    "edition %" PRIu64 " already", o->m.ed.serial,
		    was->ed.serial);
	else if (o->m.ed.serial == was->ed.serial && memcmp(o->m.ed.core,
	    was->ed.core, sizeof(was->ed.core)) != 0)
		err_set(e, "is another edition %" PRIu64 " than the one that "
		    "the catalogue lists", o->m.ed.serial);
	else
		return 0;
	return -1;
}

int
roster_fits(const struct roster *r, const struct pkg *old, struct diag *d,
    struct err *e)
{
	const struct member	*was;
	struct members		 m;
	struct err		 why;
	size_t			 i;

	if (r->n == 0 || old == NULL)
		return 0;
	if (members_read(old, &m, e) == -1)
		return -1;
	for (i = 0; i < r->n; i++)
		if ((was = members_find(&m, r->one[i].m.id)) != NULL &&
		    fits_one(&r->one[i], was, &why) == -1)
			diag_err(d, r->one[i].path, &why);
	members_free(&m);
	return diag_count(d, DIAG_ERROR) > 0 ? -1 : 0;
}
