#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/num.h"
#include "mirror/state.h"
#include "package/hash.h"

#define STATE_FIRST	"apeng-mirror 1\n"
#define STATE_MAX	16384		/* bytes of the file */

static int	 add_key(struct state *, const struct pub_key *);
static int	 drop_key(struct state *, const uint8_t[8]);
static int	 has_id(const struct state *, const uint8_t[8]);
static int	 is_learned(const struct state *, const uint8_t[8]);
static int	 is_whole(const char *, size_t);
static int	 parse_line(struct state *, const char *, const char *);

static int
has_id(const struct state *s, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < s->nrevoked; i++)
		if (memcmp(s->revoked[i], id, 8) == 0)
			return 1;
	return 0;
}

static int
is_learned(const struct state *s, const uint8_t id[8])
{
	size_t	 i;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(s->key[i].id, id, 8) == 0)
			return 1;
	return 0;
}

static int
add_key(struct state *s, const struct pub_key *k)
{
	size_t	 i;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(&s->key[i], k, sizeof(*k)) == 0)
			return 0;
	if (s->nkey == STATE_KEYS)
		return 0;
	s->key[s->nkey++] = *k;
	return 1;
}

static int
drop_key(struct state *s, const uint8_t id[8])
{
	size_t	 i, n = 0;

	for (i = 0; i < s->nkey; i++)
		if (memcmp(s->key[i].id, id, 8) != 0)
			s->key[n++] = s->key[i];
	i = s->nkey - n;
	s->nkey = n;
	return i != 0;
}

/* One line "name value"; unknown names are for later versions of us. */
static int
parse_line(struct state *s, const char *line, const char *end)
{
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
		add_key(s, &key);
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
	if ((data = file_read(path, STATE_MAX, &len, e)) == NULL)
		return -1;
	if (strncmp(data, STATE_FIRST, strlen(STATE_FIRST)) != 0 ||
	    !is_whole(data, len))
		goto bad;
	for (line = data + strlen(STATE_FIRST); *line != '\0'; line = lf + 1)
		if ((lf = strchr(line, '\n')) == NULL ||
		    parse_line(s, line, lf) == -1)
			goto bad;
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
	int		 rv = -1;

	buf_fmt(&b, STATE_FIRST "id %s\nserial %llu\n", s->id,
	    (unsigned long long)s->serial);
	hex_format(s->core, SHA_LEN, text);
	buf_fmt(&b, "core %s\n", text);
	clock_format(s->published, text);
	buf_fmt(&b, "published %s\n", text);
	hex_format(s->signer, 8, text);
	buf_fmt(&b, "signer %s\n", text);
	for (i = 0; i < s->nkey; i++) {
		key_format(&s->key[i], text);
		buf_fmt(&b, "key %s\n", text);
	}
	for (i = 0; i < s->nrevoked; i++) {
		hex_format(s->revoked[i], 8, text);
		buf_fmt(&b, "revoked %s\n", text);
	}
	if (!buf_ok(&b))
		err_nomem(e);
	else
		rv = file_replace(path, 0644, b.data, b.len, e);
	buf_free(&b);
	return rv;
}

int
state_note(struct state *s, const struct head *h, int force)
{
	static const uint8_t	 none[8];
	int			 changed = 0;

	if ((h->serial < s->serial && !force) || (s->id[0] != '\0' &&
	    strcmp(h->id, s->id) != 0))
		return 0;
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
	if (memcmp(h->key_id, s->signer, 8) != 0) {
		/*
		 * The key that an earlier head announced has signed: the one
		 * before has been given up, perhaps lost to somebody.
		 */
		if (memcmp(s->signer, none, 8) != 0 &&
		    is_learned(s, h->key_id) && !has_id(s, s->signer) &&
		    s->nrevoked < STATE_KEYS) {
			memcpy(s->revoked[s->nrevoked++], s->signer, 8);
			drop_key(s, s->signer);
		}
		memcpy(s->signer, h->key_id, 8);
		changed = 1;
	}
	if (h->has_next && !has_id(s, h->next.id))
		changed |= add_key(s, &h->next);
	return changed;
}

size_t
state_keys(const struct state *s, const struct pub_key *given, size_t ngiven,
    struct pub_key out[STATE_KEYS])
{
	size_t	 i, n = 0;

	for (i = 0; i < ngiven && n < STATE_KEYS; i++)
		if (!has_id(s, given[i].id))
			out[n++] = given[i];
	for (i = 0; i < s->nkey && n < STATE_KEYS; i++)
		if (!has_id(s, s->key[i].id))
			out[n++] = s->key[i];
	return n;
}
