/* SPDX-License-Identifier: ISC */
/*
 * The signer's process, and how workers ask it.  Only this process has loaded
 * the TLS keys.  Each worker has a line of its own to it.  A question names a
 * key, a signature scheme and what differs from handshake to handshake; the
 * answer is a signature.
 *
 * The files of the keys and the master are trusted.  A worker is not: the
 * signer builds what is signed (net/signing.c), and a worker that asks too
 * much, or what is no question, neither stops nor delays the others.
 */
#include <sys/socket.h>
#include <sys/time.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/sandbox.h"
#include "net/question.h"
#include "serve/proc.h"
#include "serve/signer.h"

#define LINES_MAX	256
#define ANSWER_SECONDS	5		/* of a wait for one answer */
#define LOADED		"ok"
/*
 * Signatures for one worker.  A handshake costs a worker about two million
 * instructions, so an honest worker asks for far fewer.
 */
#define RATE		10000		/* a second */
#define BURST		2000		/* at once */

struct asker {
	int64_t		 room;		/* questions it may still ask */
	uint64_t	 since;		/* ms: when room was counted */
};

static void	 signer_main(int, const char *const *, size_t, int,
		    const struct sandbox *) __attribute__((__noreturn__));

static struct tls_key **
load_all(const char *const *path, size_t n, int any, struct err *e)
{
	struct tls_key	**key;
	size_t		  i;

	if ((key = calloc(n, sizeof(*key))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	for (i = 0; i < n; i++)
		if ((key[i] = tls_key_load(path[i], any, e)) == NULL)
			return NULL;	/* the process ends */
	return key;
}

/*
 * Answer a message: how many questions it had; 0: the worker has gone, sends
 * what is no question, or does not read its answers.  An honest worker has few
 * answers under way, and nobody may keep the others waiting.
 */
static int
answer_one(int fd, struct tls_key **key, size_t n)
{
	uint8_t		 in[QUESTION_MESSAGE_MAX], out[QUESTION_MESSAGE_MAX];
	uint8_t		 sig[KEY_MESSAGE_MAX];
	struct question	 q;
	struct told	 t;
	size_t		 at, took, outlen = 0;
	ssize_t		 len;
	int		 asked = 0;

	do
		len = recv(fd, in, sizeof(in), MSG_DONTWAIT);
	while (len == -1 && errno == EINTR);
	if (len == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 1;
	if (len <= 0)
		return 0;
	for (at = 0; at < (size_t)len; at += took) {
		took = question_next(in + at, (size_t)len - at, &q);
		if (took == 0 || asked++ == QUESTIONS_MAX)
			return 0;
		t.number = q.number;
		t.data = sig;
		t.len = q.key < n ? (int32_t)tls_key_sign(key[q.key], &q.ask,
		    sig) : -1;
		outlen += told_add(out, outlen, &t);
	}
	if (send(fd, out, outlen, MSG_NOSIGNAL | MSG_DONTWAIT) !=
	    (ssize_t)outlen)
		return 0;
	return asked;
}

/* 1: it may ask now.  Its room grows by RATE a second, up to BURST. */
static int
may_ask(struct asker *a, uint64_t now)
{
	int64_t		 more = (int64_t)((now - a->since) * RATE / 1000);

	if (more > 0) {
		a->room = a->room + more < BURST ? a->room + more : BURST;
		a->since = now;
	}
	return a->room > 0;
}

/*
 * Do not read a worker that has asked too much; its questions wait in its line.
 * How long to wait for the others; -1: for ever.
 */
static int
choose(struct pollfd *pfd, struct asker *asker, size_t used)
{
	uint64_t	 now = clock_mono_ms();
	size_t		 i;
	int		 wait = -1;

	for (i = 1; i < used; i++) {
		pfd[i].events = may_ask(&asker[i], now) ? POLLIN : 0;
		if (pfd[i].events == 0)
			wait = 1;
	}
	return wait;
}

/* A new line from the master, or the end of new lines. */
static size_t
one_more(struct pollfd *pfd, struct asker *asker, size_t used)
{
	char	 byte;
	int	 fd;

	if (proc_recv_fds(pfd[0].fd, &byte, 1, &fd, 1, 0) <= 0) {
		pfd[0].fd = -1;
		return used;
	}
	if (fd == -1 || used == LINES_MAX) {
		if (fd != -1)
			close(fd);
		return used;
	}
	pfd[used].fd = fd;
	pfd[used].revents = 0;
	asker[used].room = BURST;
	asker[used].since = clock_mono_ms();
	return used + 1;
}

/*
 * Line 0 is the master's: it brings lines.  When it is closed, no more will
 * come, and the signer ends with the last worker.
 */
static void
answer_all(int line, struct tls_key **key, size_t n)
{
	struct pollfd	 pfd[LINES_MAX];
	struct asker	 asker[LINES_MAX];
	size_t		 i, used = 1;
	int		 asked;

	pfd[0].fd = line;
	pfd[0].events = POLLIN;
	while (used > 1 || pfd[0].fd != -1) {
		if (poll(pfd, used, choose(pfd, asker, used)) == -1 &&
		    errno != EINTR)
			return;
		for (i = used - 1; i > 0; i--) {
			if (pfd[i].revents == 0)
				continue;
			asked = answer_one(pfd[i].fd, key, n);
			asker[i].room -= asked;
			if (asked > 0)
				continue;
			close(pfd[i].fd);
			pfd[i] = pfd[--used];
			asker[i] = asker[used];
		}
		if (pfd[0].fd != -1 && pfd[0].revents != 0)
			used = one_more(pfd, asker, used);
	}
}

static void
signer_main(int line, const char *const *path, size_t n, int any,
    const struct sandbox *box)
{
	struct tls_key	**key;
	struct sandbox_fds fds = { line + 1, line, -1, NULL, 0 };
	struct err	  e;
	char		  text[ERR_MAX + 1];

	if ((key = load_all(path, n, any, &e)) == NULL ||
	    sandbox_enter(box, SANDBOX_SIGNER, &fds, &e) == -1) {
		snprintf(text, sizeof(text), "%d%s", e.status, e.msg);
		send(line, text, strlen(text), MSG_NOSIGNAL);
		_exit(e.status);
	}
	if (send(line, LOADED, strlen(LOADED), MSG_NOSIGNAL) == -1)
		_exit(STATUS_CANNOT);
	answer_all(line, key, n);
	_exit(STATUS_DONE);
}

int
signer_start(struct signer *s, const char *const *path, size_t n, int any,
    const struct sandbox *box, int log, struct err *e)
{
	char	 text[ERR_MAX + 1];
	int	 pair[2], keep[3];
	ssize_t	 len;

	s->pid = 0;
	s->line = -1;
	if (proc_pair(pair, e) == -1)
		return -1;
	keep[0] = pair[1];
	keep[1] = box->root;
	keep[2] = log;
	if ((s->pid = proc_fork(keep, 3, e)) == -1) {
		s->pid = 0;
		close(pair[0]);
		close(pair[1]);
		return -1;
	}
	if (s->pid == 0) {
		sandbox_hush(box, log);
		if (log != -1)
			close(log);
		signer_main(pair[1], path, n, any, box);
	}
	close(pair[1]);
	s->line = pair[0];
	do
		len = recv(s->line, text, sizeof(text) - 1, 0);
	while (len == -1 && errno == EINTR);
	if (len == (ssize_t)strlen(LOADED) &&
	    memcmp(text, LOADED, (size_t)len) == 0)
		return 0;
	text[len > 0 ? len : 0] = '\0';
	if (len > 0 && text[0] == '0' + STATUS_REFUSED)
		err_set(e, "%s", text + 1);
	else
		err_cannot(e, "%s", len > 0 ? text + 1 :
		    "the signer ended at once");
	signer_leave(s);
	return -1;
}

int
signer_new_line(struct signer *s, struct err *e)
{
	struct timeval	 tv = { ANSWER_SECONDS, 0 };
	int		 pair[2];

	if (proc_pair(pair, e) == -1)
		return -1;
	if (proc_send_fds(s->line, "+", 1, &pair[1], 1, 0) == -1 ||
	    setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) ==
	    -1) {
		err_sys(e, "signer");
		close(pair[0]);
		pair[0] = -1;
	}
	close(pair[1]);
	return pair[0];
}

void
signer_leave(struct signer *s)
{
	if (s->line != -1)
		close(s->line);
	s->line = -1;
}

/* The kernel is short of memory: one handshake is lost, the line is not. */
static int
is_passing(int error)
{
	return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS ||
	    error == ENOMEM;
}

int
signer_send(struct signer_line *l, const uint8_t *msg, size_t len)
{
	ssize_t	 n;

	do
		n = send(l->fd, msg, len, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && !is_passing(errno))
		l->dead = 1;
	return n == -1 ? -1 : 0;
}

ssize_t
signer_hear(struct signer_line *l, uint8_t *msg, int wait)
{
	ssize_t	 n;

	do
		n = recv(l->fd, msg, QUESTION_MESSAGE_MAX,
		    wait ? 0 : MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	if (n == 0 || (n == -1 && !is_passing(errno)))
		l->dead = 1;
	return n > 0 ? n : -1;
}

ssize_t
signer_ask(void *arg, unsigned key, const struct sign_ask *ask, uint8_t *out)
{
	struct signer_line	*l = arg;
	uint8_t			 msg[QUESTION_MESSAGE_MAX];
	struct question		 q = { 0, key, *ask };
	struct told		 t;
	size_t			 len;
	ssize_t			 n;

	q.number = ++l->number;
	if (l->dead || (len = question_add(msg, 0, &q)) == 0 ||
	    signer_send(l, msg, len) == -1)
		return -1;
	do {		/* skip answers to older questions */
		if ((n = signer_hear(l, msg, 1)) == -1)
			return -1;
		if (told_next(msg, (size_t)n, &t) != (size_t)n) {
			l->dead = 1;
			return -1;
		}
	} while (t.number != q.number);
	if (t.len > 0)
		memcpy(out, t.data, (size_t)t.len);
	return t.len;
}
