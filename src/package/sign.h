/* SPDX-License-Identifier: ISC */
/*
 * The publisher's secret key and what it signs.  Files are minisign's own
 * formats, so that either program reads the other's keys.  Secret bytes are
 * wiped before their memory is given back.
 */
#ifndef PACKAGE_SIGN_H
#define PACKAGE_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct buf;
struct err;
struct sign_key;		/* opaque: its body is in sign.c */

#define SIGN_PASSWORD_MAX	1024	/* bytes with the NUL, as minisign */
#define SIGN_MEM_DEFAULT	(1024ull << 20)	/* scrypt, as minisign */
#define SIGN_MEM_MIN		(16ull << 20)

/*
 * Put the password for the key file `what' into out, NUL-terminated.
 * 0, or -1: see e.
 */
typedef int	sign_ask(void *arg, const char *what, char *out, size_t size,
		    struct err *);

/*
 * Read a minisign secret key file; ask is called only when it is encrypted.  A
 * file that others may read is refused, unless any is set.  A file is refused,
 * too, when its scrypt would cost more than minisign ever asks for.  NULL: see
 * e.
 */
struct sign_key	*sign_key_load(const char *path, int any, sign_ask *,
		    void *arg, struct err *);
/* A new key from the system's random numbers.  NULL: see e. */
struct sign_key	*sign_key_new(struct err *);
void		 sign_key_free(struct sign_key *);	/* NULL is fine */
void		 sign_key_public(const struct sign_key *, struct pub_key *);
/*
 * Write a secret key file, mode 0600, only where no file is yet.  password
 * NULL: unencrypted.  mem: bytes that scrypt works through, halved while
 * the machine has less, never below SIGN_MEM_MIN.
 */
int		 sign_key_save(const struct sign_key *, const char *path,
		    const char *password, uint64_t mem, struct err *);
/* Write a public key file, mode 0644, only where no file is yet. */
int		 sign_public_save(const struct pub_key *, const char *path,
		    struct err *);
/*
 * b holds the lines of a head: append the four lines of its signature.
 */
int		 sign_head(const struct sign_key *, struct buf *b,
		    struct err *);
/*
 * The reserve key that keygen made beside the secret key NAME.key:
 * NAME-reserve.pub.  A head names it as next-key.  1: found; 0: there is none;
 * -1: see e.
 */
int		 sign_reserve(const char *key_path, struct pub_key *,
		    struct err *);

/* Overwrite secret bytes that are not needed any more. */
void		 sign_wipe(void *, size_t);

#endif
