/* SPDX-License-Identifier: ISC */
/* For what signs: a handshake gives way while its signature is waited for. */
#ifndef NET_SHAKE_H
#define NET_SHAKE_H

struct conn;
struct loop;

/*
 * The connection whose handshake asks for a signature now, if it can wait while
 * others go on; NULL: it cannot.
 */
struct conn	*shake_now(struct loop *);
/* Wait until shake_on(c).  1: it was called; 0: the connection ends. */
int		 shake_wait(struct conn *);
/* Not from within another handshake.  c may be freed when this returns. */
void		 shake_on(struct conn *);

#endif
