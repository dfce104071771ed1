#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crew.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "cmd/capsule.h"
#include "cmd/compile.h"
#include "cmd/cover.h"
#include "content/diag.h"
#include "content/profile.h"
#include "package/spool.h"
#include "package/writer.h"
#include "proto/site.h"
#include "render/render.h"
#include "view/words.h"

#define ROOM_CHUNK	(64u << 10)	/* bytes written at a time */

struct compile {
	struct pkg_writer	*w;
	struct render		*r;
	int			 room;		/* a file; -1: not yet */
	struct buf		 chunk;		/* not yet in it */
	const uint8_t		*all;		/* of it, mapped */
	size_t			 size;
	struct err		*e;
	int			 failed;	/* and e says why */
};

#define PAGES_EACH	200		/* are worth a thread */
#define TOLD_MAX	64		/* of one page */

struct finder {
	const struct profile	*p;
	struct diag		*d;
	size_t			 line[TOLD_MAX];	/* told already */
	char			*rule[TOLD_MAX];
	size_t			 ntold;
};

/* Where one page at a time is checked: any thread at its own. */
struct check_desk {
	struct capsule	 c;
	struct finder	 f;
	struct err	 e;
	int		 rv;
};

struct checks {
	struct check_desk	 desk[CREW_SLOTS];
	struct capsule	 c;
	struct diag	*d;
	struct err	*e;
	const size_t	*page;		/* of c.site, to be checked now */
};

static int	put(void *, const char *, const char *, size_t, struct err *);
static int	room_flush(struct compile *, struct err *);
static int	room_add(void *, const char *, size_t, struct err *);
static const char *room_all(void *, struct err *);
static void	room_rest(void *);
static int	each(const struct profile *, const struct page *, void *);
static int	cover(struct compile *, const char *, struct diag *);
static const char *word_known(size_t, const char **);
static unsigned	 places(const char *);
static void	 check_places(const struct profile *, size_t, const char *,
		    const char *, struct diag *);
static void	words(const struct profile *, struct diag *);
static const char *in_words(const struct finder *, const char *, char *,
		    size_t);
static int	is_told(struct finder *, size_t, const char *);
static void	forget(struct finder *);
static void	found(void *, const char *, const char *, size_t,
		    const char *);

static int
put(void *arg, const char *path, const char *data, size_t len, struct err *e)
{
	struct compile	*c = arg;

	return pkg_add(c->w, path, data, len, e);
}

/* What pages leave for others is in a file without a name. */
static int
room_flush(struct compile *c, struct err *e)
{
	if (!buf_ok(&c->chunk)) {
		err_nomem(e);
		return -1;
	}
	if (c->room == -1 && (c->room = pkg_writer_aside(c->w, e)) == -1)
		return -1;
	if (file_write_all(c->room, c->chunk.data, c->chunk.len) == -1) {
		err_sys(e, "a temporary file beside the package");
		return -1;
	}
	buf_reset(&c->chunk);
	return 0;
}

static int
room_add(void *arg, const char *s, size_t len, struct err *e)
{
	struct compile	*c = arg;

	buf_add(&c->chunk, s, len);
	return c->chunk.len < ROOM_CHUNK && buf_ok(&c->chunk) ? 0 :
	    room_flush(c, e);
}

static const char *
room_all(void *arg, struct err *e)
{
	struct compile	*c = arg;

	if (room_flush(c, e) == -1 ||
	    spool_map(c->room, &c->all, &c->size, e) == -1)
		return NULL;
	return (const char *)c->all;
}

static void
room_rest(void *arg)
{
	const struct compile	*c = arg;

	spool_rest(c->all, 0, c->size);
}

static int
each(const struct profile *p, const struct page *page, void *arg)
{
	struct compile	*c = arg;

	if (render_page(c->r, p, page, c->e) == -1) {
		c->failed = 1;
		return -1;
	}
	return 0;
}

/* A picture for the gempub, if the office made one. */
static int
cover(struct compile *c, const char *dir, struct diag *d)
{
	struct err	 e;
	char		*path, *data = NULL;
	size_t		 len;
	int		 rv = 0;

	if (asprintf(&path, "%s/%s", dir, COVER) == -1) {
		err_nomem(c->e);
		return -1;
	}
	if (access(path, F_OK) == -1 && errno == ENOENT) {
		cover_others(dir, d);
		goto out;
	}
	if ((data = file_read(path, COVER_MAX, &len, &e)) == NULL)
		diag_err(d, path, &e);
	else if (len < 8 || memcmp(data, "\x89PNG\r\n\x1a\n", 8) != 0)
		diag_add(d, DIAG_ERROR, path, 0, 0, "is no PNG picture; save "
		    "it as PNG or remove it");
	else
		rv = render_asset(c->r, COVER, data, len, c->e);
 out:
	free(data);
	free(path);
	return rv;
}

