/* SPDX-License-Identifier: ISC */
/*
 * The two ends of the lines to the logger: a worker's, which gathers records
 * into one message, and the master's.  A line keeps messages apart, so half a
 * message of one process never mixes with another's, and no process waits for
 * it.
 */
#include <sys/socket.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "serve/log.h"

void
log_init(struct log *l, int fd, uint64_t *lost)
{
	memset(l, 0, sizeof(*l));
	l->fd = fd;
	l->lost = lost;
}

int
log_put(struct log *l, const struct log_line *r)
{
	size_t	 n;
	int	 first;

	if (l->fd == -1)
		return 0;
	if (l->len > 0 && (n = logline_add(l->msg, l->len, r)) > 0) {
		l->len += n;
		return 0;
	}
	first = l->len == 0;
	log_flush(l);
	l->len = logline_begin(l->msg, l->dropped);
	l->len += logline_add(l->msg, l->len, r);
	return first;
}

void
log_flush(struct log *l)
{
	uint64_t	 lines;

	if (l->len == 0)
		return;
	if (send(l->fd, l->msg, l->len, MSG_NOSIGNAL | MSG_DONTWAIT) != -1)
		l->dropped = 0;
	else {
		lines = logline_count(l->msg, l->len);
		l->dropped += lines;
		if (l->lost != NULL)
			*l->lost += lines;
	}
	l->len = 0;
}

int
log_open(struct log_ends *ends, size_t nslot, struct err *e)
{
	size_t	 i;
	int	 pair[2];

	ends->n = 0;
	ends->to = calloc(nslot + 2, sizeof(int));
	ends->from = calloc(nslot + 2, sizeof(int));
	if (ends->to == NULL || ends->from == NULL) {
		log_close(ends);
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < nslot + 2; i++) {
		/*
		 * While a logger takes over from another, both read a line, and
		 * one of them finds it empty.
		 */
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC |
		    SOCK_NONBLOCK, 0, pair) == -1) {
			err_sys(e, "socketpair");
			log_close(ends);
			return -1;
		}
		ends->to[i] = pair[0];
		ends->from[i] = pair[1];
		ends->n++;
	}
	return 0;
}

void
log_close_to(struct log_ends *ends)
{
	size_t	 i;

	for (i = 0; i < ends->n; i++) {
		if (ends->to[i] != -1)
			close(ends->to[i]);
		ends->to[i] = -1;
	}
}

void
log_close(struct log_ends *ends)
{
	size_t	 i;

	log_close_to(ends);
	for (i = 0; i < ends->n; i++)
		close(ends->from[i]);
	ends->n = 0;
	free(ends->to);
	free(ends->from);
	ends->to = ends->from = NULL;
}

void
log_say(int fd, const struct log_target *t, const char *fmt, ...)
{
	char	 raw[LOG_TEXT_MAX], text[4 * LOG_TEXT_MAX + 1];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	text_escape(text, sizeof(text), raw, strlen(raw));
	fprintf(stderr, "apeng serve: %s\n", text);
	/* A full log must not stop the server. */
	if (fd != -1 && (t->kind == LOG_FILE || t->kind == LOG_SYSLOG))
		send(fd, raw, strlen(raw), MSG_NOSIGNAL | MSG_DONTWAIT);
}
