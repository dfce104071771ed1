/* SPDX-License-Identifier: ISC */
/*
 * The succession of keys and serials when an edition is built, see lineage.h.
 * The edition that is replaced was opened and has the right form.  It is not
 * checked here who signed it, since each reader of the new edition proves each
 * step.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/lineage.h"
#include "package/chain.h"
#include "package/index.h"
#include "package/offer.h"
#include "package/reader.h"

int
lineage_keys(const struct pkg *old, const struct pub_key *key, struct buf *b,
    struct err *e)
{
	const struct head *h;
	struct pkg_entry keys;
	struct chain	 c = { 0 };
	const char	*text;
	size_t		 len;

	if (old == NULL || !(h = pkg_head(old))->is_signed)
		return 0;
	if (pkg_find(old, CHAIN_PATH, strlen(CHAIN_PATH), &keys) &&
	    chain_parse(&c, (const char *)keys.data, keys.size, e) == -1)
		return -1;
	if (memcmp(h->key_id, key->id, sizeof(key->id)) != 0) {
		if (!h->has_next || memcmp(&h->next, key, sizeof(*key)) != 0)
			return 0;	/* no succession; the caller warns */
		text = pkg_comment(old, &len);
		if (chain_add(&c, text, len, e) == -1)
			return -1;
	}
	if (c.n > 0)
		chain_write(&c, b);
	if (buf_ok(b))
		return 0;
	err_nomem(e);
	return -1;
}

int
lineage_is_taken(const char *gpub, const struct head *h, struct err *e)
{
	struct edition	 ed;
	struct dirent	*d;
	char		*dir;
	uint64_t	 highest = 0;
	int		 taken = 0;
	DIR		*dp;

	if ((dir = storeix_dir(gpub)) == NULL)
		return 0;
	dp = opendir(dir);
	while (dp != NULL && (d = readdir(dp)) != NULL) {
		if (edition_parse(d->d_name, strlen(d->d_name), &ed) == -1 ||
		    ed.serial < h->serial || (ed.serial == h->serial &&
		    memcmp(ed.core, h->core, SHORT_LEN) == 0))
			continue;
		taken = 1;
		if (ed.serial > highest)
			highest = ed.serial;
	}
	if (dp != NULL)
		closedir(dp);
	free(dir);
	if (taken)
		err_set(e, "%s: would be edition %" PRIu64 ", but its store "
		    "knows another edition %" PRIu64 "; mirrors refuse a lower "
		    "serial, and two of one: --serial-above %" PRIu64, gpub,
		    h->serial, highest, highest);
	return taken;
}
