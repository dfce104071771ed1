/* SPDX-License-Identifier: ISC */
/*
 * A generation: one signer process and its workers, forked by the master with
 * everything open that they need.
 *
 * The certificates are loaded, the signer is started and proves that each key
 * fits, then the workers are forked, each with one end of a line to the master
 * and one to the opener, and each says when it is ready.  Later editions are
 * handed to them over the line.  A worker may be in a stranger's hands: what it
 * answers is judged by hand.c, and one that answers wrongly, or not at all, is
 * killed.
 */
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fds.h"
#include "base/sandbox.h"
#include "net/pool.h"
#include "net/sessions.h"
#include "serve/generation.h"
#include "serve/opener.h"
#include "serve/ports.h"
#include "serve/proc.h"
#include "serve/sites.h"

#define READY_MS	30000
#define KEEP_MAX	(WORKER_PORTS + 8)

static void	 be_worker(const struct gen_shared *, struct generation *,
		    size_t, int, int, int) __attribute__((__noreturn__));

/*
 * Load the certificates, start the signer, have it prove that the keys fit, and
 * make the TLS context.
 */
static int
secure(const struct gen_shared *s, struct generation *g, struct err *e)
{
	const struct serve_conf	*conf = s->conf;
	struct signer_line	 line = { -1, 0, 0 };
	int			 rv = -1;

	/*
	 * OpenSSL's own memory is set up before the fork, so all processes
	 * share it; what only the start needed is freed first.
	 */
	g->hosts = hosts_load(conf->certs, conf->host, conf->nhost, e);
	if (g->hosts == NULL || (g->tls = tlsctx_new(g->hosts->pem,
	    g->hosts->npair, signer_ask, NULL, s->sessions,
	    e)) == NULL)
		goto out;
	pool_rest();
	if (signer_start(&g->signer, (const char *const *)g->hosts->key_path,
	    g->hosts->npair, conf->readable_keys, s->sandbox, s->signer_log,
	    e) == -1 ||
	    (line.fd = signer_new_line(&g->signer, e)) == -1 ||
	    hosts_prove(g->hosts, &line, s->say, s->arg, e) == -1)
		goto out;
	rv = 0;
 out:
	if (line.fd != -1)
		close(line.fd);
	return rv;
}

/* One worker's part of a limit that holds for all of them together. */
static unsigned
share(unsigned all, size_t n)
{
	return (all + (unsigned)n - 1) / (unsigned)n;
}

/*
 * Descriptors that the worker shares with other processes get the lowest
 * numbers: by the number the sandbox tells them from its own connections.
 */
static void
gather(struct worker_conf *w, struct worker_port *port, int *signer,
    int *root)
{
	int	*all[KEEP_MAX];
	size_t	 i, n = 0;

	for (i = 0; i < w->nport; i++)
		all[n++] = &port[i].fd;
	all[n++] = &w->line;
	all[n++] = &w->files;
	all[n++] = &w->log;
	all[n++] = signer;
	all[n++] = root;
	w->own_fd = fds_lower(all, n);
	w->port = port;
}

static void
be_worker(const struct gen_shared *s, struct generation *g, size_t slot,
    int line, int files, int signer)
{
	struct worker_conf	 w;
	struct worker_port	 port[WORKER_PORTS];
	struct signer_line	 sl = { signer, 0, 0 };
	struct sandbox		 box = *s->sandbox;
	int			 rv;

	memset(&w, 0, sizeof(w));
	memcpy(port, s->port + slot * s->nport, s->nport * sizeof(*port));
	w.nport = s->nport;
	w.sites = g->sites;
	w.tls = g->tls;
	w.signer = &sl;
	w.limits = s->limits;
	w.caps.conns = share(s->conf->limits.connections, s->nslot);
	w.caps.half_open = share(s->conf->limits.half_open, s->nslot);
	w.caps.reply_rate = s->conf->limits.reply_rate;
	w.caps.reply_span = s->conf->limits.reply_span;
	w.proxy = s->conf->proxy;
	w.nproxy = s->conf->nproxy;
	w.sandbox = &box;
	w.counts = gen_counts(s, g, slot);
	w.line = line;
	w.files = files;
	w.log = s->log != NULL ? s->log[slot] : -1;
	gather(&w, port, &sl.fd, &box.root);
	sandbox_hush(&box, w.log);
	rv = worker_main(&w);
	if (!s->sandbox->on)
		exit(rv);	/* for a leak checker */
	_exit(rv);
}

