/* SPDX-License-Identifier: ISC */
/*
 * apeng serve --watch: see watch.h.  There are two processes.  This one watches
 * the folder and builds an unsigned package in a private folder; its child is
 * the same master as without --watch, serves that package, and gets SIGHUP when
 * there is a new one.  The capsule is the author's and may have faults at any
 * time.
 */
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hostname.h"
#include "base/watch.h"
#include "cmd/build.h"
#include "cmd/cmd.h"
#include "cmd/watch.h"
#include "content/diag.h"
#include "lang/lang.h"
#include "net/cert.h"
#include "serve/master.h"
#include "serve/ports.h"
#include "serve/signals.h"

#define WAIT_MS	1000

struct watching {
	const char		*dir;
	struct serve_conf	*conf;
	const struct language	*says;
	char			*pages;		/* dir/pages */
	char			*room;		/* the private folder */
	char			*package;	/* room/capsule.gpub */
	char			*certs;		/* room/certs; NULL: not made */
	char			*articles;	/* dir/articles */
	const char		*folder[3];	/* dir, pages, articles */
	struct watch		*watch;
	pid_t			 master;	/* the child; 0: none */
	uint64_t		 serial;	/* served now; 0: none */
	int			 spoiled;	/* the last build failed */
};

static volatile sig_atomic_t	 is_ending;

static void	 on_signal(int);
static void	 watch_signals(sigset_t *);
static void	 say(const struct watching *, const char *, ...)
		    __attribute__((__format__ (printf, 2, 3)));
static int	 room_make(struct watching *, struct err *);
static void	 sweep(const char *);
static void	 room_end(struct watching *);
static int	 is_cert(const struct dirent *);
static int	 cert_one(const struct watching *, const char *,
		    struct err *);
static int	 certs_make(struct watching *, struct err *);
static void	 say_errors(struct watching *, const struct diag *,
		    const struct err *);
static int	 compile_once(struct watching *);
static int	 master_start(struct watching *, struct err *);
static int	 master_wait(struct watching *, int *);
static void	 master_end(struct watching *, int *);
static int	 look_and_serve(struct watching *, const sigset_t *,
		    struct err *);

static void
on_signal(int sig)
{
	if (sig != SIGCHLD)
		is_ending = 1;
}

/*
 * Block the signals, except while watch_wait() waits with the mask *waiting.
 * The master does the same, and it inherits this.
 */
static void
watch_signals(sigset_t *waiting)
{
	static const int	 sigs[] = { SIGHUP, SIGTERM, SIGINT, SIGCHLD };

	signals_catch(sigs, sizeof(sigs) / sizeof(sigs[0]), on_signal,
	    waiting);
}

