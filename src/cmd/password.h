/* SPDX-License-Identifier: ISC */
/* Asking for a password; fits sign_ask of package/sign.h. */
#ifndef CMD_PASSWORD_H
#define CMD_PASSWORD_H

#include <stddef.h>

struct err;

/*
 * From the terminal with echo off when standard input is one, else one line
 * of standard input.  arg is not used.  0, or -1: see e.
 */
int	cmd_password(void *arg, const char *what, char *out, size_t size,
	    struct err *);
/* Twice, until both are the same (once more only on a terminal). */
int	cmd_password_new(const char *what, char *out, size_t size,
	    struct err *);

#endif