/* The ids that stand under words:, NULL past the last; what each says. */
static const char *
word_known(size_t i, const char **en)
{
	size_t	 n;

	for (n = 0; render_word_id(n) != NULL; n++)
		continue;
	*en = i < n ? render_word_en(i) : words_id(i - n) != NULL ?
	    words_text("en", i - n) : NULL;
	return i < n ? render_word_id(i) : words_id(i - n);
}

static unsigned
places(const char *s)
{
	unsigned	 n;

	for (n = 0; (s = strstr(s, "%s")) != NULL; s += 2)
		n++;
	return n;
}

/* What apeng fills in needs its places in every language. */
static void
check_places(const struct profile *p, size_t i, const char *en,
    const char *file, struct diag *d)
{
	const char	*own;
	size_t		 l;

	for (l = 0; l < p->nlang; l++) {
		own = p->words[i].word.in[l];
		if (own != NULL && places(own) != places(en))
			diag_add(d, DIAG_ERROR, file, 0, 0, "words.%s.%s: "
			    "\"%s\", want %u times %%s, as in \"%s\"",
			    p->words[i].id, p->lang[l].dir, own, places(en),
			    en);
	}
}

/* An id under words: that nobody will ever ask for is a slip of the pen. */
static void
words(const struct profile *p, struct diag *d)
{
	const char	*id, *best, *en;
	char		*file;
	unsigned	 near, n;
	size_t		 i, j;

	for (i = 0; i < p->nwords; i++) {
		near = 3;
		best = NULL;
		for (j = 0; (id = word_known(j, &en)) != NULL; j++) {
			if ((n = text_distance(id, p->words[i].id)) < near) {
				near = n;
				best = id;
			}
			if (n == 0)
				break;
		}
		if (asprintf(&file, "%s/capsule.yml", p->dir) == -1)
			continue;
		if (id != NULL)
			check_places(p, i, en, file, d);
		else if (best != NULL)
			diag_add(d, DIAG_WARNING, file, 0, 0, "words: "
			    "\"%s\" is used nowhere, is \"%s\" meant?",
			    p->words[i].id, best);
		else
			diag_add(d, DIAG_WARNING, file, 0, 0, "words: "
			    "\"%s\" is used nowhere", p->words[i].id);
		free(file);
	}
}

struct profile *
compile(const char *dir, struct pkg_writer *w, struct diag *d, struct err *e)
{
	static const struct render_room	 room = { room_add, room_all,
					    room_rest };
	struct compile	 c = { .w = w, .e = e, .room = -1 };
	struct profile	*p = NULL;
	int		 rv = -1;

	if ((c.r = render_new(put, &room, &c, e)) == NULL)
		return NULL;
	if ((p = profile_load(dir, d, each, &c)) == NULL) {
		if (!c.failed && diag_count(d, DIAG_ERROR) == 0)
			err_cannot(e, "%s: cannot be read", dir);
		goto out;
	}
	words(p, d);
	if (cover(&c, dir, d) == -1 || render_finish(c.r, p, e) == -1 ||
	    diag_count(d, DIAG_ERROR) > 0)
		goto out;
	rv = 0;
 out:
	render_free(c.r);
	buf_free(&c.chunk);
	spool_unmap(c.all, c.size);
	if (c.room != -1)
		close(c.room);
	if (rv == -1) {
		profile_free(p);
		p = NULL;
	}
	return p;
}

/* 1: another tree had the same to say of that line. */
static int
is_told(struct finder *f, size_t line, const char *rule)
{
	size_t	 i;

	for (i = 0; i < f->ntold; i++)
		if (f->line[i] == line && strcmp(f->rule[i], rule) == 0)
			return 1;
	if (i < TOLD_MAX && line > 0 &&
	    (f->rule[i] = strdup(rule)) != NULL) {
		f->line[i] = line;
		f->ntold++;
	}
	return 0;
}

static void
forget(struct finder *f)
{
	while (f->ntold > 0)
		free(f->rule[--f->ntold]);
}

