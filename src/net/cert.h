/* SPDX-License-Identifier: ISC */
/* Certificates of the host: made once, checked at every start. */
#ifndef NET_CERT_H
#define NET_CERT_H

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"
#include "net/key.h"

struct err;
struct buf;

#define CERT_FILE_MAX	(1 << 20)	/* bytes, chain included */

/*
 * A new P-256 key (PEM into key, unless key already holds one: then that is
 * used) and a self-signed certificate for host (PEM into cert): valid from
 * 1970 to 9999, so that a machine without a clock works; the only extension
 * names host and the addresses.
 */
int	cert_make(const char *host, const struct net_addr *ip, size_t nip,
	    struct buf *key, struct buf *cert, struct err *e);
/* 1: the first certificate of the PEM text names host; 0: no; -1: see e. */
int	cert_names_host(const uint8_t *pem, size_t len, const char *name,
	    const char *host, struct err *e);
/*
 * Have a test signature made by sign(arg, number, ...) and check it against
 * the certificate: 0 when they belong together, else -1, see e.  *from and
 * *until: its validity, seconds since 1970.
 */
int	cert_proves_key(const uint8_t *pem, size_t len, const char *name,
	    key_sign_fn *sign, void *arg, unsigned number, int64_t *from,
	    int64_t *until, struct err *e);
/* 1 for a host name a certificate may carry: letters, digits, '.', '-'. */
int	cert_host_ok(const char *host);

#endif
