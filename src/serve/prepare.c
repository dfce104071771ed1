/* SPDX-License-Identifier: ISC */
/*
 * The beginning and the end of the master.  Everything is opened and proven
 * here before the first worker is forked, and freed after the last one ended.
 * A package that is at fault keeps no other from being served; the operator is
 * told what is wrong.  The configuration is the operator's.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crew.h"
#include "base/err.h"
#include "net/sessions.h"
#include "net/tls.h"
#include "serve/prepare.h"
#include "serve/sites.h"

#define SPARE_FDS	64		/* descriptors of a worker, beside
					   connections */

void
master_say(void *arg, const char *line)
{
	struct master	*m = arg;

	log_say(m->log.n > 0 ? m->log.to[LOG_MASTER(&m->log)] : -1,
	    &m->conf->log, "%s", line);
}

/* A line of a new generation; left out when it only tries once more. */
static void
say_new(void *arg, const char *line)
{
	struct master	*m = arg;

	if (!m->quiet)
		master_say(m, line);
}

void
master_sayf(struct master *m, const char *fmt, ...)
{
	char	 line[ERR_MAX];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	master_say(m, line);
}

/* Raise the limit of descriptors to a worker's part of the connections. */
static int
room_for(struct master *m, struct err *e)
{
	struct limits_conf	*l = &m->conf->limits;
	struct rlimit		 rl;
	rlim_t			 want;
	size_t			 n = m->shared.nslot;

	want = l->connections / n + 1 + SPARE_FDS;
	if (getrlimit(RLIMIT_NOFILE, &rl) == -1) {
		err_sys(e, "getrlimit");
		return -1;
	}
	if (rl.rlim_cur < want && rl.rlim_cur < rl.rlim_max) {
		rl.rlim_cur = want < rl.rlim_max ? want : rl.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &rl) == -1) {
			err_sys(e, "setrlimit");
			return -1;
		}
	}
	if (rl.rlim_cur < want)
		master_sayf(m, "this system allows %llu open files a process, so "
		    "at most about %llu connections, not %u; see ulimit -n",
		    (unsigned long long)rl.rlim_cur,
		    (unsigned long long)rl.rlim_cur * n, l->connections);
	return 0;
}

/* One that is at fault keeps no other from being served. */
static int
open_packages(struct master *m, struct err *e)
{
	struct packages_conf	*conf = &m->conf->packages;
	size_t			 n;

	if ((m->packages = packages_open(conf, e)) == NULL)
		return -1;
	if (sites_count(packages_sites(m->packages)) > 0)
		return 0;
	n = packages_aside(m->packages, e);
	if (conf->wait) {
		master_sayf(m, "nothing to serve yet; waiting for a package");
		return 0;
	}
	if (n > 1) {
		e->sys = 0;
		snprintf(e->msg, sizeof(e->msg), "nothing to serve: all %zu "
		    "packages were set aside", n);
	}
	return -1;
}

int
master_prepare(struct master *m, struct serve_conf *conf, struct err *e)
{
	char	 warn[ERR_MAX];
	size_t	 size;

	memset(m, 0, sizeof(*m));
	m->conf = conf;
	m->sandbox.root = -1;
	m->log_line = -1;
	m->opener.line = -1;
	m->shared.opener = &m->opener;
	conf->packages.say = master_say;
	conf->packages.arg = m;
	m->shared.conf = conf;
	m->shared.sandbox = &m->sandbox;
	m->shared.say = say_new;
	m->shared.arg = m;
	m->shared.signer_log = -1;
	conf->log.full = conf->log_full;
	m->shared.nslot = conf->workers > 0 ? conf->workers :
	    (unsigned)crew_processors();
	if (m->shared.nslot > WORKERS_MAX)
		m->shared.nslot = WORKERS_MAX;
	m->number = 1;
	if (tls_start(e) == -1)
		return -1;
	if (!conf->sandbox)
		master_say(m, "sandbox: no: the workers are not locked up; this is "
		    "for debuggers only");
	else if (sandbox_prepare(&m->sandbox, conf->user, warn, sizeof(warn),
	    e) == -1)
		return -1;
	else if (warn[0] != '\0')
		master_say(m, warn);
	if (room_for(m, e) == -1 ||
	    (m->shared.hands = hands_new(e)) == NULL ||
	    (m->shared.limits = limits_new(&conf->limits, e)) == NULL)
		return -1;
	if (conf->resume > 0 &&
	    (m->shared.sessions = sessions_new(conf->resume, e)) == NULL)
		return -1;
	size = m->shared.nslot * GEN_COUNTS * sizeof(struct worker_counts);
	m->shared.counts = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (m->shared.counts == MAP_FAILED) {
		m->shared.counts = NULL;
		err_sys(e, "counters");
		return -1;
	}
	return ports_choose(&m->ports, conf, master_say, m, e) == -1 ? -1 :
	    open_packages(m, e);
}

int
master_open_ports(struct master *m, struct err *e)
{
	if (ports_bind(&m->ports, m->conf, m->shared.nslot, e) == -1)
		return -1;
	m->shared.port = m->ports.port;
	m->shared.nport = m->ports.n;
	return 0;
}

void
master_clean(struct master *m)
{
	struct generation	*g;
	uint64_t		 end;

	while ((g = m->old) != NULL) {
		m->old = g->next;
		gen_free(g);
	}
	gen_free(m->now);
	opener_leave(&m->opener);
	packages_free(m->packages);
	ports_close(&m->ports, m->shared.nslot);
	log_close_to(&m->log);			/* now the logger can end */
	if (m->log_line != -1)
		close(m->log_line);
	end = clock_mono_ms() + LOOK_MS;
	while (m->logger > 0 && waitpid(m->logger, NULL, WNOHANG) == 0 &&
	    clock_mono_ms() < end)
		poll(NULL, 0, 5);
	log_close(&m->log);
	sandbox_forget(&m->sandbox);
	limits_free(m->shared.limits);
	sessions_free(m->shared.sessions);
	hands_free(m->shared.hands);
	if (m->shared.counts != NULL)
		munmap(m->shared.counts, m->shared.nslot * GEN_COUNTS *
		    sizeof(struct worker_counts));
}
