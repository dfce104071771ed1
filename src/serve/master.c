/* SPDX-License-Identifier: ISC */
/*
 * The master.  It binds the addresses, opens and proves the packages, forks the
 * logger and the generations of workers, and watches them and the files.  It
 * reads no byte that a client sent, and believes nothing that a worker sends
 * but its being ready (hand.c judges the answers).
 */
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/rest.h"
#include "net/sessions.h"
#include "serve/generation.h"
#include "serve/master.h"
#include "serve/prepare.h"
#include "serve/opener.h"
#include "serve/logger.h"
#include "serve/ports.h"
#include "serve/proc.h"
#include "serve/signals.h"
#include "serve/sites.h"
#include "serve/status.h"

#define GRACE_MS	5000		/* for replies that are being sent at
					   the end */
#define OLD_MAX		16		/* generations that drain */
#define HAND_MS		2000		/* for a place in a full queue */
#define STATUS_MS	10000		/* between two status files */

/* The logger before goes on until the new one has taken over. */
static int
start_logger(struct master *m, struct err *e)
{
	pid_t	 pid;
	int	 line;

	if (m->conf->log.kind == LOG_NONE)
		return 0;
	pid = log_start(&m->conf->log, &m->log, &m->sandbox, &line, e);
	if (pid == -1)
		return -1;
	log_leave(m->log_line);
	m->log_line = line;
	m->logger = pid;
	retry_began(&m->log_again, clock_mono_ms());
	return 0;
}

/*
 * The opener before ends with the questions that it is at, and the new one
 * reads those that are left.  There is none while no package names a file.
 */
static int
start_opener(struct master *m, struct err *e)
{
	struct opener		 next = { 0, -1 };
	struct generation	*g;

	if (opener_files(m->packages) > 0) {
		if (opener_start(&next, m->packages, &m->sandbox, master_say, m,
		    m->log.n > 0 ? m->log.to[LOG_MASTER(&m->log)] : -1, e) ==
		    -1)
			return -1;
		if (m->now != NULL)
			gen_open(m->now, &next);
		for (g = m->old; g != NULL; g = g->next)
			gen_open(g, &next);
	}
	opener_leave(&m->opener);
	m->opener = next;
	retry_began(&m->open_again, clock_mono_ms());
	return 0;
}

/* Free the generations that have no worker left. */
static void
forget_old(struct master *m)
{
	struct generation	**at = &m->old, *g;

	while ((g = *at) != NULL) {
		if (gen_alive(g) == 0) {
			*at = g->next;
			gen_free(g);
			m->worked = 1;
			continue;
		}
		at = &g->next;
	}
}

static size_t
count_old(const struct master *m)
{
	const struct generation	*g;
	size_t			 n = 0;

	for (g = m->old; g != NULL; g = g->next)
		n++;
	return n;
}

/*
 * The generation that serves now takes no new clients and ends with its last.
 */
static void
retire(struct master *m)
{
	struct generation	*g = m->now;

	gen_tell(g, WORKER_DRAIN);
	gen_retire(g);
	g->next = m->old;
	m->old = g;
	m->now = NULL;
	forget_old(m);
}

/* A new generation is wanted. why is kept, not copied. */
static void
turn_over(struct master *m, const char *why)
{
	m->why = why;
	retry_wanted(&m->turn, clock_mono_ms());
}

static void
new_generation(struct master *m)
{
	struct generation	*g;
	struct err		 e;
	int			 lame;

	/*
	 * Each generation that drains has readers, and none is ended for
	 * another.
	 */
	if (count_old(m) >= OLD_MAX) {
		if (retry_is_news(&m->turn, "readers"))
			master_sayf(m, "%s: readers of %d generations of workers "
			    "before these are still being served; waiting "
			    "for one of them to end", m->why, OLD_MAX);
		retry_failed(&m->turn, clock_mono_ms(), RETRY_SOON_MS);
		return;
	}
	m->quiet = m->turn.said != 0;
	g = gen_start(&m->shared, m->packages, m->number, &e);
	if (g == NULL) {
		lame = m->now->signer.pid == 0 && serve_has_tls(m->conf);
		if (retry_is_news(&m->turn, e.msg))
			master_sayf(m, "%s: %s; the workers of before go on, trying "
			    "again from time to time", m->why, e.msg);
		retry_failed(&m->turn, clock_mono_ms(), lame ?
		    RETRY_SOON_MS : RETRY_LATER_MS);
		return;
	}
	m->number++;
	retire(m);
	m->now = g;
	gen_hand(&m->shared, m->now);	/* no worker needs the queue: empty
					   it */
	m->changed = 0;
	retry_began(&m->turn, clock_mono_ms());
	master_sayf(m, "%s: new workers have taken over", m->why);
	m->worked = 1;
}

