/* SPDX-License-Identifier: ISC */
/*
 * What all protocols answer alike: the words under apeng/ and .apeng/ that
 * mirrors ask for.  Trusts the package, which was proven when it was opened,
 * and nothing of the request: each of its parts is compared with what exists or
 * parsed within its length.
 */
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "package/chain.h"
#include "package/head.h"
#include "package/offer.h"
#include "package/reader.h"
#include "package/store.h"
#include "proto/files.h"
#include "serve/all.h"
#include "serve/answer.h"
#include "serve/found.h"
#include "serve/open.h"

size_t
answer_shown(const uint8_t *s, size_t len, char end)
{
	size_t	 n;

	for (n = 0; n < len && s[n] != '\r' && s[n] != '\n' &&
	    s[n] != (uint8_t)end; n++)
		;
	return n;
}

/* 1: *s began with word, which is taken off. */
static int
starts(const char **s, size_t *len, const char *word)
{
	size_t	 n = strlen(word);

	if (*len < n || memcmp(*s, word, n) != 0)
		return 0;
	*s += n;
	*len -= n;
	return 1;
}

/* f/SHA16/OFFSET, for mirrors: values as answer_mirror(). */
static int
answer_file(struct site *s, const char *rest, size_t len, struct reply *r)
{
	struct file_row	 row;
	char		 number[24], hex[SHORT_HEX + 1];
	uint64_t	 from;
	int		 rv;

	if (len < SHORT_HEX + 2 || rest[SHORT_HEX] != '/' ||
	    len - SHORT_HEX - 1 >= sizeof(number))
		return -1;
	memcpy(number, rest + SHORT_HEX + 1, len - SHORT_HEX - 1);
	number[len - SHORT_HEX - 1] = '\0';
	if (num_parse(number, strlen(number), &from) == -1)
		return -1;
	memcpy(hex, rest, SHORT_HEX);
	hex[SHORT_HEX] = '\0';
	if (!found_row_of(s, hex, &row) || from >= row.size)
		return 0;
	if ((rv = reply_file(r, &row, from)) == 1)
		buf_fmt(&r->head, "apeng-file %s %" PRIu64 " %" PRIu64 "\n",
		    hex, from, row.size);
	return rv;
}

/*
 * The succession of the keys; only its first line when no key followed another.
 */
static void
answer_keys(struct site *s, struct reply *r)
{
	struct pkg_entry	 keys;

	if (pkg_find(s->pkg, CHAIN_PATH, strlen(CHAIN_PATH), &keys))
		reply_borrow(r, s, keys.data, keys.size);
	else
		reply_borrow(r, s, CHAIN_FIRST "\n", sizeof(CHAIN_FIRST));
}

int
answer_mirror(struct sites *ss, struct site *s, const char *rest, size_t len,
    struct reply *r)
{
	const uint8_t	*data = NULL;
	const char	*comment;
	size_t		 n = 0;
	int		 rv;

	r->resumes = 1;
	if (len == 4 && memcmp(rest, "head", 4) == 0) {
		comment = pkg_comment(s->pkg, &n);
		reply_borrow(r, s, comment, n);
		return 1;
	}
	if (len == 4 && memcmp(rest, "keys", 4) == 0) {
		answer_keys(s, r);
		return 1;
	}
	if (starts(&rest, &len, "f/")) {
		rv = answer_file(s, rest, len, r);
		return buf_ok(&r->head) ? rv : -2;
	}
	if (s->store == NULL)
		return 0;
	if (starts(&rest, &len, "all/"))
		return all_answer(ss, s, rest, len, r);
	if (starts(&rest, &len, "up/"))
		rv = store_up(s->store, rest, len, &r->head, &data, &n) == 0 ?
		    1 : -1;
	else if (starts(&rest, &len, "u/"))
		rv = store_compact(s->store, rest, len, 0, &r->head, &data,
		    &n) == 0 ? 1 : -1;
	else if (starts(&rest, &len, "b/"))
		rv = store_at(s->store, rest, len, &r->head, &data, &n);
	else
		return 0;
	if (!buf_ok(&r->head))
		return -2;
	if (rv == 1)
		reply_borrow(r, s, data, n);
	return rv;
}
