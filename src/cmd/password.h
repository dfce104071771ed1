/* SPDX-License-Identifier: ISC */
/* Ask for a password; cmd_password() is a sign_ask of package/sign.h. */
#ifndef CMD_PASSWORD_H
#define CMD_PASSWORD_H

#include <stddef.h>

struct err;

/*
 * Read it from the terminal with echo off when standard input is a terminal,
 * else one line of standard input.  arg is not used.  0, or -1: see e.
 */
int	cmd_password(void *arg, const char *what, char *out, size_t size,
	    struct err *);
/* Ask twice; on a terminal up to three times until both are the same. */
int	cmd_password_new(const char *what, char *out, size_t size,
	    struct err *);

#endif
