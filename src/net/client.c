/* SPDX-License-Identifier: ISC */
/*
 * Connects to a server over TCP or TLS, and sends and receives bytes for a
 * program that waits.  The socket does not block: poll() waits for it until
 * the deadline of the call.  libtls gets its bytes through callbacks, so that
 * the count of bytes holds what TLS adds.  The peer is not trusted and its
 * certificate is not checked: the caller can compare client_key() with a pin.
 */
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <tls.h>

#include "base/clock.h"
#include "base/err.h"
#include "net/client.h"
#include "net/lookup.h"

struct client {
	int		 fd;
	struct tls	*tls;		/* NULL: plain TCP */
	char		*name;		/* host and port, for messages */
	uint64_t	 in, out;
	int		 broken;	/* a failed line gets no farewell */
	int		 ended;		/* the peer has closed TCP */
};

/* 1 ready, 0 too late, -1 with errno. */
static int
wait_for(int fd, short events, uint64_t deadline)
{
	struct pollfd	 p = { .fd = fd, .events = events };
	uint64_t	 now;
	int		 n;

	for (;;) {
		now = clock_mono_ms();
		n = poll(&p, 1, now < deadline ? (int)(deadline - now) : 0);
		if (n != -1 || errno != EINTR)
			return n;
	}
}

/* A connected, non-blocking socket or -1 with errno. */
static int
connect_one(const struct lookup_addr *to, uint64_t deadline)
{
	socklen_t	 len = sizeof(int);
	int		 fd, n, why = 0, on = 1;

	fd = socket(to->sa.ss_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	if (fd == -1)
		return -1;
	if (connect(fd, (const struct sockaddr *)&to->sa, to->len) == -1) {
		if (errno != EINPROGRESS) {
			why = errno;
			goto fail;
		}
		if ((n = wait_for(fd, POLLOUT, deadline)) != 1) {
			why = n == 0 ? ETIMEDOUT : errno;
			goto fail;
		}
		if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &len) == -1)
			why = errno;
		if (why != 0)
			goto fail;
	}
	/*
	 * A request is one small segment: Nagle's algorithm would only delay
	 * it.
	 */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
 fail:
	close(fd);
	errno = why;
	return -1;
}

static int
connect_any(struct client *c, const char *host, unsigned port, int timeout,
    struct err *e)
{
	struct lookup_addr	 to[LOOKUP_MAX];
	int			 i, n;

	if ((n = lookup_host(host, port, timeout, to, e)) == -1)
		return -1;
	for (i = 0; i < n && c->fd == -1; i++)
		c->fd = connect_one(&to[i], clock_mono_ms() +
		    (uint64_t)timeout);
	if (c->fd == -1)
		err_sys(e, "%s", c->name);
	return c->fd == -1 ? -1 : 0;
}

/* libtls reads through this, so that the count holds what TLS adds. */
static ssize_t
tls_in(struct tls *tls, void *buf, size_t size, void *arg)
{
	struct client	*c = arg;
	ssize_t		 n;

	(void)tls;
	if ((n = recv(c->fd, buf, size, 0)) == -1)
		return errno == EAGAIN || errno == EINTR ?
		    TLS_WANT_POLLIN : -1;
	c->in += (uint64_t)n;
	c->ended = n == 0;
	return n;
}

static ssize_t
tls_out(struct tls *tls, const void *buf, size_t size, void *arg)
{
	struct client	*c = arg;
	ssize_t		 n;

	(void)tls;
	if ((n = send(c->fd, buf, size, MSG_NOSIGNAL)) == -1)
		return errno == EAGAIN || errno == EINTR ?
		    TLS_WANT_POLLOUT : -1;
	c->out += (uint64_t)n;
	return n;
}

/*
 * No authority signs the certificates of small hosts, so the caller pins the
 * key.  TLS 1.3 alone, with only two curves, makes a short ClientHello.
 */
static struct tls_config *
make_config(struct err *e)
{
	struct tls_config	*cfg;

	if ((cfg = tls_config_new()) == NULL) {
		err_nomem(e);
		return NULL;
	}
	tls_config_insecure_noverifycert(cfg);
	tls_config_insecure_noverifyname(cfg);
	tls_config_insecure_noverifytime(cfg);
	if (tls_config_set_protocols(cfg, TLS_PROTOCOL_TLSv1_3) == -1 ||
	    tls_config_set_ecdhecurves(cfg, "X25519,P-256") == -1) {
		err_cannot(e, "TLS: %s", tls_config_error(cfg));
		tls_config_free(cfg);
		return NULL;
	}
	return cfg;
}

/* 1: the call has to be made again once the descriptor is ready. */
static int
wants(ssize_t n, short *events)
{
	*events = n == TLS_WANT_POLLIN ? POLLIN : POLLOUT;
	return n == TLS_WANT_POLLIN || n == TLS_WANT_POLLOUT;
}

