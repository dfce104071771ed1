/* SPDX-License-Identifier: ISC */
/*
 * Resumes sessions of TLS 1.3 with OpenSSL's stateful tickets: what the client
 * gets is an id of 32 bytes, in a message of 79 bytes; OpenSSL's own encrypted
 * ticket takes 255.  The session itself is in the table of sessions.h, and of it
 * only the secret and its cipher suite are kept.
 *
 * OpenSSL calls back for the ClientHello, for the id of a session and with a new
 * session.  All of that happens within ticket_handshake() and ticket_meet(), so
 * `now' says for which connection.  A handshake that waits for its signature
 * lets others go on (shake.c); after that nothing of it calls back.
 *
 * A session is good for the certificates that the server had and for the host
 * name that the client asked for, and for nothing else.  There is no early data,
 * so nothing can be replayed, and each resumed handshake agrees on new keys
 * (psk_dhe_ke), so a stolen secret opens nothing that was recorded.  TLS 1.2 has
 * no sessions here: their ids would cost every client 32 bytes.
 *
 * The ClientHello is a stranger's: what is read of it is bounded by its lengths.
 */
#include <openssl/evp.h>
#include <openssl/ssl.h>

#include <string.h>
#include <strings.h>
#include <time.h>

#include <tls.h>

#include "base/clock.h"
#include "net/addr.h"
#include "net/sessions.h"
#include "net/ticket.h"

#ifndef LIBRESSL_VERSION_NUMBER		/* which resumes nothing in TLS 1.3 */

#define PSK_DHE_KE	1
/*
 * OpenSSL keeps no session itself.  It calls on_new() only in a mode in which
 * it gives each client of TLS 1.2 the id of a session, so that mode is on only
 * while a ticket is written.
 */
#define CACHE_OFF	SSL_SESS_CACHE_NO_INTERNAL
#define TLS13_SUITES	0x13		/* upper byte of their numbers */
#define NAME_MAX_TLS	255		/* bytes of a host name */
#define IS_GREASE(a, b)	((a) == (b) && ((a) & 0x0f) == 0x0a)

/* The connection that OpenSSL is working on. */
static struct {
	const struct ticket_desk	*desk;
	const struct net_addr		*peer;
	struct ticket			*t;
} now;

/* What a session is good for.  0, or -1: no memory. */
static int
bind_to(const char *name, size_t len, uint8_t bind[SESSION_BIND])
{
	uint8_t	 in[TICKET_MARK + NAME_MAX_TLS], out[EVP_MAX_MD_SIZE];
	size_t	 i;

	if (len > NAME_MAX_TLS)
		len = NAME_MAX_TLS;
	memcpy(in, now.desk->mark, TICKET_MARK);
	for (i = 0; i < len; i++)
		in[TICKET_MARK + i] = (uint8_t)(name[i] >= 'A' &&
		    name[i] <= 'Z' ? name[i] + 32 : name[i]);
	if (EVP_Digest(in, TICKET_MARK + len, out, NULL, EVP_sha256(),
	    NULL) != 1)
		return -1;
	memcpy(bind, out, SESSION_BIND);
	return 0;
}

/* 1: the client can resume with a fresh key exchange. */
static int
offers_dhe(SSL *ssl)
{
	const unsigned char	*p;
	size_t			 n;

	return SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_psk_kex_modes, &p,
	    &n) == 1 && n > 1 && n == p[0] + 1u &&
	    memchr(p + 1, PSK_DHE_KE, n - 1) != NULL;
}

/*
 * Programs behind one address are told apart by the cipher suites they offer,
 * without those that some choose at random (GREASE, RFC 8701).
 */
static uint64_t
who_is(SSL *ssl)
{
	const unsigned char	*p;
	uint8_t			 told[128];
	size_t			 n, i, len = 0;

	n = SSL_client_hello_get0_ciphers(ssl, &p);
	for (i = 0; i + 1 < n && len + 1 < sizeof(told); i += 2) {
		if (IS_GREASE(p[i], p[i + 1]))
			continue;
		told[len++] = p[i];
		told[len++] = p[i + 1];
	}
	return sessions_who(now.desk->sessions, now.peer, told, len);
}

static int
on_hello(SSL *ssl, int *alert, void *arg)
{
	(void)alert, (void)arg;
	if (now.t != NULL && offers_dhe(ssl)) {
		now.t->ssl = ssl;
		now.t->who = who_is(ssl);
		now.t->can = 1;
	}
	return SSL_CLIENT_HELLO_SUCCESS;
}

/* The host name in the ClientHello, which OpenSSL has not read yet. */
static const char *
hello_name(SSL *ssl, size_t *len)
{
	const unsigned char	*p;
	size_t			 n;

	*len = 0;
	/* length of the list, type, length of the name, name */
	if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &p,
	    &n) != 1 || n < 5 || p[2] != TLSEXT_NAMETYPE_host_name ||
	    (size_t)p[3] * 256 + p[4] > n - 5)
		return NULL;
	*len = (size_t)p[3] * 256 + p[4];
	return (const char *)p + 5;
}