/* Print one line with the time of day to standard error. */
static void
say(const struct watching *w, const char *fmt, ...)
{
	struct tm	 tm;
	time_t		 now = time(NULL);
	va_list		 ap;
	char		 at[16] = "";

	if (localtime_r(&now, &tm) != NULL)
		strftime(at, sizeof(at), "%H:%M:%S ", &tm);
	fprintf(stderr, "%s%s: ", at, w->dir);
	va_start(ap, fmt);
	vfprintf(stderr, lang_say(w->says, fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
}

static int
room_make(struct watching *w, struct err *e)
{
	const char	*tmp = getenv("TMPDIR");

	if (tmp == NULL || *tmp == '\0')
		tmp = "/tmp";
	if (asprintf(&w->pages, "%s/pages", w->dir) == -1) {
		w->pages = NULL;
		err_nomem(e);
		return -1;
	}
	if (asprintf(&w->articles, "%s/articles", w->dir) == -1) {
		w->articles = NULL;
		err_nomem(e);
		return -1;
	}
	if (asprintf(&w->room, "%s/apeng-watch-XXXXXX", tmp) == -1) {
		w->room = NULL;
		err_nomem(e);
		return -1;
	}
	if (mkdtemp(w->room) == NULL) {
		err_sys(e, "%s", w->room);
		free(w->room);
		w->room = NULL;
		return -1;
	}
	if (asprintf(&w->package, "%s/capsule.gpub", w->room) == -1) {
		w->package = NULL;
		err_nomem(e);
		return -1;
	}
	return 0;
}

/* Remove a folder that this run made, and the files in it. */
static void
sweep(const char *path)
{
	struct dirent	*entry;
	DIR		*dp;

	if ((dp = opendir(path)) != NULL) {
		while ((entry = readdir(dp)) != NULL)
			unlinkat(dirfd(dp), entry->d_name, 0);
		closedir(dp);
	}
	rmdir(path);
}

static void
room_end(struct watching *w)
{
	if (w->certs != NULL)
		sweep(w->certs);
	if (w->room != NULL)
		sweep(w->room);
	free(w->certs);
	free(w->package);
	free(w->room);
	free(w->pages);
	free(w->articles);
}

static int
is_cert(const struct dirent *d)
{
	size_t	 len = strlen(d->d_name);

	return len > 4 && strcmp(d->d_name + len - 4, ".crt") == 0;
}

static int
cert_one(const struct watching *w, const char *host, struct err *e)
{
	struct buf	 key = BUF_INIT, cert = BUF_INIT;
	char		*key_path = NULL, *cert_path = NULL;
	int		 rv = -1;

	if (!cert_host_ok(host)) {
		hostname_err(host, e);
		return -1;
	}
	if (asprintf(&key_path, "%s/%s.key", w->certs, host) == -1 ||
	    asprintf(&cert_path, "%s/%s.crt", w->certs, host) == -1)
		err_nomem(e);
	else if (cert_make(host, NULL, 0, &key, &cert, e) == 0 &&
	    file_replace(key_path, 0600, key.data, key.len, e) == 0)
		rv = file_replace(cert_path, 0644, cert.data, cert.len, e);
	if (key.data != NULL)
		explicit_bzero(key.data, key.size);
	buf_free(&key);
	buf_free(&cert);
	free(key_path);
	free(cert_path);
	return rv;
}

/*
 * If the folder of certificates has none, make one in the private folder for
 * each host, or for localhost, so that a first try needs no `apeng cert'.
 * -1: see e.
 */
static int
certs_make(struct watching *w, struct err *e)
{
	struct serve_conf	*conf = w->conf;
	struct dirent		**list;
	size_t			 i;
	int			 k, n;

	if (!serve_has_tls(conf))
		return 0;
	if ((n = scandir(conf->certs, &list, is_cert, NULL)) != -1) {
		for (k = 0; k < n; k++)
			free(list[k]);
		free(list);
	}
	if (n > 0)
		return 0;
	if (asprintf(&w->certs, "%s/certs", w->room) == -1) {
		w->certs = NULL;
		err_nomem(e);
		return -1;
	}
	if (file_mkdirs(w->certs, 0700, e) == -1)
		return -1;
	for (i = 0; i < conf->nhost; i++)
		if (cert_one(w, conf->host[i], e) == -1)
			return -1;
	if (conf->nhost == 0 && cert_one(w, "localhost", e) == -1)
		return -1;
	say(w, "no certificate in %s, so this run has one of its own; to "
	    "keep one: apeng cert --host localhost %s", conf->certs,
	    conf->certs);
	conf->certs = w->certs;
	return 0;
}

static void
say_errors(struct watching *w, const struct diag *d, const struct err *e)
{
	size_t	 n = diag_count(d, DIAG_ERROR);

	w->spoiled = 1;
	if (n == 0 || e->msg[0] != '\0')
		say(w, "%s", e->msg);
	if (w->serial == 0)
		say(w, "%zu to be mended before anything can be served; "
		    "waiting for the next save", n > 0 ? n : 1);
	else
		say(w, "%zu to be mended; edition %llu stays up",
		    n > 0 ? n : 1, (unsigned long long)w->serial);
}

/*
 * Build once.  1: there is a new edition; 0: nothing changed, or the build
 * failed.
 */
static int
compile_once(struct watching *w)
{
	const struct build	 b = { .dir = w->dir, .out = w->package,
				    .any_id = 1 };
	struct built		 out;
	struct diag		*d;
	struct err		 e = { 0 };
	int			 rv = 0;

	if ((d = diag_new()) == NULL) {
		say(w, "out of memory");
		return 0;
	}
	diag_speak(d, w->says);
	if (build_run(&b, &out, d, &e) == -1) {
		build_print(d);
		say_errors(w, d, &e);
	} else if (!out.kept || w->spoiled || w->serial == 0) {
		build_print(d);
		say(w, "edition %llu, pages: %zu, warnings: %zu",
		    (unsigned long long)out.serial, out.npage,
		    diag_count(d, DIAG_WARNING));
		w->spoiled = 0;
		w->serial = out.serial;
		rv = !out.kept;
	}
	free(out.path);
	diag_free(d);
	return rv;
}

static int
master_start(struct watching *w, struct err *e)
{
	const pid_t	 parent = getpid();
	struct err	 why;
	int		 status = STATUS_DONE;

	fflush(NULL);
	if ((w->master = fork()) == -1) {
		err_sys(e, "fork");
		w->master = 0;
		return -1;
	}
	if (w->master != 0)
		return 0;
#ifdef __linux__
	/* When the parent ends in any way, the server gets SIGTERM. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
	if (getppid() != parent)
		_exit(STATUS_CANNOT);
	watch_free(w->watch);
	if (master_run(w->conf, &why) == -1)
		status = cmd_fail(&why);
	fflush(NULL);
	_exit(status);
}

/* 1: the master has ended, with *status; 0: it runs, or there is none. */
static int
master_wait(struct watching *w, int *status)
{
	int	 how;

	if (w->master == 0 || waitpid(w->master, &how, WNOHANG) != w->master)
		return 0;
	w->master = 0;
	*status = WIFEXITED(how) ? WEXITSTATUS(how) : STATUS_CANNOT;
	return 1;
}

static void
master_end(struct watching *w, int *status)
{
	int	 how;

	if (w->master == 0)
		return;
	kill(w->master, SIGTERM);
	while (waitpid(w->master, &how, 0) == -1 && errno == EINTR)
		;
	w->master = 0;
	*status = STATUS_DONE;
}

/*
 * Build at each change and serve.  Returns the status to end with, or
 * -1: see e.
 */
static int
look_and_serve(struct watching *w, const sigset_t *waiting, struct err *e)
{
	int	 status = STATUS_DONE, new;

	new = compile_once(w);
	while (!is_ending) {
		if (new && w->master != 0)
			kill(w->master, SIGHUP);
		else if (new && master_start(w, e) == -1)
			return -1;
		new = 0;
		if (watch_wait(w->watch, WAIT_MS, waiting) == 1 && !is_ending)
			new = compile_once(w);
		if (master_wait(w, &status))
			return status;
	}
	master_end(w, &status);
	return status;
}

int
serve_watch(const char *dir, struct serve_conf *conf, const struct language *says,
    int check)
{
	struct watching	 w = { .dir = dir, .conf = conf, .says = says };
	struct err	 e;
	sigset_t	 waiting;
	int		 status = -1;

	watch_signals(&waiting);
	if (room_make(&w, &e) == -1 || certs_make(&w, &e) == -1)
		goto out;
	conf->packages.path = (const char *const *)&w.package;
	conf->packages.npath = 1;
	conf->packages.unproven = 2;
	if (check) {
		status = STATUS_REFUSED;
		if (compile_once(&w))
			status = master_check(conf, &e) == -1 ? -1 :
			    STATUS_DONE;
		goto out;
	}
	w.folder[0] = dir;
	w.folder[1] = w.pages;
	w.folder[2] = w.articles;
	if ((w.watch = watch_new(w.folder, 3)) == NULL)
		err_nomem(&e);
	else
		status = look_and_serve(&w, &waiting, &e);
 out:
	watch_free(w.watch);
	room_end(&w);
	return status == -1 ? cmd_fail(&e) : status;
}
