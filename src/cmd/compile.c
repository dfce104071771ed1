/* SPDX-License-Identifier: ISC */
/*
 * A capsule's YAML -> the files of a package: profile_load() reads page after
 * page, render/ makes files of each, and those go to the package's writer.
 * Some generated pages need something of every page; render/ keeps that in a
 * file without a name, so that memory does not grow with the capsule.  The YAML
 * is not trusted: each fault of it becomes a finding.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cmd/beside.h"
#include "cmd/compile.h"
#include "cmd/cover.h"
#include "cmd/roster.h"
#include "content/diag.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "package/spool.h"
#include "package/writer.h"
#include "render/render.h"

#define KEEP_CHUNK	(64u << 10)	/* bytes written at a time */

struct compile {
	struct pkg_writer	*w;
	struct render		*r;
	struct beside_list	*beside;
	int			 keep;		/* that file; -1: none yet */
	struct buf		 chunk;		/* not yet written to it */
	const uint8_t		*all;		/* that file, mapped */
	size_t			 size;		/* bytes of all */
	struct err		*e;
	int			 failed;	/* each() failed; e says why */
};

static int	put(void *, const char *, const char *, size_t, struct err *);
static int	keep_flush(struct compile *, struct err *);
static int	keep_add(void *, const char *, size_t, struct err *);
static const char *keep_all(void *, struct err *);
static void	keep_rest(void *);
static int	each(const struct profile *, const struct page *, void *);
static int	cover(struct compile *, const char *, struct diag *);
static unsigned	 places(const char *);
static void	 check_places(const struct profile *, size_t, const char *,
		    const char *, struct diag *);
static void	words(const struct profile *, struct diag *);

static int
put(void *arg, const char *path, const char *data, size_t len, struct err *e)
{
	struct compile	*c = arg;

	return pkg_add(c->w, path, data, len, e);
}

/* Write the chunk to the file without a name.  -1: see e. */
static int
keep_flush(struct compile *c, struct err *e)
{
	if (!buf_ok(&c->chunk)) {
		err_nomem(e);
		return -1;
	}
	if (c->keep == -1 && (c->keep = pkg_writer_aside(c->w, e)) == -1)
		return -1;
	if (file_write_all(c->keep, c->chunk.data, c->chunk.len) == -1) {
		err_sys(e, "a temporary file beside the package");
		return -1;
	}
	buf_reset(&c->chunk);
	return 0;
}

static int
keep_add(void *arg, const char *s, size_t len, struct err *e)
{
	struct compile	*c = arg;

	buf_add(&c->chunk, s, len);
	return c->chunk.len < KEEP_CHUNK && buf_ok(&c->chunk) ? 0 :
	    keep_flush(c, e);
}

static const char *
keep_all(void *arg, struct err *e)
{
	struct compile	*c = arg;

	if (keep_flush(c, e) == -1 ||
	    spool_map(c->keep, &c->all, &c->size, e) == -1)
		return NULL;
	return (const char *)c->all;
}

static void
keep_rest(void *arg)
{
	const struct compile	*c = arg;

	spool_rest(c->all, 0, c->size);
}

static int
each(const struct profile *p, const struct page *page, void *arg)
{
	struct compile	*c = arg;

	if (render_page(c->r, p, page, c->e) == -1 ||
	    beside_note(c->beside, page, c->e) == -1) {
		c->failed = 1;
		return -1;
	}
	return 0;
}

/*
 * Add cover.png, the cover of the gempub, if the folder has one.  A fault of
 * the picture goes to d.  -1: see c->e.
 */
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
	if ((data = file_read_below(dir, COVER, COVER_MAX, &len, &e)) == NULL)
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

static unsigned
places(const char *s)
{
	unsigned	 n;

	for (n = 0; (s = strstr(s, "%s")) != NULL; s += 2)
		n++;
	return n;
}

/*
 * apeng fills in each %s, so a phrase needs as many in each language as in
 * English.
 */
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

/* 1: ten digits of one script, from zero on. */
static int
is_ten_digits(const char *s)
{
	uint32_t	 cp, zero = 0;
	size_t		 n;
	int		 i;

	for (i = 0; *s != '\0'; s += n, i++) {
		if ((n = text_utf8_next(s, strlen(s), &cp)) == 0 ||
		    text_digit(cp) != i)
			return 0;
		if (i == 0)
			zero = cp;
		if (cp != zero + (uint32_t)i)
			return 0;
	}
	return i == 10;
}

