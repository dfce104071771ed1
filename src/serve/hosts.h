/* SPDX-License-Identifier: ISC */
/* The host's own names, each with a certificate and a key beside it. */
#ifndef SERVE_HOSTS_H
#define SERVE_HOSTS_H

#include <stddef.h>

#include "net/tls.h"
#include "serve/prove.h"

struct err;
struct signer_line;

#define HOSTS_MAX	64

struct hosts {
	size_t		 nname;
	char		*name[HOSTS_MAX];	/* lower case */
	size_t		 npair;			/* certificates, keys */
	char		*cert_path[HOSTS_MAX];
	char		*key_path[HOSTS_MAX];
	struct seen	 key[HOSTS_MAX];	/* which file it was */
	struct tls_pem	 pem[HOSTS_MAX];
};

/*
 * Read DIR/NAME.crt for each name (n 0: all that DIR holds, by name).  A
 * name that an earlier certificate covers needs none of its own.  Keys are
 * only named, never opened here.  NULL: see e, which tells the remedy.
 */
struct hosts	*hosts_load(const char *dir, const char *const *name,
		    size_t n, struct err *e);
void		 hosts_free(struct hosts *);		/* NULL is fine */
/* 1: the same names, certificates and files of keys. */
int		 hosts_same(const struct hosts *, const struct hosts *);
/*
 * Does each key, asked through line, belong to its certificate?  -1: see
 * e.  Dates only warn.
 */
int		 hosts_prove(const struct hosts *, struct signer_line *,
		    void (*say)(void *, const char *), void *arg,
		    struct err *e);

#endif