/* The rule that an author breaks most, in the findings' language. */
static const char *
in_words(const struct finder *f, const char *rule, char *out, size_t size)
{
	static const char	 no[] = " has no ";
	const char		*at = strstr(rule, no), *end, *from;

	if (at == NULL || (end = strstr(at, "; add ")) == NULL)
		return diag_say(f->d, rule);
	for (from = at; from > rule && from[-1] != ' '; from--)
		;
	at += sizeof(no) - 1;
	snprintf(out, size, diag_say(f->d, "%.*s has no %.*s: write it "
	    "another way, or add it to replacements in capsule.yml"),
	    (int)(at - from - (sizeof(no) - 1)), from, (int)(end - at), at);
	return out;
}

/* Name what breaks a rule after the file that its author can change. */
static void
found(void *arg, const char *tree, const char *path, size_t line,
    const char *rule)
{
	struct finder	*f = arg;
	const char	*file = f->p->dir;
	const char	*id;
	char		 words[300], name[64];
	size_t		 i;

	if (is_told(f, line, rule))
		return;
	rule = in_words(f, rule, words, sizeof(words));
	id = strrchr(path, '/');
	id = id != NULL ? id + 1 : path;
	/* A generated page may go on in ID_2.gmi. */
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(id, "_."), id);
	if ((i = profile_page(f->p, name)) != SIZE_MAX)
		file = f->p->page[i].file;
	if (line > 0)
		diag_add(f->d, DIAG_ERROR, file, 0, 0, "%s:%zu, Gopher tree "
		    "/%s: %s", path, line, tree,
		    rule);
	else
		diag_add(f->d, DIAG_ERROR, file, 0, 0, "%s, Gopher tree /%s: "
		    "%s", path, tree, rule);
}

/* crew's make() */
static void
check_page(void *arg, size_t slot, size_t i)
{
	struct checks		*c = arg;
	struct check_desk		*k = &c->desk[slot];
	const struct site_page	*page = &c->c.site->page[c->page[i]];

	k->rv = view_check(&k->c.src, page->dir, page->id, found, &k->f,
	    &k->e);
	forget(&k->f);
}

static int
take_check(void *arg, size_t slot, size_t i)
{
	struct checks	*c = arg;
	struct check_desk	*k = &c->desk[slot];

	(void)i;
	diag_take(c->d, k->f.d);
	if (k->rv == -1)
		*c->e = k->e;
	return k->rv == -1 ? -1 : 0;
}

static int
checks_open(struct checks *c, struct pkg *pkg, struct err *e)
{
	size_t	 i;

	if (capsule_of(&c->c, pkg, e) == -1)
		return -1;
	for (i = 0; i < CREW_SLOTS; i++) {
		if (capsule_share(&c->desk[i].c, &c->c, e) == -1)
			return -1;
		if ((c->desk[i].f.d = diag_like(c->d)) == NULL) {
			err_nomem(e);
			return -1;
		}
	}
	return 0;
}

/*
 * The home pages come last: with them go the menus of all others, whose
 * sizes are known by then.
 */
static int
check_all(struct checks *c)
{
	const struct crew	 crew = { check_page, take_check, c };
	const struct site_table	*site = c->c.site;
	size_t			*order, i, home = site->npage, n = 0;
	int			 rv;

	if ((order = calloc(site->npage + 1, sizeof(*order))) == NULL) {
		err_nomem(c->e);
		return -1;
	}
	for (i = site->npage; i-- > 0;)
		if (strcmp(site->page[i].id, "index") == 0)
			order[--home] = i;
	for (i = 0; i < site->npage; i++)
		if (strcmp(site->page[i].id, "index") != 0)
			order[n++] = i;
	c->page = order;
	rv = crew_run(&crew, n, PAGES_EACH);
	c->page = order + n;
	/* Few, but with menus of as many pages as there are. */
	if (rv == 0)
		rv = crew_run(&crew, site->npage - n, n < PAGES_EACH ?
		    site->npage : 1);
	free(order);
	return rv;
}

int
compile_check(struct pkg *pkg, const struct profile *p, struct diag *d,
    struct err *e)
{
	struct checks	*c;
	size_t		 i;
	int		 rv = -1;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		err_nomem(e);
		return -1;
	}
	c->d = d;
	c->e = e;
	for (i = 0; i < CREW_SLOTS; i++)
		c->desk[i].f.p = p;
	if (checks_open(c, pkg, e) == 0)
		rv = check_all(c);
	for (i = 0; i < CREW_SLOTS; i++) {
		capsule_close(&c->desk[i].c);
		diag_free(c->desk[i].f.d);
	}
	capsule_close(&c->c);
	free(c);
	return rv;
}