/* A package was proven, or is gone: packages_look() calls this. */
static void
on_change(void *arg, const char *key, struct site *site)
{
	struct master	*m = arg;

	m->changed++;
	retry_wanted(&m->open_again, clock_mono_ms());
	if (hands_add(m->shared.hands, key, site) == -1) {
		if (site != NULL)
			site_shut(site);
		turn_over(m, "no memory to hand a new edition on");
	} else if (hands_full(m->shared.hands))
		gen_hand_wait(&m->shared, m->now, HAND_MS);
	else
		gen_hand(&m->shared, m->now);
}

/* Send the workers more of the queue, and kill those that do not answer. */
static void
hand_on(struct master *m)
{
	struct generation	*g;
	uint64_t		 now = clock_mono_ms();
	size_t			 n;

	gen_hand(&m->shared, m->now);
	n = gen_end_mute(m->now, now);
	for (g = m->old; g != NULL; g = g->next) {
		gen_hear(g);
		n += gen_end_mute(g, now);
	}
	if (n > 0)
		master_sayf(m, "%zu worker%s did not answer to a new edition as it "
		    "should; ended", n, n == 1 ? "" : "s");
	if (gen_is_behind(m->now) && m->turn.due == 0) {
		m->why = "a worker could not take a new edition";
		retry_died(&m->turn, now);
	}
	if (m->changed > 0 && gen_has_all(&m->shared, m->now)) {
		master_sayf(m, "%zu package%s changed: the workers serve %s", m->changed,
		    m->changed == 1 ? "" : "s", m->changed == 1 ? "it" :
		    "them");
		m->changed = 0;
		m->worked = 1;
	}
}

/*
 * The connections of a dead worker are gone, so its counts of open ones are 0.
 */
static void
none_open(struct master *m, const struct generation *g, size_t slot)
{
	struct worker_counts	*c = gen_counts(&m->shared, g, slot);

	c->net.closed = c->net.opened;
}

/*
 * A worker died, and may have been in a stranger's hands: what all workers write
 * together begins anew.
 */
static void
forget_counts(struct master *m)
{
	limits_forget(m->shared.limits);
	if (m->shared.sessions != NULL)
		sessions_forget(m->shared.sessions);
}

static void
worker_died(struct master *m, size_t slot, pid_t pid, int status)
{
	struct gen_worker	*w = &m->now->worker[slot];
	char			 how[80];

	proc_how(status, how, sizeof(how));
	master_sayf(m, "worker %zu (process %ld) died of %s; starting it again",
	    slot, (long)pid, how);
	forget_counts(m);
	retry_died(&w->again, clock_mono_ms());
}

static void
logger_died(struct master *m, int status)
{
	char	 how[80];

	proc_how(status, how, sizeof(how));
	master_sayf(m, "the logger (process %ld) died of %s; starting it again",
	    (long)m->logger, how);
	m->logger = 0;
	retry_died(&m->log_again, clock_mono_ms());
}

static void
reap(struct master *m)
{
	struct generation	*g;
	size_t			 slot;
	pid_t			 pid;
	int			 status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == m->logger) {
			logger_died(m, status);
			continue;
		}
		if (pid == m->opener.pid) {
			m->opener.pid = 0;
			master_say(m, "the process that opens files beside the text "
			    "has died; starting it again");
			retry_died(&m->open_again, clock_mono_ms());
			continue;
		}
		if (gen_reaped(m->now, pid, &slot)) {
			if (slot < m->now->nworker) {
				none_open(m, m->now, slot);
				worker_died(m, slot, pid, status);
				continue;
			}
			retry_died(&m->turn, clock_mono_ms());
			m->why = "the signer died";
			continue;
		}
		for (g = m->old; g != NULL; g = g->next)
			if (gen_reaped(g, pid, &slot))
				break;
		if (g != NULL && slot < g->nworker)
			none_open(m, g, slot);
		/*
		 * Nobody else will take back the connections that it had
		 * counted.
		 */
		if (g != NULL && slot < g->nworker && status != 0)
			forget_counts(m);
	}
	forget_old(m);
}

