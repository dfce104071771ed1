/* SPDX-License-Identifier: ISC */
/*
 * apeng serve: read the settings from a file and from the command line, which
 * overrules the file, and make the struct serve_conf that the master of the
 * server wants.  Only the file of settings and the files of public keys are
 * opened here.  The settings are the operator's, who is trusted.
 */
#include <sys/stat.h>

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "cmd/config.h"
#include "cmd/watch.h"
#include "content/diag.h"
#include "lang/lang.h"
#include "package/lists.h"
#include "serve/master.h"

#define OPTIONS_MAX	64

enum { OPT_HELP = 1000, OPT_HOST, OPT_UNSIGNED,
	OPT_WATCH, OPT_LANG, OPT_DOOR = 2000,
	OPT_KEY = 3000 };

/* The settings, the struct serve_conf made of them, and what that points to. */
struct plan {
	struct config		 c;
	struct serve_conf	 conf;
	struct anchors		 anchors;
	struct net_addr		 at[PROTO_N][CONFIG_LIST_MAX];
	struct worker_net	 proxy[CONFIG_LIST_MAX];
	int			 check;		/* -n: serve nothing */
	const char		*watch;		/* a folder; NULL: packages */
	const struct language	*says;	/* language of findings in watch */
};

static void
options(struct option *o)
{
	static const struct option	 own[] = {
		{ "help", no_argument, NULL, OPT_HELP },
		{ "host", required_argument, NULL, OPT_HOST },
		{ "unsigned", no_argument, NULL, OPT_UNSIGNED },
		{ "watch", required_argument, NULL, OPT_WATCH },
		{ "lang", required_argument, NULL, OPT_LANG },
	};
	const char			*name;
	size_t				 i, n = sizeof(own) / sizeof(own[0]);

	memcpy(o, own, sizeof(own));
	for (i = 0; i < PROTO_N; i++) {
		o[n].name = protocol_rows[i].name;
		o[n].has_arg = required_argument;
		o[n].flag = NULL;
		o[n++].val = OPT_DOOR + (int)i;
	}
	for (i = 0; config_key(i, &name) != NULL; i++) {
		if (strcmp(name, "unsigned") == 0)
			continue;
		o[n].name = name;
		o[n].has_arg = required_argument;
		o[n].flag = NULL;
		o[n++].val = OPT_KEY + (int)i;
	}
	memset(&o[n], 0, sizeof(o[n]));
}

static int
set(struct plan *p, const char *key, const char *value)
{
	struct err	 e;

	if (config_set(&p->c, key, value, &e) == 0)
		return STATUS_DONE;
	cmd_fail(&e);
	return e.status;
}

/*
 * Add the key string of -P; one that is malformed must not be taken for the
 * name of a file.
 */
static int
set_string(struct plan *p, const char *value)
{
	if (anchors_is_string(value))
		return set(p, "keys", value);
	fprintf(stderr, "apeng serve: -P: \"%s\", want the %d characters of a "
	    "public key, perhaps with =ID behind them\n", value, KEY_STRING);
	return STATUS_CANNOT;
}

static int
load(struct plan *p, const char *path)
{
	struct diag	*d;
	struct err	 e;
	const char	*line;
	size_t		 i;
	int		 status = STATUS_DONE;

	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	if (config_load(&p->c, path, d) == -1) {
		for (i = 0; (line = diag_line(d, i, NULL)) != NULL; i++)
			fprintf(stderr, "apeng serve: %s\n", line);
		status = diag_status(d);
		if (status == STATUS_DONE)
			status = STATUS_CANNOT;
	}
	diag_free(d);
	return status;
}

/* --gemini is the same as --gemini-listen. */
static int
listen_at(struct plan *p, int proto, const char *value)
{
	char	 key[32];

	snprintf(key, sizeof(key), "%s.listen", protocol_rows[proto].name);
	return set(p, key, value);
}

/*
 * Load the file of -c, wherever that option stands, before second_pass() takes
 * the other options, so that they overrule it.  -1: help was printed.
 */