static SSL_SESSION *
session_of(SSL *ssl, const struct session *s)
{
	const unsigned char	 suite[2] = { (uint8_t)(s->suite >> 8),
				    (uint8_t)s->suite };
	const SSL_CIPHER	*cipher = SSL_CIPHER_find(ssl, suite);
	const EVP_MD		*md;
	SSL_SESSION		*out;

	/* Another worker wrote it, maybe one in a stranger's hands. */
	if (cipher == NULL || suite[0] != TLS13_SUITES ||
	    (md = SSL_CIPHER_get_handshake_digest(cipher)) == NULL ||
	    EVP_MD_get_size(md) != s->len ||
	    (out = SSL_SESSION_new()) == NULL)
		return NULL;
	if (SSL_SESSION_set_protocol_version(out, TLS1_3_VERSION) == 1 &&
	    SSL_SESSION_set_cipher(out, cipher) == 1 &&
	    SSL_SESSION_set1_master_key(out, s->secret, s->len) == 1 &&
	    SSL_SESSION_set1_id(out, s->id, SESSION_ID) == 1 &&
	    SSL_SESSION_set1_id_context(out, now.desk->mark,
	    TICKET_MARK) == 1 &&
	    SSL_SESSION_set_timeout(out,
	    (long)sessions_seconds(now.desk->sessions)) == 1)
		return out;		/* its age is counted in the table */
	SSL_SESSION_free(out);
	return NULL;
}

static SSL_SESSION *
on_get(SSL *ssl, const unsigned char *id, int len, int *copy)
{
	struct session	 s;
	uint8_t		 bind[SESSION_BIND];
	const char	*name;
	size_t		 n;
	SSL_SESSION	*out = NULL;

	*copy = 0;			/* the caller owns what it gets */
	if (now.t == NULL || !now.t->can || len != SESSION_ID ||
	    SSL_version(ssl) != TLS1_3_VERSION)
		return NULL;
	name = hello_name(ssl, &n);
	if (bind_to(name, n, bind) == 0 &&
	    sessions_get(now.desk->sessions, id, bind, clock_mono_ms(),
	    &s) == 1)
		out = session_of(ssl, &s);
	OPENSSL_cleanse(&s, sizeof(s));
	return out;
}

/* OpenSSL has written a ticket for this session.  0: it keeps it itself. */
static int
on_new(SSL *ssl, SSL_SESSION *session)
{
	const char	*name = SSL_get_servername(ssl,
			    TLSEXT_NAMETYPE_host_name);
	const SSL_CIPHER *cipher = SSL_SESSION_get0_cipher(session);
	struct session	 s;
	const uint8_t	*id;
	unsigned	 n;

	if (now.t == NULL || SSL_version(ssl) != TLS1_3_VERSION ||
	    cipher == NULL)
		return 0;
	memset(&s, 0, sizeof(s));
	id = SSL_SESSION_get_id(session, &n);
	s.len = (uint16_t)SSL_SESSION_get_master_key(session, NULL, 0);
	if (n == SESSION_ID && s.len <= SESSION_SECRET &&
	    bind_to(name, name != NULL ? strlen(name) : 0, s.bind) == 0) {
		memcpy(s.id, id, SESSION_ID);
		SSL_SESSION_get_master_key(session, s.secret, s.len);
		s.suite = SSL_CIPHER_get_protocol_id(cipher);
		sessions_put(now.desk->sessions, &s, clock_mono_ms());
		sessions_gave(now.desk->sessions, now.t->who,
		    clock_mono_ms());
	}
	OPENSSL_cleanse(&s, sizeof(s));
	return 0;
}

int
ticket_tune(SSL_CTX *ctx, const struct ticket_desk *desk)
{
	SSL_CTX_set_session_cache_mode(ctx, CACHE_OFF);
	if (SSL_CTX_set_num_tickets(ctx, 0) != 1)
		return -1;
	if (desk->sessions == NULL)
		return 0;
	SSL_CTX_set_timeout(ctx, (long)sessions_seconds(desk->sessions));
	SSL_CTX_set_client_hello_cb(ctx, on_hello, NULL);
	SSL_CTX_sess_set_get_cb(ctx, on_get);
	SSL_CTX_sess_set_new_cb(ctx, on_new);
	return SSL_CTX_set_session_id_context(ctx, desk->mark,
	    TICKET_MARK) == 1 ? 0 : -1;
}

int
ticket_handshake(const struct ticket_desk *desk, struct ticket *t,
    struct tls *tls, const struct net_addr *peer)
{
	int	 rv;

	if (desk->sessions == NULL)
		return tls_handshake(tls);
	now.desk = desk;
	now.peer = peer;
	now.t = t;
	rv = tls_handshake(tls);
	now.t = NULL;
	return rv;
}

enum ticket_met
ticket_meet(const struct ticket_desk *desk, struct ticket *t)
{
	int	 ok;

	if (t->met || !t->can || SSL_version(t->ssl) != TLS1_3_VERSION)
		return TICKET_NONE;
	t->met = 1;
	if (SSL_session_reused(t->ssl)) {
		sessions_used(desk->sessions, t->who, clock_mono_ms());
		return TICKET_USED;
	}
	if (!sessions_came(desk->sessions, t->who, clock_mono_ms()))
		return TICKET_NONE;
	now.desk = desk;
	now.t = t;
	SSL_CTX_set_session_cache_mode(desk->ctx, CACHE_OFF |
	    SSL_SESS_CACHE_SERVER);
	ok = SSL_new_session_ticket(t->ssl) == 1 &&
	    SSL_do_handshake(t->ssl) == 1;
	SSL_CTX_set_session_cache_mode(desk->ctx, CACHE_OFF);
	now.t = NULL;
	return ok ? TICKET_GIVEN : TICKET_FAILED;
}

#else

int
ticket_tune(SSL_CTX *ctx, const struct ticket_desk *desk)
{
	(void)desk;
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	return SSL_CTX_set_num_tickets(ctx, 0) == 1 ? 0 : -1;
}

int
ticket_handshake(const struct ticket_desk *desk, struct ticket *t,
    struct tls *tls, const struct net_addr *peer)
{
	(void)desk, (void)t, (void)peer;
	return tls_handshake(tls);
}

enum ticket_met
ticket_meet(const struct ticket_desk *desk, struct ticket *t)
{
	(void)desk, (void)t;
	return TICKET_NONE;
}

#endif
