/* SPDX-License-Identifier: ISC */
/*
 * `portal: yes' is for a network without a way out, whose name server gives
 * this server's address for every name.  A phone that joins asks a known
 * address of its maker's; an answer that leads elsewhere has it show the page
 * to its owner.  The way home is by number, because any name may be somebody
 * else's that the phone has in memory.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "proto/http.h"
#include "serve/open.h"
#include "serve/portal.h"
#include "serve/protocol.h"
#include "serve/reply.h"

int
portal_is_probe(const char *path, size_t len)
{
	static const char *const probes[] = {
		"/generate_204", "/gen_204", "/generate204",	/* Android */
		"/mobile/status.php",
		"/hotspot-detect.html", "/library/test/success.html",
		"/ncsi.txt", "/connecttest.txt", "/redirect",	/* Windows */
		"/canonical.html", "/success.txt",		/* Firefox */
		"/check_network_status.txt", "/nm-check.txt",	/* GNOME */
		"/kindle-wifi/wifistub.html", "/kindle-wifi/wifiredirect.html",
	};
	size_t	 i;

	for (i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
		if (strlen(probes[i]) == len &&
		    memcmp(probes[i], path, len) == 0)
			return 1;
	return 0;
}

void
portal_home(const struct sites *ss, const struct asked *a, enum proto proto,
    char url[PORTAL_HOME])
{
	const char	*ip = a->local_ip == NULL ? "127.0.0.1" : a->local_ip;
	unsigned	 port = ss->port[proto] != 0 ? ss->port[proto] :
			    a->local_port;
	int		 is_six, n;

	if (strncasecmp(ip, "::ffff:", 7) == 0)
		ip += 7;
	is_six = strchr(ip, ':') != NULL;
	n = snprintf(url, PORTAL_HOME, "%s://%s%.46s%s",
	    protocol_rows[proto].name, is_six ? "[" : "", ip,
	    is_six ? "]" : "");
	if (port != (proto == PROTO_HTTP ? HTTP_PORT : HTTPS_PORT))
		n += snprintf(url + n, PORTAL_HOME - (size_t)n, ":%u", port);
	snprintf(url + n, PORTAL_HOME - (size_t)n, "/");
}