static int
start_tls(struct client *c, const char *host, int timeout, struct err *e)
{
	struct tls_config	*cfg;
	uint64_t		 deadline;
	short			 events;
	int			 n, ready;

	if ((cfg = make_config(e)) == NULL)
		return -1;
	if ((c->tls = tls_client()) == NULL) {
		err_nomem(e);
		tls_config_free(cfg);
		return -1;
	}
	n = tls_configure(c->tls, cfg);
	tls_config_free(cfg);
	if (n == -1 ||
	    tls_connect_cbs(c->tls, tls_in, tls_out, c, host) == -1) {
		err_cannot(e, "%s: TLS: %s", c->name, tls_error(c->tls));
		return -1;
	}
	deadline = clock_mono_ms() + (uint64_t)timeout;
	while (wants(n = tls_handshake(c->tls), &events)) {
		if ((ready = wait_for(c->fd, events, deadline)) == 1)
			continue;
		if (ready == 0)
			errno = ETIMEDOUT;
		err_sys(e, "%s: TLS handshake", c->name);
		return -1;
	}
	if (n == -1)
		err_cannot(e, "%s: TLS handshake: %s", c->name,
		    tls_error(c->tls));
	return n;
}

struct client *
client_open(const char *host, unsigned port, int tls, int timeout,
    struct err *e)
{
	struct client	*c;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	c->fd = -1;
	if (asprintf(&c->name, strchr(host, ':') == NULL ? "%s:%u" :
	    "[%s]:%u", host, port) == -1) {
		c->name = NULL;
		err_nomem(e);
		goto fail;
	}
	if (connect_any(c, host, port, timeout, e) == -1)
		goto fail;
	if (tls && start_tls(c, host, timeout, e) == -1) {
		c->broken = 1;
		goto fail;
	}
	return c;
 fail:
	client_close(c);
	return NULL;
}

void
client_close(struct client *c)
{
	if (c == NULL)
		return;
	/* Tried once: the peer's close_notify is not waited for. */
	if (c->tls != NULL && !c->broken)
		(void)tls_close(c->tls);
	tls_free(c->tls);
	if (c->fd != -1)
		close(c->fd);
	free(c->name);
	free(c);
}

int
client_key(const struct client *c, uint8_t key[32], struct err *e)
{
	const uint8_t	*pem;
	unsigned char	*der = NULL;
	X509		*cert = NULL;
	BIO		*bio = NULL;
	size_t		 len;
	int		 n, rv = -1;

	if (c->tls == NULL) {
		err_cannot(e, "%s: no TLS", c->name);
		return -1;
	}
	pem = tls_peer_cert_chain_pem(c->tls, &len);
	if (pem != NULL && (bio = BIO_new_mem_buf(pem, (int)len)) != NULL &&
	    (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL &&
	    (n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der)) > 0 &&
	    EVP_Digest(der, (size_t)n, key, NULL, EVP_sha256(), NULL) == 1)
		rv = 0;
	else
		err_cannot(e, "%s: TLS: no certificate that can be read",
		    c->name);
	OPENSSL_free(der);
	X509_free(cert);
	BIO_free(bio);
	return rv;
}

int
client_write(struct client *c, const void *data, size_t n, int timeout,
    struct err *e)
{
	const char	*p = data;
	uint64_t	 deadline = clock_mono_ms() + (uint64_t)timeout;
	ssize_t		 w;
	short		 events;
	int		 ready;

	while (n > 0) {
		w = c->tls != NULL ? tls_write(c->tls, p, n) :
		    tls_out(NULL, p, n, c);
		if (w >= 0) {
			p += w;
			n -= (size_t)w;
			continue;
		}
		if (!wants(w, &events)) {
			if (c->tls != NULL)
				err_cannot(e, "%s: TLS: %s", c->name,
				    tls_error(c->tls));
			else
				err_sys(e, "%s", c->name);
			c->broken = 1;
			return -1;
		}
		if ((ready = wait_for(c->fd, events, deadline)) != 1) {
			if (ready == 0)
				errno = ETIMEDOUT;
			err_sys(e, "%s", c->name);
			c->broken = 1;
			return -1;
		}
	}
	return 0;
}

ssize_t
client_read(struct client *c, void *buf, size_t size, int timeout,
    struct err *e)
{
	uint64_t	 deadline = clock_mono_ms() + (uint64_t)timeout;
	ssize_t		 n;
	short		 events;
	int		 ready;

	for (;;) {
		n = c->tls != NULL ? tls_read(c->tls, buf, size) :
		    tls_in(NULL, buf, size, c);
		if (n >= 0)
			return n;
		if (!wants(n, &events))
			break;
		if ((ready = wait_for(c->fd, events, deadline)) == 1)
			continue;
		if (ready == 0)
			errno = ETIMEDOUT;
		err_sys(e, "%s", c->name);
		c->broken = 1;
		return -1;
	}
	c->broken = 1;
	if (c->ended)
		return 0;	/* the end came within a record: it is lost */
	if (c->tls != NULL)
		err_cannot(e, "%s: TLS: %s", c->name, tls_error(c->tls));
	else
		err_sys(e, "%s", c->name);
	return -1;
}

void
client_count(const struct client *c, uint64_t *in, uint64_t *out)
{
	*in = c->in;
	*out = c->out;
}
