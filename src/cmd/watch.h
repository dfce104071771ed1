/* SPDX-License-Identifier: ISC */
/* apeng serve --watch: serve a capsule while its author writes it. */
#ifndef CMD_WATCH_H
#define CMD_WATCH_H


struct serve_conf;

/*
 * Build the capsule in dir into a package in a private folder and serve it as
 * conf says, and do so again at every change, until SIGTERM, SIGINT or SIGHUP.
 * Faults are printed, and the last good edition is still served.  check: only
 * check whether all this would work.  Sets conf's packages, and its certs when
 * that folder has none.  Returns the exit status.
 */
int	serve_watch(const char *dir, struct serve_conf *conf, const struct language *,
	    int check);

#endif
