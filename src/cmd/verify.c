/* SPDX-License-Identifier: ISC */
/*
 * apeng verify: prove a package from the file alone; or, with --evidence, prove
 * that one serial was signed with two contents.  The file may be anybody's:
 * nothing in it is trusted before its signatures are checked.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/package.h"
#include "package/chain.h"
#include "package/evidence.h"
#include "package/hash.h"
#include "package/members.h"
#include "package/offer.h"
#include "package/reader.h"
#include "package/trust.h"

/*
 * The package has the right form, but no key was given to prove who signed it:
 * say which key would.  Returns the exit status.
 */
static int
no_key(const struct pkg *p, const char *file)
{
	struct err	 e;
	char		 id[17];

	if (!pkg_head(p)->is_signed)
		err_set(&e, "%s: not proven: the package is not signed",
		    file);
	else {
		key_id_format(pkg_head(p)->key_id, id);
		err_set(&e, "%s: not proven: it says it is signed with key "
		    "%s; give that key with -p or -P, from a place you trust",
		    file, id);
	}
	return cmd_fail(&e);
}

static void
tell(const struct pkg *p, const char *file)
{
	const struct head	*h = pkg_head(p);
	int64_t			 now = clock_wall();
	char			 id[17], from[21], to[21];

	key_id_format(h->key_id, id);
	clock_format(h->published, from);
	clock_format(h->expires, to);
	printf("%s: proven: %s, serial %llu, published %.10s, key %s\n", file,
	    h->id, (unsigned long long)h->serial, from, id);
	if (h->has_next) {
		key_id_format(h->next.id, id);
		printf("%s: its next key is %s\n", file, id);
	}
	if (now < h->published)		/* the clock must be behind */
		now = h->published;
	if (now > h->expires)
		fprintf(stderr, "apeng verify: %s: warning: expired on %.10s; "
		    "there may be a newer edition\n", file, to);
}

/*
 * 1: the key is one of those given, in all its bytes, and was given for this
 * id.
 */
static int
is_given(const struct anchors *keys, const struct pub_key *k, const char *id)
{
	size_t	 i;

	for (i = 0; i < keys->n; i++)
		if (memcmp(&keys->v[i].key, k, sizeof(*k)) == 0 &&
		    anchor_is_for(&keys->v[i], id))
			return 1;
	return 0;
}

/*
 * Print both heads, and check that the given keys signed them.  Returns the
 * exit status.
 */
static int
verify_evidence(const char *file, const struct anchors *keys)
{
	struct evidence	 v;
	struct err	 e, why;
	char		*text, id[17], core[SHORT_HEX + 1], day[21];
	size_t		 len;
	int		 i, known = 1;

	if ((text = file_read(file, EVIDENCE_MAX, &len, &e)) == NULL)
		return cmd_fail(&e);
	if (evidence_parse(&v, text, len, &why) == -1) {
		err_set(&e, "%s: %s", file, why.msg);
		free(text);
		return cmd_fail(&e);
	}
	printf("%s: edition %llu of %s was signed with two contents:\n", file,
	    (unsigned long long)v.side[0].head.serial, v.side[0].head.id);
	for (i = 0; i < 2; i++) {
		key_id_format(v.side[i].key.id, id);
		hex_format(v.side[i].head.core, SHORT_LEN, core);
		clock_format(v.side[i].head.published, day);
		printf("  core %s, published %.10s, key %s\n", core, day, id);
		known &= is_given(keys, &v.side[i].key,
		    v.side[i].head.id);
	}
	free(text);
	if (known)
		return STATUS_DONE;
	err_set(&e, "%s: it proves this of the keys named, which are not %s%s; "
	    "give the publisher's with -p or -P, from a place you trust",
	    file, keys->n == 0 ? "known here" : "those given for ",
	    keys->n == 0 ? "" : v.side[0].head.id);
	return cmd_fail(&e);
}

/*
 * Prove the package by the given keys, or, unless cat is NULL, also by the keys
 * that the catalogue in the file cat lists.  Owns fd.  NULL: see e.
 */
static struct pkg *
prove(int fd, const char *file, const char *cat, const struct anchors *keys,
    struct err *e)
{
	struct pkg_entry chain = { 0 };
	struct members	 list = { 0 };
	struct pkg	*p = NULL, *c;
	struct err	 why;
	const char	*text;
	size_t		 len;
	int		 from, rv = -1;

	if (cat == NULL)
		return pkg_prove(fd, file, keys->v, keys->n, NULL, e);
	if ((from = file_open(cat, e)) == -1 || (c = pkg_prove(from, cat,
	    keys->v, keys->n, NULL, e)) == NULL) {
		close(fd);
		return NULL;
	}
	if ((rv = members_read(c, &list, &why)) == 0)
		err_set(e, "%s: is no catalogue", cat);
	else if (rv == -1)
		err_set(e, "%s: %s", cat, why.msg);
	pkg_close(c);
	if (rv != 1) {
		close(fd);
		return NULL;
	}
	if ((p = pkg_prove(fd, file, NULL, 0, NULL, e)) != NULL) {
		text = pkg_comment(p, &len);
		pkg_find(p, CHAIN_PATH, strlen(CHAIN_PATH), &chain);
		if (members_judge(keys->v, keys->n, &list, text, len,
		    (const char *)chain.data, chain.size, NULL, &why) !=
		    TRUST_PROVEN) {
			err_set(e, "%s: %s", file, why.msg);
			pkg_close(p);
			p = NULL;
		}
	}
	members_free(&list);
	return p;
}

static int
run_verify(int argc, char **argv, struct anchors *keys)
{
	static const struct option opts[] = {
		{ "catalogue", required_argument, NULL, 'C' },
		{ "head", no_argument, NULL, 'H' },
		{ "evidence", no_argument, NULL, 'E' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct pkg	*p;
	struct err	 e;
	const char	*file, *text, *cat = NULL;
	size_t		 len;
	int		 c, fd, head = 0, is_evidence = 0, rv = STATUS_DONE;

	while ((c = getopt_long(argc, argv, "p:P:h", opts, NULL)) != -1) {
		if (c == 'h')
			return cmd_help();
		else if (c == 'C')
			cat = optarg;
		else if (c == 'H')
			head = 1;
		else if (c == 'E')
			is_evidence = 1;
		else if (c != 'p' && c != 'P')
			return cmd_usage();
		else if (package_key(keys, c, optarg, &e) == -1)
			return cmd_fail(&e);
	}
	if (argc - optind != 1 || (head && is_evidence) ||
	    (cat != NULL && (keys->n == 0 || is_evidence)))
		return cmd_usage();
	file = argv[optind];
	if (is_evidence)
		return verify_evidence(file, keys);
	if ((fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		err_sys(&e, "%s", file);
		return cmd_fail(&e);
	}
	if ((p = prove(fd, file, cat, keys, &e)) == NULL)
		return cmd_fail(&e);
	text = pkg_comment(p, &len);
	if (head)
		fwrite(text, 1, len, stdout);
	else if (keys->n > 0)
		tell(p, file);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		err_sys(&e, "standard output");
		rv = cmd_fail(&e);
	} else if (keys->n == 0)
		rv = no_key(p, file);
	pkg_close(p);
	return rv;
}

int
cmd_verify(int argc, char **argv)
{
	return package_command(argc, argv, run_verify);
}
