/* SPDX-License-Identifier: ISC */
/* What OpenBSD's <unistd.h> declares and this machine's does not. */
int	pledge(const char *, const char *);		/* pledge(2) */
int	unveil(const char *, const char *);		/* unveil(2) */
