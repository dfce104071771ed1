/* SPDX-License-Identifier: ISC */
/*
 * What a mirror remembers of its publisher, see state.h, as a small text file
 * that is replaced whole.  It narrows what the keys given by hand prove: a
 * stolen key can announce whom it likes, but only the first one counts.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/num.h"
#include "mirror/state.h"
#include "package/hash.h"

#define STATE_FIRST	"apeng-mirror 1\n"
#define STATE_MAX	16384		/* bytes of the file */

static int
has_id(const struct state *s, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < s->nrevoked; i++)
		if (memcmp(s->revoked[i], id, 8) == 0)
			return 1;
	return 0;
}

static struct state_key *
learned(struct state *s, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(s->key[i].key.id, id, 8) == 0)
			return &s->key[i];
	return NULL;
}

/* The key that the key with this id has announced first, or NULL. */
static const struct state_key *
successor(const struct state *s, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(s->key[i].by, id, 8) == 0)
			return &s->key[i];
	return NULL;
}

static void
learn(struct state *s, const struct pub_key *k, const uint8_t by[8])
{
	if (s->nkey == STATE_KEYS || learned(s, k->id) != NULL)
		return;
	s->key[s->nkey].key = *k;
	memcpy(s->key[s->nkey++].by, by, 8);
}

static void
retire(struct state *s, const uint8_t id[8])
{
	if (has_id(s, id))
		return;
	if (s->nrevoked == STATE_KEYS) {	/* the oldest is long gone */
		memmove(s->revoked[0], s->revoked[1],
		    sizeof(s->revoked) - sizeof(s->revoked[0]));
		s->nrevoked--;
	}
	memcpy(s->revoked[s->nrevoked++], id, 8);
}

/* Before 2026-12 the file did not say who had announced a key. */
static void
old_lines(struct state *s)
{
	static const uint8_t	 none[8];
	size_t			 i;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(s->key[i].by, none, 8) == 0 &&
		    memcmp(s->key[i].key.id, s->signer, 8) != 0)
			memcpy(s->key[i].by, s->signer, 8);
}

/* One line "name value"; unknown names are for later versions of us. */
static int
parse_line(struct state *s, const char *line, const char *end)
{
	static const uint8_t	 none[8];
	struct pub_key	 key;
	const char	*v;
	char		 text[24];
	size_t		 n;

	if ((v = memchr(line, ' ', (size_t)(end - line))) == NULL)
		return -1;
	n = (size_t)(end - ++v);
	if (strncmp(line, "id ", 3) == 0 && n <= HEAD_ID_MAX) {
		memcpy(s->id, v, n);
		s->id[n] = '\0';
	} else if (strncmp(line, "serial ", 7) == 0) {
		return num_parse(v, n, &s->serial);
	} else if (strncmp(line, "core ", 5) == 0) {
		return n == SHA_HEX ? hex_parse(v, SHA_LEN, s->core) : -1;
	} else if (strncmp(line, "published ", 10) == 0 && n == 20) {
		memcpy(text, v, n);
		text[n] = '\0';
		s->published = clock_parse(text);
		return s->published == -1 ? -1 : 0;
	} else if (strncmp(line, "signer ", 7) == 0) {
		return n == 16 ? hex_parse(v, 8, s->signer) : -1;
	} else if (strncmp(line, "key ", 4) == 0) {
		if (key_parse(v, n, &key, NULL) == -1)
			return -1;
		learn(s, &key, none);
	} else if (strncmp(line, "by ", 3) == 0) {
		if (n != 16 || s->nkey == 0)
			return -1;
		return hex_parse(v, 8, s->key[s->nkey - 1].by);
	} else if (strncmp(line, "revoked ", 8) == 0) {
		if (n != 16 || s->nrevoked == STATE_KEYS)
			return -1;
		return hex_parse(v, 8, s->revoked[s->nrevoked++]);
	}
	return 0;
}

