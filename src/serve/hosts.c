/* SPDX-License-Identifier: ISC */
/*
 * Finds the certificate and the key of each of the host's names in a folder.
 *
 * NAME.crt and NAME.key belong to the name; a name without a file is all right
 * when an earlier certificate covers it.  Of a key only its path and its file's
 * marks are kept: the signer process reads it.  Trusts the folder, which is the
 * operator's; that a key fits its certificate is proven by a signature.
 */
#include <sys/stat.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hostname.h"
#include "net/cert.h"
#include "serve/hosts.h"
#include "serve/signer.h"

#define SUFFIX	".crt"

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_cert(const struct dirent *d)
{
	size_t	 len = strlen(d->d_name);

	return len > strlen(SUFFIX) &&
	    strcmp(d->d_name + len - strlen(SUFFIX), SUFFIX) == 0;
}

static int
covered(const struct hosts *h, const char *name)
{
	size_t	 i;

	for (i = 0; i < h->npair; i++)
		if (cert_names_host(h->pem[i].data, h->pem[i].len,
		    h->cert_path[i], name, NULL) == 1)
			return 1;
	return 0;
}

/*
 * There is no file with the name in small letters.  Use one with the capitals
 * that were typed, since files may have been made or copied with them.  -1: no
 * memory.
 */
static int
as_typed(struct hosts *h, size_t i, const char *dir, const char *name,
    struct err *e)
{
	struct stat	 st;
	char		*cert = NULL, *key = NULL;

	if (asprintf(&cert, "%s/%s" SUFFIX, dir, name) == -1 ||
	    asprintf(&key, "%s/%s.key", dir, name) == -1) {
		err_nomem(e);
		return -1;
	}
	if (stat(cert, &st) == 0) {
		free(h->cert_path[i]);
		free(h->key_path[i]);
		h->cert_path[i] = cert;
		h->key_path[i] = key;
		return 0;
	}
	free(cert);
	free(key);
	return 0;
}

static int
add(struct hosts *h, const char *dir, const char *name, struct err *e)
{
	struct stat	 st;
	char		*p, *low;
	size_t		 i = h->npair, len;

	if (!cert_host_ok(name)) {
		hostname_err(name, e);
		return -1;
	}
	if (h->nname == HOSTS_MAX) {
		err_set(e, "more than %d host names", HOSTS_MAX);
		return -1;
	}
	if ((low = strdup(name)) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (p = low; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	h->name[h->nname++] = low;
	if (asprintf(&h->cert_path[i], "%s/%s" SUFFIX, dir, low) == -1 ||
	    asprintf(&h->key_path[i], "%s/%s.key", dir, low) == -1) {
		h->cert_path[i] = h->key_path[i] = NULL;
		err_nomem(e);
		return -1;
	}
	if (stat(h->cert_path[i], &st) == -1 && errno == ENOENT &&
	    as_typed(h, i, dir, name, e) == -1)
		return -1;
	if (stat(h->cert_path[i], &st) == -1 && errno == ENOENT) {
		if (covered(h, low)) {
			free(h->cert_path[i]);
			free(h->key_path[i]);
			h->cert_path[i] = h->key_path[i] = NULL;
			return 0;
		}
		err_cannot(e, "%s: there is no certificate for %s; make one: "
		    "apeng cert --host %s %s", h->cert_path[i], low, low,
		    dir);
		return -1;
	}
	h->npair++;
	/*
	 * Noted before the signer reads the key, so that a later change is
	 * seen.
	 */
	if (stat(h->key_path[i], &st) == 0)
		seen_note(&st, &h->key[i]);
	h->pem[i].name = h->cert_path[i];
	h->pem[i].data = (uint8_t *)file_read(h->cert_path[i], CERT_FILE_MAX,
	    &len, e);
	if (h->pem[i].data == NULL)
		return -1;
	h->pem[i].len = len;
	switch (cert_names_host(h->pem[i].data, len, h->cert_path[i], low,
	    e)) {
	case 1:
		return 0;
	case 0:
		err_set(e, "%s: this certificate does not name the host %s; "
		    "use one that does, or serve it under the name it has",
		    h->cert_path[i], low);
	}
	return -1;
}

static int
add_all(struct hosts *h, const char *dir, struct err *e)
{
	struct dirent	**list = NULL;
	char		 *name;
	int		  i, n, rv = 0;

	if ((n = scandir(dir, &list, is_cert, by_name)) == -1) {
		if (errno == ENOENT)
			n = 0;
		else {
			err_sys(e, "%s", dir);
			return -1;
		}
	}
	if (n == 0) {
		err_cannot(e, "%s: there is no certificate; make one: apeng "
		    "cert --host localhost %s", dir, dir);
		rv = -1;
	}
	for (i = 0; i < n; i++) {
		name = list[i]->d_name;
		name[strlen(name) - strlen(SUFFIX)] = '\0';
		if (rv == 0)
			rv = add(h, dir, name, e);
		free(list[i]);
	}
	free(list);
	return rv;
}

struct hosts *
hosts_load(const char *dir, const char *const *name, size_t n, struct err *e)
{
	struct hosts	*h;
	size_t		 i;
	int		 rv = 0;

	if ((h = calloc(1, sizeof(*h))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	for (i = 0; i < n && rv == 0; i++)
		rv = add(h, dir, name[i], e);
	if (n == 0)
		rv = add_all(h, dir, e);
	if (rv == -1) {
		hosts_free(h);
		return NULL;
	}
	return h;
}

void
hosts_free(struct hosts *h)
{
	size_t	 i;

	if (h == NULL)
		return;
	for (i = 0; i < HOSTS_MAX; i++) {
		free(h->name[i]);
		free(h->cert_path[i]);
		free(h->key_path[i]);
		free((void *)(uintptr_t)h->pem[i].data);
	}
	free(h);
}

int
hosts_same(const struct hosts *a, const struct hosts *b)
{
	size_t	 i;

	if (a->nname != b->nname || a->npair != b->npair)
		return 0;
	for (i = 0; i < a->nname; i++)
		if (strcmp(a->name[i], b->name[i]) != 0)
			return 0;
	for (i = 0; i < a->npair; i++)
		if (strcmp(a->key_path[i], b->key_path[i]) != 0 ||
		    !seen_is(&a->key[i], &b->key[i]) ||
		    a->pem[i].len != b->pem[i].len ||
		    memcmp(a->pem[i].data, b->pem[i].data, a->pem[i].len) !=
		    0)
			return 0;
	return 1;
}

int
hosts_prove(const struct hosts *h, struct signer_line *line,
    void (*say)(void *, const char *), void *arg, struct err *e)
{
	char		 text[ERR_MAX], day[21];
	int64_t		 from, until, now = clock_wall();
	size_t		 i;

	for (i = 0; i < h->npair; i++) {
		if (cert_proves_key(h->pem[i].data, h->pem[i].len,
		    h->cert_path[i], signer_ask, line, (unsigned)i, &from,
		    &until, e) == -1)
			return -1;
		if (now >= from && now <= until)
			continue;
		clock_format(now < from ? from : until, day);
		snprintf(text, sizeof(text), "%s: valid %s %.10s; some "
		    "clients will refuse it", h->cert_path[i],
		    now < from ? "only from" : "until", day);
		say(arg, text);
	}
	return 0;
}
