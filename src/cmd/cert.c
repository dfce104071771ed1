/* SPDX-License-Identifier: ISC */
/*
 * apeng cert: make a host's TLS key and its certificate, for readers who pin
 * what they saw first.  A key that is there is never overwritten; --renew makes
 * a new certificate for that same key.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hostname.h"
#include "base/nofollow.h"
#include "base/secret.h"
#include "cmd/cmd.h"
#include "net/cert.h"

#define IPS_MAX		32

struct cert_args {
	char		 host[HOSTNAME_MAX];	/* in small letters */
	const char	*dir;
	struct net_addr	 ip[IPS_MAX];
	size_t		 nip;
	int		 renew;
	int		 readable;	/* allow it where no modes are kept */
};

static int
is_there(const char *path)
{
	return access(path, F_OK) == 0 || errno != ENOENT;
}

/*
 * Write the key and then the certificate, since a certificate without its key
 * is of no use.  With renew read the key instead.  -1: see e.
 */
static int
write_pair(const struct cert_args *a, const char *key_path,
    const char *cert_path, struct err *e)
{
	struct buf	 key = BUF_INIT, cert = BUF_INIT;
	char		*old, *to;
	size_t		 len;
	int		 rv = -1;

	if (a->renew) {
		if ((old = file_read(key_path, 65536, &len, e)) == NULL)
			goto out;
		buf_add(&key, old, len);
		explicit_bzero(old, len);
		free(old);
	}
	if (cert_make(a->host, a->ip, a->nip, &key, &cert, e) == -1)
		goto out;
	if (!a->renew && file_replace(key_path, 0600, key.data, key.len, e) ==
	    -1)
		goto out;
	/* A certificate that is a link stays one: write to its target. */
	if ((to = file_target(cert_path, e)) == NULL)
		goto out;
	rv = file_replace(to, 0644, cert.data, cert.len, e);
	free(to);
 out:
	if (key.data != NULL)
		explicit_bzero(key.data, key.size);
	buf_free(&key);
	buf_free(&cert);
	return rv;
}

static int
make(const struct cert_args *a, struct err *e)
{
	char	*key = NULL, *cert = NULL;
	int	 n = 0, rv = -1;

	if (!cert_host_ok(a->host)) {
		hostname_err(a->host, e);
		return -1;
	}
	if (asprintf(&key, "%s/%s.key", a->dir, a->host) == -1 ||
	    asprintf(&cert, "%s/%s.crt", a->dir, a->host) == -1) {
		err_nomem(e);
		return -1;
	}
	if (file_mkdirs(a->dir, 0755, e) == -1)
		goto out;
	if (!a->renew && (is_there(key) || is_there(cert))) {
		err_set(e, "%s is there already; readers have pinned it. "
		    "--renew makes a new certificate for the same key",
		    is_there(key) ? key : cert);
		goto out;
	}
	if (a->renew && !is_there(key)) {
		err_set(e, "%s: no key to renew the certificate of", key);
		goto out;
	}
	if (!a->renew && (n = secret_place(key, a->readable, e)) == -1)
		goto out;
	if (write_pair(a, key, cert, e) == -1)
		goto out;
	if (n == 1)
		fprintf(stderr, "apeng cert: %s: warning: no modes are kept "
		    "there: anybody who reaches it may read this key\n", key);
	printf("%s\n%s\n", key, cert);
	rv = 0;
 out:
	free(key);
	free(cert);
	return rv;
}

int
cmd_cert(int argc, char **argv)
{
	static const struct option	 longopts[] = {
		{ "host", required_argument, NULL, 'h' },
		{ "ip", required_argument, NULL, 'i' },
		{ "renew", no_argument, NULL, 'r' },
		{ "readable-key", no_argument, NULL, 'R' },
		{ "help", no_argument, NULL, '?' + 256 },
		{ NULL, 0, NULL, 0 }
	};
	struct cert_args		 a;
	struct err			 e;
	int				 ch;

	memset(&a, 0, sizeof(a));
	while ((ch = getopt_long(argc, argv, "", longopts, NULL)) != -1) {
		switch (ch) {
		case 'h':
			hostname_lower(optarg, a.host, sizeof(a.host));
			break;
		case 'i':
			if (a.nip == IPS_MAX) {
				err_set(&e, "more than %d addresses",
				    IPS_MAX);
				return cmd_fail(&e);
			}
			if (addr_parse(optarg, 0, &a.ip[a.nip++],
			    NULL) == -1) {
				err_cannot(&e, "--ip: \"%s\", want an "
				    "address, as in 192.0.2.1 or 2001:db8::1",
				    optarg);
				return cmd_fail(&e);
			}
			break;
		case 'r':
			a.renew = 1;
			break;
		case 'R':
			a.readable = 1;
			break;
		case '?' + 256:
			return cmd_help();
		default:
			return cmd_usage();
		}
	}
	if (a.host[0] == '\0' || argc - optind != 1)
		return cmd_usage();
	a.dir = argv[optind];
	if (make(&a, &e) == -1)
		return cmd_fail(&e);
	return STATUS_DONE;
}