static int
spawn(const struct gen_shared *s, struct generation *g, size_t slot,
    struct err *e)
{
	struct gen_worker	*w = &g->worker[slot];
	int			 pair[2] = { -1, -1 }, files[2];
	int			 keep[KEEP_MAX], signer = -1;
	size_t			 i, n = 0;

	/*
	 * A later generation that could not be started may have set other
	 * names.
	 */
	if (sites_rename(g->sites, &g->names, e) == -1)
		return -1;
	if (g->tls != NULL &&
	    (signer = signer_new_line(&g->signer, e)) == -1)
		return -1;
	if (proc_pair(pair, e) == -1 || proc_pair(files, e) == -1) {
		if (signer != -1)
			close(signer);
		if (pair[0] != -1) {
			close(pair[0]);
			close(pair[1]);
		}
		return -1;
	}
	for (i = 0; i < s->nport; i++)
		keep[n++] = s->port[slot * s->nport + i].fd;
	keep[n++] = pair[1];
	keep[n++] = files[1];
	keep[n++] = signer;
	keep[n++] = s->log != NULL ? s->log[slot] : -1;
	keep[n++] = s->sandbox->root;
	if (s->sessions != NULL)
		sessions_share(s->sessions, 1);
	if ((w->pid = proc_fork(keep, n, e)) == 0)
		be_worker(s, g, slot, pair[1], files[1], signer);
	if (s->sessions != NULL)
		sessions_share(s->sessions, 0);
	close(pair[1]);
	close(files[1]);
	if (signer != -1)
		close(signer);
	if (w->pid == -1) {
		w->pid = 0;
		close(pair[0]);
		close(files[0]);
		return -1;
	}
	w->line = pair[0];
	w->files = files[0];
	(void)opener_serve(s->opener, w->files);
	hand_begin(&w->hand, s->hands);
	return 0;
}

/* Wait for the worker's first message, which says whether it is ready. */
static int
await(struct gen_worker *w, struct err *e)
{
	struct pollfd	 pfd = { w->line, POLLIN, 0 };
	char		 text[ERR_MAX];
	ssize_t		 n = -1;
	int		 rv;

	do
		rv = poll(&pfd, 1, READY_MS);
	while (rv == -1 && errno == EINTR);
	if (rv == 1)
		n = recv(w->line, text, sizeof(text) - 1, MSG_DONTWAIT);
	if (n == (ssize_t)strlen(WORKER_READY) &&
	    memcmp(text, WORKER_READY, (size_t)n) == 0)
		return 0;
	text[n > 0 ? n : 0] = '\0';
	err_cannot(e, "worker: %s", n > 0 ? text : "it ended at once");
	return -1;
}

int
gen_check(const struct gen_shared *s, struct err *e)
{
	struct generation	 g;
	int			 rv;

	if (!serve_has_tls(s->conf))
		return 0;
	memset(&g, 0, sizeof(g));
	g.signer.line = -1;
	rv = secure(s, &g, e);
	signer_leave(&g.signer);
	if (g.signer.pid > 0)
		waitpid(g.signer.pid, NULL, 0);
	tlsctx_free(g.tls);
	hosts_free(g.hosts);
	return rv;
}

/* The server's own names: those of its certificates, if it has any. */
static void
name(struct generation *g, const struct serve_conf *conf)
{
	size_t	 i;

	g->names.host = (const char **)(uintptr_t)conf->host;
	g->names.nhost = conf->nhost;
	if (g->hosts != NULL) {
		g->names.host = (const char **)(uintptr_t)g->hosts->name;
		g->names.nhost = g->hosts->nname;
	}
	for (i = 0; i < PROTO_N; i++)
		g->names.port[i] = conf->door[i].public_port;
	g->names.gopher_host = conf->gopher_host;
	g->names.portal = conf->portal;
	g->names.directory = conf->directory;
}

