/* SPDX-License-Identifier: ISC */
/*
 * What a web server answers, byte for byte, to the reader of HTTP: it ends, and
 * gives no more than was sent.  The server is a thread on the loopback.
 */
#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "mirror/http.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct {
	int		 fd;		/* listens */
	unsigned	 port;
	const uint8_t	*data;
	size_t		 n;
} web = { .fd = -1 };

static void
must(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static void
begin(void)
{
	struct sockaddr_in	 a = { .sin_family = AF_INET };
	socklen_t		 len = sizeof(a);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	web.fd = socket(AF_INET, SOCK_STREAM, 0);
	must(web.fd != -1 && bind(web.fd, (struct sockaddr *)&a, len) == 0 &&
	    listen(web.fd, 16) == 0 &&
	    getsockname(web.fd, (struct sockaddr *)&a, &len) == 0, "socket");
	web.port = ntohs(a.sin_port);
	setenv("no_proxy", "*", 1);
}

/* One connection: take what is asked, send the bytes, close. */
static void *
serve(void *arg)
{
	char	 ask[4096];
	int	 c = accept(web.fd, NULL, NULL);

	(void)arg;
	if (c == -1)
		return NULL;
	if (recv(c, ask, sizeof(ask), 0) > 0)
		(void)!send(c, web.data, web.n, MSG_NOSIGNAL);
	shutdown(c, SHUT_WR);
	close(c);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf	 in = BUF_INIT;
	struct http	*h;
	struct err	 e;
	pthread_t	 t;
	char		 url[64];

	if (web.fd == -1)
		begin();
	/* A redirect would ask a thread that is gone. */
	if (n > 60000 || memmem(data, n, "ocation", 7) != NULL)
		return 0;
	web.data = data;
	web.n = n;
	must(pthread_create(&t, NULL, serve, NULL) == 0, "thread");
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/apeng/u/-", web.port);
	if ((h = http_new(&e)) != NULL) {
		if (http_get(h, url, 0, 1000, &e) == 0)
			while (http_read(h, &in, 200, &e) > 0)
				if (in.len > n)
					abort();
		(void)http_status(h);
		http_end(h, NULL, NULL);
	}
	pthread_join(t, NULL);
	buf_free(&in);
	return 0;
}
