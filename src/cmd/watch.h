/* SPDX-License-Identifier: ISC */
/* apeng serve --watch: an editor's capsule, served while it is written. */
#ifndef CMD_WATCH_H
#define CMD_WATCH_H


struct serve_conf;

/*
 * Compile the capsule in dir into a package of a private folder, serve it
 * as conf says, and again at every change, until SIGTERM, SIGINT or SIGHUP.
 * What is wrong is printed, and the last good edition stays up.  check: see
 * whether all that would work, and end.  conf's packages are ours; its certs
 * too when there are none.  The status to return.
 */
int	serve_watch(const char *dir, struct serve_conf *conf, const struct language *,
	    int check);

#endif
