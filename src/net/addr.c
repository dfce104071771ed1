/* SPDX-License-Identifier: ISC */
/*
 * Reads, compares and prints IP addresses.  IPv4 is kept in its mapped form
 * within 16 bytes of IPv6, so that one comparison serves both.  Text comes
 * from the options of a program, other addresses from the system; only
 * numbers are read, and no name is ever looked up.  addr_short() clears the
 * last bits, so that a log names a network and not a single client.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "net/addr.h"

#define V4_BITS		24		/* what a log line keeps */
#define V4_KEPT		"/24"
#define V6_BITS		56
#define V6_KEPT		"/56"

static const uint8_t	 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			    0xff, 0xff };

static int
parse_ip(const char *s, size_t len, struct net_addr *a)
{
	char	 copy[INET6_ADDRSTRLEN];

	if (len == 0 || len >= sizeof(copy))
		return -1;
	memcpy(copy, s, len);
	copy[len] = '\0';
	if (inet_pton(AF_INET, copy, a->ip + 12) == 1) {
		memcpy(a->ip, mapped, sizeof(mapped));
		return 0;
	}
	return inet_pton(AF_INET6, copy, a->ip) == 1 ? 0 : -1;
}

static int
parse_number(const char *s, unsigned max, unsigned *out)
{
	unsigned	 v = 0;
	size_t		 n;

	for (n = 0; s[n] >= '0' && s[n] <= '9' && n < 6; n++)
		v = v * 10 + (unsigned)(s[n] - '0');
	if (n == 0 || s[n] != '\0' || v > max)
		return -1;
	*out = v;
	return 0;
}

int
addr_parse(const char *s, unsigned port, struct net_addr *a, struct err *e)
{
	const char	*end, *colon;

	memset(a, 0, sizeof(*a));
	if (*s == '[') {
		if ((end = strchr(s, ']')) == NULL ||
		    parse_ip(s + 1, (size_t)(end - s - 1), a) == -1 ||
		    (end[1] != ':' && end[1] != '\0'))
			goto bad;
		colon = end[1] == ':' ? end + 1 : NULL;
	} else if (parse_ip(s, strlen(s), a) == 0) {
		colon = NULL;
	} else if ((colon = strrchr(s, ':')) == NULL ||
	    parse_ip(s, (size_t)(colon - s), a) == -1 || !addr_is_v4(a))
		goto bad;
	if (colon != NULL && parse_number(colon + 1, 65535, &port) == -1)
		goto bad;
	a->port = (uint16_t)port;
	return 0;
 bad:
	err_set(e, "\"%s\": want a numeric address and port, as in "
	    "192.0.2.1:%u or [2001:db8::1]:%u", s, port, port);
	return -1;
}

int
addr_parse_net(const char *s, struct net_addr *a, unsigned *bits,
    struct err *e)
{
	const char	*slash = strchr(s, '/');
	size_t		 len = slash != NULL ? (size_t)(slash - s) : strlen(s);
	unsigned	 most;

	memset(a, 0, sizeof(*a));
	if (parse_ip(s, len, a) == -1)
		goto bad;
	/* ::ffff:192.0.2.0/120 is an IPv4 network written in full. */
	*bits = most = memchr(s, ':', len) == NULL ? 32 : 128;
	if (slash != NULL && parse_number(slash + 1, most, bits) == -1)
		goto bad;
	*bits += 128 - most;
	return 0;
 bad:
	err_set(e, "\"%s\": want an address or a network, as in 192.0.2.1 "
	    "or 2001:db8::/48", s);
	return -1;
}

int
addr_from_sa(const struct sockaddr *sa, struct net_addr *a)
{
	struct sockaddr_in	 in;
	struct sockaddr_in6	 in6;

	memset(a, 0, sizeof(*a));
	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		memcpy(a->ip, mapped, sizeof(mapped));
		memcpy(a->ip + 12, &in.sin_addr, 4);
		a->port = ntohs(in.sin_port);
		return 0;
	}
	if (sa->sa_family == AF_INET6) {
		memcpy(&in6, sa, sizeof(in6));
		memcpy(a->ip, &in6.sin6_addr, 16);
		a->port = ntohs(in6.sin6_port);
		return 0;
	}
	return -1;
}