struct generation *
gen_start(const struct gen_shared *s, struct packages *p, unsigned number,
    struct err *e)
{
	const struct serve_conf	*conf = s->conf;
	struct generation	*g;
	size_t			 i;

	if ((g = calloc(1, sizeof(*g))) == NULL ||
	    (g->worker = calloc(s->nslot, sizeof(*g->worker))) == NULL) {
		err_nomem(e);
		free(g);
		return NULL;
	}
	g->nworker = s->nslot;
	g->number = number;
	g->signer.line = -1;
	for (i = 0; i < g->nworker; i++)
		g->worker[i].line = g->worker[i].files = -1;
	if (serve_has_tls(conf) && secure(s, g, e) == -1)
		goto fail;
	g->sites = packages_sites(p);
	name(g, conf);
	for (i = 0; i < g->nworker; i++)
		if (spawn(s, g, i, e) == -1)
			goto fail;
	for (i = 0; i < g->nworker; i++) {
		if (await(&g->worker[i], e) == -1)
			goto fail;
		retry_began(&g->worker[i].again, clock_mono_ms());
	}
	return g;
 fail:
	gen_kill(g);
	for (i = 0; i < g->nworker; i++)
		if (g->worker[i].pid > 0)
			waitpid(g->worker[i].pid, NULL, 0);
	signer_leave(&g->signer);
	if (g->signer.pid > 0)
		waitpid(g->signer.pid, NULL, 0);
	gen_free(g);
	return NULL;
}

int
gen_restart(const struct gen_shared *s, struct generation *g, size_t slot,
    struct err *e)
{
	struct gen_worker	*w = &g->worker[slot];

	if (w->line != -1)
		close(w->line);
	if (w->files != -1)
		close(w->files);
	w->line = w->files = -1;
	if (spawn(s, g, slot, e) == -1)
		return -1;
	if (await(w, e) == -1) {
		kill(w->pid, SIGKILL);
		waitpid(w->pid, NULL, 0);
		w->pid = 0;
		return -1;
	}
	retry_began(&w->again, clock_mono_ms());
	return 0;
}

int
gen_is_current(const struct gen_shared *s, const struct generation *g)
{
	const struct serve_conf	*conf = s->conf;
	struct hosts		*h;
	int			 same;

	if (g->hosts == NULL)
		return 1;
	h = hosts_load(conf->certs, conf->host, conf->nhost, NULL);
	same = h != NULL && hosts_same(h, g->hosts);
	hosts_free(h);
	return same;
}

/* 1: the worker runs, and a change can be sent to it. */
static int
takes(const struct gen_worker *w)
{
	return w->pid > 0 && w->line != -1 && !w->hand.gone;
}

void
gen_hand(const struct gen_shared *s, struct generation *g)
{
	uint32_t	 oldest = hands_next(s->hands);
	size_t		 i;

	for (i = 0; i < g->nworker; i++)
		if (takes(&g->worker[i]))
			hand_run(&g->worker[i].hand, s->hands,
			    g->worker[i].line);
	/*
	 * Numbers wrap around, so the oldest is the one that is furthest back.
	 */
	for (i = 0; i < g->nworker; i++)
		if (takes(&g->worker[i]) && !g->worker[i].hand.broken &&
		    !g->worker[i].hand.behind && hands_next(s->hands) -
		    g->worker[i].hand.next > hands_next(s->hands) - oldest)
			oldest = g->worker[i].hand.next;
	hands_forget(s->hands, oldest);
}

void
gen_hear(struct generation *g)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (takes(&g->worker[i]))
			hand_hear(&g->worker[i].hand, g->worker[i].line);
}

void
gen_hand_wait(const struct gen_shared *s, struct generation *g, int ms)
{
	struct pollfd	 pfd[WORKERS_MAX];
	uint64_t	 now, end = clock_mono_ms() + (uint64_t)ms;
	size_t		 i;

	for (;;) {
		gen_hand(s, g);
		if (!hands_full(s->hands) || (now = clock_mono_ms()) >= end)
			break;
		(void)poll(pfd, (nfds_t)gen_polls(g, pfd), (int)(end - now));
	}
	if (!hands_full(s->hands))
		return;
	for (i = 0; i < g->nworker; i++)
		if (hands_next(s->hands) - g->worker[i].hand.next >=
		    HANDS_MAX)
			g->worker[i].hand.behind = 1;
	gen_hand(s, g);
}

