/* SPDX-License-Identifier: ISC */
/*
 * The settings of `apeng serve': from apeng.yml(5), then from the command
 * line, which overrules the file.
 */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include <stddef.h>

#include "serve/protocol.h"

struct diag;
struct err;
struct option;

#define CONFIG_LIST_MAX	64		/* items of a list except packages */
#define CONFIG_UNSAID	2		/* a yes or no that was not given */

struct config_list {
	char	**item;		/* owned, and so is each string */
	size_t	 n, room;
	int	 fresh;		/* 1: the next item replaces all */
};

/*
 * A member has the value of the setting in apeng.yml(5) that settings[] names.
 */
struct config {
	struct config_list	 packages, keys, hosts, proxy_from,
				 listen[PROTO_N];
	char			*certs, *user, *log_to, *gopher_host, *status,
				*state;
	unsigned		 readable_keys;
	unsigned		 unproven, wait, sandbox, portal, resume, workers,
				 log_full;
	unsigned		 directory;	/* or CONFIG_UNSAID */
	unsigned		 public_port[PROTO_N];
	unsigned		 connections, half_open, reply_rate,
				 reply_span, per_address, per_prefix,
				 requests, burst, search, loopback;
};

/* Set the default values.  -1: no memory. */
int	config_init(struct config *);
void	config_free(struct config *);
/* Read a file; its faults go to d.  -1: it had one. */
int	config_load(struct config *, const char *path, struct diag *d);
int	config_load_text(struct config *, const char *name, const char *,
	    size_t, struct diag *d);
/*
 * Take one setting from the command line; key is that of the file, such as
 * "limits.burst".  A list gets one item more; after config_overrule() its first
 * item replaces those of the file.  -1: see e.
 */
int	config_set(struct config *, const char *key, const char *value,
	    struct err *);
/* After this call the first item added to each list replaces those before. */
void	config_overrule(struct config *);
/*
 * The i-th key, NULL past the last; *option: the same as a long option
 * ("limits-burst"), owned by the table and valid for ever.
 */
const char *config_key(size_t i, const char **option);

#endif