/* What state_save() always writes: a part of it would forget the rest. */
static int
is_whole(const char *text, size_t len)
{
	static const char *const	 always[] = { "\nid ", "\nserial ",
	    "\ncore ", "\npublished ", "\nsigner " };
	size_t	 i;

	if (strlen(text) != len)
		return 0;	/* a disk's zeros after a crash */
	for (i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (strstr(text, always[i]) == NULL)
			return 0;
	return 1;
}

int
state_load(struct state *s, const char *path, struct err *e)
{
	char	*data, *line, *lf;
	size_t	 len;
	int	 rv = -1;

	memset(s, 0, sizeof(*s));
	if (access(path, F_OK) == -1 && errno == ENOENT)
		return 0;
	if ((data = file_read_ours(path, STATE_MAX, &len, e)) == NULL)
		return -1;
	if (strncmp(data, STATE_FIRST, strlen(STATE_FIRST)) != 0 ||
	    !is_whole(data, len))
		goto bad;
	for (line = data + strlen(STATE_FIRST); *line != '\0'; line = lf + 1)
		if ((lf = strchr(line, '\n')) == NULL ||
		    parse_line(s, line, lf) == -1)
			goto bad;
	old_lines(s);
	rv = 0;
 bad:
	if (rv == -1) {
		memset(s, 0, sizeof(*s));
		err_cannot(e, "%s: damaged; it keeps an older edition from "
		    "coming back.  Take it away to begin anew", path);
	}
	free(data);
	return rv;
}

int
state_save(const struct state *s, const char *path, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		 text[SHA_HEX + 1];
	size_t		 i;
	int		 rv;

	buf_fmt(&b, STATE_FIRST "id %s\nserial %llu\n", s->id,
	    (unsigned long long)s->serial);
	hex_format(s->core, SHA_LEN, text);
	buf_fmt(&b, "core %s\n", text);
	clock_format(s->published, text);
	buf_fmt(&b, "published %s\n", text);
	hex_format(s->signer, 8, text);
	buf_fmt(&b, "signer %s\n", text);
	for (i = 0; i < s->nkey; i++) {
		key_format(&s->key[i].key, text);
		buf_fmt(&b, "key %s\n", text);
		hex_format(s->key[i].by, 8, text);
		buf_fmt(&b, "by %s\n", text);
	}
	for (i = 0; i < s->nrevoked; i++) {
		hex_format(s->revoked[i], 8, text);
		buf_fmt(&b, "revoked %s\n", text);
	}
	rv = file_save(path, &b, e);
	buf_free(&b);
	return rv;
}

/* Serial, core and date of an edition; 1: something is newer. */
static int
note_edition(struct state *s, const struct head *h, int force)
{
	int	 changed = 0;

	if (s->id[0] == '\0' || h->serial > s->serial ||
	    (force && (h->serial != s->serial ||
	    memcmp(h->core, s->core, sizeof(s->core)) != 0))) {
		snprintf(s->id, sizeof(s->id), "%s", h->id);
		s->serial = h->serial;
		memcpy(s->core, h->core, sizeof(s->core));
		changed = 1;
	}
	if (h->published > s->published) {
		s->published = h->published;
		changed = 1;
	}
	return changed;
}

/* Another key than before has signed: is it the successor of that one? */
static void
note_signer(struct state *s, const struct head *h, const struct proof *p)
{
	static const uint8_t	 none[8];
	struct state_key	 self, *k;
	size_t			 i;

	k = learned(s, h->key_id);
	if (k != NULL || p->n > 1) {
		memset(&self, 0, sizeof(self));
		self.key = p->key[p->n - 1];
		if (k != NULL)
			memcpy(self.by, k->by, 8);
		else
			memcpy(self.by, p->key[p->n - 2].id, 8);
		for (i = 0; i + 1 < p->n; i++)
			retire(s, p->key[i].id);
		retire(s, self.by);
		if (memcmp(s->signer, none, 8) != 0)
			retire(s, s->signer);
		s->key[0] = self;
		s->nkey = 1;
	}
	memcpy(s->signer, h->key_id, 8);
}

/*
 * The same key as before has signed, but now a succession proves it: whoever
 * stands before it there has been replaced.  1: that is news.
 */
static int
note_line(struct state *s, const struct proof *p)
{
	size_t	 i;
	int	 changed = 0;

	for (i = 0; i + 1 < p->n; i++)
		if (!has_id(s, p->key[i].id)) {
			retire(s, p->key[i].id);
			changed = 1;
		}
	return changed;
}

enum state_news
state_note(struct state *s, const struct head *h, const struct proof *p,
    int force)
{
	const struct state_key	*next;
	int			 changed;

	if ((h->serial < s->serial && !force) || (s->id[0] != '\0' &&
	    strcmp(h->id, s->id) != 0))
		return STATE_SAME;
	changed = note_edition(s, h, force);
	if (memcmp(h->key_id, s->signer, 8) != 0) {
		note_signer(s, h, p);
		changed = 1;
	} else
		changed |= note_line(s, p);
	if (!h->has_next || has_id(s, h->next.id))
		return changed ? STATE_CHANGED : STATE_SAME;
	if ((next = successor(s, h->key_id)) == NULL) {
		learn(s, &h->next, h->key_id);
		return STATE_CHANGED;
	}
	if (memcmp(next->key.id, h->next.id, 8) != 0 ||
	    memcmp(next->key.key, h->next.key, sizeof(h->next.key)) != 0)
		return STATE_SECOND;
	return changed ? STATE_CHANGED : STATE_SAME;
}

void
state_trust_anew(struct state *s)
{
	s->nkey = s->nrevoked = 0;
	memset(s->signer, 0, sizeof(s->signer));
}

void
state_forget_edition(struct state *s)
{
	s->serial = 0;
	s->published = 0;
	memset(s->core, 0, sizeof(s->core));
}

static enum anchor_how
how(const struct state *s, const uint8_t id[8])
{
	if (has_id(s, id))
		return ANCHOR_GONE;
	return successor(s, id) != NULL ? ANCHOR_ALONE : ANCHOR_OPEN;
}

size_t
state_anchors(const struct state *s, const struct anchor *given, size_t n,
    int all, struct anchor *out)
{
	size_t	 i, to = 0, live = 0;

	for (i = 0; i < n; i++) {
		out[to] = given[i];
		out[to].how = all ? ANCHOR_OPEN : how(s, given[i].key.id);
		live += out[to++].how != ANCHOR_GONE;
	}
	for (i = 0; i < s->nkey; i++) {
		memset(&out[to], 0, sizeof(out[to]));
		out[to].key = s->key[i].key;
		snprintf(out[to].id, sizeof(out[to].id), "%s", s->id);
		out[to].how = all ? ANCHOR_OPEN : how(s, s->key[i].key.id);
		live += out[to++].how != ANCHOR_GONE;
	}
	return live == 0 ? 0 : to;
}
