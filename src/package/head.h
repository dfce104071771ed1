/* SPDX-License-Identifier: ISC */
/*
 * The head of a package: the signed lines in the ZIP comment.  DESIGN.md
 * "The package"; apeng-package(5).
 */
#ifndef PACKAGE_HEAD_H
#define PACKAGE_HEAD_H

#include <stddef.h>
#include <stdint.h>

#include "package/format.h"

struct err;
struct buf;

#define HEAD_ID_MAX	40
#define KEY_STRING	56		/* base64 of algorithm, id, key */

/* A minisign public key. */
struct pub_key {
	uint8_t	id[8];
	uint8_t	key[32];		/* Ed25519 */
};

struct head {
	char		id[HEAD_ID_MAX + 1];
	uint64_t	serial;
	int64_t		published, expires;	/* seconds since 1970, UTC */
	uint8_t		core[32], wire[32];	/* SHA-256 */
	uint64_t	core_size, wire_size;
	int		has_next;
	struct pub_key	next;
	int		is_signed;
	uint8_t		key_id[8];		/* who signed, if signed */
	size_t		signed_len;		/* bytes the signature covers */
};

/*
 * Parse the lines and, when there, the four lines of a minisign signature
 * behind them.  Does not check the signature: head_verify() does.
 */
int	head_parse(const char *, size_t, struct head *, struct err *);
/* 1: an id as heads have it, 3 to HEAD_ID_MAX bytes [a-z][a-z0-9-]*. */
int	head_id_ok(const char *, size_t);
/* Bytes of the first of several heads, one behind the other. */
size_t	head_bytes(const char *, size_t len);
/* The lines before the signature; parse(write(h)) is h. */
void	head_write(const struct head *, struct buf *);
/*
 * 0: the bytes are signed with one of the keys (index in *which, may be
 * NULL).  -1: see e, which names the key id found.
 */
int	head_verify(const char *, size_t, const struct pub_key *, size_t n,
	    size_t *which, struct err *);
/* The key string of a .pub file's second line, 56 characters, to a key. */
int	key_parse(const char *, size_t, struct pub_key *, struct err *);
void	key_format(const struct pub_key *, char out[KEY_STRING + 1]);
/* 16 upper-case hex digits, as minisign prints key ids. */
void	key_id_format(const uint8_t id[8], char out[17]);
/* Read a minisign public key file. */
int	key_load(const char *path, struct pub_key *, struct err *);

#endif