/* Write the status file.  A failure is logged once, until it succeeds again. */
static void
save_status(struct master *m)
{
	struct worker_counts	 all;
	struct status		 s;
	struct err		 e;
	size_t			 i;
	int			 bad;

	gen_sum(&m->shared, &all);
	memset(&s, 0, sizeof(s));
	s.started = m->started;
	s.now = clock_wall();
	s.counts = &all;
	s.packages = m->packages;
	for (i = 0; i < m->now->nworker; i++)
		s.workers += m->now->worker[i].pid > 0;
	bad = status_save(&s, m->conf->status, &e) == -1;
	if (bad && !m->status_failed)
		master_say(m, e.msg);
	m->status_failed = bad;
	m->status_due = clock_mono_ms() + STATUS_MS;
}

static void
restart_due(struct master *m)
{
	struct gen_worker	*w;
	struct err		 e;
	uint64_t		 now = clock_mono_ms();
	size_t			 i;

	for (i = 0; i < m->now->nworker; i++) {
		w = &m->now->worker[i];
		if (!retry_is_due(&w->again, now) ||
		    gen_restart(&m->shared, m->now, i, &e) == 0)
			continue;
		if (retry_is_news(&w->again, e.msg))
			master_sayf(m, "worker %zu: %s; trying again from time to "
			    "time", i, e.msg);
		retry_failed(&w->again, clock_mono_ms(), RETRY_SOON_MS);
	}
	if (retry_is_due(&m->log_again, now) && start_logger(m, &e) == -1) {
		if (retry_is_news(&m->log_again, e.msg))
			master_say(m, e.msg);
		retry_failed(&m->log_again, clock_mono_ms(), m->logger > 0 ?
		    RETRY_LATER_MS : RETRY_SOON_MS);
	}
	if (retry_is_due(&m->open_again, now) && start_opener(m, &e) == -1) {
		if (retry_is_news(&m->open_again, e.msg))
			master_say(m, e.msg);
		retry_failed(&m->open_again, clock_mono_ms(), RETRY_LATER_MS);
	}
	if (retry_is_due(&m->turn, now))
		new_generation(m);
	if (m->status_due != 0 && m->status_due <= now)
		save_status(m);
}

static void
print_counts(struct master *m)
{
	struct worker_counts	 all;
	char			 line[ERR_MAX];

	gen_sum(&m->shared, &all);
	status_line(&all, line, sizeof(line));
	master_say(m, line);
}

static int
wait_ms(const struct master *m)
{
	uint64_t	 now = clock_mono_ms(), next = m->look;
	size_t		 i;

	for (i = 0; i < m->now->nworker; i++)
		next = retry_next(&m->now->worker[i].again, next);
	next = retry_next(&m->turn, next);
	next = retry_next(&m->log_again, next);
	next = retry_next(&m->open_again, next);
	if (m->status_due != 0 && m->status_due < next)
		next = m->status_due;
	return next > now ? (int)(next - now) : 0;
}

/*
 * SIGHUP: look at the packages at once; new workers only for other certificates
 * or keys.
 */
static void
reload(struct master *m)
{
	packages_look(m->packages, 1);
	if (m->turn.due != 0 || !gen_is_current(&m->shared, m->now))
		turn_over(m, "SIGHUP");
	else
		master_say(m, "SIGHUP: certificates and keys are the same, the "
		    "workers stay; packages were looked at");
}

