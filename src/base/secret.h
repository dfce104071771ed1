/* SPDX-License-Identifier: ISC */
/*
 * Files that only their owner may read: keys.  Where a file system keeps no
 * modes (FAT, exFAT and the like) no chmod helps; who wants a key there all
 * the same says so (any = 1).
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

struct err;

/*
 * May the open file be used as a secret?  0: yes.  -1: others may read or
 * change it, see e, which names the remedy that works there.
 */
int	secret_check(int fd, const char *path, int any, struct err *e);
/*
 * Before a secret file is made at path: would its mode be kept there?  0:
 * yes.  1: no, but any says that it does not matter.  -1: no, or see e.
 */
int	secret_place(const char *path, int any, struct err *e);

#endif
