/* SPDX-License-Identifier: ISC */
/*
 * Hands new editions to living workers.  The master proves a file once and
 * queues the change; each worker is sent the changes in their order, with
 * descriptors of files that nobody can change (SCM_RIGHTS), HAND_WINDOW of them
 * ahead of its answers.  A change leaves the queue when it was sent to all
 * workers, and its descriptors are closed then.
 *
 * The worker maps the files and reads the directory and the site table; it does
 * not prove them again, for they are the very bytes that the master proved.  It
 * swaps the site in its own set; replies under way keep the old one by their
 * count, and the last of them unmaps it.
 *
 * The master trusts nothing that a worker answers: an answer is the number that
 * is due, or the worker is broken.  One that does not answer costs the others
 * nothing, since the master neither waits for it nor keeps anything for it.
 */
#include <sys/socket.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "serve/hand.h"
#include "serve/open.h"
#include "serve/proc.h"
#include "serve/site.h"
#include "serve/sites.h"

struct change {
	struct change	*next;
	struct site	*site;		/* a count is held; NULL: it was
					   dropped */
	char		 key[HAND_KEY_MAX];
};

struct hands {
	struct change	*first, **last;
	uint32_t	 number;	/* of first */
	uint32_t	 n;
};

struct hands *
hands_new(struct err *e)
{
	struct hands	*h;

	if ((h = calloc(1, sizeof(*h))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	h->last = &h->first;
	return h;
}

void
hands_free(struct hands *h)
{
	if (h == NULL)
		return;
	hands_forget(h, hands_next(h));
	free(h);
}

int
hands_add(struct hands *h, const char *key, struct site *s)
{
	struct change	*c;

	if (strlen(key) >= sizeof(c->key) ||
	    (c = calloc(1, sizeof(*c))) == NULL)
		return -1;
	strcpy(c->key, key);
	c->site = s != NULL ? site_ref(s) : NULL;
	*h->last = c;
	h->last = &c->next;
	h->n++;
	return 0;
}

void
hands_forget(struct hands *h, uint32_t before)
{
	struct change	*c;

	while (h->number != before && (c = h->first) != NULL) {
		if ((h->first = c->next) == NULL)
			h->last = &h->first;
		h->number++;
		h->n--;
		if (c->site != NULL) {
			site_shut(c->site);
			site_free(c->site);
		}
		free(c);
	}
}

uint32_t
hands_next(const struct hands *h)
{
	return h->number + h->n;
}

int
hands_full(const struct hands *h)
{
	return h->n >= HANDS_MAX;
}

void
hand_begin(struct hand_end *end, const struct hands *h)
{
	memset(end, 0, sizeof(*end));
	end->next = end->told = hands_next(h);
}

unsigned
hand_owes(const struct hand_end *end)
{
	return end->gone ? 0 : end->next - end->told;
}

int
hand_has_all(const struct hand_end *end, const struct hands *h)
{
	return end->gone || (!end->behind && end->next == hands_next(h) &&
	    end->told == end->next);
}

/* Read no more answers than are due. */
void
hand_hear(struct hand_end *end, int line)
{
	struct hand_told	 t;
	ssize_t			 n;

	while (!end->broken && hand_owes(end) > 0) {
		n = recv(line, &t, sizeof(t), MSG_DONTWAIT | MSG_TRUNC);
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			end->gone = 1;
			return;
		}
		if (n != sizeof(t) || t.number != end->told || t.taken > 1) {
			end->broken = 1;
			return;
		}
		end->told++;
		end->since = clock_mono_ms();
		if (!t.taken)
			end->behind = 1;
	}
}

/* 1: sent; 0: it cannot be sent now; -1: the worker has gone. */
static int
send_one(const struct change *c, uint32_t number, int line)
{
	struct site_fds	 from;
	struct hand	 msg;
	int		 fd[2];
	size_t		 n = 0;

	memset(&msg, 0, sizeof(msg));
	msg.what = c->site != NULL ? HAND_PUT : HAND_DROP;
	strcpy(msg.key, c->key);
	msg.number = number;
	if (c->site != NULL) {
		site_fds(c->site, &from);
		msg.pkg_size = from.pkg_size;
		msg.store_size = from.store_size;
		msg.nblob = from.nblob;
		msg.lists = c->site->lists != 0;
		fd[n++] = from.pkg;
		if (from.store != -1)
			fd[n++] = from.store;
	}
	if (proc_send_fds(line, &msg, sizeof(msg), fd, n, MSG_DONTWAIT) == 0)
		return 1;
	return errno == EPIPE || errno == ECONNRESET ? -1 : 0;
}

void
hand_run(struct hand_end *end, const struct hands *h, int line)
{
	const struct change	*c = h->first;
	uint32_t		 k;
	int			 rv;

	hand_hear(end, line);
	if (end->gone || end->broken || end->behind)
		return;
	for (k = h->number; c != NULL && k != end->next; k++)
		c = c->next;
	while (c != NULL && hand_owes(end) < HAND_WINDOW) {
		if ((rv = send_one(c, end->next, line)) == 0)
			return;
		if (rv == -1) {
			end->gone = 1;
			return;
		}
		if (hand_owes(end) == 0)
			end->since = clock_mono_ms();
		end->next++;
		c = c->next;
	}
}

/* The site of a message; NULL: something was missing.  Takes fd over. */
static struct site *
open_site(const struct hand *msg, const int fd[2])
{
	struct site_fds	 from;

	from.pkg = fd[0];
	from.store = fd[1];
	from.pkg_size = (size_t)msg->pkg_size;
	from.store_size = (size_t)msg->store_size;
	from.nblob = (size_t)msg->nblob;
	/*
	 * The kernel drops descriptors when the process has no room for them.
	 */
	if (from.pkg == -1 || (from.store == -1) != (from.nblob == 0)) {
		if (from.pkg != -1)
			close(from.pkg);
		if (from.store != -1)
			close(from.store);
		return NULL;
	}
	return site_take(&from, NULL);
}

void
hand_take(struct sites *ss, const struct hand *msg, const int fd[2], int line)
{
	struct hand_told	 t = { .number = msg->number, .taken = 1 };
	struct site		*s;

	if (msg->what == HAND_DROP)
		sites_drop(ss, msg->key);
	else {
		s = open_site(msg, fd);
		if (s != NULL)
			s->lists = msg->lists != 0;
		t.taken = s != NULL && sites_put(ss, msg->key, s, NULL) == 0;
	}
	send(line, &t, sizeof(t), MSG_NOSIGNAL | MSG_DONTWAIT);
}