static void
check_digits(const struct profile *p, size_t i, const char *file,
    struct diag *d)
{
	const char	*s;
	size_t		 l;

	if (strcmp(p->words[i].id, "digits") != 0)
		return;
	for (l = 0; l < p->nlang; l++) {
		s = p->words[i].word.in[l];
		if (s != NULL && !is_ten_digits(s))
			diag_add(d, DIAG_ERROR, file, 0, 0, "words.digits.%s: "
			    "\"%.60s\", want the ten digits of one script, "
			    "from zero on", p->lang[l].dir, s);
	}
}

/*
 * The marks of thousands and of decimals must differ in each language; with one
 * mark for both, 1234 and 1.234 would both become 1.234.
 */
static void
check_marks(const struct profile *p, const char *file, struct diag *d)
{
	const struct language	*lang;
	const char		*own, *mark[2];
	size_t			 i, l;

	for (l = 0; l < p->nlang; l++) {
		lang = lang_or_english(p->lang[l].tag);
		mark[0] = lang->number.thousands;
		mark[1] = lang->number.decimal;
		for (i = 0; i < p->nwords; i++) {
			own = p->words[i].word.in[l];
			if (own == NULL)
				;
			else if (strcmp(p->words[i].id, "thousands") == 0)
				mark[0] = own;
			else if (strcmp(p->words[i].id, "decimal") == 0)
				mark[1] = own;
		}
		if (strcmp(mark[0], mark[1]) == 0)
			diag_add(d, DIAG_ERROR, file, 0, 0, "words: \"%s\" "
			    "would stand between thousands and before "
			    "decimals in %s: say the other one, too "
			    "(thousands: or decimal:)", mark[0],
			    p->lang[l].dir);
	}
}

/*
 * Check the phrases under words:.  An id that apeng never uses was mistyped:
 * warn and name the nearest id.
 */
static void
words(const struct profile *p, struct diag *d)
{
	struct nearest	 near;
	char		*file;
	size_t		 i, j;

	if (asprintf(&file, "%s/capsule.yml", p->dir) == -1)
		return;
	for (i = 0; i < p->nwords; i++) {
		nearest_begin(&near, p->words[i].id);
		for (j = 0; j < lang_npublic; j++) {
			if (strcmp(lang_id(j), p->words[i].id) == 0)
				break;
			nearest_try(&near, lang_id(j));
		}
		check_digits(p, i, file, d);
		if (j < lang_npublic)
			check_places(p, i, lang_all[0].text[j], file, d);
		else if (near.name != NULL)
			diag_add(d, DIAG_WARNING, file, 0, 0, "words: "
			    "\"%s\" is used nowhere, is \"%s\" meant?",
			    p->words[i].id, near.name);
		else
			diag_add(d, DIAG_WARNING, file, 0, 0, "words: "
			    "\"%s\" is used nowhere", p->words[i].id);
	}
	check_marks(p, file, d);
	free(file);
}

struct profile *
compile_capsule(const char *dir, struct pkg_writer *w,
    struct beside_list *beside, struct roster *roster, struct diag *d,
    struct err *e)
{
	static const struct render_keeper	 keeper = { keep_add, keep_all,
					    keep_rest };
	struct compile	 c = { .w = w, .e = e, .keep = -1,
			    .beside = beside };
	struct profile	*p = NULL;
	int		 rv = -1;

	if ((c.r = render_new(put, &keeper, &c, e)) == NULL)
		return NULL;
	if ((p = profile_load(dir, d, each, &c)) == NULL) {
		if (!c.failed && diag_count(d, DIAG_ERROR) == 0)
			err_cannot(e, "%s: cannot be read", dir);
		goto out;
	}
	words(p, d);
	if (cover(&c, dir, d) == -1 || roster_load(roster, p, d, e) == -1 ||
	    roster_render(roster, p, c.r, e) == -1 ||
	    render_finish(c.r, p, e) == -1 ||
	    beside_finish(beside, dir, w, d, e) == -1 ||
	    diag_count(d, DIAG_ERROR) > 0)
		goto out;
	rv = 0;
 out:
	render_free(c.r);
	buf_free(&c.chunk);
	spool_unmap(c.all, c.size);
	if (c.keep != -1)
		close(c.keep);
	if (rv == -1) {
		profile_free(p);
		p = NULL;
	}
	return p;
}
