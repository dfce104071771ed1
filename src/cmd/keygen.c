/* SPDX-License-Identifier: ISC */
/*
 * apeng keygen: make the publisher's key, and a reserve key for the case that
 * the first one is lost or stolen.  All four files are written, or none; a file
 * that exists already is left as it is.  The password comes from the terminal
 * or from standard input.  Tests set APENG_KEY_MEMORY, because scrypt with 1
 * GiB takes seconds in each of them.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/secret.h"
#include "cmd/cmd.h"
#include "cmd/password.h"
#include "package/sign.h"

#define NFILE	4

struct keygen {
	char		*path[NFILE];	/* key, pub, reserve key and pub */
	int		 made;		/* how many of them are written */
	struct pub_key	 pub[2];
};

static int
paths(struct keygen *g, const char *name, struct err *e)
{
	static const char *const	 end[NFILE] = { ".key", ".pub",
	    "-reserve.key", "-reserve.pub" };
	size_t				 len = strlen(name);
	int				 i;

	if (len > 4 && strcmp(name + len - 4, ".key") == 0)
		len -= 4;
	for (i = 0; i < NFILE; i++) {
		if (asprintf(&g->path[i], "%.*s%s", (int)len, name,
		    end[i]) == -1) {
			g->path[i] = NULL;
			err_nomem(e);
			return -1;
		}
		if (access(g->path[i], F_OK) == 0) {
			err_set(e, "%s: exists, and is left as it is",
			    g->path[i]);
			return -1;
		}
	}
	return 0;
}

/*
 * Check that the secret keys will be secret there; warn when they are not but
 * `any' allows it.  -1: see e.
 */
static int
place(const struct keygen *g, int any, struct err *e)
{
	int	 n;

	if ((n = secret_place(g->path[0], any, e)) == 1)
		fprintf(stderr, "apeng keygen: %s: warning: no modes are kept "
		    "there: anybody who reaches it may read the secret keys\n",
		    g->path[0]);
	return n == -1 ? -1 : 0;
}

/*
 * The bytes of memory for scrypt: APENG_KEY_MEMORY in MiB, if it is valid, else
 * SIGN_MEM_DEFAULT.
 */
static uint64_t
key_memory(void)
{
	const char	*s = getenv("APENG_KEY_MEMORY");
	char		*end;
	unsigned long	 mib;

	if (s == NULL || *s < '0' || *s > '9')
		return SIGN_MEM_DEFAULT;
	errno = 0;
	mib = strtoul(s, &end, 10);
	if (errno != 0 || *end != '\0' || mib > SIGN_MEM_DEFAULT >> 20 ||
	    mib < SIGN_MEM_MIN >> 20)
		return SIGN_MEM_DEFAULT;
	return (uint64_t)mib << 20;
}

static int
make(struct keygen *g, const char *password, struct err *e)
{
	struct sign_key	*k;
	int		 i, rv = 0;

	for (i = 0; i < 2 && rv == 0; i++) {
		if ((k = sign_key_new(e)) == NULL)
			return -1;
		sign_key_public(k, &g->pub[i]);
		if ((rv = sign_key_save(k, g->path[2 * i], password,
		    key_memory(), e)) == 0) {
			g->made++;
			rv = sign_public_save(&g->pub[i], g->path[2 * i + 1],
			    e);
		}
		if (rv == 0)
			g->made++;
		sign_key_free(k);
	}
	while (rv == -1 && g->made > 0)
		unlink(g->path[--g->made]);
	return rv;
}

static void
tell(const struct keygen *g, const char *password)
{
	char	 id[17], key[KEY_STRING + 1];

	key_id_format(g->pub[0].id, id);
	key_format(&g->pub[0], key);
	printf("%s\n"
	    "    the secret key %s%s.\n"
	    "    Whoever has it speaks for you: keep it to yourself, with a "
	    "copy in a safe.\n"
	    "%s\n"
	    "    its public half. Readers prove your packages with this key "
	    "string; put it\n"
	    "    into capsule.yml (key:), on the contact page, on paper:\n"
	    "    %s\n", g->path[0], id,
	    password == NULL ? ", without a password" : "", g->path[1], key);
	key_id_format(g->pub[1].id, id);
	printf("%s\n"
	    "    a reserve key, %s, for the day the first one is lost or "
	    "stolen%s.\n"
	    "    Move it to another building now, and leave no copy here.\n"
	    "%s\n"
	    "    stays beside %s: apeng build then names it in every\n"
	    "    package (next-key), so that mirrors will accept it.\n",
	    g->path[2], id,
	    password == NULL ? "" : " (same password)", g->path[3],
	    g->path[0]);
}

int
cmd_keygen(int argc, char **argv)
{
	static const struct option opts[] = {
		{ "readable-key", no_argument, NULL, 'R' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct keygen	 g = { .made = 0 };
	struct err	 e;
	char		 password[SIGN_PASSWORD_MAX];
	const char	*name = NULL, *use = password;
	int		 c, i, any = 0, rv;

	while ((c = getopt_long(argc, argv, "o:Wh", opts, NULL)) != -1) {
		if (c == 'h')
			return cmd_help();
		else if (c == 'o')
			name = optarg;
		else if (c == 'W')
			use = NULL;
		else if (c == 'R')
			any = 1;
		else
			return cmd_usage();
	}
	if (argc != optind || name == NULL || *name == '\0')
		return cmd_usage();
	if ((rv = paths(&g, name, &e)) == 0)
		rv = place(&g, any, &e);
	if (rv == 0 && use != NULL &&
	    (rv = cmd_password_new(g.path[0], password, sizeof(password),
	    &e)) == 0)
		fprintf(stderr, "apeng keygen: locking two keys with the "
		    "password; this takes some seconds\n");
	if (rv == 0 && (rv = make(&g, use, &e)) == 0)
		tell(&g, use);
	sign_wipe(password, sizeof(password));
	for (i = 0; i < NFILE; i++)
		free(g.path[i]);
	return rv == 0 ? STATUS_DONE : cmd_fail(&e);
}
