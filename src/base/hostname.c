/* SPDX-License-Identifier: ISC */
/*
 * Host names with letters beyond ASCII.  apeng does not accept them: clients,
 * DNS and certificates have the xn-- form (RFC 3492, Punycode), and two forms
 * of one name would be two hosts.  But the error message gives the xn-- form of
 * the name, so that the user knows what to write.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/err.h"
#include "base/hostname.h"

#define LABEL_MAX	63
/* RFC 3492, section 5. */
#define BASE		36
#define TMIN		1
#define TMAX		26
#define SKEW		38
#define DAMP		700
#define FIRST_BIAS	72
#define FIRST_N		128

static uint32_t
adapt(uint32_t delta, uint32_t n, int first)
{
	uint32_t	 k;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / n;
	for (k = 0; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static char
digit(uint32_t d)
{
	return (char)(d < 26 ? 'a' + d : '0' + d - 26);
}

/* Write a number of variable length; bias decides the weights of its digits. */
static int
number(uint32_t q, uint32_t bias, char *out, size_t *len)
{
	uint32_t	 k, t;

	for (k = BASE;; k += BASE) {
		t = k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
		if (*len == LABEL_MAX)
			return -1;
		if (q < t) {
			out[(*len)++] = digit(q);
			return 0;
		}
		out[(*len)++] = digit(t + (q - t) % (BASE - t));
		q = (q - t) / (BASE - t);
	}
}

/* Encode a label of n characters to out (LABEL_MAX bytes).  -1: too long. */
static int
label(const ucs4_t *s, size_t n, char *out, size_t *len)
{
	uint32_t	 at = FIRST_N, bias = FIRST_BIAS, delta = 0, next;
	size_t		 i, done, plain = 0;

	*len = 0;
	for (i = 0; i < n; i++)
		plain += s[i] < FIRST_N;
	if (n == 0 || n > LABEL_MAX)
		return -1;
	if (plain < n) {
		memcpy(out, "xn--", 4);
		*len = 4;
	}
	for (i = 0; i < n; i++)
		if (s[i] < FIRST_N) {
			if (*len == LABEL_MAX)
				return -1;
			out[(*len)++] = (char)s[i];
		}
	if (plain == n)
		return 0;
	if (plain > 0) {
		if (*len == LABEL_MAX)
			return -1;
		out[(*len)++] = '-';
	}
	for (done = plain; done < n; delta++, at++) {
		for (next = UINT32_MAX, i = 0; i < n; i++)
			if (s[i] >= at && s[i] < next)
				next = s[i];
		/* At most 64 times 0x10ffff: no overflow. */
		delta += (next - at) * (uint32_t)(done + 1);
		at = next;
		for (i = 0; i < n; i++) {
			delta += s[i] < at;
			if (s[i] != at)
				continue;
			if (number(delta, bias, out, len) == -1)
				return -1;
			bias = adapt(delta, (uint32_t)(done + 1),
			    done == plain);
			delta = 0;
			done++;
		}
	}
	return 0;
}

/* 1: '.', or a full stop of another keyboard, which browsers accept, too. */
static int
is_dot(ucs4_t c)
{
	return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61;
}

int
hostname_ascii(const char *name, char out[HOSTNAME_MAX])
{
	const uint8_t	*u = (const uint8_t *)name;
	uint8_t		*low;
	ucs4_t		*s = NULL;
	size_t		 n, lown, i, from, len, used = 0;
	int		 beyond = 0, rv = -1;

	if (u8_check(u, strlen(name)) != NULL ||
	    strlen(name) > 4 * HOSTNAME_MAX)
		return -1;
	low = u8_tolower(u, strlen(name), NULL, UNINORM_NFKC, NULL, &lown);
	if (low == NULL || (s = u8_to_u32(low, lown, NULL, &n)) == NULL)
		goto out;
	for (from = i = 0; i <= n; i++) {
		if (i < n)
			beyond |= s[i] >= FIRST_N && !is_dot(s[i]);
		if (i < n && !is_dot(s[i]))
			continue;
		if (used + LABEL_MAX + 2 > HOSTNAME_MAX ||
		    label(s + from, i - from, out + used, &len) == -1)
			goto out;
		used += len;
		out[used++] = '.';
		from = i + 1;
	}
	out[used - 1] = '\0';
	if (beyond && strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789-.") ==
	    used - 1)
		rv = 0;
 out:
	free(low);
	free(s);
	return rv;
}

void
hostname_lower(const char *name, char *out, size_t size)
{
	size_t	 i;

	for (i = 0; i + 1 < size && name[i] != '\0'; i++)
		out[i] = name[i] >= 'A' && name[i] <= 'Z' ?
		    (char)(name[i] - 'A' + 'a') : name[i];
	out[i] = '\0';
}

void
hostname_err(const char *name, struct err *e)
{
	char	 ascii[HOSTNAME_MAX];

	if (hostname_ascii(name, ascii) == 0)
		err_set(e, "\"%s\" is no host name as the net has them; write "
		    "its xn-- form: %s", name, ascii);
	else
		err_set(e, "\"%s\" is no host name (letters, digits, '-' and "
		    "'.')", name);
}
