/* SPDX-License-Identifier: ISC */
/*
 * Reads the header with which a load balancer names the client, in the text of
 * version 1 or the bytes of version 2. Every length in it is compared with the
 * bytes that have come. The caller decides before, by the peer's own address,
 * whether it accepts such a header from this peer.
 */
#include <arpa/inet.h>

#include <string.h>

#include "proto/proxy.h"

#define V1_MAX		107		/* with CRLF */
#define V2_HEAD		16

static const uint8_t	 sign2[12] = { 0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d,
			    0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a };
static const uint8_t	 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			    0xff, 0xff };

/* Copy the next field, up to a space or the end; -1: none, or too long. */
static int
field(const char **at, const char *end, char *out, size_t size)
{
	const char	*p = *at;
	size_t		 n;

	for (n = 0; p + n < end && p[n] != ' '; n++)
		;
	if (n == 0 || n >= size)
		return -1;
	memcpy(out, p, n);
	out[n] = '\0';
	*at = p + n < end ? p + n + 1 : end;
	return 0;
}

static int
port_of(const char *s, uint16_t *out)
{
	unsigned	 v = 0;

	if (*s == '0' && s[1] != '\0')
		return -1;
	for (; *s >= '0' && *s <= '9' && v <= 65535; s++)
		v = v * 10 + (unsigned)(*s - '0');
	if (*s != '\0' || v > 65535)
		return -1;
	*out = (uint16_t)v;
	return 0;
}

/* "PROXY TCP4 192.0.2.1 192.0.2.2 54321 1965\r\n" */
static int
parse_v1(const uint8_t *data, size_t len, struct proxy_header *h)
{
	const char	*at = (const char *)data + 6, *end;
	char		 kind[8], src[46], dst[46], sport[6], dport[6];
	uint8_t		 ip[16];
	uint16_t	 port;
	int		 v6;

	end = memchr(data, '\r', len < V1_MAX ? len : V1_MAX);
	if (end == NULL)
		return len < V1_MAX ? 0 : -1;
	if ((size_t)(end - (const char *)data) + 1 >= len)
		return len < V1_MAX ? 0 : -1;
	h->used = (size_t)(end - (const char *)data) + 2;
	/* Only the header must have no NUL: a TLS ClientHello behind it has. */
	if (end[1] != '\n' || memchr(data, '\0', h->used) != NULL)
		return -1;
	if (field(&at, end, kind, sizeof(kind)) == -1)
		return -1;
	if (strcmp(kind, "UNKNOWN") == 0)
		return 1;
	v6 = strcmp(kind, "TCP6") == 0;
	if ((!v6 && strcmp(kind, "TCP4") != 0) ||
	    field(&at, end, src, sizeof(src)) == -1 ||
	    field(&at, end, dst, sizeof(dst)) == -1 ||
	    field(&at, end, sport, sizeof(sport)) == -1 ||
	    field(&at, end, dport, sizeof(dport)) == -1 || at != end ||
	    end[-1] == ' ' ||
	    inet_pton(v6 ? AF_INET6 : AF_INET, dst, ip) != 1 ||
	    port_of(sport, &h->port) == -1 || port_of(dport, &port) == -1)
		return -1;
	if (!v6)
		memcpy(h->ip, mapped, sizeof(mapped));
	if (inet_pton(v6 ? AF_INET6 : AF_INET, src, v6 ? h->ip :
	    h->ip + 12) != 1)
		return -1;
	h->has_peer = 1;
	return 1;
}

static int
parse_v2(const uint8_t *data, size_t len, struct proxy_header *h)
{
	const uint8_t	*a = data + V2_HEAD;
	size_t		 n;

	if (len < V2_HEAD)
		return 0;
	n = (size_t)data[14] << 8 | data[15];
	if (data[12] >> 4 != 2 || (data[12] & 0x0f) > 1 ||
	    V2_HEAD + n > PROXY_MAX)
		return -1;
	if (len < V2_HEAD + n)
		return 0;
	h->used = V2_HEAD + n;
	if ((data[12] & 0x0f) == 0)
		return 1;		/* LOCAL: a health check */
	if (data[13] == 0x11 && n >= 12) {
		memcpy(h->ip, mapped, sizeof(mapped));
		memcpy(h->ip + 12, a, 4);
		h->port = (uint16_t)(a[8] << 8 | a[9]);
		h->has_peer = 1;
	} else if (data[13] == 0x21 && n >= 36) {
		memcpy(h->ip, a, 16);
		h->port = (uint16_t)(a[32] << 8 | a[33]);
		h->has_peer = 1;
	} else if (data[13] == 0x11 || data[13] == 0x21)
		return -1;
	return 1;
}

int
proxy_parse(const uint8_t *data, size_t len, struct proxy_header *h)
{
	size_t	 n = len < sizeof(sign2) ? len : sizeof(sign2);

	memset(h, 0, sizeof(*h));
	if (len == 0)
		return 0;
	if (memcmp(data, sign2, n) == 0)
		return n < sizeof(sign2) ? 0 : parse_v2(data, len, h);
	n = len < 6 ? len : 6;
	if (memcmp(data, "PROXY ", n) == 0)
		return n < 6 ? 0 : parse_v1(data, len, h);
	return -1;
}
