/* SPDX-License-Identifier: ISC */
/*
 * Minisign's signature lines, see seal.h: read strictly, written the one way
 * that is read, checked.  The lines come from strangers; head_parse() has
 * checked that they are printable, and nothing is believed before
 * seal_verify().
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/b64.h"
#include "package/ed25519.h"
#include "package/format.h"
#include "package/seal.h"

#define UNTRUSTED	"untrusted comment: " SEAL_COMMENT "\n"
#define TRUSTED		"trusted comment: "
#define SIG_RAW		(2 + 8 + ED_SIG)
#define SIG_B64		B64_LEN(SIG_RAW)
#define ALL_B64		B64_LEN(ED_SIG)

int
seal_parse(const char *s, size_t len, struct seal *g, struct err *e)
{
	const char	*end = s + len, *lf;
	const size_t	 nu = strlen(UNTRUSTED), nt = strlen(TRUSTED);
	uint8_t		 raw[SIG_RAW];

	if (len < nu + SIG_B64 + 1 + nt + 1 + ALL_B64 + 1 ||
	    memcmp(s, UNTRUSTED, nu) != 0) {
		err_set(e, "head: want `untrusted comment: " SEAL_COMMENT
		    "' and three more lines of a signature, or the end");
		return -1;
	}
	s += nu;
	if (b64_parse(s, SIG_B64, raw, SIG_RAW) == -1 || s[SIG_B64] != '\n' ||
	    raw[0] != 'E' || raw[1] != 'd') {
		err_set(e, "head: want a pure Ed25519 signature (minisign "
		    "-S -l makes it) as the second line of the four");
		return -1;
	}
	memcpy(g->id, raw + 2, 8);
	memcpy(g->sig, raw + 10, ED_SIG);
	s += SIG_B64 + 1;
	if (memcmp(s, TRUSTED, nt) != 0 ||
	    (lf = memchr(s, '\n', (size_t)(end - s))) == NULL) {
		err_set(e, "head: want `trusted comment: ' in the signature");
		return -1;
	}
	g->text = s + nt;
	g->text_len = (size_t)(lf - g->text);
	s = lf + 1;
	if ((size_t)(end - s) != ALL_B64 + 1 || s[ALL_B64] != '\n' ||
	    b64_parse(s, ALL_B64, g->all, ED_SIG) == -1) {
		err_set(e, "head: want the signature of the trusted comment "
		    "as the last line and nothing behind it");
		return -1;
	}
	return 0;
}

/* The bytes that the signature in the last line covers. */
static size_t
all_bytes(const struct seal *g, char out[ED_SIG + HEAD_MAX])
{
	memcpy(out, g->sig, ED_SIG);
	memcpy(out + ED_SIG, g->text, g->text_len);
	return ED_SIG + g->text_len;
}

int
seal_verify(const struct seal *g, const void *data, size_t n,
    const uint8_t key[32])
{
	char	 all[ED_SIG + HEAD_MAX];
	size_t	 len;

	if (g->text_len > HEAD_MAX)
		return 0;
	len = all_bytes(g, all);
	return ed_verify(key, data, n, g->sig) &&
	    ed_verify(key, all, len, g->all);
}

void
seal_write(const struct seal *g, struct buf *b)
{
	uint8_t		 raw[SIG_RAW] = { 'E', 'd' };
	char		 text[SIG_B64 + 1];

	memcpy(raw + 2, g->id, 8);
	memcpy(raw + 10, g->sig, ED_SIG);
	b64_format(raw, SIG_RAW, text);
	buf_fmt(b, UNTRUSTED "%s\n" TRUSTED, text);
	buf_add(b, g->text, g->text_len);
	b64_format(g->all, ED_SIG, text);
	buf_fmt(b, "\n%s\n", text);
}

int
seal_make(struct buf *b, const uint8_t id[8], const uint8_t seed[32])
{
	struct seal	 g;
	char		 all[ED_SIG + HEAD_MAX];
	size_t		 len;

	if (!buf_ok(b) || ed_sign(seed, b->data, b->len, g.sig) == -1)
		return -1;
	memcpy(g.id, id, 8);
	g.text = SEAL_COMMENT;
	g.text_len = strlen(SEAL_COMMENT);
	len = all_bytes(&g, all);
	if (ed_sign(seed, all, len, g.all) == -1)
		return -1;
	seal_write(&g, b);
	return buf_ok(b) ? 0 : -1;
}