static int
first_pass(struct plan *p, int argc, char **argv)
{
	struct option	 longopts[OPTIONS_MAX];
	const char	*path = NULL;
	int		 ch;

	options(longopts);
	while ((ch = getopt_long(argc, argv, "nc:p:P:", longopts, NULL)) != -1) {
		if (ch == OPT_HELP) {
			cmd_help();
			return -1;
		}
		if (ch == '?')
			return cmd_usage();
		if (ch == 'c')
			path = optarg;
	}
	return path != NULL ? load(p, path) : STATUS_DONE;
}

static int
second_pass(struct plan *p, int argc, char **argv)
{
	struct option	 longopts[OPTIONS_MAX];
	const char	*key, *option;
	int		 ch, rv = STATUS_DONE;

	options(longopts);
	config_overrule(&p->c);
	optind = 1;
	while (rv == STATUS_DONE &&
	    (ch = getopt_long(argc, argv, "nc:p:P:", longopts, NULL)) != -1) {
		switch (ch) {
		case 'n':
			p->check = 1;
			break;
		case 'c':
			break;
		case 'p':
			rv = set(p, "keys", optarg);
			break;
		case 'P':
			rv = set_string(p, optarg);
			break;
		case OPT_HOST:
			rv = set(p, "hosts", optarg);
			break;
		case OPT_UNSIGNED:
			rv = set(p, "unsigned", "yes");
			break;
		case OPT_WATCH:
			p->watch = optarg;
			break;
		case OPT_LANG:
			if (cmd_lang(optarg, &p->says) == -1)
				rv = STATUS_CANNOT;
			break;
		default:
			if (ch < OPT_KEY) {
				rv = listen_at(p, ch - OPT_DOOR, optarg);
				break;
			}
			key = config_key((size_t)(ch - OPT_KEY), &option);
			rv = set(p, key, optarg);
		}
	}
	while (rv == STATUS_DONE && optind < argc)
		rv = set(p, "packages", argv[optind++]);
	if (rv == STATUS_DONE && p->watch != NULL &&
	    p->c.packages.n + p->c.keys.n > 0) {
		fprintf(stderr, "apeng serve: --watch serves the unsigned "
		    "package of its folder alone: want no FILE and no -p\n");
		rv = STATUS_CANNOT;
	}
	return rv;
}

/*
 * The addresses of a protocol's list: none for "off" alone; for an empty list
 * the loopback, if the protocol is usual.  -1: see e.
 */
static int
addresses(const struct config_list *l, const struct protocol *proto,
    struct net_addr *a, size_t *n, struct err *e)
{
	static const char *const	 usual[] = { "127.0.0.1", "::1" };
	size_t				 i;

	*n = 0;
	if (l->n == 1 && strcmp(l->item[0], "off") == 0)
		return 0;
	if (l->n == 0 && !proto->usual)
		return 0;
	for (i = 0; i < (l->n > 0 ? l->n : 2); i++)
		if (addr_parse(l->n > 0 ? l->item[i] : usual[i], proto->port,
		    &a[(*n)++], e) == -1)
			return -1;
	return 0;
}

/* Fill in the addresses and the public port of each protocol.  -1: see e. */
static int
doors(struct plan *p, struct err *e)
{
	struct serve_door	*d;
	size_t			 i, n = 0;

	for (i = 0; i < PROTO_N; i++) {
		d = &p->conf.door[i];
		if (addresses(&p->c.listen[i], &protocol_rows[i], p->at[i],
		    &d->n, e) == -1)
			return -1;
		d->at = p->at[i];
		d->public_port = p->c.public_port[i];
		n += d->n;
	}
	if (n > 0)
		return 0;
	err_set(e, "every protocol is off");
	return -1;
}

/* 1: the first of the packages is a folder, so no package is the default. */
static int
no_default(const struct config *c)
{
	struct stat	 st;
	const char	*path = c->packages.n > 0 ? c->packages.item[0] : "";
	size_t		 len = strlen(path);

	return len > 0 && (path[len - 1] == '/' ||
	    (stat(path, &st) == 0 && S_ISDIR(st.st_mode)));
}