socklen_t
addr_to_sa(const struct net_addr *a, struct sockaddr_storage *ss)
{
	struct sockaddr_in	 in;
	struct sockaddr_in6	 in6;

	memset(ss, 0, sizeof(*ss));
	if (addr_is_v4(a)) {
		memset(&in, 0, sizeof(in));
		in.sin_family = AF_INET;
		in.sin_port = htons(a->port);
		memcpy(&in.sin_addr, a->ip + 12, 4);
		memcpy(ss, &in, sizeof(in));
		return sizeof(in);
	}
	memset(&in6, 0, sizeof(in6));
	in6.sin6_family = AF_INET6;
	in6.sin6_port = htons(a->port);
	memcpy(&in6.sin6_addr, a->ip, 16);
	memcpy(ss, &in6, sizeof(in6));
	return sizeof(in6);
}

int
addr_is_v4(const struct net_addr *a)
{
	return memcmp(a->ip, mapped, sizeof(mapped)) == 0;
}

int
addr_is_loopback(const struct net_addr *a)
{
	static const uint8_t	 one[16] = { [15] = 1 };

	return addr_is_v4(a) ? a->ip[12] == 127 : memcmp(a->ip, one, 16) == 0;
}

int
addr_is_any(const struct net_addr *a)
{
	static const uint8_t	 zero[16];

	return memcmp(addr_is_v4(a) ? a->ip + 12 : a->ip, zero,
	    addr_is_v4(a) ? 4 : 16) == 0;
}

int
addr_in_net(const struct net_addr *a, const struct net_addr *net,
    unsigned bits)
{
	unsigned	 whole = bits / 8, rest = bits % 8;

	if (bits < 128 - 32 && addr_is_v4(a))
		return 0;
	if (memcmp(a->ip, net->ip, whole) != 0)
		return 0;
	return rest == 0 ||
	    (a->ip[whole] ^ net->ip[whole]) >> (8 - rest) == 0;
}

void
addr_prefix(const struct net_addr *a, struct net_addr *out)
{
	unsigned	 keep = addr_is_v4(a) ? 12 + V4_BITS / 8 : V6_BITS / 8;

	memset(out, 0, sizeof(*out));
	memcpy(out->ip, a->ip, keep);
}

void
addr_ip(const struct net_addr *a, char out[ADDR_TEXT])
{
	size_t	 i;
	char	*p = out;

	if (!addr_is_v4(a)) {
		inet_ntop(AF_INET6, a->ip, out, ADDR_TEXT);
		return;
	}
	/* By hand: libc would call printf(), and each line of a log has one. */
	for (i = 12; i < 16; i++) {
		if (a->ip[i] >= 100)
			*p++ = (char)('0' + a->ip[i] / 100);
		if (a->ip[i] >= 10)
			*p++ = (char)('0' + a->ip[i] / 10 % 10);
		*p++ = (char)('0' + a->ip[i] % 10);
		*p++ = i < 15 ? '.' : '\0';
	}
}

void
addr_text(const struct net_addr *a, char out[ADDR_TEXT])
{
	char	 ip[ADDR_TEXT];

	addr_ip(a, ip);
	snprintf(out, ADDR_TEXT, addr_is_v4(a) ? "%.46s:%u" : "[%.46s]:%u",
	    ip, a->port);
}

void
addr_short(const struct net_addr *a, char out[ADDR_TEXT])
{
	struct net_addr	 p;
	size_t		 len;

	addr_prefix(a, &p);
	addr_ip(&p, out);
	len = strlen(out);
	memcpy(out + len, addr_is_v4(a) ? V4_KEPT : V6_KEPT, sizeof(V4_KEPT));
}