int
gen_has_all(const struct gen_shared *s, const struct generation *g)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (takes(&g->worker[i]) &&
		    !hand_has_all(&g->worker[i].hand, s->hands))
			return 0;
	return 1;
}

int
gen_is_behind(const struct generation *g)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (takes(&g->worker[i]) && g->worker[i].hand.behind)
			return 1;
	return 0;
}

size_t
gen_polls(const struct generation *g, struct pollfd *pfd)
{
	size_t	 i, n = 0;

	for (i = 0; i < g->nworker; i++) {
		if (!takes(&g->worker[i]) || g->worker[i].hand.broken ||
		    hand_owes(&g->worker[i].hand) == 0)
			continue;
		pfd[n].fd = g->worker[i].line;
		pfd[n++].events = POLLIN;
	}
	return n;
}

size_t
gen_end_mute(struct generation *g, uint64_t now)
{
	struct hand_end	*h;
	size_t		 i, n = 0;

	for (i = 0; i < g->nworker; i++) {
		h = &g->worker[i].hand;
		if (!takes(&g->worker[i]) || (!h->broken &&
		    (hand_owes(h) == 0 || now - h->since < GEN_MUTE_MS)))
			continue;
		h->gone = 1;
		kill(g->worker[i].pid, SIGKILL);
		n++;
	}
	return n;
}

void
gen_open(struct generation *g, struct opener *o)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (g->worker[i].pid > 0 && g->worker[i].files != -1)
			(void)opener_serve(o, g->worker[i].files);
}

void
gen_tell(struct generation *g, char what)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (g->worker[i].line != -1)
			send(g->worker[i].line, &what, 1, MSG_NOSIGNAL |
			    MSG_DONTWAIT);
}

void
gen_retire(struct generation *g)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		g->worker[i].again.due = 0;
	signer_leave(&g->signer);
}

int
gen_reaped(struct generation *g, pid_t pid, size_t *slot)
{
	size_t	 i;

	if (pid == g->signer.pid) {
		g->signer.pid = 0;
		*slot = g->nworker;
		return 1;
	}
	for (i = 0; i < g->nworker; i++) {
		if (g->worker[i].pid != pid)
			continue;
		g->worker[i].pid = 0;
		*slot = i;
		return 1;
	}
	return 0;
}

size_t
gen_alive(const struct generation *g)
{
	size_t	 i, n = 0;

	for (i = 0; i < g->nworker; i++)
		n += g->worker[i].pid > 0;
	return n;
}

void
gen_kill(struct generation *g)
{
	size_t	 i;

	for (i = 0; i < g->nworker; i++)
		if (g->worker[i].pid > 0)
			kill(g->worker[i].pid, SIGKILL);
}

void
gen_free(struct generation *g)
{
	size_t	 i;

	if (g == NULL)
		return;
	for (i = 0; i < g->nworker; i++) {
		if (g->worker[i].line != -1)
			close(g->worker[i].line);
		if (g->worker[i].files != -1)
			close(g->worker[i].files);
	}
	signer_leave(&g->signer);
	tlsctx_free(g->tls);
	hosts_free(g->hosts);
	free(g->worker);
	free(g);
}

struct worker_counts *
gen_counts(const struct gen_shared *s, const struct generation *g,
    size_t slot)
{
	return s->counts + slot * GEN_COUNTS + g->number % GEN_COUNTS;
}

void
gen_sum(const struct gen_shared *s, struct worker_counts *all)
{
	const uint64_t	*from;
	uint64_t	*to = (uint64_t *)all;
	size_t		 i, k;

	memset(all, 0, sizeof(*all));
	for (i = 0; i < s->nslot * GEN_COUNTS; i++) {
		from = (const uint64_t *)&s->counts[i];
		for (k = 0; k < sizeof(*all) / sizeof(uint64_t); k++)
			to[k] += from[k];
	}
}
