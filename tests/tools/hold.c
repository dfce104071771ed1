/* SPDX-License-Identifier: ISC */
/*
 * Idle readers: open COUNT TLS 1.3 connections, finish their handshakes, ask
 * for nothing, and hold them until standard input ends.  Prints "ready SECONDS"
 * when all are open.
 *
 *	hold ADDR PORT COUNT SNI
 *
 * Only addresses of the loopback are accepted.
 */
#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <openssl/ssl.h>

static double
now(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* 0, or -1: no connection, or no handshake within ten seconds. */
static int
open_one(SSL_CTX *ctx, const struct sockaddr_in *to, const char *sni)
{
	const struct timeval	 limit = { .tv_sec = 10 };
	SSL			*ssl;
	int			 fd;

	if ((fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == -1 ||
	    (ssl = SSL_new(ctx)) == NULL)
		return -1;
	SSL_set_fd(ssl, fd);
	SSL_set_tlsext_host_name(ssl, sni);
	if (SSL_connect(ssl) != 1)
		return -1;
	SSL_free(ssl);		/* the socket stays open and unread */
	return 0;
}

int
main(int argc, char **argv)
{
	struct sockaddr_in	 to = { .sin_family = AF_INET };
	SSL_CTX			*ctx;
	double			 began;
	long			 i, n;
	char			 byte;

	if (argc != 5 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1 ||
	    (ntohl(to.sin_addr.s_addr) >> 24) != 127 ||
	    (n = strtol(argv[3], NULL, 10)) < 1 || n > 60000) {
		fprintf(stderr, "usage: hold 127.x.y.z PORT COUNT SNI\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	to.sin_port = htons((uint16_t)strtol(argv[2], NULL, 10));
	if ((ctx = SSL_CTX_new(TLS_client_method())) == NULL)
		return 2;
	SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_quiet_shutdown(ctx, 1);
	began = now();
	for (i = 0; i < n; i++)
		if (open_one(ctx, &to, argv[4]) == -1) {
			fprintf(stderr, "hold: the %ldth did not work\n", i);
			return 1;
		}
	printf("ready %.1f\n", now() - began);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		continue;
	return 0;
}