static void
run(struct master *m, const sigset_t *waiting)
{
	struct pollfd	 pfd[WORKERS_MAX];
	struct timespec	 ts;
	int		 ms;

	while (!got_end) {
		ms = wait_ms(m);
		ts.tv_sec = ms / 1000;
		ts.tv_nsec = (long)(ms % 1000) * 1000000;
		ppoll(pfd, (nfds_t)gen_polls(m->now, pfd), &ts, waiting);
		reap(m);
		if (got_usr1) {
			got_usr1 = 0;
			retry_wanted(&m->log_again, clock_mono_ms());
		}
		if (got_usr2) {
			got_usr2 = 0;
			print_counts(m);
			if (m->status_due != 0)
				save_status(m);
		}
		if (got_hup) {
			got_hup = 0;
			reload(m);
		} else if (m->look <= clock_mono_ms())
			packages_look(m->packages, 0);
		if (m->look <= clock_mono_ms()) {
			m->look = clock_mono_ms() + LOOK_MS;
			if (m->shared.sessions != NULL)
				sessions_sweep(m->shared.sessions,
				    clock_mono_ms());
			if (ports_repair(&m->ports, m->shared.nslot,
			    master_say, m))
				turn_over(m, "a socket was replaced");
			if (m->worked)
				rest_code();
			m->worked = 0;
		}
		hand_on(m);
		restart_due(m);
	}
}

/* Replies that are being sent may end, within GRACE_MS. */
static void
stop(struct master *m)
{
	struct generation	*g;
	uint64_t		 end = clock_mono_ms() + GRACE_MS;
	size_t			 slot;
	pid_t			 pid;
	int			 killed = 0;

	gen_tell(m->now, WORKER_HURRY);
	retire(m);
	for (g = m->old; g != NULL; g = g->next)
		gen_tell(g, WORKER_HURRY);
	while (m->old != NULL) {
		if ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
			if (pid == m->logger)
				m->logger = 0;
			for (g = m->old; g != NULL; g = g->next)
				gen_reaped(g, pid, &slot);
			forget_old(m);
			continue;
		}
		if (pid == -1 && errno == ECHILD)
			break;
		if (clock_mono_ms() >= end && !killed) {
			for (g = m->old; g != NULL; g = g->next)
				gen_kill(g);
			killed = 1;
		}
		poll(NULL, 0, 10);
	}
}

int
master_check(struct serve_conf *conf, struct err *e)
{
	struct master	 m;
	struct err	 why;
	size_t		 n;
	int		 rv;

	conf->packages.state = NULL;	/* the folder may be a running
					   server's */
	rv = master_prepare(&m, conf, e);
	if (rv == 0)
		rv = gen_check(&m.shared, e);
	if (rv == 0 && (n = packages_aside(m.packages, &why)) > 0) {
		err_set(e, "%zu of %zu packages would be set aside", n, n +
		    sites_count(packages_sites(m.packages)));
		rv = -1;
	}
	master_clean(&m);
	return rv;
}

int
master_run(struct serve_conf *conf, struct err *e)
{
	struct master	 m;
	sigset_t	 waiting;
	int		 rv = -1;

	catch_signals(&waiting);
	if (master_prepare(&m, conf, e) == -1 || master_open_ports(&m, e) == -1)
		goto out;
	if (conf->log.kind != LOG_NONE) {
		if (log_open(&m.log, m.shared.nslot, e) == -1)
			goto out;
		m.shared.log = m.log.to;
		m.shared.signer_log = m.log.to[LOG_SIGNER(&m.log)];
	}
	retry_began(&m.turn, clock_mono_ms());
	m.now = gen_start(&m.shared, m.packages, 0, e);
	if (m.now == NULL)
		goto out;
	if (start_logger(&m, e) == -1) {
		retire(&m);
		gen_kill(m.old);
		goto out;
	}
	if (start_opener(&m, e) == -1) {
		retire(&m);
		gen_kill(m.old);
		goto out;
	}
	ports_print(&m.ports);
	m.worked = 1;
	m.look = clock_mono_ms() + LOOK_MS;
	m.started = clock_wall();
	m.status_due = conf->status != NULL ? clock_mono_ms() : 0;
	conf->packages.changed = on_change;
	run(&m, &waiting);
	stop(&m);
	if (conf->status != NULL)
		unlink(conf->status);
	rv = 0;
 out:
	master_clean(&m);
	return rv;
}