static int
make_plan(struct plan *p, struct err *e)
{
	struct config		*c = &p->c;
	struct serve_conf	*s = &p->conf;
	size_t			 i;

	s->packages.path = (const char *const *)c->packages.item;
	s->packages.npath = c->packages.n;
	for (i = 0; i < c->keys.n; i++)
		if (anchors_add(&p->anchors, c->keys.item[i],
		    anchors_is_string(c->keys.item[i]), e) == -1)
			return -1;
	s->packages.anchor = p->anchors.v;
	s->packages.nanchor = p->anchors.n;
	if ((s->packages.lists = lists_new()) == NULL) {
		err_nomem(e);
		return -1;
	}
	s->packages.unproven = (int)c->unproven;
	s->packages.wait = (int)c->wait;
	s->packages.state = c->state;
	s->certs = c->certs;
	s->readable_keys = c->readable_keys != 0;
	s->host = (const char *const *)c->hosts.item;
	s->nhost = c->hosts.n;
	if (doors(p, e) == -1)
		return -1;
	s->gopher_host = c->gopher_host;
	s->portal = (int)c->portal;
	s->directory = c->directory == CONFIG_UNSAID ? no_default(c) :
	    (int)c->directory;
	s->resume = c->resume;
	s->workers = c->workers;
	s->user = c->user;
	s->sandbox = (int)c->sandbox;
	s->limits.connections = c->connections;
	s->limits.half_open = c->half_open;
	s->limits.reply_rate = c->reply_rate;
	s->limits.reply_span = c->reply_span;
	s->limits.per_address = c->per_address;
	s->limits.per_prefix = c->per_prefix;
	s->limits.requests = c->requests;
	s->limits.burst = c->burst;
	s->limits.search = c->search;
	s->limits.loopback = (int)c->loopback;
	s->log.kind = strcmp(c->log_to, "none") == 0 ? LOG_NONE :
	    strcmp(c->log_to, "stderr") == 0 ? LOG_STDERR :
	    strcmp(c->log_to, "syslog") == 0 ? LOG_SYSLOG : LOG_FILE;
	s->log.path = c->log_to;
	s->log_full = (int)c->log_full;
	s->status = c->status;
	for (i = 0; i < c->proxy_from.n; i++)
		if (addr_parse_net(c->proxy_from.item[i], &p->proxy[i].net,
		    &p->proxy[i].bits, e) == -1)
			return -1;
	s->proxy = p->proxy;
	s->nproxy = c->proxy_from.n;
	return 0;
}

static int
run_plan(struct plan *p)
{
	struct err	 e;
	int		 rv = STATUS_DONE;

	if (make_plan(p, &e) == -1)
		return cmd_fail(&e);
	if (p->watch != NULL)
		rv = serve_watch(p->watch, &p->conf, p->says, p->check);
	else if ((p->check ? master_check(&p->conf, &e) :
	    master_run(&p->conf, &e)) == -1)
		rv = cmd_fail(&e);
	if (p->check && rv == STATUS_DONE)
		printf("all is well\n");
	return rv;
}

/*
 * Block the signals of a running server: one that comes during the start must
 * not end it.
 */
static void
hold_signals(void)
{
	sigset_t	 set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

int
cmd_serve(int argc, char **argv)
{
	struct plan	*p;
	struct err	 e;
	int		 rv;

	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    config_init(&p->c) == -1) {
		free(p);
		err_nomem(&e);
		return cmd_fail(&e);
	}
	cmd_lang(NULL, &p->says);
	hold_signals();
	if ((rv = first_pass(p, argc, argv)) == STATUS_DONE &&
	    (rv = second_pass(p, argc, argv)) == STATUS_DONE)
		rv = run_plan(p);
	config_free(&p->c);
	lists_free(p->conf.packages.lists);
	anchors_free(&p->anchors);
	free(p);
	return rv == -1 ? STATUS_DONE : rv;
}
